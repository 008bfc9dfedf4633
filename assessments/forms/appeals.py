"""Forms around appeals: shape only, the services ask the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.casework.forms import CaseFilter, StepForm, status_choice

from ..choices import AppealTarget
from ..workflows.appeal import APPEAL, STATES


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


class AppealStepForm(StepForm):
    """A step of an appeal; answering and accepting say what is right."""

    flow = APPEAL
    field_order = ("step", "version", "value", "reason")

    value = forms.CharField(label=_("What is right"), max_length=60, required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].initial = case.answered if case.agrees is not None else case.stated
        self.fields["value"].help_text = _("Stands there: %(stated)s; wanted: %(wanted)s. Empty: strike it out.") % {
            "stated": case.stated or "—",
            "wanted": case.wanted or _("strike it out"),
        }


class AppealFilter(CaseFilter):
    """Narrow the list of appeals."""

    flow = APPEAL
    status = status_choice(STATES)
