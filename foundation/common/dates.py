"""Pure date arithmetic. Dates are always passed in; nothing here asks what day it is."""

import calendar
from datetime import date, timedelta


def add_months(start: date, months: int) -> date:
    """The same day `months` later, clipped to the last day of a shorter month (rule D-1)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def days_inclusive(starts_on: date, ends_on: date) -> int:
    """Calendar days of a period whose first and last day both count; 0 when it is empty."""
    return max((ends_on - starts_on).days + 1, 0)


def union_days(periods) -> int:
    """Days covered by inclusive periods, each day once."""
    covered, last = 0, None
    for starts_on, ends_on in sorted(periods):
        first = starts_on if last is None else max(starts_on, last + timedelta(days=1))
        covered += days_inclusive(first, ends_on)
        last = ends_on if last is None else max(last, ends_on)
    return covered


def year_bounds(year: int) -> tuple[date, date]:
    """First and last day of a calendar year."""
    return date(year, 1, 1), date(year, 12, 31)
