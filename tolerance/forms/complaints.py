"""Forms of the register of reports: a new one, a step, its handler, who made it, a request to see that, its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CONTROL, CaseFilter, RemarkStepForm, choice, status_choice
from supervision.forms.tools import ToolStepForm

from ..choices import Channel, Owner, ReportKind
from ..models import Complaint
from ..services.named_people import read_people
from ..workflows.complaint import COMPLAINT, COMPLAINT_STATES, TOLD
from ..workflows.identity import IDENTITY, IDENTITY_STATES
from .applications import people_field, unit_named
from .clearances import Shape, day_input


class ComplaintFilter(CaseFilter):
    """Narrow the register."""

    columns = {
        "year": "received_on__year",
        "unit": "organization__name__icontains",
        "number": "number__icontains",
    }
    flow = COMPLAINT
    status = status_choice(COMPLAINT_STATES)
    kind = choice(pgettext_lazy("report", "Kind"), ReportKind.choices)
    number = forms.CharField(
        label=_("Number of the report"), required=False, max_length=80, widget=forms.TextInput(attrs=CONTROL)
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))

    def narrow(self, cases):
        """As all lists; a closed report is not open, although a petition can be reviewed."""
        found = super().narrow(cases)
        is_open = self.is_bound and self.is_valid() and self.cleaned_data.get("status") == "open"
        return found.exclude(status=TOLD) if is_open else found


class IdentityFilter(CaseFilter):
    """Narrow the requests to see who reported."""

    columns = {"year": "opened_on__year", "number": "complaint__number__icontains"}
    flow = IDENTITY
    status = status_choice(IDENTITY_STATES)
    number = forms.CharField(
        label=_("Number of the report"), required=False, max_length=80, widget=forms.TextInput(attrs=CONTROL)
    )


class NewComplaintForm(forms.Form):
    """What came, how and about whom; never who made it. `scope_units`: where the user may register."""

    number = forms.CharField(label=_("Number of the report"), max_length=80, help_text=_("As in the register."))
    kind = forms.ChoiceField(label=pgettext_lazy("report", "Kind"), choices=ReportKind.choices)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    received_on = forms.DateField(label=_("Received on"), widget=day_input())
    owner = forms.ChoiceField(
        label=_("Whose matter"),
        choices=Owner.choices,
        help_text=_("A matter of another level is sent there within 5 working days."),
    )
    unit_name = forms.CharField(
        label=_("Unit that it is about"),
        max_length=120,
        help_text=_("By name or short name: the unit itself, or the one of the people reported."),
    )
    officials = people_field(_("Officials reported"))
    matter = forms.CharField(
        label=_("Matter"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "In neutral words, without anything that tells who reported it. Empty for a matter of the level above."
        ),
    )

    def __init__(self, *args, scope_units, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope_units = scope_units

    def clean_unit_name(self):
        """The unit, among those where the user may register."""
        found = unit_named(self.scope_units, self.cleaned_data["unit_name"])
        if found is None:
            raise forms.ValidationError(_("There is no unit of this name here. Check the name."))
        return found

    def clean(self):
        """Names become officials of the county, each unknown one said with its line."""
        data = super().clean()
        unit = data.pop("unit_name", None)
        if unit is None:
            return data
        county = unit.jurisdiction or unit
        people, unclear = read_people(data.get("officials", ""), county.path, "officials")
        for reason in unclear:
            self.add_error("officials", reason.text)
        for one in people:
            if one.official is None and not unclear:
                text = _("%(name)s is not in the record of this county. Check the name.") % {"name": one.name}
                self.add_error("officials", text)
        return data | {"organization": unit, "officials": [one.official for one in people if one.official]}


class ComplaintStepForm(ToolStepForm):
    """A step with the facts it brings."""

    def __init__(self, *args, case, step: str = "", **kwargs):
        super().__init__(*args, case=case, tool=Shape(COMPLAINT, Complaint), step=step, **kwargs)


class HandlerForm(forms.Form):
    """Who handles a report, of those who may see it."""

    handler = forms.ChoiceField(label=_("Handled by"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {one.username: one for one in people}
        self.fields["handler"].choices = [("", "—"), *((name, str(one)) for name, one in self.people.items())]

    def clean_handler(self):
        """The account."""
        return self.people[self.cleaned_data["handler"]]


class Unechoed(forms.TextInput):
    """A field whose value never comes back to the browser, not even to who typed it."""

    def format_value(self, value):
        """Always empty."""

    def get_context(self, name, value, attrs):
        """Without a value, and asking the browser to remember none."""
        return super().get_context(name, None, {"autocomplete": "off", **(attrs or {})})


class IdentityForm(forms.Form):
    """Who made a report. What is typed goes under lock and is shown to nobody again; after an error it is typed anew."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60, widget=Unechoed)
    id_number = forms.CharField(label=_("Identity number"), required=False, max_length=30, widget=Unechoed)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40, widget=Unechoed)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=120, widget=Unechoed)
    address = forms.CharField(label=_("Address"), required=False, max_length=200, widget=Unechoed)


class AskForm(forms.Form):
    """Why somebody needs to know who made a report."""

    purpose = forms.CharField(
        label=_("Why the identity is needed"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Somebody else decides on it. Reason, answer and every view stay on record."),
    )


class AnswerForm(RemarkStepForm):
    """An answer to a request."""

    flow = IDENTITY
    needed_for = _("Needed for a refusal.")
