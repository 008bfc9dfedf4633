"""Forms of the rulebook: a local setting typed after its rule, a calendar day, a year's notice."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.common.lists import words

from .choices import Confidence, Room, Unit, ValueType
from .imports.notice import NoticeRefused, read_days
from .models import Rule
from .services.codes import code_label
from .services.typed_values import LineRefused, TypedValue

CONTROL, SELECT = (
    {"class": "form-control"},
    {"class": "form-select"},
)  # parts/form.html gives them to forms in one column
WHOLE = "*"  # the place of a setting that holds everywhere
DATE_FORMATS = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]
NOTICE_PROBLEMS = {
    "unreadable": _("Line %(line)s: “%(text)s” does not begin with a day such as 2027-02-05."),
    "no_such_day": _("Line %(line)s: “%(text)s” names a day that does not exist."),
    "bad_span": _("Line %(line)s: the span “%(text)s” ends before it begins or is longer than 15 days."),
    "twice": _("Line %(line)s: %(text)s is named a second time."),
}
_NAMED = _("Line %(line)s should read “name = value”, each name once.")
LINE_PROBLEMS = dict.fromkeys(ValueType.values, _NAMED) | {
    ValueType.ROWS: _("Line %(line)s should read “name：value；name：value”, each name once.")
}
SHARE = _("As a share: 0.25 means 25 %.")


class DayField(forms.DateField):
    """A day, in any of the ways clerks write it."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=DATE_FORMATS, widget=widget, **kwargs)


class RuleFilterForm(forms.Form):
    """Filter of the rule list; lives in the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80, widget=forms.TextInput(attrs=CONTROL))
    room = forms.ChoiceField(
        label=_("Mechanism"),
        required=False,
        choices=[("", _("all")), *Room.choices],
        widget=forms.Select(attrs=SELECT),
    )
    confidence = forms.ChoiceField(
        label=_("Confidence"),
        required=False,
        choices=[("", _("any")), ("unverified", _("to be verified")), *Confidence.choices],
        widget=forms.Select(attrs=SELECT),
    )
    local = forms.BooleanField(label=_("only with local settings"), required=False)
    on = DayField(label=_("As of"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs |= CONTROL


class LinesField(forms.CharField):
    """A list, table or record of a rule in words, one entry a line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def __init__(self, *, typed: TypedValue, **kwargs):
        super().__init__(max_length=8000, **kwargs)
        self.typed = typed

    def clean(self, value):
        """What the lines say, with codes for words. A line built otherwise is refused."""
        text = super().clean(value)
        try:
            return self.typed.read(text) if text else None
        except LineRefused as refused:
            raise ValidationError(LINE_PROBLEMS[self.typed.rule.value_type], params={"line": refused.line}) from refused


def value_field(rule: Rule, pattern=None) -> forms.Field:
    """The field that takes a value of this rule; `pattern` is the value that stands now."""
    label, kind = _("Value"), rule.value_type
    if kind == ValueType.INTEGER:
        return forms.IntegerField(label=label, required=False)
    if kind == ValueType.DECIMAL:
        return forms.DecimalField(label=label, required=False, help_text=SHARE if rule.unit == Unit.SHARE else "")
    if kind == ValueType.BOOLEAN:
        choices = [("", "—"), ("yes", _("yes")), ("no", _("no"))]
        return forms.TypedChoiceField(
            label=label, required=False, choices=choices, coerce=lambda word: word == "yes", empty_value=None
        )
    if kind == ValueType.TEXT and rule.choices:
        words = ((word, code_label("rule_word", word)) for word in rule.choices)
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *words])
    if kind == ValueType.TEXT:
        return forms.CharField(label=label, required=False, max_length=200)
    typed = TypedValue(rule, pattern)
    return LinesField(label=label, required=False, typed=typed, help_text=_help(rule, typed))


def _help(rule: Rule, typed: TypedValue) -> str:
    """How the lines are built, and which words there are."""
    if rule.value_type == ValueType.TEXT_LIST:
        hint = gettext("One word per line.")
        if allowed := typed.allowed():
            hint += " " + gettext("Possible: %(words)s") % {"words": words(allowed)}
        return hint
    hint = gettext("Keep the names; change the values.")
    return f"{hint} {SHARE}" if rule.unit == Unit.SHARE else hint


def value_as_typed(rule: Rule, stored):
    """The stored value as the field shows it for editing."""
    if rule.value_type == ValueType.BOOLEAN:
        return "yes" if stored else "no"
    if isinstance(stored, list | dict):
        return TypedValue(rule, stored).shown(stored)
    return stored


class OverrideForm(forms.Form):
    """A local setting: value or giving back, period, place, basis. Shape only; the service checks the rest."""

    use_required_attribute = False  # a value is not needed when the regulation's own is given back

    gives_back = forms.BooleanField(
        label=_("The regulation's own value holds again"),
        required=False,
        help_text=_("The value above is then left out."),
    )
    starts_on = DayField(label=_("In force from"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The last day counts. Empty: until further notice.")
    )
    jurisdiction = forms.ChoiceField(label=_("Holds for"))
    basis = forms.CharField(
        label=_("Basis"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Document and number, or who decided when."),
    )

    def __init__(self, *args, rule: Rule, places, everywhere: bool, pattern=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields["value"] = value_field(rule, pattern)
        self.fields["value"].required = not (self.is_bound and self.data.get("gives_back"))
        self.order_fields(["value", "gives_back", "starts_on", "ends_on", "jurisdiction", "basis"])
        whole = [(WHOLE, _("the whole installation"))] if everywhere else []
        self.fields["jurisdiction"].choices = [*whole, *((place.code, place.name) for place in places)]

    def clean(self):
        """Giving back leaves the value out, whatever stands in its field."""
        cleaned = super().clean()
        if cleaned.get("gives_back"):
            cleaned["value"] = None
            self.errors.pop("value", None)
        return cleaned

    def arguments(self) -> dict:
        """What the service takes."""
        names = ("value", "starts_on", "ends_on", "basis")
        place = self.cleaned_data["jurisdiction"]
        return {name: self.cleaned_data[name] for name in names} | {"jurisdiction": "" if place == WHOLE else place}


class DayForm(forms.Form):
    """One day of the calendar."""

    date = DayField(label=_("Day"))
    is_working = forms.TypedChoiceField(
        label=_("The day is"),
        choices=[("yes", _("a working day")), ("no", _("a day off"))],
        coerce=lambda word: word == "yes",
    )
    name = forms.CharField(label=_("Occasion"), required=False, max_length=60)
    basis = forms.CharField(
        label=pgettext_lazy("State Council", "Notice"), max_length=200, help_text=_("Name and number of the notice.")
    )


class NoticeForm(forms.Form):
    """A year's notice: spans of days off, make-up days."""

    off = forms.CharField(
        label=_("Days off"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono"}),
        help_text=_("One span per line, the occasion behind it: 2027-02-05..2027-02-11 春节"),
    )
    make_up = forms.CharField(
        label=_("Make-up days (调休)"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "mono"}),
    )
    basis = forms.CharField(
        label=pgettext_lazy("State Council", "Notice"), max_length=200, help_text=_("Name and number of the notice.")
    )

    def _days(self, name: str) -> dict[date, str]:
        try:
            return read_days(self.cleaned_data[name])
        except NoticeRefused as refused:
            params = {"line": refused.line, "text": refused.text}
            raise ValidationError(NOTICE_PROBLEMS[refused.code], params=params) from refused

    def clean_off(self):
        """Days off by day."""
        return self._days("off")

    def clean_make_up(self):
        """Make-up days by day."""
        return self._days("make_up")
