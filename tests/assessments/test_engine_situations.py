"""Every situation worked by hand, through the product's engine."""

import pytest

from .engine_support import outcome_of_product
from .oracle.situations import county_of, disagreements, situations

SITUATIONS = situations()


@pytest.mark.django_db
@pytest.mark.parametrize("situation", SITUATIONS, ids=[one["id"] for one in SITUATIONS])
def test_situation(situation):
    assert disagreements(situation["expect"], outcome_of_product(county_of(situation["county"]))) == []
