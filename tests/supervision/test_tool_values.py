"""Numbers of the supervision tools as §5.1 of the rules of discipline states them."""

from datetime import date

import pytest

from .situation_files import book_of_files

pytestmark = pytest.mark.unit


@pytest.mark.rule("SUP-TALK-YEARLY")
def test_each_leading_member_is_talked_to_at_least_once_a_year():
    rule = book_of_files(date(2026, 3, 1)).get("SUP-TALK-YEARLY")
    assert (rule.value, rule.unit) == (1, "count")
