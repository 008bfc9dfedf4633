"""Days of the years the public calendar package knows, with the readings that prevail over it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar import constants

FIRST_YEAR = min(constants.holidays).year
LAST_YEAR = max(constants.holidays).year
# Reading 22: on the eve of the Spring Festival of 2024 units were asked to grant leave; it was no day off by law.
PREVAILING = {date(2024, 2, 9): (True, "除夕（鼓励安排休息）")}


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day as published: working or not, and its occasion (empty for ordinary days)."""

    date: date
    is_working: bool
    name: str


def known_days() -> Iterator[KnownDay]:
    """Every day from 1 January of the first to 31 December of the last year the package knows."""
    names = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    day, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    while day <= last:
        if day in PREVAILING:
            is_working, name = PREVAILING[day]
        elif day in constants.workdays:
            is_working, name = True, f"{names[constants.workdays[day]]}调休"
        elif day in constants.holidays:
            is_working, name = False, names[constants.holidays[day]]
        else:
            is_working, name = day.weekday() < 5, ""
        yield KnownDay(day, is_working, name)
        day += timedelta(days=1)
