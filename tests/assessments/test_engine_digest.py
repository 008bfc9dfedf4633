"""§6: the same inputs give the same digest and reuse the finished run; any input that counts changes it."""

from datetime import date

import pytest

from assessments.models import Adjustment, Cycle, Indicator, Run, RunUnit, Scheme, Score, Veto
from assessments.services.calculation import calculate, compute_digest
from assessments.services.parameters import Parameters
from foundation.organizations.models import Organization, Post, UnitCategory
from officials.models import Official, PostHolding
from tolerance.models import AssessmentEffect

from .engine_support import ACTOR, load_county, parameters_of
from .oracle.situations import county_of

COUNTY = county_of(
    {
        "units": {"U1": "GENERAL", "U2": "GENERAL", "U3": "GENERAL", "V1": "ECONOMIC"},
        "schemes": {
            "GENERAL": {
                "tie_breakers": [{"by": "deduction"}],
                "indicators": [
                    {"code": "A", "weight": 60, "group": "X"},
                    {"code": "B", "weight": 30, "method": "completion", "group": "Y"},
                    {"code": "C", "weight": 10, "method": "grade", "group": "Y"},
                ],
            },
            "ECONOMIC": {"indicators": [{"code": "E", "weight": 100}]},
        },
        "scores": {
            "U1": {"A": 90, "B": [3, 4], "C": "优"},
            "U2": {"A": 80, "B": [3, 5], "C": "良"},
            "U3": {"A": 70, "B": [3, 6], "C": "差"},
            "V1": {"E": 80},
        },
        "adjustments": [{"number": "J1", "unit": "U1", "points": -2}, {"number": "J2", "unit": "U2", "points": 1}],
        "vetoes": [{"number": "F1", "unit": "U2"}],
        "effects": [
            {"unit": "U1", "effect": "void", "target_kind": "adjustment", "target": "J1"},
            {"unit": "U3", "effect": "mitigate", "is_effective": False},
        ],
        "history": {"U3": {2022: "flagged", 2023: "flagged"}},
        "posts": {"U3": {"局长": [["P1", date(2020, 1, 1), date(2024, 5, 31)], ["P2", date(2024, 6, 1)]]}},
        "other_posts": {"U3": {"副局长": [["P3", date(2020, 1, 1)]]}},
    }
)


def change(model, lookup: dict, **values):
    """A change of one row, as a parameter of a test with a readable name."""

    def apply():
        assert model.objects.filter(**lookup).update(**values) == 1

    name = ",".join(f"{model.__name__}.{field}" for field in values)
    return pytest.param(apply, id=name)


def add_score():
    Score.objects.create(
        cycle=Cycle.objects.get(year=2024),
        unit=Organization.objects.get(code="V1"),
        indicator=Indicator.objects.create(
            scheme=Scheme.objects.get(category="ECONOMIC"), code="F", name="F", group="X", weight=1, method="direct"
        ),
        figure=1,
    )


def forget_a_past_year():
    Cycle.objects.filter(year=2023).update(status="open", published_run=None)


def shield_a_past_year():
    """Another published run of 2023, in which the unit was shielded."""
    cycle = Cycle.objects.get(year=2023)
    row = RunUnit.objects.get(run=cycle.published_run)
    run = cycle.published_run
    run.pk, run.number, run.digest = None, "HS-2023-02", "another"
    run.save(force_insert=True)
    row.pk, row.run, row.shielded = None, run, True
    row.save(force_insert=True)
    Cycle.objects.filter(pk=cycle.pk).update(published_run=run)


GENERAL = {"category": "GENERAL"}
U3_A = {"unit__code": "U3", "indicator__code": "A"}
INPUTS = [
    change(Score, U3_A, figure=71),
    change(Score, U3_A, figure=None),
    change(Score, U3_A, is_applicable=False),
    change(Score, {"unit__code": "U3", "indicator__code": "B"}, target=7),
    change(Score, {"unit__code": "U3", "indicator__code": "C"}, word="中"),
    change(Adjustment, {"number": "J1"}, points=-3),
    change(Adjustment, {"number": "J1"}, number="J9"),
    change(Veto, {"number": "F1"}, number="F9"),
    change(AssessmentEffect, {"effect": "void"}, is_effective=False),
    change(AssessmentEffect, {"effect": "mitigate"}, is_effective=True),
    change(AssessmentEffect, {"effect": "void"}, target="J2"),
    change(AssessmentEffect, {"effect": "void"}, target_kind="veto"),
    change(AssessmentEffect, {"effect": "void"}, year=2023),
    change(UnitCategory, {"organization__code": "U1", "year": 2024}, category="ECONOMIC"),
    change(Scheme, GENERAL, bonus_cap=4),
    change(Scheme, GENERAL, deduction_cap=-9),
    change(Scheme, GENERAL, veto_effect="rank_last"),
    change(Scheme, GENERAL, places=1),
    change(Scheme, GENERAL, excellent_share="0.31"),
    change(Scheme, GENERAL, excellent_min=1),
    change(Scheme, GENERAL, excellent_line=91),
    change(Scheme, GENERAL, good_line=81),
    change(Scheme, GENERAL, pass_line=71),
    change(Scheme, GENERAL, bottom_mode="last_percent"),
    change(Scheme, GENERAL, bottom_value=2),
    change(Scheme, GENERAL, min_class_size=4),
    change(Scheme, GENERAL, exempt_line=60),
    change(Scheme, GENERAL, bottom_ties="none"),
    change(Scheme, GENERAL, tie_breakers=[]),
    change(Indicator, {"code": "A"}, weight=61),
    change(Indicator, {"code": "B"}, method="rank"),
    change(Indicator, {"code": "B"}, direction="lower"),
    change(Indicator, {"code": "B"}, params={"cap": "110"}),
    change(Indicator, {"code": "A"}, group="Y"),
    change(PostHolding, {"official__name": "P2"}, starts_on=date(2024, 7, 20)),
    change(PostHolding, {"official__name": "P1"}, ends_on=date(2024, 5, 30)),
    change(Post, {"title": "局长"}, is_principal=False),
    change(Post, {"title": "副局长"}, is_principal=True),
    change(Post, {"title": "局长"}, ends_on=date(2023, 12, 31)),
    change(Post, {"title": "局长"}, starts_on=date(2025, 1, 1)),
    pytest.param(add_score, id="a new indicator with a figure"),
    pytest.param(forget_a_past_year, id="a past year is not published"),
    pytest.param(shield_a_past_year, id="a past year is shielded"),
]
PARAMETERS = [
    {"ladder": ("reminder_talk", "admonishment")},
    {"window_years": 4},
    {"window_flags": 3},
    {"window_step": "post_adjustment"},
    {"min_tenure_days": 100},
    {"category_change_keeps": False},
    {"cap": 110},
    {"cap_max": 130},
    {"rank_floor": 50},
    {"grade_table": {"优": "99", "良": "85", "中": "70", "差": "50"}},
]


@pytest.fixture
def cycle(db):
    return load_county(COUNTY)


@pytest.mark.django_db
class TestDigest:
    @pytest.mark.parametrize("apply", INPUTS)
    def test_every_input_changes_it(self, cycle, apply):
        before = compute_digest(cycle, parameters_of(COUNTY))
        apply()
        assert compute_digest(cycle, parameters_of(COUNTY)) != before

    @pytest.mark.parametrize("values", PARAMETERS, ids=lambda values: next(iter(values)))
    def test_every_parameter_changes_it(self, cycle, values):
        assert compute_digest(cycle, Parameters(**values)) != compute_digest(cycle, Parameters())

    def test_what_does_not_count_does_not_change_it(self, cycle):
        before = compute_digest(cycle, parameters_of(COUNTY))
        PostHolding.objects.filter(official__name="P3").update(ends_on=date(2024, 3, 1))
        Score.objects.filter(unit__code="U1", indicator__code="A").update(figure="90.0000")
        assert compute_digest(cycle, parameters_of(COUNTY)) == before

    def test_two_people_of_one_name_are_two(self, cycle):
        other = Official.objects.create(name="P2", id_cipher=b"", id_hash="another P2", id_masked="another P2")
        before = compute_digest(cycle, parameters_of(COUNTY))
        PostHolding.objects.filter(official__name="P2").update(official=other)
        assert compute_digest(cycle, parameters_of(COUNTY)) != before

    def test_the_same_inputs_reuse_the_run(self, cycle):
        first = calculate(cycle, actor=ACTOR, parameters=parameters_of(COUNTY))
        again = calculate(cycle, actor=ACTOR, parameters=parameters_of(COUNTY))
        assert (first.was_reused, again.was_reused) == (False, True)
        assert again.run == first.run
        assert Run.objects.filter(cycle=cycle).count() == 1

    def test_a_change_makes_a_second_run_and_undoing_it_reuses_the_first(self, cycle):
        first = calculate(cycle, actor=ACTOR, parameters=parameters_of(COUNTY)).run
        score = Score.objects.filter(unit__code="U3", indicator__code="A")
        score.update(figure=71)
        second = calculate(cycle, actor=ACTOR, parameters=parameters_of(COUNTY))
        score.update(figure=70)
        third = calculate(cycle, actor=ACTOR, parameters=parameters_of(COUNTY))
        assert (second.was_reused, third.was_reused) == (False, True)
        assert third.run == first != second.run
