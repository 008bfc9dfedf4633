"""The parameters of a calculation come from the rulebook of the assessed year, a county's own settings first."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.models import Cycle, Indicator, Scheme
from assessments.services.parameters import SCHEME_RULES, parameters_for, scheme_defaults
from foundation.common.actors import SystemActor
from foundation.exchange.services.batches import apply, stage
from foundation.organizations.services.tree import create_jurisdiction
from foundation.regulations.services.overrides import set_override

pytestmark = [pytest.mark.usefixtures("ruled_database"), pytest.mark.django_db]
ACTOR = SystemActor("test")
HEADER = (
    "year,category,group,code,name,weight,unit_of_measure,responsible_code,responsible_name,method,direction,params\n"
)


@pytest.fixture
def county():
    return create_jurisdiction(actor=ACTOR, code="990001", name="甲县")


def local(rule, value, starts_on, county="990001"):
    set_override(actor=ACTOR, rule_id=rule, value=value, starts_on=starts_on, basis="甲县考核办法", jurisdiction=county)


@pytest.mark.rule("ASM-LADDER-STREAK")
def test_the_ladder_of_the_streak_is_read_in_order():
    assert parameters_for(2024, "990001").severities() == [1, 2, 3]


@pytest.mark.rule("ASM-LADDER-WINDOW")
def test_the_window_is_two_flags_within_three_years_for_an_admonishment():
    found = parameters_for(2024, "990001")
    assert (found.window_years, found.window_flags, found.window_step) == (3, 2, "admonishment")


@pytest.mark.rule("ASM-MIN-TENURE")
def test_a_countys_own_tenure_holds_for_its_years_only(county):
    local("ASM-MIN-TENURE", 200, date(2024, 6, 1))
    assert parameters_for(2023, "990001").min_tenure_days == 183
    assert parameters_for(2024, "990001").min_tenure_days == 200
    assert parameters_for(2024, "440784").min_tenure_days == 183


@pytest.mark.rule("ASM-STREAK-CATEGORY-CHANGE")
def test_a_change_of_category_keeps_the_streak_unless_the_county_says_otherwise(county):
    assert parameters_for(2024, "990001").category_change_keeps is True
    local("ASM-STREAK-CATEGORY-CHANGE", False, date(2024, 1, 1))
    assert parameters_for(2024, "990001").category_change_keeps is False


@pytest.mark.rule("ASM-COMPLETION-CAP")
@pytest.mark.rule("ASM-COMPLETION-CAP-MAX")
@pytest.mark.rule("ASM-RANK-FLOOR")
@pytest.mark.rule("ASM-GRADE-TABLE")
def test_the_methods_defaults_are_those_of_the_semantics():
    found = parameters_for(2024, "990001")
    assert (found.cap, found.cap_max, found.rank_floor) == (Decimal(100), Decimal(120), Decimal(60))
    assert found.grade_table == {"优": "100", "良": "85", "中": "70", "差": "50"}


@pytest.mark.rule("ASM-BONUS-CAP")
@pytest.mark.rule("ASM-DEDUCTION-CAP")
@pytest.mark.rule("ASM-VETO-EFFECT")
@pytest.mark.rule("ASM-PLACES")
@pytest.mark.rule("ASM-EXCELLENT-SHARE")
@pytest.mark.rule("ASM-EXCELLENT-MIN")
@pytest.mark.rule("ASM-EXCELLENT-LINE")
@pytest.mark.rule("ASM-GOOD-LINE")
@pytest.mark.rule("ASM-PASS-LINE")
@pytest.mark.rule("ASM-BOTTOM-MODE")
@pytest.mark.rule("ASM-BOTTOM-VALUE")
@pytest.mark.rule("ASM-BOTTOM-TIES")
@pytest.mark.rule("ASM-MIN-CLASS")
def test_the_defaults_of_a_scheme_are_those_of_the_semantics():
    found = scheme_defaults(2024, "990001")
    assert set(found) == set(SCHEME_RULES)
    assert found == {
        "bonus_cap": 5,
        "deduction_cap": -10,
        "veto_effect": "cap_grade",
        "places": 2,
        "excellent_share": Decimal("0.30"),
        "excellent_min": 0,
        "excellent_line": 90,
        "good_line": 80,
        "pass_line": 70,
        "bottom_mode": "last_n",
        "bottom_value": 1,
        "min_class_size": 3,
        "bottom_ties": "all",
    }


def test_indicators_without_scheme_parameters_get_those_of_the_countys_rulebook(county):
    local("ASM-EXCELLENT-LINE", 92, date(2024, 1, 1))
    rows = HEADER + f"2024,GENERAL,组,G01,指标,100,分,{county.code},,direct,higher,{{}}\n"
    batch = stage(
        actor=ACTOR, kind_code="indicators", data=rows.encode(), file_name="indicators.csv", organization=county
    )
    apply(batch, actor=ACTOR)
    scheme = Scheme.objects.system().get(cycle__jurisdiction=county, category="GENERAL")
    assert (scheme.excellent_line, scheme.good_line, scheme.bottom_mode) == (92, 80, "last_n")
    assert Indicator.objects.system().get(scheme=scheme).weight == 100
    assert Cycle.objects.system().get(jurisdiction=county).year == 2024
