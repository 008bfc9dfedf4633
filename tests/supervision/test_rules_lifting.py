"""The end of a period: lifted of itself, unless; what does not come back; a hold after it."""

from datetime import date

import pytest

from supervision.rules.lifting import check_hold, compute_lifting

from .sanction_support import periods_of, sanction_of
from .situation_files import book_of_files

pytestmark = pytest.mark.unit
DAY = date(2025, 3, 15)


def lifting(kind, *args, **more):
    return compute_lifting(kind, periods_of(sanction_of({"kind": kind, "day": DAY})), *args, **more)


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("kind", "on", "restores"),
    [
        ("GOV_DEMERIT", date(2026, 3, 15), True),
        ("GOV_DOWNGRADE", date(2027, 3, 15), False),
        ("GOV_REMOVE", date(2027, 3, 15), False),
        # the longer of the two periods
        ("ORG_REMOVE", date(2027, 3, 15), True),
        ("PTY_WARN", date(2026, 3, 15), True),
    ],
)
def test_lifted_on_the_day_after_the_end(kind, on, restores):
    found = lifting(kind)
    assert (found.on, found.restores_level, found.verdict.allowed) == (on, restores, True)


@pytest.mark.parametrize(
    ("kind", "code"), [("GOV_DISMISS", "NEVER_LIFTED"), ("REMIND", "NO_PERIOD"), ("PTY_PROBATION", "NO_END_YET")]
)
def test_what_is_not_lifted_of_itself(kind, code):
    found = lifting(kind)
    assert (found.on, codes(found.verdict)) == (None, [code])


@pytest.mark.parametrize(
    ("act_on", "found"),
    [
        (date(2025, 3, 14), []),
        (date(2025, 3, 15), ["NEW_ACT"]),
        (date(2026, 3, 14), ["NEW_ACT"]),
        (date(2026, 3, 15), []),
    ],
)
def test_a_new_act_inside_the_period_keeps_it(act_on, found):
    result = lifting("GOV_DEMERIT", [("case-7", act_on)])
    assert codes(result.verdict) == found
    assert (result.on is None) == bool(found)
    assert all(
        reason.facts["case"] == "case-7" and reason.cite.article == "第26条" for reason in result.verdict.reasons
    )


def test_who_has_not_repented_is_not_released():
    assert codes(lifting("GOV_DEMERIT", is_repentant=False).verdict) == ["NOT_REPENTANT"]


def test_periods_of_the_party_end_by_their_date_alone():
    assert lifting("PTY_WARN", [("case-7", date(2025, 6, 1))], is_repentant=False).on == date(2026, 3, 15)


@pytest.mark.rule("R-DIS-31")
@pytest.mark.parametrize(
    ("starts_on", "reason", "review_on", "found"),
    [
        (date(2026, 3, 15), "问题影响尚未消除", date(2026, 9, 15), []),
        (date(2026, 3, 14), "问题影响尚未消除", date(2026, 9, 15), ["HOLD_WITHIN_PERIOD"]),
        (date(2026, 3, 15), "  ", date(2026, 9, 15), ["HOLD_WITHOUT_REASON"]),
        (date(2026, 3, 15), "问题影响尚未消除", None, ["HOLD_WITHOUT_REVIEW"]),
        (date(2026, 3, 15), "问题影响尚未消除", date(2026, 3, 15), ["HOLD_WITHOUT_REVIEW"]),
    ],
)
def test_a_hold_needs_a_reason_and_a_day_of_review(starts_on, reason, review_on, found):
    cite = book_of_files(starts_on).cite("R-DIS-31")
    verdict = check_hold(date(2026, 3, 14), starts_on, reason, review_on, cite)
    assert codes(verdict) == found
    assert all(one.cite == cite for one in verdict.reasons)
