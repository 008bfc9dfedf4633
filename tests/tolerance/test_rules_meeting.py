"""Quorum, majority, recusal, window and correction of tolerance cases, with figures counted by hand."""

from datetime import date
from decimal import Decimal

import pytest

from tolerance.rules.meeting import Ballot, check_correction_day, check_meeting, check_verifiers, check_window

pytestmark = pytest.mark.unit
TWO_THIRDS, HALF = Decimal("0.6667"), Decimal("0.5")


def meeting(**votes):
    ballots = [Ballot(f"{vote}{n}", vote) for vote, number in votes.items() for n in range(number)]
    return [reason.code for reason in check_meeting(ballots, TWO_THIRDS, HALF).reasons]


@pytest.mark.rule("TOL-QUORUM")
@pytest.mark.parametrize(
    ("present", "absent", "is_enough"),
    [
        (6, 3, True),
        (5, 4, False),
        (7, 4, False),
        (8, 3, True),
        (8, 4, True),
        (7, 5, False),
        (2, 1, True),
        (1, 1, False),
    ],
)
def test_two_thirds_of_the_members_must_be_there(present, absent, is_enough):
    # 9 → 6, 11 → 8 (7.33), 12 → 8, 3 → 2, 2 → 2 (1.33)
    assert ("TOL-QUORUM" not in meeting(FOR=present, ABSENT=absent)) == is_enough


@pytest.mark.rule("TOL-MAJORITY")
def test_more_than_half_of_all_members_must_agree_not_of_those_present():
    assert meeting(FOR=5, AGAINST=1, ABSENT=3) == []
    assert meeting(FOR=4, AGAINST=1, ABSTAINED=1, ABSENT=3) == ["TOL-MAJORITY"]
    assert meeting(FOR=4, ABSENT=1, AGAINST=3) == ["TOL-MAJORITY"], "half is not more than half"


def test_recused_members_count_among_those_who_should_attend_and_not_among_those_present():
    assert meeting(FOR=6, RECUSED=3) == []
    assert meeting(FOR=5, RECUSED=4) == ["TOL-QUORUM"]


def test_a_meeting_of_nobody_decides_nothing():
    assert meeting() == ["TOL-QUORUM", "TOL-MAJORITY"]


def test_a_relative_who_votes_is_named():
    ballots = [Ballot("甲", "FOR", kin_of="乙"), Ballot("丙", "FOR"), Ballot("丁", "FOR")]
    (reason,) = check_meeting(ballots, TWO_THIRDS, HALF).reasons
    assert (reason.code, reason.facts) == ("TOL-RECUSAL", {"name": "甲", "kin_of": "乙"})
    assert check_meeting([Ballot("甲", "RECUSED", kin_of="乙"), *ballots[1:]], TWO_THIRDS, HALF).allowed


@pytest.mark.rule("TOL-INVESTIGATORS")
def test_two_people_verify_and_neither_is_kin():
    assert check_verifiers(["甲", "乙"], {}, 2).allowed
    assert [r.code for r in check_verifiers(["甲", "甲"], {}, 2).reasons] == ["TOL-INVESTIGATORS"]
    assert [r.facts["name"] for r in check_verifiers(["甲", "乙"], {"乙": "丙"}, 2).reasons] == ["乙"]


@pytest.mark.rule("TOL-APPLY-DAYS")
def test_a_late_application_needs_a_reason():
    last = date(2026, 3, 13)
    assert check_window(date(2026, 3, 13), last, "").allowed
    assert not check_window(date(2026, 3, 16), last, " ").allowed
    assert check_window(date(2026, 3, 16), last, "住院").allowed
    assert check_window(date(2026, 3, 16), None, "").allowed


@pytest.mark.rule("TOL-CORRECT-MONTHS")
def test_the_correction_ends_within_the_longest_period():
    begins, longest = date(2026, 1, 10), date(2026, 7, 10)
    assert check_correction_day(begins, date(2026, 7, 10), longest).allowed
    assert not check_correction_day(begins, date(2026, 7, 11), longest).allowed
    assert not check_correction_day(begins, date(2026, 1, 9), longest).allowed
