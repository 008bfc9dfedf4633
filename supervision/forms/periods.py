"""What narrows the register of influence periods."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CONTROL, SELECT
from foundation.regulations.services.codes import codes

from ..rules.kinds import FAMILY_OF, WITHOUT_PERIOD
from ..selectors.periods import RUNNING, SORTS, STATES
from .handlings import FAMILIES


def _select(label, choices):
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.Select(attrs=SELECT))


def _text(label):
    return forms.CharField(label=label, required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))


class PeriodFilter(forms.Form):
    """State, kind, days to the end (or since it), unit, name and order."""

    state = _select(_("Status"), list(STATES.items()))
    kind = _select(_("Kind"), [])
    days = forms.IntegerField(
        label=_("Days to (since) the end"),
        required=False,
        min_value=0,
        max_value=3650,
        widget=forms.NumberInput(attrs=CONTROL),
    )
    unit = _text(_("Unit"))
    name = _text(pgettext_lazy("person", "Name"))
    sort = _select(pgettext_lazy("list", "Order"), [(code, label) for code, (label, _order) in SORTS.items()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        table, groups = codes("handling_type"), {}
        for kind, family in FAMILY_OF.items():
            if kind in table and kind not in WITHOUT_PERIOD:
                groups.setdefault(family, []).append((kind, table[kind].label()))
        self.fields["kind"].choices = [("", _("all")), *((FAMILIES[name], rows) for name, rows in groups.items())]

    def asked(self) -> dict:
        """What the list is narrowed by, as `periods_for` takes it; a wrong filter narrows nothing and says so at its field."""
        if not self.is_bound or not self.is_valid():
            return {}
        found = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return found | {"state": found.get("state", RUNNING)}
