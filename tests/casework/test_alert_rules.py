"""Colours of due days and of numbers above what is allowed."""

from datetime import date, timedelta

import pytest

from foundation.casework.rules.severity import LeadTimes, in_disorder, severity_of_excess

pytestmark = pytest.mark.unit
DAY = date(2026, 1, 31)


def working(day, number):
    return day + timedelta(days=number)


def leads(unit="months", orange=3, yellow=6, blue=12):
    return LeadTimes.of_rule({"orange": orange, "yellow": yellow, "blue": blue}, unit, DAY, working)


@pytest.mark.parametrize(
    ("due_on", "colour"),
    [
        (date(2026, 1, 30), "red"),
        (date(2026, 1, 31), "orange"),
        (date(2026, 4, 30), "orange"),  # three months after 31 January: the month's end
        (date(2026, 5, 1), "yellow"),
        (date(2026, 7, 31), "yellow"),
        (date(2026, 8, 1), "blue"),
        (date(2027, 1, 31), "blue"),
        (date(2027, 2, 1), None),
    ],
)
def test_the_nearer_the_day_the_hotter_the_colour(due_on, colour):
    assert leads().severity(due_on) == colour


@pytest.mark.parametrize(("unit", "last"), [("days", date(2026, 2, 3)), ("working_days", date(2026, 2, 3))])
def test_lead_times_are_counted_in_the_unit_of_the_rule(unit, last):
    assert leads(unit).orange == last


def test_a_lead_time_of_nothing_means_the_day_itself():
    assert leads("working_days", orange=0).orange == DAY


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"orange": 3, "yellow": 6, "blue": 12}, False),
        ({"orange": 3, "yellow": 3, "blue": 3}, False),
        ({"orange": 7, "yellow": 6, "blue": 12}, True),
        ({"yellow": 1, "orange": 2, "red": 3}, False),
        ({"yellow": 2, "orange": 1, "red": 3}, True),
    ],
)
def test_numbers_that_do_not_grow_with_the_colours_are_told(value, wrong):
    assert in_disorder(value) is wrong


def test_a_setting_in_disorder_hides_the_colour_and_not_the_alert():
    assert leads(orange=7).severity(date(2026, 8, 31)) == "orange"


def test_another_unit_is_refused():
    with pytest.raises(ValueError, match="hours"):
        leads("hours")


@pytest.mark.parametrize(("excess", "colour"), [(0, None), (1, "yellow"), (2, "orange"), (3, "red"), (9, "red")])
def test_the_larger_the_excess_the_hotter_the_colour(excess, colour):
    assert severity_of_excess(excess, {"yellow": 1, "orange": 2, "red": 3}) == colour
