"""Forms around measures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.casework.forms import CaseFilter, StepForm, choice, status_choice
from officials.models import Official

from ..choices import MeasureStep
from ..selectors.measures import nameable
from ..workflows import MEASURE, STATES


class MeasureFilter(CaseFilter):
    """Narrow the list of measures."""

    flow = MEASURE
    status = status_choice(STATES)
    step = choice(_("Step"), MeasureStep.choices[1:])


class MeasureStepForm(StepForm):
    """A step of a measure; it may name the leader whom the case left open."""

    flow = MEASURE
    field_order = ("step", "version", "official", "reason")

    official = forms.ModelChoiceField(label=_("Leader"), queryset=Official.objects.none(), required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        if case.official_id:
            del self.fields["official"]
        else:
            self.fields["official"].queryset = nameable(case).order_by("sort_key")

    def clean(self):
        """The step's payload is complete even where no leader can be chosen."""
        data = super().clean()
        data.setdefault("official", None)
        return data
