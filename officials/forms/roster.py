"""The roster's bar and its groups of conditions, from the address and back to a question."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.organizations.choices import Kind
from foundation.regulations.services.codes import codes

from ..choices import Sex, Status
from ..rules.questions import EVERYBODY, IN_POST, MOST_GROUPS, Question, QuestionError, parse_question
from ..selectors.restrictions import VIEW as VIEW_RESTRICTION

ANY_OR_ALL = [("all", _("all conditions hold")), ("any", _("one condition is enough"))]
YES_NO = [("", "—"), ("yes", _("yes")), ("no", _("no"))]
EDUCATION = [
    ("", "—"),
    ("postgraduate", _("postgraduate")),
    ("bachelor", _("university or above")),
    ("college", _("junior college or above")),
    ("secondary", _("secondary or above")),
]
POSITIONS = [
    ("principal", _("principal leader (正职)")),
    ("deputy", _("deputy leader (副职)")),
    ("member", _("member of the leading team")),
]
LEVELS = "post_level_zb09_2017"
CHECKS = forms.CheckboxSelectMultiple
DAY = forms.DateInput(attrs={"type": "date"})
RESTRICTED = ("period_ends_from", "period_ends_to")
"""Fields for who may see restrictions."""


def labels_of(table, begins=""):
    """Labels of a code table as choices; what is kept is the label."""
    rows = [row for row in codes(table).values() if row.code.startswith(begins) and row.enabled]
    return [(row.label_zh, row.label()) for row in rows]


def levels():
    """Levels of posts down to clerk, then grades of institutions."""
    rows = codes(LEVELS).values()
    wanted = [row for row in rows if row.code.startswith(("1A3", "1A4", "1A5", "1A6", "90"))]
    return [(row.label_zh, row.label()) for row in wanted]


def coded(table):
    """Codes of a table as choices."""
    return [(row.code, row.label()) for row in codes(table).values()]


class FrameForm(forms.Form):
    """What holds for everybody, and the day that is asked about."""

    q = forms.CharField(label=_("Name, pinyin, number, unit or post"), max_length=60, required=False)
    unit = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    status = forms.MultipleChoiceField(label=_("Status"), required=False, widget=CHECKS)
    as_of = forms.DateField(label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    between = forms.ChoiceField(
        label=_("Between groups"),
        required=False,
        choices=[("any", _("or: one group is enough")), ("all", _("and: every group holds"))],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [*Status.choices, (EVERYBODY, _("whatever the status"))]


class GroupForm(forms.Form):
    """Conditions that belong together."""

    within = forms.ChoiceField(label=_("In this group"), required=False, choices=ANY_OR_ALL)
    position = forms.MultipleChoiceField(label=_("Position"), required=False, widget=CHECKS, choices=POSITIONS)
    level = forms.MultipleChoiceField(label=_("Level of post"), required=False, widget=CHECKS, choices=levels)
    rank = forms.MultipleChoiceField(
        label=pgettext_lazy("civil service", "Rank"),
        required=False,
        widget=CHECKS,
        choices=lambda: labels_of("civil_rank"),
    )
    post_years_from = forms.CharField(label=_("Years in this post, at least"), max_length=10, required=False)
    post_years_to = forms.CharField(label=_("Years in this post, at most"), max_length=10, required=False)
    rank_years_from = forms.CharField(label=_("Years in this rank, at least"), max_length=10, required=False)
    rank_years_to = forms.CharField(label=_("Years in this rank, at most"), max_length=10, required=False)
    age_from = forms.CharField(label=_("Age from"), max_length=10, required=False)
    age_to = forms.CharField(label=_("Age to"), max_length=10, required=False)
    born_from = forms.CharField(label=_("Born from"), max_length=10, required=False)
    born_to = forms.CharField(label=_("Born until"), max_length=10, required=False)
    retires_within = forms.CharField(
        label=_("Reaches the retirement age within (months)"), max_length=10, required=False
    )
    period_ends_from = forms.CharField(label=_("Influence period ends from"), max_length=10, required=False, widget=DAY)
    period_ends_to = forms.CharField(label=_("Influence period ends until"), max_length=10, required=False, widget=DAY)
    sex = forms.MultipleChoiceField(label=_("Sex"), required=False, widget=CHECKS, choices=Sex.choices)
    minority = forms.ChoiceField(label=_("Ethnic minority"), required=False, choices=YES_NO)
    nonparty = forms.ChoiceField(label=_("Not in the CPC (党外)"), required=False, choices=YES_NO)
    grassroots = forms.ChoiceField(label=_("Two years at the grassroots"), required=False, choices=YES_NO)
    education = forms.ChoiceField(label=_("Highest education"), required=False, choices=EDUCATION)
    full_education = forms.ChoiceField(label=_("Full-time education"), required=False, choices=EDUCATION)
    service_education = forms.ChoiceField(label=_("In-service education"), required=False, choices=EDUCATION)
    subject = forms.CharField(label=_("School or subject"), max_length=60, required=False)
    post = forms.CharField(label=_("Post contains"), max_length=60, required=False)
    kind = forms.MultipleChoiceField(label=_("Kind of unit"), required=False, widget=CHECKS, choices=Kind.choices[1:4])
    category = forms.MultipleChoiceField(
        label=_("Assessment category"), required=False, widget=CHECKS, choices=lambda: coded("unit_category")
    )
    ethnicity = forms.MultipleChoiceField(
        label=_("Ethnicity"), required=False, widget=CHECKS, choices=lambda: labels_of("ethnic_gbt3304")
    )
    politics = forms.MultipleChoiceField(
        label=_("Political status"), required=False, widget=CHECKS, choices=lambda: labels_of("political_gb4762_short")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if not user.has_perm(VIEW_RESTRICTION):
            for name in RESTRICTED:
                del self.fields[name]


WRONG = {
    "age_from": _("Write an age as 35 or, with months, 35.06."),
    "age_to": _("Write an age as 35 or, with months, 35.06."),
    "born_from": _("Write a month as 1985.07, or a year."),
    "born_to": _("Write a month as 1985.07, or a year."),
    "period_ends_from": _("Write a day as 2026-03-31."),
    "period_ends_to": _("Write a day as 2026-03-31."),
}
NUMBER = _("Write a whole number.")


class QuestionForm:
    """The whole filter: frame and groups. `question` is what it asks; conditions that cannot be read ask nothing."""

    def __init__(self, data, user):
        """`user`: who asks; what that user may not see is not offered, and asks nothing."""
        self.frame = FrameForm(data)
        asked = data.get("groups", "")
        number = min(int(asked), MOST_GROUPS) if asked.isdecimal() and len(asked) < 3 else 1
        while number < MOST_GROUPS and any(key.startswith(f"g{number + 1}-") for key in data):
            number += 1
        self.groups = [GroupForm(data, prefix=f"g{place}", user=user) for place in range(1, max(number, 1) + 1)]
        self.is_valid = all([self.frame.is_valid(), *[group.is_valid() for group in self.groups]])
        self.question = self._question()

    def _question(self) -> Question:
        frame = self.frame.cleaned_data
        groups = []
        for form in self.groups:
            values = {key: value for key, value in form.cleaned_data.items() if value and key != "within"}
            groups.append(self._readable(form, values) | {"within": form.cleaned_data.get("within") or "all"})
        return parse_question(
            {
                "q": frame.get("q", "").replace("\0", ""),
                "unit": frame.get("unit", "").replace("\0", ""),
                "status": frame.get("status") or [IN_POST],
                "between": frame.get("between") or "any",
                "groups": groups,
            }
        )

    def _readable(self, form, values) -> dict:
        """The values without those that cannot be read; what is wrong is said at the field."""
        try:
            parse_question({"groups": [values]})
        except QuestionError as error:
            self.is_valid = False
            for place, _code in error.faults:
                key = place.rpartition(".")[2]
                form.add_error(key, WRONG.get(key, NUMBER))
                values.pop(key, None)
        return values

    @property
    def as_of(self):
        """The day asked about; None for today."""
        return self.frame.cleaned_data.get("as_of")

    @property
    def can_add(self) -> bool:
        """May another group be added?"""
        return len(self.groups) < MOST_GROUPS


def address_of(question: Question) -> list[tuple[str, str]]:
    """A question as parameters of the roster's address."""
    pairs = [("q", question.q), ("unit", question.unit), ("between", question.between)]
    pairs += [("status", each) for each in question.status if question.status != (IN_POST,)]
    for place, group in enumerate(question.groups, start=1):
        pairs.append((f"g{place}-within", group.within))
        for key, value in group.conditions.items():
            pairs += [(f"g{place}-{key}", each) for each in (value if isinstance(value, tuple) else (value,))]
    default = {("between", "any")} | {(f"g{n}-within", "all") for n in range(1, MOST_GROUPS + 1)}
    return [(key, value) for key, value in pairs if value and (key, value) not in default]
