"""Working-day arithmetic over a calendar given as a look-up (rules D-3, D-4; reading 22).

"N working days" counts from the working day after the event. Days are told by the State Council's calendar with its
make-up days (调休); a day the look-up does not know is estimated and the result says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

# 全国年节及纪念日放假办法 (2024 revision) article 2, the holidays with a fixed solar date; the lunar ones and the days
# moved for a bridge cannot be known before the notice of the year, which is why such days are only estimated.
FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayFact:
    """Is the day a working day, what is it called, and is this only estimated?"""

    is_working: bool
    estimated: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day found by counting; `estimated` when any day passed on the way was estimated."""

    date: date
    estimated: bool


Lookup = Callable[[date], DayFact]


def estimated_day(day: date) -> DayFact:
    """Monday to Friday work, the holidays of fixed date do not."""
    name = FIXED_HOLIDAYS.get((day.month, day.day), "")
    return DayFact(day.weekday() < 5 and not name, True, name)


def add_working_days(start: date, count: int, lookup: Lookup) -> WorkingDay:
    """The `count`-th working day after `start` (before it when negative); `start` itself is never counted.

    With 0: `start` when it is a working day, else the next one.
    """
    day, estimated, left = start, False, abs(count)
    step = DAY if count >= 0 else -DAY
    if count == 0:
        day, left = start - DAY, 1
    while left:
        day += step
        fact = lookup(day)
        estimated = estimated or fact.estimated
        left -= fact.is_working
    return WorkingDay(day, estimated)


def working_days_between(start: date, end: date, lookup: Lookup) -> int:
    """Working days after `start` up to and including `end`: how many have passed. Negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start, lookup)
    days = (end - start).days
    return sum(lookup(start + DAY * number).is_working for number in range(1, days + 1))
