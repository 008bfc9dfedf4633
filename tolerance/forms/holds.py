"""The review of a hold for a report: it is released, or stays until another day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .clearances import day_input

RELEASE, KEEP = "RELEASE", "KEEP"


class HoldReviewForm(forms.Form):
    """What the review found."""

    result = forms.ChoiceField(
        label=_("Result of the review"),
        choices=[(RELEASE, _("release the hold")), (KEEP, _("keep it until another day"))],
        widget=forms.RadioSelect,
    )
    review_on = forms.DateField(
        label=_("next review on"), required=False, widget=day_input(), help_text=_("Only where the hold is kept.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Who may see the person's restrictions reads it: say nothing of what was reported or by whom."),
    )

    def clean(self):
        """A hold that is kept has a day on which it is looked at again."""
        data = super().clean()
        if data.get("result") == KEEP and not data.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", _("Name the day on which the hold is looked at again."))
        return data
