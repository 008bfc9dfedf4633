"""Terms, trial periods, years in one post."""

from datetime import date

import pytest

from officials.rules.time_in_post import Term, compute_term, compute_trial_end, compute_years_full

pytestmark = pytest.mark.unit
START = date(2016, 2, 29)


def test_years_are_full_on_the_same_day_or_the_last_of_a_shorter_month():
    assert compute_years_full(START, 10) == date(2026, 2, 28)


@pytest.mark.rule("SEL-TERM-YEARS")
@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2016, 3, 1), Term(1, date(2021, 2, 28))),
        (date(2021, 2, 28), Term(1, date(2021, 2, 28))),
        (date(2021, 3, 1), Term(2, date(2026, 2, 28))),
    ],
)
def test_a_term_follows_the_other(day, term):
    assert compute_term(START, day, 5, 2) == term


@pytest.mark.rule("SEL-TERM-REPEAT")
def test_beyond_the_allowed_terms_the_end_is_that_of_the_last_allowed_one():
    assert compute_term(START, date(2026, 3, 1), 5, 2) == Term(3, date(2026, 2, 28), is_beyond=True)


@pytest.mark.rule("SEL-PROBATION-MONTHS")
@pytest.mark.parametrize(
    ("level_on", "ends_on"),
    [
        (date(2025, 3, 20), date(2026, 3, 20)),  # reached with the post
        (date(2025, 3, 1), date(2026, 3, 10)),  # the file knows the month only
        (date(2025, 6, 1), date(2026, 6, 1)),  # reached later, in the post
        (date(2024, 3, 10), None),  # a move at the same level has no trial period
        (None, None),
    ],
)
def test_a_trial_period_follows_a_promotion(level_on, ends_on):
    assert compute_trial_end(date(2025, 3, 10), level_on, 12) == ends_on
