"""How complete a record is."""

import pytest

from officials.rules.completeness import FIELDS, SETS, compute_completeness

pytestmark = pytest.mark.unit
FULL = dict.fromkeys(FIELDS, "x")


def test_an_empty_record_misses_everything():
    found = compute_completeness({}, [], [])
    assert (found.percent, found.total, len(found.missing)) == (0, 20, 20)


def test_a_full_record_misses_nothing():
    found = compute_completeness(FULL, SETS, [])
    assert (found.percent, found.missing) == (100, ())


def test_declared_to_have_none_counts_as_there():
    found = compute_completeness(FULL, ["photo", "education", "family"], ["awards", "titles", "ratings"])
    assert found.percent == 100


def test_nobody_can_declare_to_have_no_photo_and_no_education():
    found = compute_completeness(FULL, ["family", "ratings", "awards", "titles"], ["photo", "education"])
    assert found.missing == ("photo", "education")
    assert found.percent == 90


def test_one_missing_item_is_never_rounded_to_whole():
    assert compute_completeness(FULL | {"rank": ""}, SETS, []).percent == 95
