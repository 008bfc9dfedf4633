"""Middle, quarters, classes and steps of colour. Pure."""

from decimal import Decimal
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.distribution import heat_edges, heat_step, histogram, median, quantile, spread

pytestmark = pytest.mark.unit
D = Decimal
figures = st.integers(-200_000, 1_250_000).map(lambda number: D(number) / 10_000)


@pytest.mark.parametrize(
    ("values", "middle"), [((), None), ((7,), 7), ((9, 1, 5), 5), ((1, 2, 3, 10), D("2.5")), ((2, 2, 2), 2)]
)
def test_the_median_is_the_middle_or_the_mean_of_the_two_middle_ones(values, middle):
    assert median([D(value) for value in values]) == middle


@given(st.lists(figures, min_size=2, max_size=30))
def test_quarters_agree_with_the_inclusive_method_of_spreadsheets(values):
    expected = quantiles(values, n=4, method="inclusive")
    found = [quantile(values, D(share)) for share in ("0.25", "0.5", "0.75")]
    assert [round(each, 8) for each in found] == [round(each, 8) for each in expected]


def test_a_spread_of_nothing_is_nothing_and_of_one_value_that_value():
    assert spread([]) is None
    one = spread([D("88.5")])
    assert (one.count, one.low, one.middle, one.high) == (1, D("88.5"), D("88.5"), D("88.5"))


@given(st.dictionaries(st.integers(), figures, min_size=1, max_size=60))
def test_every_value_lies_in_exactly_one_class_of_a_histogram(values):
    classes = histogram(values)
    assert sorted(key for each in classes for key in each.members) == sorted(values)
    assert all(each.low <= values[key] < each.high for each in classes for key in each.members)
    assert len({each.high - each.low for each in classes}) == 1
    assert all(first.high == second.low for first, second in zip(classes, classes[1:], strict=False))
    assert len(classes) <= 10


@pytest.mark.parametrize(
    ("points", "step"),
    [("0", 0), ("49.99", 0), ("50", 1), ("59.9", 1), ("60", 2), ("99.99", 5), ("100", 6), ("120", 6)],
)
def test_a_step_of_colour_covers_ten_points(points, step):
    assert heat_step(D(points)) == step
    low, high = heat_edges()[step]
    assert low is None or D(points) >= low
    assert high is None or D(points) < high
