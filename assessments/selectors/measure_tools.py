"""The tool of supervision that an approved measure has opened: which kind its step asks for, where it stands."""

from dataclasses import dataclass

from django.urls import reverse

from foundation.casework.flow import Workflow
from foundation.casework.registry import kind_of
from foundation.casework.selectors import events_of
from supervision.models import AdjustmentLead, Admonishment, Reminder
from supervision.workflows.admonishment import CLOSED, DELIVERED, EXAMINED, REPORTED, UNCORRECTED
from supervision.workflows.reminder import CLOSED as REMINDER_CLOSED
from supervision.workflows.reminder import HELD

from ..choices import MeasureStep
from ..models import Measure
from ..workflows import MEASURE

TOOLS = {
    MeasureStep.REMINDER_TALK: Reminder,
    MeasureStep.ADMONISHMENT: Admonishment,
    MeasureStep.POST_ADJUSTMENT: AdjustmentLead,
}
"""What an approved step becomes: 谈话提醒 → reminder talk, 诫勉谈话 → admonishment, 岗位调整 → lead for an adjustment."""
CARRIED_OUT = {
    Reminder: {HELD, REMINDER_CLOSED},
    Admonishment: {DELIVERED, EXAMINED, REPORTED, CLOSED, UNCORRECTED},
}
"""The states in which somebody was talked or written to; a lead is handed over by being opened."""


def tool_of(case: Measure):
    """The reminder, admonishment or lead that the measure has opened, None before it is approved (1 query)."""
    model = TOOLS[MeasureStep(case.step)]
    rows = model.objects.system().filter(source_kind=MEASURE.kind, source_no=case.case_no)
    return rows.select_related("official").first()


@dataclass(frozen=True)
class ToolLink:
    """The tool as the measure's page names it: `case` and `url` only where the reader may look at it."""

    number: str
    case: object = None
    flow: Workflow | None = None
    url: str = ""


def tool_link(case: Measure, user) -> ToolLink | None:
    """What the approval opened, None before it (`events_of`, and 1 query where something was opened)."""
    numbers = [event.data["tool"] for event in events_of(MEASURE, case) if "tool" in event.data]
    if not numbers:
        return None
    model = TOOLS[MeasureStep(case.step)]
    seen = model.objects.visible_to(user, f"supervision.view_{model._meta.model_name}").filter(case_no=numbers[-1])
    tool = seen.select_related("official").first()
    if tool is None:
        return ToolLink(numbers[-1])
    kind = kind_of(tool)
    return ToolLink(tool.case_no, tool, kind.flow, reverse(kind.url_name, args=[tool.case_no]))


def is_carried_out(tool) -> bool:
    """Was the person talked or written to?"""
    return type(tool) not in CARRIED_OUT or tool.status in CARRIED_OUT[type(tool)]
