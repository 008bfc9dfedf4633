"""R-DIS-22: several violations decided together."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.kinds import GOVERNMENT_KINDS, heaviness
from supervision.rules.merging import Merged, compute_merged
from supervision.services.period_law import law_of

from .situation_files import book_of_files

pytestmark = pytest.mark.unit
BOOK = book_of_files(date(2026, 3, 1))
RULE = BOOK.value("R-DIS-22")
MONTHS = {kind: law_of(BOOK, kind).parts[0].months for kind in GOVERNMENT_KINDS}


@pytest.mark.rule("R-DIS-22")
@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["GOV_WARN", "GOV_MAJOR"], Merged("GOV_MAJOR", 18, 18)),
        (["GOV_DEMERIT", "GOV_DEMERIT"], Merged("GOV_DEMERIT", 12, 24)),
        # 5 · 12 = 60, cut at 48
        (["GOV_DEMERIT"] * 5, Merged("GOV_DEMERIT", 12, 48)),
        (["GOV_DOWNGRADE", "GOV_DOWNGRADE"], Merged("GOV_DOWNGRADE", 24, 48)),
        (["GOV_REMOVE", "GOV_REMOVE"], Merged("GOV_REMOVE", 24, 24)),
        (["GOV_WARN", "GOV_DEMERIT", "GOV_DEMERIT"], Merged("GOV_DEMERIT", 12, 24)),
        (["GOV_WARN", "GOV_DISMISS"], Merged("GOV_DISMISS", None, None)),
        (["GOV_WARN"], Merged("GOV_WARN", 6, 6)),
    ],
)
def test_merged(kinds, expected):
    assert compute_merged(kinds, MONTHS, RULE) == expected


def test_sanctions_of_the_party_are_not_merged_here():
    with pytest.raises(ValueError, match="got PTY_WARN"):
        compute_merged(["GOV_WARN", "PTY_WARN"], MONTHS, RULE)
    with pytest.raises(ValueError, match="got none"):
        compute_merged([], MONTHS, RULE)


def test_a_rule_that_says_something_else_is_not_guessed():
    with pytest.raises(ValueError, match="not known how to merge"):
        compute_merged(["GOV_WARN"], MONTHS, {**RULE, "different_kinds": "add"})


@given(st.lists(st.sampled_from(GOVERNMENT_KINDS[:5]), min_size=1, max_size=8))
def test_the_room_lies_between_the_single_period_and_the_cap(kinds):
    merged = compute_merged(kinds, MONTHS, RULE)
    assert MONTHS[merged.kind] == merged.least <= merged.most <= RULE["cap_months"]
    assert heaviness(merged.kind) == max(map(heaviness, kinds))
