"""People of these tests: who proposes, who decides, and who was reported."""

import pytest

from officials.models import Official
from officials.services.people import identity_values
from tests.support.people import make_persona


@pytest.fixture
def staff(tree):
    return {
        "section": make_persona("supervision_section", tree.county_a),
        "leader": make_persona("department_leader", tree.county_a),
        "liaison": make_persona("unit_liaison", tree.finance),
    }


@pytest.fixture
def person(tree):
    return Official.objects.create(home=tree.finance, **identity_values("440784197805069119", "曾启辉"))
