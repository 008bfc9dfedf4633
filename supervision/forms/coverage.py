"""The bar above the list of who was talked to in a year."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CONTROL, SELECT

LACKING, COVERED, ALL = "", "covered", "all"


class CoverageFilter(forms.Form):
    """Narrow the members of leading teams; without a choice those who still lack a talk are shown."""

    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=2000, max_value=2100, widget=forms.NumberInput(attrs=CONTROL)
    )
    shown = forms.ChoiceField(
        label=_("Talks of the year"),
        required=False,
        choices=[(LACKING, _("still lacking")), (COVERED, _("all held")), (ALL, pgettext_lazy("people", "everybody"))],
        widget=forms.Select(attrs=SELECT),
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL)
    )

    def chosen(self) -> dict:
        """What was chosen; nothing where the filter is wrong, which it says at its field."""
        return self.cleaned_data if self.is_bound and self.is_valid() else {}

    @property
    def chosen_year(self) -> int:
        """The year asked for, this year else; a year to come is this one."""
        return min(self.chosen().get("year") or 9999, timezone.localdate().year)

    def narrow(self, members: QuerySet, needed: int) -> QuerySet:
        """The members that fit."""
        asked = self.chosen()
        if asked.get("unit"):
            members = members.filter(home__name__icontains=asked["unit"].strip())
        if asked.get("name"):
            members = members.filter(name__icontains=asked["name"].strip())
        shown = asked.get("shown", LACKING)
        if shown == ALL:
            return members
        return members.filter(talks__gte=needed) if shown == COVERED else members.filter(talks__lt=needed)
