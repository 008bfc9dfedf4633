"""Working days by the calendar table, kept per process for as long as its token stands."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ..choices import DaySource
from ..models import CalendarDay
from ..rules import working_days
from ..rules.working_days import DayFact, Lookup, WorkingDay, estimated_day
from . import tokens


@dataclass(frozen=True, slots=True)
class _Kept:
    """Days read under one token; replaced as a whole, so threads never mix two states."""

    token: UUID | None
    days: dict[date, DayFact]


_kept = _Kept(None, {})


def _lookup() -> Lookup:
    """Look-up of one calculation: the days known under the present token, estimates beyond them."""
    global _kept  # noqa: PLW0603 - a process-wide memory, swapped in one assignment
    token, kept = tokens.current(tokens.CALENDAR), _kept
    if token is None or token != kept.token:
        rows = CalendarDay.objects.values_list("date", "is_working", "source", "name")
        days = {day: DayFact(works, source == DaySource.ESTIMATED, name) for day, works, source, name in rows}
        kept = _kept = _Kept(token, days)
    return lambda day: kept.days.get(day) or estimated_day(day)


def day_fact(day: date) -> DayFact:
    """Is it a working day, its occasion, and whether that is only estimated."""
    return _lookup()(day)


def day_facts(first: date, last: date) -> dict[date, DayFact]:
    """The same for every day of a period."""
    lookup = _lookup()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: lookup(day) for day in days}


def is_working_day(day: date) -> bool:
    """Working day by the calendar, make-up days included."""
    return day_fact(day).is_working


def add_working_days(start: date, n: int) -> WorkingDay:
    """The n-th working day after `start` (reading 22: the day of the event is not counted)."""
    return working_days.add_working_days(start, n, _lookup())


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    return working_days.working_days_between(start, end, _lookup())


def calendar_version() -> str:
    """Token of the calendar as it stands: a deadline keeps it, to be recomputed when the calendar changes."""
    token = tokens.current(tokens.CALENDAR)
    return token.hex if token else ""
