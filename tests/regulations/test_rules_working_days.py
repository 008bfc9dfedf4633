"""Working-day arithmetic over a look-up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.regulations.imports.calendar_days import known_days
from foundation.regulations.rules.working_days import (
    DayFact,
    WorkingDay,
    add_working_days,
    estimated_day,
    working_days_between,
)

pytestmark = pytest.mark.unit
KNOWN = {day.date: DayFact(day.is_working, False, day.name) for day in known_days()}


def lookup(day):
    return KNOWN.get(day) or estimated_day(day)


@pytest.mark.rule("D-3")
@pytest.mark.rule("R-1.42")
def test_inquiry_answered_in_fifteen_working_days_over_the_national_holiday():
    assert add_working_days(date(2025, 9, 29), 15, lookup) == WorkingDay(date(2025, 10, 27), False)


@pytest.mark.rule("D-3")
def test_without_the_calendar_the_same_period_is_shorter_and_marked_estimated():
    bare = add_working_days(date(2025, 9, 29), 15, estimated_day)
    assert bare == WorkingDay(date(2025, 10, 23), True)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2024-02-08", 1, "2024-02-09"),  # reading 22: the eve of the Spring Festival of 2024 was a working day
        ("2024-02-09", 1, "2024-02-18"),  # a Sunday worked for the holiday
        ("2024-09-13", 2, "2024-09-18"),  # Saturday 14 worked, 15–17 off
        ("2025-01-25", 1, "2025-01-26"),  # a Sunday worked
        ("2025-12-31", 1, "2026-01-04"),  # over the year's end: 1–3 off, Sunday 4 worked
        ("2025-11-21", 1, "2025-11-24"),
        ("2025-11-22", 1, "2025-11-24"),
        ("2025-11-22", 0, "2025-11-24"),
        ("2025-11-21", 0, "2025-11-21"),
        ("2025-11-24", -1, "2025-11-21"),
    ],
)
def test_count_with_make_up_days_and_year_ends(start, count, due):
    assert add_working_days(date.fromisoformat(start), count, lookup).date == date.fromisoformat(due)


def test_estimate_is_passed_on_when_the_count_crosses_into_an_unpublished_year():
    assert not add_working_days(date(2026, 12, 24), 5, lookup).estimated
    crossing = add_working_days(date(2026, 12, 24), 6, lookup)
    assert crossing == WorkingDay(date(2027, 1, 4), True)


@pytest.mark.parametrize(
    ("day", "works"),
    [("2031-01-01", False), ("2031-05-02", False), ("2031-10-03", False), ("2031-10-06", True), ("2031-10-04", False)],
)
def test_estimated_day_knows_weekends_and_holidays_of_fixed_date(day, works):
    fact = estimated_day(date.fromisoformat(day))
    assert (fact.is_working, fact.estimated) == (works, True)


@pytest.mark.rule("D-4")
def test_calendar_days_are_plain_addition():
    assert date(2025, 9, 29) + timedelta(days=15) == date(2025, 10, 14)


def test_every_known_year_has_a_plausible_number_of_working_days():
    for year in range(2004, 2027):
        days = [fact for day, fact in KNOWN.items() if day.year == year]
        assert len(days) in {365, 366}
        assert 247 <= sum(fact.is_working for fact in days) <= 254, year


days = st.dates(date(2004, 2, 1), date(2035, 12, 1))


@given(days, st.integers(1, 60))
def test_due_day_is_a_working_day_and_exactly_that_many_lie_between(start, count):
    due = add_working_days(start, count, lookup).date
    assert lookup(due).is_working
    assert working_days_between(start, due, lookup) == count
    assert working_days_between(due, start, lookup) == -count


@given(days, st.integers(1, 30), st.integers(1, 30))
def test_counting_in_two_stages_is_counting_at_once(start, first, second):
    middle = add_working_days(start, first, lookup).date
    assert add_working_days(middle, second, lookup).date == add_working_days(start, first + second, lookup).date


@given(days, st.integers(1, 30))
def test_counting_back_from_the_due_day_comes_to_the_last_working_day_before(start, count):
    due = add_working_days(start, count, lookup).date
    back = add_working_days(due, -count, lookup).date
    assert back <= start
    assert working_days_between(back, start, lookup) == 0
