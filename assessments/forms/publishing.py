"""Forms of the run page and of a request to publish."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.casework.forms import RemarkStepForm

from ..workflows.publish_request import PUBLISH_REQUEST


class OpenPreviewForm(forms.Form):
    """Opening a preview to the units."""

    reason = forms.CharField(label=_("Document or reason"), max_length=300)


class PublishRequestForm(forms.Form):
    """Asking to publish a run; the second field only where something stands against it that a reason overcomes."""

    reason = forms.CharField(label=_("Decision it rests on"), max_length=300)
    override_reason = forms.CharField(
        label=_("Why it is published all the same"),
        max_length=300,
        required=False,
        help_text=_(
            "Needed while the units were not shown a preview or may still object, or figures are not verified; it stays in "
            "the record."
        ),
    )


class RequestStepForm(RemarkStepForm):
    """A step of a request; signing may have a remark."""

    flow = PUBLISH_REQUEST
    needed_for = _("Needed for refusing and for taking back; it stays in the record together with your name.")
