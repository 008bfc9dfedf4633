"""What the forms of all kinds of cases share: a step with its reason, and the bar that narrows a list."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.common.scoping import ScopedQuerySet

from .flow import Workflow
from .models import Deadline

OPEN = "open"
OVERDUE, SOON = "overdue", "soon"
SOON_DAYS = timedelta(days=30)
CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}


def choice(label, choices):
    """One of the choices or all, as a field of a bar of filters."""
    offers = [("", _("all")), *choices]
    return forms.ChoiceField(label=label, required=False, choices=offers, widget=forms.Select(attrs=SELECT))


class CaseFilter(forms.Form):
    """Narrow a list of cases. A kind states its workflow, its `status` and what else narrows, named as its columns are.

    `columns`: the look-ups of fields that are called otherwise.
    """

    flow: Workflow
    columns = {"year": "cycle__year"}

    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=2000, max_value=2100, widget=forms.NumberInput(attrs=CONTROL)
    )

    def narrow(self, cases: ScopedQuerySet) -> ScopedQuerySet:
        """The cases that fit; a wrong filter narrows nothing and says so at its field."""
        if not self.is_bound or not self.is_valid():
            return cases
        wanted = {self.columns.get(name, name): value for name, value in self.cleaned_data.items() if value}
        if due := wanted.pop("due", ""):
            wanted["case_no__in"] = self._with_clock(due)
        if wanted.get("status") == OPEN:
            wanted["status__in"] = self.flow.open_states()
            del wanted["status"]
        return cases.filter(**wanted)

    def _with_clock(self, due: str):
        """Numbers of cases whose step is overdue, or due within 30 days or overdue; the due day itself is not late."""
        today = timezone.localdate()
        last = today - timedelta(days=1) if due == OVERDUE else today + SOON_DAYS
        clocks = Deadline.objects.filter(kind=self.flow.kind, closed_at__isnull=True, due_on__lte=last)
        return clocks.values("case_no")


def due_choice():
    """What is due: a kind of case whose steps have clocks states it as `due`."""
    return choice(pgettext_lazy("cases", "Due"), [(OVERDUE, _("overdue")), (SOON, _("within 30 days or overdue"))])


def status_choice(states):
    """The states of a kind of case, before them all that still wait for somebody."""
    return choice(_("Status"), [(OPEN, pgettext_lazy("cases", "open")), *states])


class StepForm(forms.Form):
    """A step of a case with its reason; `version` is the state of the case that the user saw."""

    flow: Workflow

    step = forms.ChoiceField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays in the record of the case together with your name."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(step.name, step.label) for step in self.flow.steps if not step.automatic]


class RemarkStepForm(StepForm):
    """A step that mostly needs no reason; the workflow says which one does, `needed_for` tells the user."""

    needed_for = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.required, reason.label, reason.help_text = False, _("Remark or reason"), self.needed_for
