"""A merger that fails at its k-th statement leaves everything as it was, for every k."""

import pytest

from foundation.organizations.models import Organization
from officials.services import reorganise

from ..assessments.faults_support import state_of_database
from ..support.faults import fail_everywhere
from ..support.people import make_persona, make_tree
from .test_reorganise import merge, team  # noqa: F401 - the fixture

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tree(transactional_db):
    """The units of the personas, committed."""
    return make_tree()


def acting(tree):
    office = make_persona("cadre_section", tree.county_a)
    office.scope_for("organizations.reorganise_units")
    return office


def test_a_merger_is_whole_or_absent(tree, team):  # noqa: F811
    office = acting(tree)
    places = fail_everywhere(lambda: merge(office, tree, team), state_of_database)
    assert places > 20
    assert Organization.objects.filter(code="A-NEW").count() == 1


def test_an_undoing_is_whole_or_absent(tree, team):  # noqa: F811
    office = acting(tree)
    act = merge(office, tree, team)
    places = fail_everywhere(lambda: reorganise.undo(actor=office, act=act, reason="x"), state_of_database)
    assert places > 15
    assert not Organization.objects.filter(code="A-NEW").exists()
