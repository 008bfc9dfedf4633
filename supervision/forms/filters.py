"""What narrows the lists of cases about people."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CONTROL, CaseFilter


class PersonCaseFilter(CaseFilter):
    """The year in which the case was opened, the person's name; a kind states its workflow and its `status`."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=CONTROL),
    )
    year_column = "opened_on__year"

    def clean(self):
        """The filters as the columns of these cases are called."""
        data = super().clean()
        if data.get("name"):
            data["official__name__icontains"] = data["name"]
        if data.get("year"):
            data[self.year_column] = data["year"]
        data.pop("name", None)
        data.pop("year", None)
        return data


NOTHING_FOUND = _("With a filter, try a wider one.")
