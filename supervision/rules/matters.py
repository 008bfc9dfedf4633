"""Reports of personal matters (个人有关事项报告): who reports, by when, whom the random check takes. Pure.

领导干部报告个人有关事项规定 art. 2, 5, 6, 10. What a report says is never asked here.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

CHANGE_ITEMS = tuple(f"PM{number}" for number in range(1, 9))
"""The items of art. 3: a change in one of them is reported by itself; the others (art. 4) once a year."""


def must_report(codes: Iterable[str], covered: Collection[str]) -> bool:
    """Does a person with these codes of level and rank report? `covered`: value of SUP-MATTERS-COVERED."""
    return any(code in covered for code in codes if code)


def annual_due(year: int, month_day: str) -> date:
    """Last day of the yearly report of a year. `month_day`: value of SUP-MATTERS-ANNUAL, as 01-31."""
    month, day = (int(part) for part in month_day.split("-"))
    return date(year, month, day)


def change_due(changed_on: date, days: int) -> date:
    """Last day to report a change: so many calendar days after it (house reading 22)."""
    return changed_on + timedelta(days=days)


def sample_size(population: int, share: Decimal) -> int:
    """How many are drawn: the share, rounded up, so that it is never missed; none of nobody."""
    return math.ceil(population * share)


def draw_sample(population: Iterable[str], share: Decimal, seed: str) -> tuple[str, ...]:
    """Who is drawn: those whose SHA-256 of `seed|mark` is smallest.

    Anybody can repeat it with the seed and the marks on record; the order in which people are given does not matter, and
    nobody can choose a seed for a wanted result without trying, which the record of the draw (once a year) rules out.
    """
    marks = sorted(set(population))
    ranked = sorted(marks, key=lambda mark: (hashlib.sha256(f"{seed}|{mark}".encode()).hexdigest(), mark))
    return tuple(ranked[: sample_size(len(marks), share)])
