"""A real case: the measure for the leader of the finance department, which came last in 2024."""

import pytest

from assessments.models import Measure
from tests.factories.county import make_small_county


@pytest.fixture
def county(tree, assessment_office):
    """County A with 2024 published; the finance department is last."""
    made = make_small_county(tree.county_a, units=[tree.health, tree.finance])
    made.published(2024, assessment_office)
    return made


@pytest.fixture
def case(county):
    """The measure, proposed."""
    return Measure.objects.get(organization=county.last)
