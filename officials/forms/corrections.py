"""Forms around corrections of records."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CaseFilter, StepForm, status_choice

from ..workflows import CORRECTION, CORRECTION_STATES
from .sections import SectionForm


class AskForm(SectionForm):
    """What a unit asks to be corrected: the section's fields as they should be, and on what that rests."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = pgettext_lazy("correction", "Grounds")
        self.fields["reason"].help_text = _("The document or certificate on which the correction rests.")


class CorrectionFilter(CaseFilter):
    """Narrow the list of corrections."""

    flow = CORRECTION
    year = None
    status = status_choice(CORRECTION_STATES)


class CorrectionStepForm(StepForm):
    """A step of a correction."""

    flow = CORRECTION
