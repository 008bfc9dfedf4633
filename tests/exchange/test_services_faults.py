"""An import that is interrupted anywhere, and two that come at once. Committed rows, real connections."""

import pytest

from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.exchange.models import BatchStatus, ImportBatch, ImportChange, ImportRow
from foundation.exchange.services.batches import apply, stage, undo
from foundation.organizations.models import Organization
from tests.factories.county import make_small_county
from tests.support.faults import fail_everywhere
from tests.support.people import make_tree
from tests.support.together import all_at_once

from .files import TWO_POSTS, TWO_UNITS, score_book, state

ACTOR = SystemActor("test")
pytestmark = pytest.mark.fault


@pytest.fixture
def tree(committed_ruled):
    """The personas' units, committed."""
    return make_tree()


def taken(tree, kind, data, year=None) -> ImportBatch:
    return stage(actor=ACTOR, kind_code=kind, data=data, file_name="a.xlsx", organization=tree.county_a, year=year)


@pytest.mark.parametrize("lose_connection", [False, True], ids=["error", "lost connection"])
def test_units_are_applied_wholly_or_not_at_all(tree, lose_connection):
    apply(taken(tree, "units", TWO_UNITS), actor=ACTOR)
    batch = taken(tree, "units", TWO_UNITS.replace(b",20,", b",21,").replace(b"A-W2", b"A-W3"))
    tried = fail_everywhere(lambda: apply(batch, actor=ACTOR), state, lose_connection=lose_connection)
    assert tried > 12
    assert Organization.objects.get(code="A-W1").staffing == 21
    assert ImportBatch.objects.get(pk=batch.pk).status == BatchStatus.APPLIED


def test_posts_and_people_are_applied_wholly_or_not_at_all(tree):
    apply(taken(tree, "units", TWO_UNITS), actor=ACTOR)
    batch = taken(tree, "posts", TWO_POSTS)
    assert fail_everywhere(lambda: apply(batch, actor=ACTOR), state) > 8


def test_figures_are_applied_wholly_or_not_at_all(tree):
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance])
    batch = taken(tree, "scores", score_book(county, bonus="1.5", veto="安全生产"), 2024)
    assert fail_everywhere(lambda: apply(batch, actor=ACTOR), state) > 12


def test_staging_is_all_or_nothing(tree):
    assert fail_everywhere(lambda: taken(tree, "units", TWO_UNITS), state) > 5


def test_undo_is_all_or_nothing(tree):
    batch = apply(taken(tree, "units", TWO_UNITS), actor=ACTOR)
    assert fail_everywhere(lambda: undo(batch, actor=ACTOR, reason="x"), state) > 10
    assert not Organization.objects.filter(code="A-W1").exists()


def test_applied_by_five_at_once_it_is_applied_once(tree):
    batch = taken(tree, "units", TWO_UNITS)
    found = all_at_once([lambda: apply(batch, actor=ACTOR)] * 5)
    assert all(isinstance(each, ImportBatch) for each in found), found
    assert ImportChange.objects.filter(batch=batch).count() == 6
    assert Organization.objects.filter(code__in=["A-W1", "A-W2"]).count() == 2


def test_staged_by_five_at_once_it_is_one_batch(tree):
    found = all_at_once([lambda: taken(tree, "units", TWO_UNITS)] * 5)
    assert {each.pk for each in found} == {ImportBatch.objects.get().pk}, found
    assert ImportRow.objects.count() == 2


def test_applied_and_undone_at_once_it_is_one_or_the_other(tree):
    batch = apply(taken(tree, "units", TWO_UNITS), actor=ACTOR)
    found = all_at_once([lambda: undo(batch, actor=ACTOR, reason="x")] * 4)
    assert sum(isinstance(each, ImportBatch) for each in found) == 1
    assert {each.code for each in found if isinstance(each, DomainError)} == {"IMPORT_NOT_APPLIED"}
