"""Reuse after a sanction: the five conditions and the earliest day of each mode, days worked out by hand."""

from datetime import date

import pytest

from foundation.common.results import Cite
from officials.rules.promotability import RestrictionFact
from supervision.rules.kinds import FAMILY_OF
from supervision.rules.reuse import (
    CONDITIONS,
    CONDUCT,
    EQUAL_LEVEL,
    FAILS,
    HOLDS,
    LOWER,
    MODES,
    NEED,
    NOTHING_ELSE,
    OPEN,
    PERIOD,
    PROMOTE,
    RESOLVED,
    OpenCase,
    ReuseFacts,
    ReuseLaw,
    Statement,
    VisitFact,
    check_reuse,
    earliest_reuse,
    refusals,
)

from .sanction_support import periods_of, sanction_of
from .situation_files import book_of_files

pytestmark = pytest.mark.unit
DAY = date(2026, 11, 2)
BOOK = book_of_files(DAY)
LAW = ReuseLaw(
    tuple(BOOK.value(MODES)),
    tuple(BOOK.value(CONDITIONS)),
    frozenset({"基本称职", "不称职"}),
    {code: BOOK.cite(code) for code in (MODES, CONDITIONS, "R-DIS-30", "SUP-REVISIT", "R-DIS-31")},
)
SAID = {code: Statement("已整改到位，群众反映良好", "考核材料1号") for code in (RESOLVED, CONDUCT, NEED)}
GOOD_VISIT = VisitFact("HF-1", date(2026, 9, 1), "GOOD")
CLEAN = {"visits": (GOOD_VISIT,), "ratings": {2025: "称职"}}


def restrictions(kind, day, **more):
    """What a decision restricts, by the rules of its day of effect."""
    sanction = sanction_of({"kind": kind, "day": day, **more})
    assert kind in FAMILY_OF
    return tuple(
        RestrictionFact(kind, "period", one.blocks, one.starts_on, one.ends_on, "CL-1") for one in periods_of(sanction)
    )


def days(kind, day, asked=DAY, **more):
    found = [
        earliest_reuse(restrictions(kind, day, **more), mode, asked, LAW) for mode in (LOWER, EQUAL_LEVEL, PROMOTE)
    ]
    return [one.on for one in found]


def checked(mode=EQUAL_LEVEL, statements=SAID, day=DAY, **more):
    conditions = check_reuse(ReuseFacts(**(CLEAN | more)), statements, mode, day, LAW)
    return {one.code: (one.state, [reason.code for reason in one.reasons]) for one in conditions}


@pytest.mark.rule("SUP-REUSE-MODES")
def test_after_a_removal_for_accountability_a_year_bars_any_post_and_two_a_higher_one():
    # 问责免职 of 10 January 2025 (§3.11): no leading post until 10 January 2026, no higher one until 10 January 2027
    assert days("ORG_REMOVE", date(2025, 1, 10), date(2025, 6, 1)) == [
        date(2026, 1, 10),
        date(2026, 1, 10),
        date(2027, 1, 10),
    ]
    # asked in November 2026 the first year is over, the second is not
    assert days("ORG_REMOVE", date(2025, 1, 10)) == [DAY, DAY, date(2027, 1, 10)]


@pytest.mark.rule("SUP-REUSE-MODES")
@pytest.mark.parametrize(
    ("kind", "day", "free_on"),
    [
        ("GOV_DEMERIT", date(2026, 3, 15), date(2027, 3, 15)),  # 12 months: to 14 March 2027
        ("PTY_SERIOUS", date(2025, 8, 31), date(2027, 2, 28)),  # 18 months: 28 February is the clipped day, free on it
        ("GOV_REMOVE", date(2025, 1, 1), date(2027, 1, 1)),
        ("ORG_DEMOTE", date(2025, 4, 30), date(2027, 4, 30)),
    ],
)
def test_a_period_that_bars_promotion_has_to_be_over_before_any_reuse(kind, day, free_on):
    assert days(kind, day) == [free_on, free_on, free_on]


@pytest.mark.rule("SUP-REUSE-MODES")
def test_removal_from_party_posts_leaves_lower_posts_open():
    # 撤销党内职务 of 1 July 2025: two years no post equal to or above the former
    assert days("PTY_REMOVE", date(2025, 7, 1)) == [DAY, date(2027, 7, 1), date(2027, 7, 1)]


def test_without_a_known_end_nobody_can_name_a_day():
    found = earliest_reuse(restrictions("GOV_DISMISS", date(2025, 1, 1)), LOWER, DAY, LAW)
    assert (found.on, found.is_free, [reason.code for reason in found.reasons]) == (None, False, ["PERIOD_WITHOUT_END"])


def test_the_latest_of_several_periods_holds_and_each_is_told():
    both = restrictions("GOV_WARN", date(2026, 9, 1)) + restrictions("PTY_WARN", date(2026, 6, 1))
    found = earliest_reuse(both, EQUAL_LEVEL, DAY, LAW)
    # 6 months from 1 September: to 28 February 2027; 12 months from 1 June: to 31 May 2027
    assert found.on == date(2027, 6, 1)
    assert [reason.facts["ends_on"] for reason in found.reasons] == [date(2027, 5, 31), date(2027, 2, 28)]
    assert found.reasons[0].cite == BOOK.cite(MODES)


def test_the_last_day_bars_and_the_next_is_free():
    rows = restrictions("GOV_WARN", date(2026, 5, 2))  # to 1 November 2026
    assert not earliest_reuse(rows, EQUAL_LEVEL, date(2026, 11, 1), LAW).is_free
    assert earliest_reuse(rows, EQUAL_LEVEL, date(2026, 11, 2), LAW).is_free


def test_a_mode_that_nobody_knows_is_an_error():
    with pytest.raises(ValueError, match="unknown mode"):
        earliest_reuse(restrictions("GOV_WARN", date(2026, 5, 2)), "SIDEWAYS", DAY, LAW)


@pytest.mark.rule("SUP-REUSE-CONDITIONS")
def test_all_five_hold_with_clean_records_and_statements():
    assert checked() == {code: (HOLDS, []) for code in (PERIOD, RESOLVED, CONDUCT, NEED, NOTHING_ELSE)}
    assert refusals(check_reuse(ReuseFacts(**CLEAN), SAID, EQUAL_LEVEL, DAY, LAW)) == []


@pytest.mark.rule("SUP-REUSE-CONDITIONS")
def test_without_statements_three_stay_open_and_a_statement_without_evidence_is_none():
    assert [code for code, (state, _why) in checked(statements={}).items() if state == OPEN] == [
        RESOLVED,
        CONDUCT,
        NEED,
    ]
    bare = SAID | {NEED: Statement("岗位空缺")}
    assert checked(statements=bare)[NEED] == (OPEN, ["STATEMENT_MISSING"])


def test_a_running_period_fails_the_first_condition_for_the_mode_asked():
    rows = restrictions("ORG_REMOVE", date(2025, 1, 10))
    assert checked(EQUAL_LEVEL, restrictions=rows)[PERIOD] == (HOLDS, [])
    assert checked(PROMOTE, restrictions=rows)[PERIOD] == (FAILS, ["PERIOD_RUNNING"])


def test_an_appeal_that_waits_leaves_the_matter_unresolved_whatever_is_attested():
    assert checked(appeals=("CL-1",))[RESOLVED] == (FAILS, ["APPEAL_WAITS"])


@pytest.mark.parametrize(
    ("visits", "why"),
    [
        ((), ["VISIT_NONE"]),
        ((VisitFact("HF-1", date(2026, 9, 1), "POOR"),), ["VISIT_NOT_GOOD"]),
        ((VisitFact("HF-1", date(2026, 9, 1), "FAIR"),), ["VISIT_NOT_GOOD"]),
        # the last one counts
        ((VisitFact("HF-1", date(2026, 3, 1), "POOR"), GOOD_VISIT), []),
        ((GOOD_VISIT, VisitFact("HF-2", date(2026, 10, 1), "FAIR")), ["VISIT_NOT_GOOD"]),
        # planned for a day that has passed; the day itself has not
        ((GOOD_VISIT, VisitFact("HF-2", date(2026, 11, 1))), ["VISIT_OVERDUE"]),
        ((GOOD_VISIT, VisitFact("HF-2", DAY)), []),
    ],
)
@pytest.mark.rule("SUP-REVISIT")
def test_return_visits_speak_for_the_person_when_the_last_found_good(visits, why):
    assert checked(visits=visits)[CONDUCT] == (FAILS if why else HOLDS, why)


def other(nature, number="ZH-1", **more):
    return RestrictionFact("GOV_WARN", nature, frozenset({"POST"}), date(2026, 6, 1), None, number, **more)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"restrictions": (other("hold", review_on=date(2027, 1, 1)),)}, ["HELD"]),
        ({"restrictions": (other("pending", "JM-1"),)}, ["PENDING"]),
        ({"open_cases": (OpenCase("supervision.inquiry", "HX-1"),)}, ["CASE_OPEN"]),
        # an open admonishment is pending and an open case: told once
        (
            {
                "restrictions": (other("pending", "JM-1"),),
                "open_cases": (OpenCase("supervision.admonishment", "JM-1"),),
            },
            ["CASE_OPEN"],
        ),
        ({"ratings": {2025: "基本称职"}}, ["RATING_LOW"]),
        ({"ratings": {2024: "不称职", 2025: "称职"}}, []),
    ],
)
@pytest.mark.rule("R-DIS-30")
def test_whatever_else_prevents_it_fails_the_last_condition(more, why):
    assert checked(**more)[NOTHING_ELSE] == (FAILS if why else HOLDS, why)


def test_until_last_years_rating_is_decided_the_verdict_is_pending_not_clear():
    assert checked(ratings={2024: "优秀"})[NOTHING_ELSE] == (OPEN, ["RATING_PENDING"])


def test_a_hold_is_no_running_period_but_leaves_no_day():
    assert checked(restrictions=(other("hold"),))[PERIOD] == (HOLDS, [])
    assert earliest_reuse((other("hold"),), EQUAL_LEVEL, DAY, LAW).on is None
    assert earliest_reuse((other("pending"),), EQUAL_LEVEL, DAY, LAW).is_free


def test_each_refusal_names_its_rule_and_article():
    conditions = check_reuse(ReuseFacts(), {}, EQUAL_LEVEL, DAY, LAW)
    found = [(reason.code, reason.facts["rule_id"]) for reason in refusals(conditions)]
    assert found == [
        ("STATEMENT_MISSING", CONDITIONS),
        ("VISIT_NONE", "SUP-REVISIT"),
        ("STATEMENT_MISSING", CONDITIONS),
        ("RATING_PENDING", "R-DIS-30"),
    ]
    assert conditions[0].cite == Cite("党政领导干部选拔任用工作条例", "第十章", "verified")
