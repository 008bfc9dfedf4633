"""Forms around talks and letters: the bar of filters, a new one about a person, a step with what it asks for."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.forms import CONTROL, CaseFilter, StepForm, due_choice, status_choice
from foundation.regulations.services.codes import codes

from ..choices import Mode, Source
from ..models import Admonishment, Hold, Inquiry, Reminder, Revisit, Talk
from ..selectors.holds import decisions_to_hold
from ..selectors.tools import Tool
from ..services.admonishments import CONSEQUENCES
from ..workflows.step_facts import facts_of

DAY = {"type": "date"}


class ToolFilter(CaseFilter):
    """Narrow the list of one kind of talk or letter."""

    columns = {"year": "opened_on__year", "unit": "organization__name__icontains", "name": "official__name__icontains"}
    status = status_choice([])
    due = due_choice()
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL))
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), required=False, max_length=60, widget=forms.TextInput(attrs=CONTROL)
    )

    def __init__(self, *args, tool: Tool, **kwargs):
        super().__init__(*args, **kwargs)
        self.flow = tool.flow
        self.columns = self.columns | {"year": f"{tool.day}__year"}
        status = self.fields["status"]
        status.choices = [*status.choices, *tool.states]
        if not any(step.is_clocked for step in self.flow.steps):
            del self.fields["due"]


def labelled(table: str, only=None):
    """Codes of a table with their labels."""
    known = codes(table)
    return [(code, known[code].label()) for code in (only or known) if code in known]


OUTLINE_FOLLOWS = {
    "hx-get": "",
    "hx-trigger": "change",
    "hx-target": "#outline",
    "hx-select": "#outline",
    "hx-swap": "outerHTML",
}
"""The page shows the outline of the occasion as soon as one is chosen."""
ASKED = {
    Talk: ("source", "topic", "planned_on", "talkers", "summary"),
    Reminder: ("source", "mode", "summary"),
    Inquiry: ("source", "summary"),
    Admonishment: ("source", "mode", "situations", "summary"),
    Revisit: ("planned_on", "helper_name", "summary"),
    Hold: ("decision", "review_on", "document_no", "summary"),
}
"""What is asked for to begin with each kind."""


class NewToolForm(forms.Form):
    """A talk or letter about a person; a heart-to-heart talk or a return visit is planned, the others are proposed."""

    source = forms.ChoiceField(label=pgettext_lazy("matter", "source"), choices=Source.choices)
    mode = forms.ChoiceField(label=_("way"), choices=Mode.choices)
    topic = forms.ChoiceField(label=pgettext_lazy("talk", "occasion"))
    planned_on = forms.DateField(label=_("planned for"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    decision = forms.ChoiceField(
        label=_("after the decision"),
        help_text=_("Decisions of this person with a known end; the hold begins after it."),
    )
    review_on = forms.DateField(label=_("to be reviewed on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    document_no = forms.CharField(label=_("number of the document"), max_length=80, required=False)
    talkers = forms.CharField(label=_("talked by"), max_length=200, required=False)
    situations = forms.MultipleChoiceField(label=_("situations"), widget=forms.CheckboxSelectMultiple, required=False)
    helper_name = forms.CharField(
        label=_("helper (帮扶责任人)"),
        max_length=120,
        required=False,
        help_text=_("Who looks after the person in the unit during the period."),
    )
    summary = forms.CharField(label=_("matter"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, tool: Tool, person, **kwargs):
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in ASKED[tool.model]:
                del self.fields[name]
        for name, table in (("topic", "talk_topic"), ("situations", "admonish_situation")):
            if name in self.fields:
                self.fields[name].choices = labelled(table)
        if "topic" in self.fields:
            self.fields["topic"].widget.attrs |= OUTLINE_FOLLOWS
        if "decision" in self.fields:
            self.fields["summary"].label = _("Reason")
            offers = decisions_to_hold(person).values()
            self.fields["decision"].choices = [("", "—"), *((one.source_no, one.words) for one in offers)]


class ToolStepForm(StepForm):
    """A step with the facts it brings, and no others; which those are says the workflow's table of facts."""

    def __init__(self, *args, case, tool: Tool, step: str = "", **kwargs):
        self.flow = tool.flow
        super().__init__(*args, **kwargs)
        taken = tool.flow.step(self.data.get("step", step))
        facts = facts_of(case, tool.flow.kind, taken.name if taken else "")
        for name in facts.names:
            self.fields[name] = self._field(case, name, required=name in facts.needed)
            if name in facts.talk and facts.letter:
                self.fields[name].help_text = _("Needed for a talk.")
            elif name in facts.letter:
                self.fields[name].help_text = _("Needed for a letter.")
        if "next_on" in self.fields:
            self.fields["next_on"].help_text = _("Leave it empty to keep the days of the plan.")
        if tool.model is Talk and taken and taken.name == "hold":
            self.fields["issues"] = forms.CharField(
                label=_("Issues raised"),
                required=False,
                max_length=8000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("One issue a line. The talk stays open until each is settled."),
            )
        needs = bool(taken and taken.needs_reason)
        reason = self.fields.pop("reason")
        reason.required = needs
        if not needs:
            reason.label = _("Remark")
        self.fields["reason"] = reason

    def _field(self, case, name: str, required: bool):
        column = case._meta.get_field(name)
        if name == "visitors":
            names = "、".join(case.visitors)
            hint = _("Two at least; write 、 between the names.")
            return forms.CharField(
                label=column.verbose_name, required=required, max_length=600, initial=names, help_text=hint
            )
        if name == "consequence":
            choices = [("", "—"), *labelled("handling_type", CONSEQUENCES)]
            return forms.ChoiceField(label=column.verbose_name, choices=choices, required=required)
        field = column.formfield(required=required, label=column.verbose_name, initial=getattr(case, name) or None)
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
        elif isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 5
        return field

    def clean(self):
        """Issues as a list of lines, visitors as a list of names."""
        data = super().clean()
        if "visitors" in data:
            names = (name.strip()[:60] for name in re.split(r"[、，,；;\n]", data["visitors"]))
            data["visitors"] = [name for name in names if name]
        if "issues" in data:
            data["issues"] = data["issues"].splitlines()
        return data


class IssueForm(forms.Form):
    """How and when an issue of a talk was settled."""

    settled_on = forms.DateField(
        label=pgettext_lazy("issue", "settled on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    answer = forms.CharField(label=_("how it was settled"), max_length=500)
