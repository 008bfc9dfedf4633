"""The seeded numbers: each rule at the days that matter, as its source gives them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from foundation.regulations.services import rulebook
from foundation.regulations.services.loading import load_rules
from tests.regulations.conftest import LOADED_ON, files

NOW = "2025-11-22"
PROMOTION = ["POST", "IMPORTANT_LATERAL", "RANK"]
GOVERNMENT = [*PROMOTION, "GRADE"]


@pytest.fixture(scope="module")
def book_on(django_db_setup, django_db_blocker):
    """Rulebooks of the delivered files by day: loaded once, read for every day in use, then rolled back."""
    days = {param.values[2] for param in EVERYTHING}
    with django_db_blocker.unblock(), transaction.atomic():
        load_rules(files()[0], today=LOADED_ON)
        books = {day: rulebook(day) for day in days}
        transaction.set_rollback(True)
    return books.__getitem__


def rule(rule_id, value, on=NOW):
    """One situation, marked with its rule."""
    return pytest.param(rule_id, value, date.fromisoformat(on), id=f"{rule_id}@{on}", marks=pytest.mark.rule(rule_id))


ASSESSMENT = [
    rule("ASM-LADDER-STREAK", {1: "reminder_talk", 2: "admonishment", 3: "post_adjustment"}, "2023-12-31"),
    rule("ASM-LADDER-WINDOW", {"years": 3, "flags": 2, "step": "admonishment"}, "2023-12-31"),
    rule("ASM-MIN-TENURE", 183),
    rule("ASM-APPEAL-DAYS", 5),
    rule("ASM-BONUS-CAP", Decimal(5)),
    rule("ASM-DEDUCTION-CAP", Decimal(-10)),
    rule("ASM-VETO-EFFECT", "cap_grade"),
    rule("ASM-PLACES", 2),
    rule("ASM-EXCELLENT-SHARE", Decimal("0.30")),
    rule("ASM-EXCELLENT-MIN", 0),
    rule("ASM-EXCELLENT-LINE", Decimal(90)),
    rule("ASM-GOOD-LINE", Decimal(80)),
    rule("ASM-PASS-LINE", Decimal(70)),
    rule("ASM-BOTTOM-MODE", "last_n"),
    rule("ASM-BOTTOM-VALUE", Decimal(1)),
    rule("ASM-MIN-CLASS", 3),
    rule("ASM-BOTTOM-TIES", "all"),
    rule("ASM-COMPLETION-CAP", Decimal(100)),
    rule("ASM-COMPLETION-CAP-MAX", Decimal(120)),
    rule("ASM-RANK-FLOOR", Decimal(60)),
    rule("ASM-GRADE-TABLE", {"优": Decimal(100), "良": Decimal(85), "中": Decimal(70), "差": Decimal(50)}),
    rule("ASM-STREAK-CATEGORY-CHANGE", True),
    rule("ASM-MEASURE-REVIEW-DAYS", 10),
    rule("ASM-MEASURE-DECIDE-DAYS", 10),
    rule("ASM-MEASURE-EXECUTE-DAYS", 20),
]
INFLUENCE_PERIODS = [
    rule("R-DIS-PTY_WARN", 12),
    rule("R-DIS-PTY_WARN", 12, "2018-10-01"),
    rule("R-DIS-PTY_SERIOUS", 18),
    rule("R-DIS-PTY_SERIOUS-NO_POST", 24),
    rule("R-DIS-PTY_REMOVE", 24),
    rule("R-DIS-PTY_PROBATION", {"shorter": 12, "longer": 24}),
    rule("R-DIS-PTY_PROBATION-AFTER", 24),
    rule("R-DIS-PTY_EXPEL", 60),
    rule("R-DIS-GOV_WARN", 6),
    rule("R-DIS-GOV_WARN", 6, "2015-01-01"),
    rule("R-DIS-GOV_DEMERIT", 12),
    rule("R-DIS-GOV_MAJOR", 18),
    rule("R-DIS-GOV_DOWNGRADE", 24),
    rule("R-DIS-GOV_REMOVE", 24),
    rule("R-DIS-ORG_SUSPEND", 6),
    rule("R-DIS-ORG_TRANSFER", 12),
    rule("R-DIS-ORG_ORDER_RESIGN-LEADING_POST", 12),
    rule("R-DIS-ORG_ORDER_RESIGN-HIGHER_POST", 24),
    rule("R-DIS-ORG_REMOVE-LEADING_POST", 12),
    rule("R-DIS-ORG_REMOVE-HIGHER_POST", 24),
    rule("R-DIS-RESIGN_BLAME-LEADING_POST", 12),
    rule("R-DIS-RESIGN_BLAME-HIGHER_POST", 24),
    rule("R-DIS-ORG_DEMOTE", 24),
    rule("R-DIS-UNFIT_ADJUST", 12),
    rule("R-1.5-ADJUST", 12),
    rule("R-1.5-DEMOTE", 24),
    rule("R-DIS-ADMONISH", 6),
    rule("R-DIS-REMIND", 0),
    rule("R-DIS-INQUIRY", 0),
    rule("R-DIS-CRITICISM", 0),
    rule("R-DIS-ORDER_SELF_EXAM", 0),
    rule("R-DIS-CIRCULATE", 0),
    rule("R-DIS-20", "add"),
    rule("R-DIS-21", {"how": "add", "cap_months": 48}),
    rule("R-DIS-23", "longest"),
    rule("D-1", "day_before_corresponding_day"),
    rule("D-2", "decision_effective_day"),
    rule("D-3", "working_day_after_event"),
    rule("D-4", "calendar_days"),
    rule("D-5", "latest_end"),
]
BLOCKED = [
    rule("R-DIS-PTY_WARN-BLOCKS", PROMOTION),
    rule("R-DIS-PTY_SERIOUS-BLOCKS", PROMOTION),
    rule("R-DIS-PTY_REMOVE-BLOCKS", [*PROMOTION, "EQUAL_OR_HIGHER_POST"]),
    rule("R-DIS-PTY_EXPEL-BLOCKS", ["POST", "RANK", "EQUAL_OR_HIGHER_POST"]),
    rule("R-DIS-GOV_WARN-BLOCKS", GOVERNMENT),
    rule("R-DIS-GOV_DEMERIT-BLOCKS", [*GOVERNMENT, "PAY_STEP"]),
    rule("R-DIS-GOV_REMOVE-BLOCKS", [*GOVERNMENT, "PAY_STEP"]),
    rule("R-DIS-ADMONISH-BLOCKS", ["POST", "IMPORTANT_LATERAL"], "2018-01-01"),
    rule("R-DIS-ADMONISH-BLOCKS", PROMOTION),
    rule("R-DIS-UNFIT_ADJUST-BLOCKS", ["POST", "RANK"]),
]
RATINGS = [
    rule("GRD-PTY_WARN", ["NO_EXC"]),
    rule("GRD-PTY_SERIOUS", ["COMMENT_ONLY"]),
    rule("GRD-PTY_REMOVE", ["UNQUALIFIED"]),
    rule("GRD-PTY_PROBATION-1", ["UNQUALIFIED", "COMMENT_ONLY"]),
    rule("GRD-PTY_PROBATION-2", ["UNQUALIFIED", "COMMENT_ONLY", "COMMENT_ONLY"]),
    rule("GRD-PTY_EXPEL", ["UNQUALIFIED", "COMMENT_ONLY", "COMMENT_ONLY"]),
    rule("GRD-GOV_WARN", ["NO_EXC"]),
    rule("GRD-GOV_DEMERIT", ["COMMENT_ONLY"]),
    rule("GRD-GOV_MAJOR", ["COMMENT_ONLY", "COMMENT_ONLY"]),
    rule("GRD-ORG_DEMOTE", ["COMMENT_ONLY"]),
    rule("GRD-ADMONISH", ["NO_EXC"]),
    rule("GRD-UNDER_INVESTIGATION", ["NONE"]),
    rule("GRD-PRECEDENCE", ["NONE", "UNQUALIFIED", "COMMENT_ONLY", "NO_EXC"]),
    rule("GRD-SERIOUS_WARN-DUTY", "COMMENT_ONLY"),
    rule("R-4.11", {"base": Decimal("0.15"), "approved": Decimal("0.2")}, "2019-12-31"),
    rule("R-4.11", {"base": Decimal("0.2"), "approved": Decimal("0.25")}),
    rule(
        "R-4.12",
        {"优秀": Decimal("0.25"), "良好": Decimal("0.2"), "一般": Decimal("0.18"), "较差": Decimal("0.15")},
    ),
    rule("R-4.2", Decimal("0.4")),
    rule("SEL-HALF-YEAR-DAYS", 183),
    rule("SEL-EXCELLENT-ROW", 3),
    rule("SEL-UNQUALIFIED-ROW", 2),
]
SELECTION = [
    rule("R-2.1", {"work": 5, "grass_roots": 2}),
    rule("R-2.3", {"deputy_to_chief": 2, "lower_chief_to_upper_deputy": 3}),
    rule("SEL-QUORUM", Decimal("0.6667")),
    rule("SEL-NOTICE-DAYS", 5),
    rule("SEL-PROBATION-MONTHS", 12),
    rule("SEL-NC3-RATINGS", ["基本称职", "不称职"]),
    rule("SEL-RANK-EXCELLENT-MONTHS", 6),
    rule("SEL-RANK-OF-POST", {"L05": "R01", "L06": "R02", "L07": "R04", "L08": "R06", "L09": "R08", "L10": "R10"}),
    rule("R-7.2-SAME_POST", 10),
    rule("R-7.3-SENSITIVE", {"warn": 4, "due": 5, "no_exception": 10}),
    rule("RET-AGE-MALE", {"original": 60, "step_months": 4, "cap_months": 0}, "2024-12-31"),
    rule("RET-AGE-MALE", {"original": 60, "step_months": 4, "cap_months": 36}, "2025-01-01"),
    rule("RET-AGE-FEMALE_50", {"original": 50, "step_months": 2, "cap_months": 60}, "2025-01-01"),
    rule("RET-PENSION-YEARS", {"from_year": 2030, "start_months": 186, "step_months": 6, "cap_months": 240}),
    rule("R-9.1", {"years": 5, "months": 3, "hours": 550}),
    rule("R-9.2", {"years": 1, "days": 12, "hours": 90}),
]
CARE_AND_REWARD = [
    rule("TOL-APPLY-DAYS", 10),
    rule("TOL-ACCEPT-DAYS", 5),
    rule("TOL-VERIFY-DAYS", 20),
    rule("TOL-VERIFY-LONGER-DAYS", 10),
    rule("TOL-DECIDE-DAYS", 10),
    rule("TOL-FEEDBACK-DAYS", 5),
    rule("CLR-CLEAR-DAYS", 15),
    rule("CLR-AFTER-APPROVAL-DAYS", 5),
    rule("R-FAL-02", "PREFECTURE"),
    rule("R-1.42", 15),
    rule("R-1.41-SELF_EXAM", 5),
    rule("RWD-NOTICE-DAYS", 7, "2015-01-01"),
    rule("RWD-NOTICE-DAYS", 5),
    rule(
        "RWD-BONUS",
        {"RW_COMMEND": 1500, "RW_MERIT3": 3000, "RW_MERIT2": 6000, "RW_MERIT1": 12000, "RW_TITLE": 20000},
    ),
    rule("RWD-QUOTA", {"RW_COMMEND": Decimal("0.35"), "RW_MERIT3": Decimal("0.1"), "RW_MERIT2": Decimal("0.01")}),
    rule("SUP-MATTERS-ANNUAL", "01-31"),
    rule("SEC-LOG-LOGIN-MONTHS", 6),
]


EVERYTHING = [*ASSESSMENT, *INFLUENCE_PERIODS, *BLOCKED, *RATINGS, *SELECTION, *CARE_AND_REWARD]


@pytest.mark.parametrize(("rule_id", "value", "on"), EVERYTHING)
def test_seeded_value(book_on, rule_id, value, on):
    assert book_on(on).value(rule_id) == value


@pytest.mark.rule("SEL-RANK-NEED")
def test_rank_needs_one_of_the_listed_posts_or_ranks(book_on):
    need = book_on(date(2025, 11, 22)).value("SEL-RANK-NEED")
    assert need["R09"] == {"from": ["L10", "R10"], "years": 2}
    assert need["R01"] == {"from": ["L06", "R02"], "years": 4}
    assert len(need) == 11


@pytest.mark.rule("SEL-QUOTA-COUNTY")
def test_quota_of_a_set_is_a_share_of_its_base(book_on):
    rows = book_on(date(2025, 11, 22)).value("SEL-QUOTA-COUNTY")
    assert {tuple(row["ranks"]): (row["of"], row["share"]) for row in rows}[("R05",)] == (["R05", "R06"], "0.40")
