"""Forms around clearances: the guided new one, the application of the unit, a step, an announcement, the certificate."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.flow import Workflow
from foundation.casework.forms import CONTROL, CaseFilter, due_choice, status_choice
from foundation.regulations.services.codes import codes
from supervision.forms.tools import ToolStepForm

from ..choices import AccusationSign, Aggravation, ApprovalLevel, Finding
from ..rules.clearance import check_approvals
from ..services.clearance_law import in_words, law_of
from ..workflows.accusation import ACCUSATION, ACCUSATION_STATES
from ..workflows.clearance import CLEARANCE, CLEARANCE_STATES, CLOSED

TABLES = {
    "grounds": "clearance_ground",
    "modes": "clearance_mode",
    "spread": "clearance_scope",
    "scope": "clearance_scope",
    "refusal": "clearance_refusal",
}
SEVERAL = {"grounds", "modes", "aggravations"}
HINTS = {
    "modes": _("Every other mode needs the written one as well (R-CLR-02)."),
    "scope": _("The smallest scope that removes the harm (R-CLR-07)."),
    "text": _("States the finding on this one report. Never name who reported (R-CLR-08)."),
    "principal_leader": _("Needed before a meeting, circular or medium (R-CLR-05)."),
    "refusal": _("Left empty only where the report was true."),
    "approval_level": _("Only the prefecture or above determines a false accusation (R-FAL-02)."),
    "late_reason": _("Only when the last day has passed."),
}


def day_input():
    """A field for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def offers(table: str):
    """Codes of a table with their labels."""
    return [(code, row.label()) for code, row in codes(table).items() if row.enabled]


def coded(name: str, label, required=False):
    """A field whose choices are a code table: boxes for several, a list for one."""
    table, hint = TABLES[name], HINTS.get(name, "")
    if name in SEVERAL:
        return forms.MultipleChoiceField(
            label=label, required=required, choices=offers(table), widget=forms.CheckboxSelectMultiple, help_text=hint
        )
    choices = [("", "—"), *offers(table)]
    return forms.ChoiceField(label=label, required=required, choices=choices, help_text=hint)


class ClearanceFilter(CaseFilter):
    """Narrow the list of clearances."""

    columns = {"year": "opened_on__year", "unit": "organization__name__icontains", "name": "official__name__icontains"}
    flow = CLEARANCE
    status = status_choice(CLEARANCE_STATES)
    due = due_choice()
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL)
    )

    def narrow(self, cases):
        """As all lists; a closed clearance is not open, although it can be withdrawn."""
        found = super().narrow(cases)
        is_open = self.is_bound and self.is_valid() and self.cleaned_data.get("status") == "open"
        return found.exclude(status=CLOSED) if is_open else found


class ApplicationFilter(ClearanceFilter):
    """Narrow what the own unit has applied for."""

    due = unit = None  # the unit is the reader's own, the clock that of the office


class AccusationFilter(ClearanceFilter):
    """Narrow the list of inquiries into false accusations."""

    flow = ACCUSATION
    status = status_choice(ACCUSATION_STATES)
    due = None  # an inquiry into a false accusation has no clock


class NewClearanceForm(forms.Form):
    """The guided way: report, finding, harm, mode and scope; the last two may follow later on the case itself."""

    report_no = forms.CharField(
        label=_("number of the report"),
        max_length=80,
        help_text=_("As in its register. Who reported stands nowhere here."),
    )
    reported_on = forms.DateField(label=pgettext_lazy("report", "reported on"), widget=day_input())
    summary = forms.CharField(label=_("what was reported"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    finding = forms.ChoiceField(
        label=pgettext_lazy("report", "finding"),
        choices=Finding.choices,
        help_text=_("Unproven is not false: such a report is never cleared."),
    )
    found_on = forms.DateField(label=pgettext_lazy("report", "found on"), required=False, widget=day_input())
    finding_body = forms.CharField(label=_("body that found it"), max_length=120, required=False)
    finding_no = forms.CharField(label=_("document of the finding"), max_length=80, required=False)
    routine_only = forms.BooleanField(label=_("felt in routine talks of the inquiry only"), required=False)
    harm = forms.CharField(
        label=_("how it harmed"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    scope_reason = forms.CharField(label=_("why the scope is wider"), max_length=300, required=False)
    text = forms.CharField(
        label=_("text of the clearance"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=HINTS["text"],
    )
    PARTS = (
        (_("1. The report"), ("report_no", "reported_on", "summary")),
        (_("2. The finding"), ("finding", "found_on", "finding_body", "finding_no")),
        (_("3. The harm"), ("grounds", "routine_only", "harm", "spread")),
        (_("4. Mode, scope and text"), ("modes", "scope", "scope_reason", "text")),
    )
    REPORT = (*PARTS[0][1], *PARTS[1][1])
    PLAN = (*PARTS[2][1], *PARTS[3][1])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "grounds": _("harm done"),
            "spread": _("how far the harm spread"),
            "modes": _("modes of clearance"),
            "scope": _("scope of clearance"),
        }
        for name, label in labels.items():
            self.fields[name] = coded(name, label)

    @property
    def parts(self):
        """Headings with their bound fields, in order."""
        return [(heading, [self[name] for name in names]) for heading, names in self.PARTS]

    @property
    def report(self) -> dict:
        """What is taken up."""
        return {name: self.cleaned_data[name] for name in self.REPORT}

    @property
    def plan(self) -> dict | None:
        """How to clear the person; None where that follows later."""
        data = {name: self.cleaned_data[name] for name in self.PLAN}
        return data if any(data.values()) else None


class ApplicationForm(forms.Form):
    """What a person asks for through the unit."""

    report_no = forms.CharField(
        label=_("number of the report"), max_length=80, required=False, help_text=_("Where the person knows it.")
    )
    application = forms.CharField(
        label=_("application"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What was claimed, how it harmed, what the person asks for."),
    )


class HoldForm(forms.Form):
    """A hold while a report is being verified."""

    report_no = forms.CharField(label=_("number of the report"), max_length=80)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Who may see the person's restrictions reads it: say nothing of what was reported or by whom."),
    )
    starts_on = forms.DateField(label=_("held from"), initial=timezone.localdate, widget=day_input())
    review_on = forms.DateField(label=_("to be reviewed on"), widget=day_input())


class AccusationForm(forms.Form):
    """Open an inquiry into a false accusation."""

    report_no = forms.CharField(label=_("number of the report"), max_length=80)
    signs = forms.MultipleChoiceField(
        label=_("signs"), choices=AccusationSign.choices, widget=forms.CheckboxSelectMultiple
    )
    summary = forms.CharField(
        label=_("matter"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What speaks for it. Never name who reported."),
    )


@dataclass(frozen=True)
class Shape:
    """What the form of a step needs to know of a kind of case."""

    flow: Workflow
    model: Any


class ClearanceStepForm(ToolStepForm):
    """A step with the facts it brings; codes as offers, effects to be chosen where the person is cleared."""

    def __init__(self, *args, case, flow: Workflow, step: str = "", effects=(), **kwargs):
        super().__init__(*args, case=case, tool=Shape(flow, type(case)), step=step, **kwargs)
        taken = self.data.get("step", step)
        others = [(candidate.key, candidate.label) for candidate, belongs in effects if not belongs]
        if taken == "clear" and others:
            self.fields["effects"] = forms.MultipleChoiceField(
                label=_("Holds of other reports that end as well"),
                required=False,
                choices=others,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Only where it is the same matter: clearance concerns this one report."),
            )
        for name, hint in HINTS.items():
            if name in self.fields:
                self.fields[name].help_text = hint
        if "principal_leader" in self.fields:
            self._ask_the_chain(case)
        self.fields["reason"] = self.fields.pop("reason")

    def _ask_the_chain(self, case):
        """Before a meeting, circular or medium the principal leader is asked for, and whoever is missing is named by rule."""
        for reason in in_words(check_approvals(case.modes, (), law_of(case)).reasons):
            field = self.fields[reason.facts["level"]]
            field.required, field.error_messages["required"] = True, reason.text

    def _field(self, case, name: str, required: bool):
        label, initial = case._meta.get_field(name).verbose_name, getattr(case, name)
        if name in TABLES:
            field = coded(name, label, required)
        elif name == "aggravations":
            field = forms.MultipleChoiceField(
                label=label, required=False, choices=Aggravation.choices, widget=forms.CheckboxSelectMultiple
            )
        elif name == "approval_level":
            field = forms.ChoiceField(label=label, required=required, choices=[("", "—"), *ApprovalLevel.choices])
        else:
            return super()._field(case, name, required)
        field.initial = initial
        return field


class AnnouncementForm(forms.Form):
    """When, where, before whom and by whom it was said."""

    mode = forms.ChoiceField(label=pgettext_lazy("clearance", "mode"))
    held_on = forms.DateField(label=pgettext_lazy("announcement", "done on"), widget=day_input())
    place = forms.CharField(label=pgettext_lazy("announcement", "where"), max_length=200)
    heard_by = forms.CharField(label=_("who heard it"), max_length=300)
    announced_by = forms.CharField(label=_("who said it"), max_length=120)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        known = codes("clearance_mode")
        self.fields["mode"].choices = [(mode, known[mode].label()) for mode in case.modes if mode in known]


class CertificateForm(forms.Form):
    """The certificate in the record of integrity."""

    certificate_no = forms.CharField(label=_("number of the certificate"), max_length=80)
    certificate_on = forms.DateField(label=_("certificate filed on"), initial=timezone.localdate, widget=day_input())
