"""Is somebody talked to again and again (重复谈话)? Pure; the numbers come from SUP-REPEATED-TALKS."""

from collections.abc import Iterable
from datetime import date

from foundation.common.dates import add_months


def count_within(days: Iterable[date], until: date, months: int) -> int:
    """How many of the days lie in the `months` calendar months that end with `until`."""
    first = add_months(until, -months)
    return sum(first < day <= until for day in days)


def is_repeated(days: Iterable[date], until: date, talks: int, months: int) -> bool:
    """At least so many talks within so many months, the last one counted."""
    return count_within(days, until, months) >= talks
