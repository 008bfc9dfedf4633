"""Random small counties: the product's engine and the oracle agree in every column, refusals included; and so does a trial."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings

from assessments.models import RunUnit, Scheme
from assessments.services import trial
from assessments.services.calculation import CalculationRefused, calculate

from .engine_support import ACTOR, load_county, outcome_of_product, parameters_of, rolled_back
from .oracle.engine import Outcome, assess
from .oracle.strategies import counties

TEXTS = ("category", "rank", "n", "grade", "flagged", "shielded", "mitigated", "streak", "flags_in_window", "step")
EXACT = ("bonus", "deduction", "vetoes", "total")
#: base and points are stored with 25 places
NEAR = Fraction(1, 10**24)


def assert_same(product: Outcome, oracle: Outcome) -> None:
    """Every column of every line."""
    assert sorted(product.refusals) == sorted(oracle.refusals)
    assert set(product.units) == set(oracle.units)
    for unit, expected in oracle.units.items():
        got = product.units[unit]
        for column in TEXTS + EXACT:
            assert getattr(got, column) == getattr(expected, column), (unit, column)
        assert abs(got.base - expected.base) < NEAR, (unit, "base")
    assert set(product.points) == set(oracle.points)
    for key, expected in oracle.points.items():
        got = product.points[key]
        assert (got.group, got.weight) == (expected.group, expected.weight), key
        assert (got.raw, got.target) == (expected.raw, expected.target), key
        for column in ("p", "effective_weight", "contribution"):
            assert abs(getattr(got, column) - getattr(expected, column)) < NEAR, (key, column)
    order = [(m.unit, m.post) for m in product.measures]
    assert len(order) == len(set(order))
    assert sorted(product.measures, key=repr) == sorted(oracle.measures, key=repr)


#: The database fixture lives through all examples of a test; `rolled_back` keeps the counties apart.
ONE_DATABASE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.django_db
class TestEngineEqualsOracle:
    @given(counties(faulty=False))
    @settings(deadline=None, max_examples=60, suppress_health_check=ONE_DATABASE)
    def test_in_counties_that_can_be_calculated(self, county):
        with rolled_back():
            assert_same(outcome_of_product(county), assess(county))

    @given(counties(faulty=True))
    @settings(deadline=None, max_examples=20, suppress_health_check=ONE_DATABASE)
    def test_in_counties_with_gaps_and_wrong_figures(self, county):
        with rolled_back():
            assert_same(outcome_of_product(county), assess(county))

    @given(counties(faulty=False))
    @settings(deadline=None, max_examples=40, suppress_health_check=ONE_DATABASE)
    def test_a_trial_of_a_years_own_scheme_ranks_as_the_calculation_did(self, county):
        parameters = parameters_of(county)
        with rolled_back(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(trial, "parameters_for", lambda year, code: parameters)
            cycle = load_county(county)
            try:
                run = calculate(cycle, actor=ACTOR, parameters=parameters).run
            except CalculationRefused:
                assume(False)
            compared = 0
            for scheme in Scheme.objects.filter(cycle=cycle).select_related("cycle__jurisdiction"):
                for row in trial.try_scheme(scheme, cycle).rows:
                    for column in ("total", "rank", "n", "grade", "flagged"):
                        assert getattr(row.trial, column) == getattr(row.real, column), (row.unit.code, column)
                    compared += 1
            assert compared == RunUnit.objects.filter(run=run).count() > 0
