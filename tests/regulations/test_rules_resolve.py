"""Which value of a rule holds on a day."""

from datetime import date

import pytest

from foundation.regulations.rules.resolve import OverrideFact, ValueFact, override_on, value_on

pytestmark = pytest.mark.unit


def value(day, stored):
    return ValueFact(date.fromisoformat(day), stored, "Law", "1", "verified")


def override(number, day, stored, *, until=None, place=""):
    return OverrideFact(number, place, date.fromisoformat(day), until and date.fromisoformat(until), stored, "Document")


HISTORY = [value("2007-06-01", 6), value("2020-07-01", 12), value("2030-01-01", None)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2007-05-31", None),
        ("2007-06-01", 6),
        ("2020-06-30", 6),
        ("2020-07-01", 12),
        ("2029-12-31", 12),
        ("2030-01-01", None),
    ],
)
def test_value_holds_from_its_day_until_the_next_and_null_repeals(on, expected):
    found = value_on(HISTORY, date.fromisoformat(on))
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("on", "place", "expected"),
    [
        ("2023-12-31", "", None),
        ("2024-01-01", "", 1),
        ("2024-06-01", "", 2),
        ("2024-06-30", "", 2),
        ("2024-07-01", "", 1),
        ("2025-01-01", "", 4),
        ("2026-01-01", "", None),
        ("2024-06-01", "440784", 7),
        ("2024-06-01", "440785", 2),
        ("2025-06-01", "440784", None),
    ],
)
def test_override_own_place_first_then_later_start_then_later_entry(on, place, expected):
    rows = [
        override(1, "2024-01-01", 1),
        override(2, "2024-06-01", 2, until="2024-06-30"),
        override(3, "2025-01-01", 3),
        override(4, "2025-01-01", 4),
        override(5, "2026-01-01", None),
        override(6, "2024-03-01", 7, place="440784"),
        override(7, "2025-01-01", None, place="440784"),
    ]
    found = override_on(rows, date.fromisoformat(on), place)
    assert (found.value if found else None) == expected


def test_place_that_gives_back_falls_to_the_regulation_not_to_the_general_setting():
    rows = [override(1, "2024-01-01", 1), override(2, "2024-01-01", None, place="440784")]
    assert override_on(rows, date(2024, 5, 1), "440784") is None
    assert override_on(rows, date(2024, 5, 1), "").value == 1
