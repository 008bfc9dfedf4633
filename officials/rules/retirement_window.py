"""Who reaches the retirement age between two months: as a span of birth months, so that a table can be asked. Pure."""

from datetime import date, timedelta
from functools import lru_cache

from .partial_dates import PartialDate
from .retirement import RaisedAge, compute_reaching


@lru_cache(maxsize=256)  # some hundred months are tried, and every page of the roster asks the same
def births_reaching(rule: RaisedAge, first: date, last: date) -> tuple[date, date] | None:
    """First and last day of birth of those who reach the age in the months from `first` to `last`. None when nobody does.

    The month of reaching never comes earlier for who is born later, so those who do stand together.
    """
    low = (first.year - rule.original - rule.cap_months // 12 - 1) * 12
    high = (last.year - rule.original + 1) * 12 + 11
    wanted = [index for index in range(low, high + 1) if _reaches(rule, index, first, last)]
    if not wanted:
        return None
    begin, after = date(wanted[0] // 12, wanted[0] % 12 + 1, 1), wanted[-1] + 1
    return begin, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _reaches(rule: RaisedAge, index: int, first: date, last: date) -> bool:
    reached = compute_reaching(PartialDate(index // 12, index % 12 + 1), rule).month
    return (first.year, first.month) <= (reached.year, reached.month) <= (last.year, last.month)
