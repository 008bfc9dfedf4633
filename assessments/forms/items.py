"""Forms around proposals of bonuses, deductions and vetoes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.casework.forms import CaseFilter, StepForm, choice, status_choice
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization

from ..choices import ItemType
from ..workflows import ITEM, ITEM_STATES, PROPOSE


class ItemFilter(CaseFilter):
    """Narrow the list of proposals."""

    flow = ITEM
    status = status_choice(ITEM_STATES)
    item = choice(_("Item"), ItemType.choices)


class ItemForm(forms.Form):
    """A proposal. Points are given without sign: the item says which way they count."""

    organization = forms.ModelChoiceField(
        label=_("Proposing department"), queryset=Organization.objects.none(), empty_label=None
    )
    unit = forms.ModelChoiceField(label=_("Unit concerned"), queryset=Organization.objects.none())
    item = forms.ChoiceField(label=_("Item"), choices=ItemType.choices)
    points = forms.DecimalField(
        label=_("Points"), required=False, max_digits=10, decimal_places=4, help_text=_("Above 0; empty for a veto.")
    )
    kind = forms.CharField(label=_("Kind"), max_length=40, required=False)
    ground = forms.CharField(label=_("Ground"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    document_no = forms.CharField(label=_("Document"), max_length=80)
    decided_by = forms.CharField(
        label=_("Decided by"), max_length=120, required=False, help_text=_("For a veto: the organ that found it.")
    )
    occurred_on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    evidence = forms.CharField(label=_("Evidence"), max_length=300, required=False)

    def __init__(self, *args, user, cycle, **kwargs):
        super().__init__(*args, **kwargs)
        county = cycle.jurisdiction
        units = Organization.objects.system().below(county).filter(categories__year=cycle.year)
        self.fields["unit"].queryset = units.in_tree_order()
        self.fields["organization"].queryset = proposing_units(user, county)


def proposing_units(user, county):
    """In whose name the user may propose: the county for its office, else the departments of the user's scope."""
    if scope_of(user, PROPOSE).covers(county.path):
        return Organization.objects.system().filter(pk=county.pk)
    mine = Organization.objects.visible_to(user, PROPOSE).below(county)
    return mine.assessable().in_tree_order()


class ItemStepForm(StepForm):
    """A step of a proposal; approval may name the number under which the item stands."""

    flow = ITEM

    number = forms.CharField(
        label=_("Number of the item"), max_length=40, required=False, help_text=_("Empty: the number of the proposal.")
    )
