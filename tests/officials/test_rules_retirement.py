"""到龄年月: the exact months of the decision of 13 September 2024, with the rulebook's own numbers."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from officials.rules.partial_dates import PartialDate, parse_partial_date
from officials.rules.retirement import RULE_OF_AGE, RaisedAge, compute_reaching, read_age_limit

pytestmark = pytest.mark.unit

FILE = Path(__file__).resolve().parents[2] / "foundation/regulations/rules/rotation_and_age.yaml"
RULES = yaml.safe_load(FILE.read_text(encoding="utf-8"))
START = date(2025, 1, 1)


def raised(rule_id: str) -> RaisedAge:
    return RaisedAge.of_rule(RULES[rule_id]["values"][START], START)


def case(rule_id, born, month, age, delay):
    return pytest.param(rule_id, born, month, age, delay, id=f"{rule_id} {born}", marks=pytest.mark.rule(rule_id))


@pytest.mark.parametrize(
    ("rule_id", "born", "month", "age", "delay"),
    [
        # born + 60 years = December 2024, before the raise
        case("RET-AGE-MALE", "196412", "202412", (60, 0), 0),
        # January 2025 is the first month: + 1
        case("RET-AGE-MALE", "196501", "202502", (60, 1), 1),
        case("RET-AGE-MALE", "196504", "202505", (60, 1), 1),
        # May 2025 is four months later: + 2
        case("RET-AGE-MALE", "196505", "202507", (60, 2), 2),
        # August 2036, 139 months after the beginning: 34 + 1
        case("RET-AGE-MALE", "197608", "203907", (62, 11), 35),
        case("RET-AGE-MALE", "197609", "203909", (63, 0), 36),
        case("RET-AGE-MALE", "198503", "204803", (63, 0), 36),
        case("RET-AGE-FEMALE_55", "196912", "202412", (55, 0), 0),
        case("RET-AGE-FEMALE_55", "197001", "202502", (55, 1), 1),
        # the published example: April 2026 is 15 months later, 3 + 1
        case("RET-AGE-FEMALE_55", "197104", "202608", (55, 4), 4),
        case("RET-AGE-FEMALE_55", "197108", "202701", (55, 5), 5),
        case("RET-AGE-FEMALE_55", "198109", "203909", (58, 0), 36),
        case("RET-AGE-FEMALE_50", "197501", "202502", (50, 1), 1),
        case("RET-AGE-FEMALE_50", "197502", "202503", (50, 1), 1),
        case("RET-AGE-FEMALE_50", "197503", "202505", (50, 2), 2),
        case("RET-AGE-FEMALE_50", "198410", "203909", (54, 11), 59),
        case("RET-AGE-FEMALE_50", "198411", "203911", (55, 0), 60),
    ],
)
def test_the_month_in_which_the_age_is_reached(rule_id, born, month, age, delay):
    found = compute_reaching(parse_partial_date(born), raised(rule_id))
    assert (found.exchanged, (found.years, found.months), found.delay) == (month, age, delay)


def test_ages_above_the_statutory_one_are_not_raised():
    found = compute_reaching(PartialDate(1965, 1, 31), RaisedAge.fixed(63))
    assert (found.exchanged, found.years, found.months, found.delay) == ("202801", 63, 0, 0)


def test_without_a_month_of_birth_no_month_is_named():
    assert compute_reaching(PartialDate(1965), raised("RET-AGE-MALE")) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [("改革前任职年龄界限为60岁", 60), ("改革前任职年龄界限为55周岁", 55), ("已到龄人员", None), ("", None)],
)
def test_the_limit_before_the_reform_is_read_from_its_text(text, age):
    assert read_age_limit(text) == age


def test_every_rule_named_is_in_the_rulebook():
    assert set(RULE_OF_AGE.values()) <= set(RULES)
    assert {key: RULES[rule_id]["values"][START]["original"] for key, rule_id in RULE_OF_AGE.items()} == {
        ("男", 60): 60, ("女", 60): 60, ("女", 55): 55, ("女", 50): 50,
    }  # fmt: skip


@given(st.sampled_from(sorted(set(RULE_OF_AGE.values()))), st.integers(1940, 2010), st.integers(1, 12))
def test_who_is_born_later_never_reaches_the_age_earlier(rule_id, year, month):
    rule = raised(rule_id)
    one = compute_reaching(PartialDate(year, month), rule)
    following = PartialDate(year + month // 12, month % 12 + 1)
    other = compute_reaching(following, rule)
    assert one.month.month_index() < other.month.month_index()
    assert 0 <= one.delay <= rule.cap_months
