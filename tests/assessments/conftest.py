"""An assessed county for the tests of pages and API: see `county`."""

import pytest

from assessments.services.calculation import calculate
from foundation.common.actors import SystemActor
from tests.factories.county import make_small_county

from .collecting import collection, submitted  # noqa: F401 - fixtures
from .county import Assessed, assess_year, make_people


@pytest.fixture
def rulebook(ruled_database, db):
    """Rules and calendar as they are delivered. Tests that commit take those of a database of their own instead."""


@pytest.fixture
def assessed(tree, rulebook) -> Assessed:
    """County A in 2024 with figures, not calculated yet."""
    return assess_year(tree, 2024, people=make_people(tree))


@pytest.fixture
def run(assessed):
    """The run of county A in 2024, not published."""
    return calculate(assessed.cycle, actor=SystemActor("test")).run


@pytest.fixture
def county(tree):
    """County A with figures of 2024: the finance department is last and answers for indicator G2, the first one for G1."""
    return make_small_county(tree.county_a, units=[tree.health, tree.finance])
