"""Clocks of appeal: until when the person may ask, and until when the body answers."""

from datetime import date

import pytest

from supervision.rules.appeals import (
    ACCOUNTABLE,
    CIVIL,
    HANDLED,
    SUPERVISORY,
    answer_clock,
    first_clocks,
    longer_clock,
    next_clock,
    rule_of_appeal,
)

from .situation_files import book_of_files

pytestmark = pytest.mark.unit
DAY = date(2025, 1, 31)
BOOK = book_of_files(date(2025, 6, 30))


def asked(rule_id, day=DAY):
    return [(clock.step, clock.due_on) for clock in first_clocks(rule_id, day, BOOK.value(rule_id))]


def answered(rule_id, *, is_second=False):
    clock = answer_clock(rule_id, DAY, BOOK.value(rule_id), is_second=is_second)
    assert not clock.is_of_person
    return clock.step, clock.due_on


@pytest.mark.rule("SUP-APPEAL-CIVIL")
def test_civil_servants():
    # 31 January + 30 days: 2 March; + 60: 1 April; + 90: 1 May; + 15: 15 February
    assert asked(CIVIL) == [("review_within", date(2025, 3, 2)), ("appeal_direct", date(2025, 3, 2))]
    assert answered(CIVIL) == ("review_decided", date(2025, 3, 2))
    assert answered(CIVIL, is_second=True) == ("appeal_decided", date(2025, 4, 1))
    assert longer_clock(DAY, BOOK.value(CIVIL)).due_on == date(2025, 5, 1)
    following = next_clock(CIVIL, DAY, BOOK.value(CIVIL))
    assert (following.step, following.due_on, following.is_of_person) == (
        "appeal_after_review",
        date(2025, 2, 15),
        True,
    )


@pytest.mark.rule("SUP-APPEAL-SUPERVISION")
def test_decisions_of_supervision():
    # one month from 31 January: 28 February; two: 31 March
    assert asked(SUPERVISORY) == [("review_within", date(2025, 2, 28))]
    assert answered(SUPERVISORY) == ("review_decided", date(2025, 2, 28))
    assert answered(SUPERVISORY, is_second=True) == ("second_decided", date(2025, 3, 31))
    assert next_clock(SUPERVISORY, DAY, BOOK.value(SUPERVISORY)).due_on == date(2025, 2, 28)


@pytest.mark.rule("SUP-APPEAL-ACCOUNTABILITY")
def test_accountability():
    assert asked(ACCOUNTABLE) == [("within", date(2025, 2, 28))]
    assert answered(ACCOUNTABLE) == ("answered", date(2025, 2, 28))
    assert next_clock(ACCOUNTABLE, DAY, BOOK.value(ACCOUNTABLE)) is None
    with pytest.raises(ValueError, match="no second level"):
        answered(ACCOUNTABLE, is_second=True)


@pytest.mark.rule("SUP-APPEAL-HANDLING")
def test_organizational_handling():
    assert asked(HANDLED) == []
    assert answered(HANDLED) == ("answered", date(2025, 2, 28))
    assert answered(HANDLED, is_second=True) == ("second_level", date(2025, 3, 31))


@pytest.mark.parametrize(
    ("kind", "more", "rule_id"),
    [
        ("GOV_WARN", {}, CIVIL),
        ("GOV_WARN", {"by_supervisory_commission": True}, SUPERVISORY),
        ("ORG_REMOVE", {}, HANDLED),
        ("ORG_REMOVE", {"is_accountability": True}, ACCOUNTABLE),
        ("RESIGN_BLAME", {}, ACCOUNTABLE),
        ("PTY_WARN", {}, None),
        ("ADMONISH", {}, None),
    ],
)
def test_which_way_is_open(kind, more, rule_id):
    assert rule_of_appeal(kind, **more) == rule_id
