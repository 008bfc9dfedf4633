"""A roster whose apply, or whose undo, fails at its k-th statement leaves everything as it was, for every k."""

import pytest

from foundation.common.actors import SystemActor
from foundation.exchange.services.batches import apply, stage, undo
from officials.models import Official
from tests.exchange.files import state
from tests.support.faults import fail_everywhere
from tests.support.people import make_tree

from .roster_files import number, person, roster

ACTOR = SystemActor("test")
pytestmark = pytest.mark.fault


@pytest.fixture
def tree(committed_ruled):
    """The personas' units, committed."""
    return make_tree()


def taken(tree, *people):
    return stage(actor=ACTOR, kind_code="roster", data=roster(*people), file_name="a.xlsx", organization=tree.county_a)


def test_a_roster_is_applied_and_taken_back_wholly_or_not_at_all(tree):
    here = {"工作单位及现任职务": f"{tree.finance.name}副局长"}
    apply(taken(tree, person(**here)), actor=ACTOR)
    moved = {
        "工作单位及现任职务": f"{tree.health.name}局长",
        "任现职时间": "2024.05",
        "职级": "二级主任科员",
        "任现职级时间": "2024.01",
    }
    batch = taken(tree, person(**moved), person(**here, 姓名="卢小强", 身份证号=number(order="903")))
    assert fail_everywhere(lambda: apply(batch, actor=ACTOR), state) > 15
    assert Official.objects.filter(home=tree.health).count() == 1
    assert fail_everywhere(lambda: undo(batch, actor=ACTOR, reason="x"), state) > 15
    assert not Official.objects.filter(name="卢小强").exists()
