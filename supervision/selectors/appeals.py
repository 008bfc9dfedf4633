"""Appeals against a decision: until when each way is open, which were lodged, until when they are answered (§3.6)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext_lazy

from foundation.casework.selectors import events_of
from foundation.casework.services.deadlines import county_of
from foundation.common.results import Cite
from foundation.regulations.services.rulebook import rulebook

from ..choices import AppealLevel, AppealOutcome, Body
from ..models import Handling
from ..rules.appeals import (
    ACCOUNTABLE,
    CIVIL,
    HANDLED,
    SUPERVISORY,
    answer_clock,
    first_clocks,
    next_clock,
    rule_of_appeal,
)
from ..workflows import HANDLING
from ..workflows.handling import ENTERED, SHELTERED, WITHDRAWN

FIRST, SECOND = AppealLevel.FIRST, AppealLevel.SECOND
WAYS = {
    CIVIL: {
        FIRST: pgettext_lazy("way of appeal", "review (复核)"),
        SECOND: pgettext_lazy("way of appeal", "appeal (申诉)"),
    },
    SUPERVISORY: {
        FIRST: pgettext_lazy("way of appeal", "re-examination (复审)"),
        SECOND: pgettext_lazy("way of appeal", "review above (复核)"),
    },
    ACCOUNTABLE: {FIRST: pgettext_lazy("way of appeal", "written appeal (书面申诉)")},
    HANDLED: {
        FIRST: pgettext_lazy("way of appeal", "appeal (申诉)"),
        SECOND: pgettext_lazy("way of appeal", "appeal to the level above (向上一级申诉)"),
    },
}
"""What the two levels are called by the law that holds."""
LEVEL_OF_STEP = {
    "review_within": FIRST,
    "within": FIRST,
    "appeal_direct": SECOND,
    "appeal_after_review": SECOND,
    "second_within": SECOND,
}


@dataclass(frozen=True)
class AppealClock:
    """A way that is open to the person, and its last day."""

    level: str
    way: Any
    due_on: date
    is_over: bool


@dataclass(frozen=True)
class AppealRecord:
    """An appeal that was lodged: by which way, when, until when it is answered, what was answered."""

    level: str
    way: Any
    lodged_on: date
    due_on: date
    answered_on: date | None
    outcome: Any
    is_overdue: bool


@dataclass(frozen=True)
class Appeals:
    """All about appeals against one decision; `known_on`: from when the person's days count, `is_delivered`: by delivery."""

    rule_id: str
    cite: Cite
    known_on: date
    is_delivered: bool
    clocks: tuple[AppealClock, ...]
    records: tuple[AppealRecord, ...]

    @property
    def ways(self) -> dict[str, Any]:
        """Levels of the law that holds, in words."""
        return WAYS[self.rule_id]

    @property
    def waiting(self) -> AppealRecord | None:
        """The appeal that is not answered yet."""
        return next((one for one in self.records if one.answered_on is None), None)


def appeals_of(case: Handling, day: date) -> Appeals | None:
    """What the law of the day of effect says, with what the timeline tells (1 query at most, `events_of`).

    None before the decision is in force, for kinds without a way of appeal, and where no rule held on the day.
    """
    rule_id = rule_of_appeal(case.kind, by_supervisory_commission=case.body == Body.SUPERVISORY_COMMISSION)
    book = rulebook(on=case.effective_on, jurisdiction=county_of(case))
    if case.status in (ENTERED, SHELTERED, WITHDRAWN) or not rule_id or rule_id not in book:
        return None
    limits, known_on = book.value(rule_id), case.delivered_on or case.effective_on
    records = _records(case, rule_id, limits, day)
    clocks = list(first_clocks(rule_id, known_on, limits))
    for one in records:
        if one.level == FIRST and one.answered_on and (following := next_clock(rule_id, one.answered_on, limits)):
            clocks = [clock for clock in clocks if LEVEL_OF_STEP[clock.step] != SECOND] + [following]
    lines = (
        AppealClock(LEVEL_OF_STEP[c.step], WAYS[rule_id][LEVEL_OF_STEP[c.step]], c.due_on, c.due_on < day)
        for c in clocks
    )
    return Appeals(rule_id, book.cite(rule_id), known_on, bool(case.delivered_on), tuple(lines), tuple(records))


def _records(case: Handling, rule_id: str, limits, day: date) -> list[AppealRecord]:
    """Appeals in the order in which they were lodged, each with the answer that followed."""
    found, events = [], [event for event in events_of(HANDLING, case) if event.action in ("appeal", "answer_appeal")]
    for place, event in enumerate(events):
        if event.action != "appeal":
            continue
        answer = events[place + 1].data if place + 1 < len(events) else {}
        lodged_on, level = date.fromisoformat(event.data["lodged_on"]), event.data["level"]
        answered_on = date.fromisoformat(answer["answered_on"]) if answer else None
        due_on = answer_clock(rule_id, lodged_on, limits, is_second=level == SECOND).due_on
        outcome = dict(AppealOutcome.choices).get(answer.get("outcome"), "")
        is_overdue = answered_on is None and due_on < day
        found.append(AppealRecord(level, WAYS[rule_id][level], lodged_on, due_on, answered_on, outcome, is_overdue))
    return found
