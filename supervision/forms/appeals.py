"""The step of an appeal on the page of a decision: one is lodged, or the one that waits is answered."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.casework.forms import StepForm

from ..choices import AppealOutcome
from ..selectors.appeals import appeals_of
from ..workflows import HANDLING

APPEAL, ANSWER = "appeal", "answer_appeal"
APPEAL_STEPS = (APPEAL, ANSWER)


class AppealStepForm(StepForm):
    """Way and day of an appeal, or day and outcome of the answer."""

    flow = HANDLING
    field_order = ("step", "version", "level", "lodged_on", "answered_on", "outcome", "reason")

    level = forms.ChoiceField(label=_("Way of appeal"))
    lodged_on = forms.DateField(label=_("Lodged on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    answered_on = forms.DateField(
        label=_("Answered on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "—"), *AppealOutcome.choices])

    def __init__(self, *args, case, step=APPEAL, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken = HANDLING.step(self.data.get("step", step))
        for name in ("answered_on", "outcome") if self.taken.name == APPEAL else ("level", "lodged_on"):
            del self.fields[name]
        if "level" in self.fields:
            known = appeals_of(case, timezone.localdate())
            ways = known.ways.items() if known else ()
            self.fields["level"].choices = [("", "—"), *((level.value, word) for level, word in ways)]
        self.fields["reason"].required, self.fields["reason"].label = False, _("Remark")

    def clean(self):
        """The remark is a fact of the step as well: it says why a late appeal was taken."""
        data = super().clean()
        data["remark"] = data.get("reason", "")
        return data


def appeal_form_of(case, offers) -> AppealStepForm | None:
    """The form of the step that can be taken now; None where none can."""
    free = [offer.step.name for offer in offers if offer.step.name in APPEAL_STEPS and not offer.blocked]
    return AppealStepForm(case=case, step=free[0]) if free else None
