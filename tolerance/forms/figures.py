"""The period of figures."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = {"type": "date", "class": "form-control"}


class PeriodForm(forms.Form):
    """From one day to another; both belong to the period. Without days: this year."""

    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    def clean(self):
        """The period runs forward."""
        data = super().clean()
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("The period must end after it begins."))
        return data

    def period(self, today: date) -> tuple[date, date]:
        """The days asked for, or the year of today."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return given.get("first") or date(today.year, 1, 1), given.get("last") or today
