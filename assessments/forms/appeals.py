"""Forms around appeals: shape only, the services ask the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..choices import AppealTarget
from ..workflows.appeal import APPEAL, STATES
from .measures import CONTROL, SELECT


class AppealForm(forms.Form):
    """An objection of a unit: to what, what is right instead, why. `things` are what the opened run shows."""

    target = forms.ChoiceField(label=_("Against"))
    wanted = forms.CharField(
        label=_("What is right"),
        max_length=60,
        required=False,
        help_text=_("The figure, grade word or points. Leave it empty when it is to be struck out."),
    )
    strikes = forms.BooleanField(
        label=_("Strike it out (an indicator then does not apply to the unit)"), required=False
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Facts and documents that show it. The responsible department answers to them."),
    )
    late_reason = forms.CharField(
        label=_("Why it comes late"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, things, late: bool, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [(kind.label, [(t.key, t.line) for t in things if t.kind == kind]) for kind in AppealTarget]
        self.fields["target"].choices = [("", "—"), *((label, rows) for label, rows in groups if rows)]
        if not late:
            del self.fields["late_reason"]


class AppealStepForm(forms.Form):
    """A step of an appeal with its reason; `version` is the state of the case the user saw."""

    step = forms.ChoiceField(choices=[(s.name, s.label) for s in APPEAL.steps], widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.CharField(label=_("What is right"), max_length=60, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays in the record of the case together with your name."),
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = case.version
        self.fields["value"].initial = case.answered if case.agrees is not None else case.stated
        self.fields["value"].help_text = _("Stands there: %(stated)s; wanted: %(wanted)s. Empty: strike it out.") % {
            "stated": case.stated or "—",
            "wanted": case.wanted or _("strike it out"),
        }


class AppealFilter(forms.Form):
    """Narrow the list of appeals."""

    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=2000, max_value=2100, widget=forms.NumberInput(attrs=CONTROL)
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("all")), ("open", pgettext_lazy("appeals", "open")), *STATES],
        widget=forms.Select(attrs=SELECT),
    )

    def narrow(self, appeals):
        """The appeals that fit; a wrong filter narrows nothing and says so at its field."""
        if not self.is_bound or not self.is_valid():
            return appeals
        data = self.cleaned_data
        if data["year"]:
            appeals = appeals.filter(cycle__year=data["year"])
        if data["status"] == "open":
            return appeals.filter(status__in=APPEAL.open_states())
        return appeals.filter(status=data["status"]) if data["status"] else appeals
