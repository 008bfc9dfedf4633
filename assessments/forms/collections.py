"""Forms around collections: opening a year, taking a step, releasing, narrowing the board."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.casework.forms import RemarkStepForm, choice

from ..workflows import COLLECTION, COLLECTION_STATES

DAY = {"type": "date"}


class OpenForm(forms.Form):
    """Open the submission of a year."""

    due_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs=DAY),
        help_text=_("Empty: counted in working days from today, as the rulebook says."),
    )
    reason = forms.CharField(
        label=_("Document or note"),
        max_length=300,
        required=False,
        help_text=_("Stays in the record, such as the number of the notice."),
    )


class CollectionStepForm(RemarkStepForm):
    """A step of a submission."""

    flow = COLLECTION
    needed_for = _("Needed for returning, opening again and submitting on behalf; stays in the record.")


class ReleaseForm(forms.Form):
    """A later last day for one department."""

    until = forms.DateField(label=_("New last day"), widget=forms.DateInput(attrs=DAY))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class BoardFilter(forms.Form):
    """Narrow the board."""

    state = choice(_("Status"), [("overdue", _("overdue")), ("gaps", _("with gaps")), *COLLECTION_STATES])

    def narrow(self, rows):
        """Rows that fit; a word that is no choice narrows nothing."""
        state = self.cleaned_data["state"] if self.is_valid() else ""
        if state == "overdue":
            return [row for row in rows if row.urgency == "overdue"]
        if state == "gaps":
            return [row for row in rows if row.progress.gaps]
        return [row for row in rows if row.case.status == state] if state else rows
