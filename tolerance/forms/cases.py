"""The bar of filters of the case desk, and the form of a step with what it asks for."""

from collections import defaultdict

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CONTROL, OPEN, SELECT, CaseFilter, StepForm, choice, due_choice, status_choice
from supervision.choices import VisitResult

from ..choices import CorrectionResult, DecidingBody, Outcome
from ..effect_kinds import all_kinds, kind_named
from ..rules.decision import WORDS
from ..services.case_guards import default_correction_day
from ..services.case_visits import made_visits
from ..services.named_people import VOTES
from ..workflows import TOLERANCE, TOLERANCE_STATES
from ..workflows.tolerance_case import CLOSED, REVERSED
from .applications import add_points, points_of, situations

DAY = {"type": "date"}
OUTCOMES = [(value, label) for value, label in Outcome.choices if value in WORDS]
TABLES = {"exempting": "tolerance_exempt", "mitigating": "tolerance_mitigate", "excluding": "tolerance_exclude"}
STEP_FIELDS = {
    "submit": (),
    "accept": ("accepted_on", "is_decided_above"),
    "reject": ("is_decided_above",),
    "assign": ("verifiers",),
    "report": ("report", "exempting", "mitigating", "excluding", "points"),
    "decide": (
        "outcome", "word", "meeting_on", "ballots", "minutes", "body", "body_name", "document_no", "decided_on", "effects",
    ),
    "feed_back": ("fed_back_on", "announced_scope"),
    "uphold": ("review_document_no",),
    "reverse": ("review_document_no",),
    "plan": ("correction_plan", "correction_due"),
    "accept_correction": ("corrected_on", "correction_result"),
    "file": ("filed_on",),
    "close": ("visited_on", "visitors", "visit_finding"),
}  # fmt: skip
"""What each step asks for; a step that is not named asks for its reason alone."""
FOLDED_FROM = 6
"""So many effects of one kind that nobody proposes are folded away."""
OPTIONAL = {"minutes", "announced_scope", "exempting", "mitigating", "excluding", "effects", "is_decided_above"}


STANDING = "standing"


def _situations_or_all():
    """Read from the code tables only when the bar is shown or one of them is asked for."""
    return [("", _("all")), *situations(*TABLES.values())]


class ToleranceFilter(CaseFilter):
    """Narrow the case desk. Days of decision, situation and `standing` are what the figures of a period count."""

    flow = TOLERANCE
    columns = {
        "year": "opened_on__year",
        "unit": "organization__name__icontains",
        "matter": "title_text__icontains",
        "first": "decided_on__gte",
        "last": "decided_on__lte",
    }
    standing, situation_code = False, ""
    status = status_choice([(STANDING, pgettext_lazy("tolerance", "decided, not reversed")), *TOLERANCE_STATES])
    outcome = choice(_("Outcome"), OUTCOMES)
    due = due_choice()
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    matter = forms.CharField(label=_("Matter"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    situation = forms.ChoiceField(
        label=_("Situation"), required=False, choices=_situations_or_all, widget=forms.Select(attrs=SELECT)
    )
    first = forms.DateField(label=_("Decided from"), required=False, widget=forms.DateInput(attrs=DAY | CONTROL))
    last = forms.DateField(label=_("Decided until"), required=False, widget=forms.DateInput(attrs=DAY | CONTROL))

    def clean(self):
        """What is no column of its own is kept for `narrow`."""
        data = super().clean()
        self.situation_code = data.pop("situation", "")
        self.standing = data.get("status") == STANDING
        if self.standing:
            data["status"] = ""
        return data

    def narrow(self, cases):
        """Open cases are those still at work: a closed one can be reversed, but waits for nobody."""
        found = super().narrow(cases)
        if self.standing:
            found = found.exclude(outcome="").exclude(status=REVERSED)
        if code := self.situation_code:
            found = found.filter(
                Q(exempting__contains=[code]) | Q(mitigating__contains=[code]) | Q(excluding__contains=[code])
            )
        is_open = self.is_bound and self.is_valid() and self.cleaned_data.get("status") == OPEN
        return found.exclude(status=CLOSED) if is_open else found


class ToleranceStepForm(StepForm):
    """A step of a tolerance case with the facts it brings. `effects`: candidates by outcome, for the decision."""

    flow = TOLERANCE

    def __init__(self, *args, case, step="", effects=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        taken = self.flow.step(self.data.get("step", step))
        name = taken.name if taken else ""
        self.candidates = list(effects) if name == "decide" else []
        is_visited = name == "close" and made_visits(case)  # the result comes from the visits
        for field in () if is_visited else STEP_FIELDS.get(name, ()):
            if field == "points":
                add_points(self, self._points(), needed=True)
            else:
                self.fields[field] = self._field(field)
        reason = self.fields.pop("reason")
        reason.required = bool(taken and taken.needs_reason)
        if not reason.required:
            reason.label = _("Remark")
        self.fields["reason"] = reason

    @property
    def candidate_groups(self) -> tuple[list, list]:
        """Candidates to be seen at once; and by kind, as (label, rows), those of which nobody proposes or wants one of many.

        A unit brings every indicator of its year: a decision seldom takes more than one out of count.
        """
        chosen, left = set(self["effects"].value() or ()), defaultdict(list)
        for outcome, one in self.candidates:
            if one.key not in chosen:
                left[one.kind].append((outcome, one))
        many = {kind: rows for kind, rows in left.items() if len(rows) >= FOLDED_FROM}
        seen = [(outcome, one) for outcome, one in self.candidates if one.key in chosen or one.kind not in many]
        return seen, [(kind_named(kind).label, rows) for kind, rows in many.items()]

    def _points(self):
        rows = self.case.points.all()
        return {row.code: (row.found or row.stated, row.finding or row.evidence) for row in rows}

    def _field(self, name: str):
        required = name not in OPTIONAL
        if name in TABLES:
            return forms.MultipleChoiceField(
                label=self.case._meta.get_field(name).verbose_name,
                choices=situations(TABLES[name]),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[code for code in self.case.claimed if code in dict(situations(TABLES[name]))],
            )
        made = {
            "verifiers": lambda: _lines(_("Verifiers"), _("One in each line: name, unit and post. Two at least, no relatives.")),
            "ballots": lambda: _lines(_("Votes"), _("One member in each line: name, post, and how they stood in one word (%(words)s).") % {"words": "、".join(VOTES)}),
            "outcome": lambda: forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect),
            "word": lambda: forms.ChoiceField(
                label=pgettext_lazy("tolerance", "decision"),
                choices=[(word, word) for words in WORDS.values() for word in words],
            ),
            "body": lambda: forms.ChoiceField(label=_("Deciding body"), choices=DecidingBody.choices),
            "correction_result": lambda: forms.ChoiceField(label=_("Result"), choices=CorrectionResult.choices),
            "visit_finding": lambda: forms.ChoiceField(label=_("Finding"), choices=VisitResult.choices),
            "effects": lambda: forms.MultipleChoiceField(
                label=_("Effects"),
                required=False,
                choices=[(one.key, one.label) for _outcome, one in self.candidates],
                widget=forms.CheckboxSelectMultiple,
                initial=[one.key for _outcome, one in self.candidates if one.is_proposed],
            ),
            "visitors": lambda: forms.CharField(
                label=_("Visited by"), max_length=200, help_text=_("Two at least, separated by 、.")
            ),
        }  # fmt: skip
        if name in made:
            return made[name]()
        column = self.case._meta.get_field(name)
        field = column.formfield(required=required, label=capfirst(column.verbose_name))
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
            field.initial = default_correction_day(self.case) if name == "correction_due" else timezone.localdate()
        elif isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 5
        return field

    def clean(self):
        """Points together; of the effects only those that the chosen outcome can bring."""
        data = super().clean()
        if any(name.startswith("answer_") for name in self.fields):
            data["points"] = points_of(data)
            data = {name: value for name, value in data.items() if not name.startswith(("answer_", "text_"))}
        if "effects" in data:
            outcome = data.get("outcome", "")
            brought = {kind.code for kind in all_kinds() if outcome in kind.outcomes}
            data["effects"] = [key for key in data["effects"] if key.partition("|")[0] in brought]
        return data


def _lines(label, hint):
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), help_text=hint)
