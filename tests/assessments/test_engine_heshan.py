"""The demo county through the product's engine, against the worked year and the oracle."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.services.calculation import CalculationRefused, calculate

from .engine_support import ACTOR, load_county, outcome_of_product, parameters_of
from .oracle import heshan
from .oracle.engine import rounded
from .test_engine_property import assert_same

MISSING = {"GAP_RAW": "raw", "GAP_TARGET": "target"}
UNIT_WHOLE = ("vetoes", "rank", "n", "flagged", "shielded", "mitigated", "streak", "flags_in_window")
POINT_TEXTS = ("p", "effective_weight", "contribution")


def text(value: Fraction, places: int) -> str:
    """As it stands in the expected files: half-up, with all places."""
    near = rounded(value, places)
    return format(Decimal(near.numerator) / near.denominator, f".{places}f")


@pytest.fixture
def outcome(db):
    """The product's results of 2024."""
    return outcome_of_product(heshan.county(2024))


@pytest.mark.django_db
class TestWorkedYear:
    def test_units_in_every_column(self, outcome):
        computed = [
            {
                "category": row.category,
                "unit": row.unit,
                "name": heshan.county(2024).names[row.unit],
                "base": text(row.base, 10),
                **{column: text(getattr(row, column), 2) for column in ("bonus", "deduction", "total")},
                **{column: str(getattr(row, column)) for column in UNIT_WHOLE},
                "grade": row.grade,
                "step": row.step,
            }
            for row in sorted(outcome.units.values(), key=lambda row: (row.category, row.rank, row.unit))
        ]
        assert computed == heshan.rows(heshan.EXPECTED / "expected-2024.csv")

    def test_points_in_every_column(self, outcome):
        expected = heshan.rows(heshan.EXPECTED / "expected-2024-points.csv")
        assert len(expected) == len(outcome.points)
        for line in expected:
            point = outcome.points[line["unit"], line["indicator"]]
            assert {column: line[column] for column in POINT_TEXTS} == {
                column: text(getattr(point, column), 10) for column in POINT_TEXTS
            }, line
            assert point.weight == Fraction(line["weight"]), line
            assert point.target == (Fraction(line["target"]) if line["target"] else None), line
            assert point.raw == (line["raw"] if isinstance(point.raw, str) else Fraction(line["raw"])), line

    def test_measures_in_every_column(self, outcome):
        computed = [{key: str(value) for key, value in vars(measure).items()} for measure in outcome.measures]
        expected = heshan.rows(heshan.EXPECTED / "expected-2024-measures.csv")
        by_post = {(line["unit"], line["post"]): line for line in expected}
        assert {(line["unit"], line["post"]): line for line in computed} == by_post
        assert len(computed) == len(expected)

    def test_gaps_are_refused_with_unit_indicator_and_responsible_department(self):
        county = heshan.county(2024, heshan.GAPS)
        with pytest.raises(CalculationRefused) as refused:
            calculate(load_county(county), actor=ACTOR, parameters=parameters_of(county))
        listed = [
            {
                "year": "2024",
                "unit": one.unit_code,
                "unit_name": one.unit_name,
                "indicator": one.indicator,
                "indicator_name": one.indicator_name,
                "missing": MISSING[one.code],
                "responsible_code": one.responsible_code,
                "responsible_name": one.responsible_name,
            }
            for one in refused.value.refusals
        ]
        assert listed == heshan.rows(heshan.EXPECTED / "expected-2024-gaps.csv")


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_every_year_equals_the_oracle(year):
    assert_same(outcome_of_product(heshan.county(year)), heshan.outcome(year))
