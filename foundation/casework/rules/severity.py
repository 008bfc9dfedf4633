"""How urgent a day is that comes nearer: red when it has passed, then orange, yellow and blue by lead times. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.common.dates import add_months

RED, ORANGE, YELLOW, BLUE = "red", "orange", "yellow", "blue"
SEVERITIES = (RED, ORANGE, YELLOW, BLUE)
"""The most urgent first."""
LEADS = (ORANGE, YELLOW, BLUE)


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """The last day that is still orange, yellow, blue, as seen from `day`. What is due later is no alert yet."""

    day: date
    orange: date
    yellow: date
    blue: date

    @classmethod
    def of_rule(
        cls, value: Mapping[str, int], unit: str, day: date, add_working_days: Callable[[date, int], date]
    ) -> LeadTimes:
        """From a rule's value `{orange, yellow, blue}` in `unit`: months, days or working days; ValueError for another.

        A colour whose lead time is shorter than that of a hotter one never shows: a setting in disorder (`in_disorder`) must
        not keep the sweep from finding the rest.
        """
        numbers = [int(value[name]) for name in LEADS]
        steps = {
            "months": lambda number: add_months(day, number),
            "days": lambda number: day + timedelta(days=number),
            "working_days": lambda number: add_working_days(day, number) if number else day,
        }
        if unit not in steps:
            raise ValueError(f"lead times are counted in months, days or working days, not in {unit}")
        return cls(day, *(steps[unit](number) for number in numbers))

    def severity(self, due_on: date) -> str | None:
        """Colour of a due day; None when it is further away than the longest lead time. The due day itself is not late."""
        if due_on < self.day:
            return RED
        return next((name for name in LEADS if due_on <= getattr(self, name)), None)


def in_disorder(value: Mapping[str, int]) -> bool:
    """Do the numbers of a rule not grow as its colours do? Lead times from orange to blue, excesses from yellow to red."""
    names = LEADS if BLUE in value else (YELLOW, ORANGE, RED)
    numbers = [int(value[name]) for name in names if name in value]
    return numbers != sorted(numbers)


def severity_of_excess(excess: int, value: Mapping[str, int]) -> str | None:
    """Colour of a number above what is allowed, by the rule's `{yellow, orange, red}`: from how many on. None below all."""
    return next((name for name in (RED, ORANGE, YELLOW) if name in value and excess >= int(value[name])), None)
