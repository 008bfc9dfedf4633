"""The kinds of talks and letters as pages list them, and what the page of one case shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.flow import Workflow
from foundation.casework.models import Deadline
from foundation.casework.registry import kind_named
from foundation.casework.selectors import events_of
from foundation.common.lists import clauses, words
from foundation.regulations.services.codes import code_label

from ..models import AdjustmentLead, Admonishment, Hold, Inquiry, Reminder, Revisit, Talk
from ..workflows import (
    ADMONISHMENT,
    ADMONISHMENT_STATES,
    HOLD,
    HOLD_STATES,
    INQUIRY,
    INQUIRY_STATES,
    LEAD,
    LEAD_STATES,
    REMINDER,
    REMINDER_STATES,
    REVISIT,
    REVISIT_STATES,
    TALK,
    TALK_STATES,
)

MATTER = ("summary", "source", "situations", "topic", "planned_on", "circumstances")
APPROVED = ("approved_by", "approved_on", "approval_no")
SAID = ("mode", "document_no", "held_on", "received_on", "talkers", "recorder", "place", "content")
ANSWERED = ("replied_on", "reply", "unit_opinion", "examined_on", "examination", "reported_on", "rectification")
CHECKED = ("late_reason", "checked_on", "consequence", "proposed_by_name")
FACTS = (*MATTER, *APPROVED, *SAID, *ANSWERED, *CHECKED)
VISIT_FACTS = (
    *("purpose", "sequence", "summary", "planned_on", "helper_name", "visited_on", "visitors", "heard", "inspected"),
    *("talked", "result", "suggestion", "next_on"),
)
HOLD_FACTS = (
    "kind",
    "period_ended_on",
    "summary",
    "blocks",
    "starts_on",
    "review_on",
    "document_no",
    "proposed_by_name",
)
CODES = {
    "situations": "admonish_situation",
    "topic": "talk_topic",
    "circumstances": "unfit_circumstance",
    "consequence": "handling_type",
    "kind": "handling_type",
    "blocks": "blocked_act",
}
"""Columns that hold codes, and their tables."""


@dataclass(frozen=True)
class Tool:
    """A kind of talk or letter: its word in addresses, model, workflow, states; `path`: stations of the usual way.

    `facts`: columns in the order in which the page prints them. `order`: of its list, which `template` prints; `day`: the
    column by which it is filtered by year.
    """

    slug: str
    label: Any
    model: type
    flow: Workflow
    states: list
    path: tuple[str, ...]
    create: str = ""
    facts: tuple[str, ...] = FACTS
    order: tuple = ("-pk",)
    day: str = "opened_on"
    template: str = "supervision/tool_list.html"

    @property
    def view(self) -> str:
        """The permission to look at it."""
        return f"supervision.view_{self.model._meta.model_name}"


PROPOSE, KEEP, FOLLOW_UP = "supervision.propose_tool", "supervision.keep_talk", "supervision.follow_up"
ENTER = "supervision.enter_handling"
TOOLS = {
    tool.slug: tool
    for tool in (
        Tool("talks", _("Heart-to-heart talks"), Talk, TALK, TALK_STATES, ("planned", "held", "closed"), KEEP),
        Tool(
            "reminders",
            _("Reminder talks"),
            Reminder,
            REMINDER,
            REMINDER_STATES,
            ("proposed", "approved", "held", "closed"),
            PROPOSE,
        ),
        Tool(
            "inquiries",
            _("Inquiry letters"),
            Inquiry,
            INQUIRY,
            INQUIRY_STATES,
            ("proposed", "approved", "sent", "replied", "closed"),
            PROPOSE,
        ),
        Tool(
            "admonishments",
            _("Admonishments"),
            Admonishment,
            ADMONISHMENT,
            ADMONISHMENT_STATES,
            ("proposed", "reviewed", "agreed", "approved", "delivered", "examined", "reported", "closed"),
            PROPOSE,
        ),
        Tool(
            "revisits",
            _("Return visits"),
            Revisit,
            REVISIT,
            REVISIT_STATES,
            ("planned", "made"),
            FOLLOW_UP,
            VISIT_FACTS,
            (F("closed_at").desc(nulls_first=True), "planned_on", "pk"),
            "planned_on",
            "supervision/revisit_list.html",
        ),
        Tool(
            "holds",
            _("Holds after expiry"),
            Hold,
            HOLD,
            HOLD_STATES,
            ("proposed", "in_force", "lifted"),
            ENTER,
            HOLD_FACTS,
        ),
        Tool("leads", _("Leads for adjustments"), AdjustmentLead, LEAD, LEAD_STATES, ("open", "taken_up")),
    )
}
_BEGINNINGS = {
    "TH": "talks",
    "TX": "reminders",
    "HX": "inquiries",
    "JM": "admonishments",
    "XS": "leads",
    "HF": "revisits",
    "ZH": "holds",
}


def tool_numbered(case_no: str) -> Tool | None:
    """The kind of talk or letter that a number belongs to, by its first letters; None for a foreign one."""
    return TOOLS.get(_BEGINNINGS.get(case_no.partition("-")[0], ""))


def tools_for(user) -> list[Tool]:
    """Those that the user may look at."""
    return [tool for tool in TOOLS.values() if user.has_perm(tool.view)]


def facts_lines(tool: Tool, case) -> list[tuple[str, str]]:
    """What is known of a case: label and words of every column that is filled."""
    known = {field.name: field for field in case._meta.get_fields() if hasattr(field, "verbose_name")}
    names = [name for name in tool.facts if name in known]
    return [(str(known[name].verbose_name), _words(case, name)) for name in names if getattr(case, name)]


def _words(case, name: str) -> Any:
    value = getattr(case, name)
    if name in CODES:
        values = value if isinstance(value, list) else [value]
        return clauses(code_label(CODES[name], one) for one in values)
    if isinstance(value, list):
        return words(value)
    if case._meta.get_field(name).choices:
        return getattr(case, f"get_{name}_display")()
    return f"{value:%Y.%m.%d}" if hasattr(value, "isoformat") else value


def marks_of(tool: Tool, case) -> list[StepMark]:
    """Stations of the usual way; where the case left it, those it reached and where it stands (`events_of`)."""
    events = events_of(tool.flow, case)
    labels, reached = dict(tool.states), {event.to_status for event in events}
    if events and events[0].to_status in tool.path:  # a case that a decision has opened begins on the way
        path = tool.path[tool.path.index(events[0].to_status) :]
    else:
        path = tool.path
    if case.status not in path:
        kind = "current" if case.status in tool.flow.open_states() else "stopped"
        done = [StepMark(labels[state], "done") for state in path if state in reached]
        return [*done, StepMark(labels[case.status], kind)]
    here = path.index(case.status)
    is_over = case.status in tool.flow.terminal
    kinds = ["done" if n < here or (is_over and n == here) else "current" if n == here else "todo" for n in range(99)]
    return [StepMark(labels[state], kind) for state, kind in zip(path, kinds, strict=False)]


def lines_of(tool: Tool, case) -> list[EventLine]:
    """The timeline with the workflow's words (`events_of`)."""
    word = pgettext_lazy("tool", "Planned") if "planned" in tool.flow.initial else pgettext_lazy("tool", "Proposed")
    if case.source_no and tool.model in (Reminder, Admonishment, AdjustmentLead):
        word = _("Opened by a decision")
    return event_lines(tool.flow, case, open=word)


def earlier_letters(tool: Tool, case) -> list[dict]:
    """Letters of an inquiry before the present one, as the events keep them (`events_of`)."""
    return [event.data["letter"] for event in events_of(tool.flow, case) if "letter" in event.data]


def clock_of(tool: Tool, case):
    """The open clock of a case, None when none runs (1 query)."""
    return Deadline.objects.filter(kind=tool.flow.kind, case_no=case.case_no, closed_at__isnull=True).first()


def visits_of(user, source_kind: str, source_no: str):
    """Return visits that a decision asked for, in their order (1 query); nothing for who may not see visits."""
    if not source_no or not user.has_perm(TOOLS["revisits"].view):
        return Revisit.objects.none()
    visits = Revisit.objects.system().filter(source_kind=source_kind, source_no=source_no)
    return visits.order_by("purpose", "sequence", "pk")


def source_address(case) -> str:
    """The page of what the case came from; empty where that is no case of a known kind."""
    kind = kind_named(case.source_kind) if case.source_no else None
    return reverse(kind.url_name, args=[case.source_no]) if kind and kind.url_name else ""
