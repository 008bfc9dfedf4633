"""The oracle itself is held against situations worked by hand and against the worked year of the demo county."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from .oracle import heshan
from .oracle.engine import assess, rounded
from .oracle.situations import county_of, disagreements, situations
from .oracle.strategies import counties

SITUATIONS = situations()


def text(value, places: int) -> str:
    """A fraction as it stands in the expected files: half-up, with all places."""
    near = rounded(Fraction(value), places)
    return format(Decimal(near.numerator) / near.denominator, f".{places}f")


@pytest.mark.unit
@pytest.mark.parametrize("situation", SITUATIONS, ids=[one["id"] for one in SITUATIONS])
def test_situation(situation):
    assert disagreements(situation["expect"], assess(county_of(situation["county"]))) == []


@pytest.mark.unit
def test_every_situation_has_its_own_id_and_says_what_it_shows():
    assert [one for one, times in Counter(one["id"] for one in SITUATIONS).items() if times > 1] == []
    assert [one["id"] for one in SITUATIONS if not one.get("cite") or not one.get("worked")] == []
    assert len(SITUATIONS) >= 70


@pytest.mark.unit
class TestWorkedYear:
    def test_units_in_every_column(self):
        names = {line["code"]: line["short_name"] for line in heshan.rows(heshan.INPUT / "units.csv")}
        results = heshan.outcome(2024).units.values()
        computed = [
            {
                "category": r.category,
                "unit": r.unit,
                "name": names[r.unit],
                "base": text(r.base, 10),
                "bonus": text(r.bonus, 2),
                "deduction": text(r.deduction, 2),
                "vetoes": str(r.vetoes),
                "total": text(r.total, 2),
                "rank": str(r.rank),
                "n": str(r.n),
                "grade": r.grade,
                "flagged": str(r.flagged),
                "shielded": str(r.shielded),
                "mitigated": str(r.mitigated),
                "streak": str(r.streak),
                "flags_in_window": str(r.flags_in_window),
                "step": r.step,
            }
            for r in sorted(results, key=lambda r: (r.category, r.rank, r.unit))
        ]
        assert computed == heshan.rows(heshan.EXPECTED / "expected-2024.csv")

    def test_points_in_every_column(self):
        computed = {
            (point.unit, point.indicator): {
                "unit": point.unit,
                "indicator": point.indicator,
                "raw": number(point.raw),
                "target": number(point.target),
                "p": text(point.p, 10),
                "weight": number(point.weight),
                "effective_weight": text(point.effective_weight, 10),
                "contribution": text(point.contribution, 10),
            }
            for point in heshan.outcome(2024).points.values()
        }
        expected = {
            (line["unit"], line["indicator"]): {
                **line,
                **{column: number(line[column]) for column in ("raw", "target", "weight")},
            }
            for line in heshan.rows(heshan.EXPECTED / "expected-2024-points.csv")
        }
        assert computed == expected

    def test_measures_in_every_column(self):
        computed = [
            {key: str(value) for key, value in vars(measure).items()} for measure in heshan.outcome(2024).measures
        ]
        expected = heshan.rows(heshan.EXPECTED / "expected-2024-measures.csv")
        assert sorted(computed, key=lambda row: (row["unit"], row["post"])) == sorted(
            expected, key=lambda row: (row["unit"], row["post"])
        )

    def test_the_file_with_gaps_is_refused_with_exactly_the_listed_gaps(self):
        missing = {"missing_figure": "raw", "missing_target": "target"}
        refusals = assess(heshan.county(2024, heshan.GAPS)).refusals
        expected = heshan.rows(heshan.EXPECTED / "expected-2024-gaps.csv")
        assert sorted((r.unit, r.indicator, missing[r.code]) for r in refusals) == sorted(
            (line["unit"], line["indicator"], line["missing"]) for line in expected
        )


def number(value) -> Fraction | str:
    """A figure as a fraction; grade words and empty cells stay as they are."""
    if value is None:
        return ""
    try:
        return Fraction(value)
    except ValueError:
        return value


@pytest.mark.unit
@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction("85.005"), 2, "85.01"),
        (Fraction("85.0049999999999999999999"), 2, "85.00"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction("2.5"), 0, "3"),
        (Fraction("0.15"), 1, "0.2"),
        # a hair of 1e-26 below the tie is gone after 25 places
        (Fraction("85.005") - Fraction(1, 10**26), 2, "85.01"),
    ],
)
def test_rounding_is_half_up_of_the_exact_value(value, places, expected):
    assert text(value, places) == expected


@pytest.mark.unit
class TestRandomCounties:
    """Laws that hold in every county, whatever its figures; they also show that the random counties are varied."""

    @given(counties(faulty=False))
    @settings(deadline=None, max_examples=100)
    def test_laws_of_every_result(self, county):
        outcome = assess(county)
        if outcome.refusals:
            assert {one.code for one in outcome.refusals} == {"no_applicable_indicator"}
            return
        assert set(outcome.units) == set(county.units)
        for result in outcome.units.values():
            own = [point for point in outcome.points.values() if point.unit == result.unit]
            assert sum(point.effective_weight for point in own) == 100
            assert sum(point.contribution for point in own) == result.base
            assert sum(1 for other in outcome.units.values() if other.category == result.category) == result.n
            assert (result.streak > 0) == bool(result.flagged and not result.shielded)
            assert result.step == "none" or (result.flagged and not result.shielded)
            assert not (result.grade == "优秀" and result.vetoes)
        assert all(outcome.units[measure.unit].step == measure.step != "none" for measure in outcome.measures)
        people = [(m.unit, m.person) for m in outcome.measures if m.person]
        assert len(people) == len(set(people))

    @given(counties(faulty=False))
    @settings(deadline=None, max_examples=50)
    def test_the_order_of_the_input_does_not_matter(self, county):
        turned = replace(
            county,
            units=dict(reversed(county.units.items())),
            adjustments=county.adjustments[::-1],
            vetoes=county.vetoes[::-1],
            effects=county.effects[::-1],
        )
        assert vars(assess(turned)) == vars(assess(county))
