"""Forms around measures."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from officials.models import Official

from ..choices import MeasureStep
from ..selectors.measures import nameable
from ..workflows import MEASURE, STATES

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}


class MeasureFilter(forms.Form):
    """Narrow the list of measures."""

    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=2000, max_value=2100, widget=forms.NumberInput(attrs=CONTROL)
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("all")), ("open", pgettext_lazy("measures", "open")), *STATES],
        widget=forms.Select(attrs=SELECT),
    )
    step = forms.ChoiceField(
        label=_("Step"),
        required=False,
        choices=[("", _("all")), *MeasureStep.choices[1:]],
        widget=forms.Select(attrs=SELECT),
    )

    def narrow(self, measures):
        """The measures that fit; a wrong filter narrows nothing and says so at its field."""
        if not self.is_bound or not self.is_valid():
            return measures
        data = self.cleaned_data
        if data["year"]:
            measures = measures.filter(cycle__year=data["year"])
        if data["status"] == "open":
            measures = measures.filter(status__in=MEASURE.open_states())
        elif data["status"]:
            measures = measures.filter(status=data["status"])
        return measures.filter(step=data["step"]) if data["step"] else measures


class MeasureStepForm(forms.Form):
    """A step of a measure with its reason; `version` is the state of the case the user saw."""

    step = forms.ChoiceField(
        choices=[(s.name, s.label) for s in MEASURE.steps if not s.automatic], widget=forms.HiddenInput
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    official = forms.ModelChoiceField(label=_("Leader"), queryset=Official.objects.none(), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays in the record of the case together with your name."),
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        if case.official_id:
            del self.fields["official"]
        else:
            self.fields["official"].queryset = nameable(case).order_by("sort_key")
        self.fields["version"].initial = case.version

    def clean(self):
        """The step's payload is complete even where no leader can be chosen."""
        data = super().clean()
        data.setdefault("official", None)
        return data
