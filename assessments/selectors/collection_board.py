"""The board of a year's collections and the case page around the sheet."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.regulations.services.calendar import working_days_between
from foundation.regulations.services.rulebook import rulebook

from ..models import Collection, Cycle
from ..rules.collection import compute_urgency
from ..workflows import COLLECTION, COLLECTION_STATES, FILLING, RETURNED, SUBMITTED, VERIFIED
from .collections import VIEW, Progress, progress_by_department

WITH_DEPARTMENT = (FILLING, RETURNED)


@dataclass(frozen=True)
class BoardRow:
    """One department: its case, how far it is, and how it stands in time (`days`: working days left, negative: late)."""

    case: Collection
    progress: Progress
    days: int
    urgency: str

    @property
    def days_late(self) -> int:
        """Working days since the last day."""
        return -self.days

    @property
    def may_be_reminded(self) -> bool:
        """Is something asked of the department?"""
        return self.case.status in WITH_DEPARTMENT


def timing_of(case: Collection, today: date) -> tuple[int, str]:
    """Working days left until the department's last day (negative: late), and `overdue`, `soon` or nothing."""
    book = rulebook(on=today, jurisdiction=case.cycle.jurisdiction.code)
    days = working_days_between(today, case.last_day)
    is_open = case.status in WITH_DEPARTMENT
    if is_open and today > case.last_day:  # over a weekend no working day may lie between
        return min(days, -1), "overdue"
    return days, compute_urgency(is_open, days, int(book.value("ASM-COLLECT-REMIND-DAYS")))


def board_rows(cycle: Cycle, user, today: date) -> list[BoardRow]:
    """Departments of a year that the user may see, in the order of the tree."""
    cases = Collection.objects.visible_to(user, VIEW).filter(cycle=cycle).select_related("organization")
    progress = progress_by_department(cycle)
    rows = []
    for case in cases.order_by("organization__path"):
        case.cycle = cycle
        rows.append(BoardRow(case, progress.get(case.organization_id, Progress()), *timing_of(case, today)))
    return rows


@dataclass(frozen=True)
class BoardTotals:
    """Counts above the board."""

    departments: int
    submitted: int
    verified: int
    overdue: int
    progress: Progress


def board_totals(rows: list[BoardRow]) -> BoardTotals:
    """What the rows sum up to."""
    return BoardTotals(
        departments=len(rows),
        submitted=sum(row.case.status == SUBMITTED for row in rows),
        verified=sum(row.case.status == VERIFIED for row in rows),
        overdue=sum(row.urgency == "overdue" for row in rows),
        progress=Progress(sum(row.progress.expected for row in rows), sum(row.progress.filled for row in rows)),
    )


def collection_years(user):
    """Years of the counties that the user belongs to, the latest first."""
    found = Cycle.objects.visible_to(user, VIEW).select_related("jurisdiction")
    return found.order_by("-year", "jurisdiction__path")


def collection_events(case: Collection) -> list[EventLine]:
    """The timeline with the workflow's words (1 query)."""
    return event_lines(COLLECTION, case, open=_("Opened by the office"))


def collection_marks(case: Collection) -> list[StepMark]:
    """Stations: being filled in (or returned), submitted, verified."""
    labels = dict(COLLECTION_STATES)
    first = RETURNED if case.status == RETURNED else FILLING
    path = (first, SUBMITTED, VERIFIED)
    at = path.index(case.status)
    return [
        StepMark(labels[state], "done" if n < at or case.status == VERIFIED else "current" if n == at else "todo")
        for n, state in enumerate(path)
    ]
