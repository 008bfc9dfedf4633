"""Forms of the run page and of a request to publish."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..workflows.publish_request import PUBLISH_REQUEST


class OpenPreviewForm(forms.Form):
    """Opening a preview to the units."""

    reason = forms.CharField(label=_("Document or reason"), max_length=300)


class PublishRequestForm(forms.Form):
    """Asking to publish a run; the second field only where something stands against it."""

    reason = forms.CharField(label=_("Decision it rests on"), max_length=300)
    override_reason = forms.CharField(
        label=_("Why it is published all the same"),
        max_length=300,
        required=False,
        help_text=_("Needed while appeals are open or the units may still object; it stays in the record."),
    )


class RequestStepForm(forms.Form):
    """A step of a request; refusing and taking back need a reason, signing may have a remark."""

    step = forms.ChoiceField(
        choices=[(s.name, s.label) for s in PUBLISH_REQUEST.steps if not s.automatic], widget=forms.HiddenInput
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Remark or reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for refusing and for taking back; it stays in the record together with your name."),
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = case.version
