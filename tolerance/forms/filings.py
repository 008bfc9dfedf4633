"""Forms of prior filings: the filing itself, the bar of filters, the steps."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from foundation.casework.forms import CONTROL, CaseFilter, StepForm, choice, status_choice

from ..choices import RiskLevel
from ..models import PriorFiling
from ..services.filings import TEXTS
from ..workflows.filing import FILING, FILING_STATES
from .applications import DAY, unit_named

STEP_FIELDS = {"accept": ("opinion", "reviewed_on"), "close": ("result", "ended_on")}


class FilingFilter(CaseFilter):
    """Narrow the list of filings."""

    flow = FILING
    columns = {"year": "opened_on__year", "unit": "organization__name__icontains", "matter": "title_text__icontains"}
    status = status_choice(FILING_STATES)
    risk_level = choice(_("Level of risk"), RiskLevel.choices)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    matter = forms.CharField(label=_("Matter"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))


class FilingForm(forms.ModelForm):
    """A filing or a change of it. `needed`: columns that the page asks for at once, though a draft can do without them."""

    needed = ("decision_record", "risk_level", "risks", "measures", "starts_on", "ends_on")
    unit_name = forms.CharField(label=_("Unit that files"), max_length=120)
    field_order = ("unit_name", *TEXTS)

    class Meta:
        model = PriorFiling
        fields = TEXTS
        widgets = {
            **{name: forms.DateInput(attrs=DAY, format="%Y-%m-%d") for name in ("starts_on", "ends_on")},
            **{name: forms.Textarea(attrs={"rows": 5}) for name in ("reform", "risks", "measures")},
        }
        help_texts = {
            "risks": _("What can go wrong, how likely, who is affected, the greatest loss."),
            "measures": _("What is done against each risk, when it is stopped, who watches."),
            "decision_record": _("Meeting, and number of its minutes."),
            "breaks_no_ban": _("What a law or a superior order forbids cannot be filed."),
            "starts_on": _("Not before the day of filing: a reform is filed before the unit acts."),
        }

    def __init__(self, *args, scope_units, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope_units = scope_units
        for name in self.needed:
            self.fields[name].required = True

    def clean_unit_name(self):
        """The unit, among those where the user may file."""
        found = unit_named(self.scope_units, self.cleaned_data["unit_name"])
        if found is None:
            raise forms.ValidationError(_("No unit of this name where you may file. Check the name."))
        return found

    def values(self) -> dict:
        """What the service takes besides the unit."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class FilingStepForm(StepForm):
    """A step of a filing with the facts that it brings."""

    flow = FILING

    def __init__(self, *args, case, step="", **kwargs):
        super().__init__(*args, **kwargs)
        taken = self.flow.step(self.data.get("step", step))
        for name in STEP_FIELDS.get(taken.name, ()) if taken else ():
            column = case._meta.get_field(name)
            field = column.formfield(required=True, label=capfirst(column.verbose_name))
            if isinstance(field, forms.DateField):
                field.widget, field.initial = forms.DateInput(attrs=DAY, format="%Y-%m-%d"), timezone.localdate()
            else:
                field.widget.attrs["rows"] = 4
            self.fields[name] = field
        reason = self.fields.pop("reason")
        reason.required = bool(taken and taken.needs_reason)
        if not reason.required:
            reason.label = _("Remark")
        self.fields["reason"] = reason
