"""A calendar year laid out in months and weeks, for the page of working days."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from ..rules.working_days import DayFact
from .calendar import day_facts


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the grid; `inside` is False for the days of the neighbouring months that fill a week."""

    date: date
    fact: DayFact
    inside: bool

    @property
    def kind(self) -> str:
        """What marks the day: a make-up day, a day off on a weekday or with a name, a weekend, or nothing."""
        if self.fact.is_working:
            return "makeup" if self.date.weekday() >= 5 else ("noted" if self.fact.name else "work")
        return "holiday" if self.fact.name or self.date.weekday() < 5 else "weekend"


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks from Monday and its number of working days."""

    first: date
    weeks: list[list[Cell]]
    working: int


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months; `estimated` counts the days nobody has published yet."""

    year: int
    months: list[Month]
    working: int
    estimated: int


def year_page(year: int) -> Year:
    """The whole year in one read of the calendar."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    facts = day_facts(first - timedelta(days=7), last + timedelta(days=7))
    layout = months.Calendar()
    pages = []
    for month in range(1, 13):
        weeks = [
            [Cell(day, facts[day], day.month == month) for day in week]
            for week in layout.monthdatescalendar(year, month)
        ]
        working = sum(cell.fact.is_working for week in weeks for cell in week if cell.inside)
        pages.append(Month(date(year, month, 1), weeks, working))
    own = [fact for day, fact in facts.items() if day.year == year]
    return Year(year, pages, sum(month.working for month in pages), sum(fact.estimated for fact in own))
