"""Every action that is recorded has a name for auditors, in both languages, and no name is left over."""

import pytest
from django.utils.translation import override

from foundation.audit.actions import label_of, named_actions
from foundation.casework.registry import kinds

from .actions import recorded_actions
from .tree import plant

pytestmark = pytest.mark.unit
STEPS = {f"{kind.flow.kind}.{step.name}" for kind in kinds() for step in kind.flow.steps}
SERVICE = """
from foundation.audit.services.entries import record
from .other import SHARED
OWN, SECOND = "rewards.own", "rewards.second"

def plain(actor):
    record(actor=actor, action="rewards.plain")

def chosen(actor, late):
    action = "rewards.late" if late else "rewards.soon"
    record(actor=actor, action=action)

def constants(actor):
    record(actor=actor, action=SECOND)
    record(actor=actor, action=SHARED)

def passed_on(actor):
    _record(actor, "rewards.by_place")
    _record(actor, action="rewards.by_name")

def _record(actor, action):
    record(actor=actor, action=action)

def unclear(actor, verb):
    record(actor=actor, action=f"rewards.{verb}")
"""


def test_actions_are_found_however_they_are_passed_on(tmp_path):
    root = plant(
        tmp_path, assessments__services__planted=SERVICE, assessments__services__other='SHARED = "rewards.shared"'
    )
    codes, unclear = recorded_actions(root)
    names = ("plain", "late", "soon", "second", "shared", "by_place", "by_name")
    assert codes == {f"rewards.{name}" for name in names}
    assert [str(found) for found in unclear] == ["assessments/services/planted.py:25 f'rewards.{verb}'"]
    assert codes - named_actions() == codes  # none of them has a name: the test below would tell each


def test_every_recorded_action_has_a_name_and_every_name_an_action():
    codes, unclear = recorded_actions()
    assert unclear == []
    assert codes - named_actions() == set(), "name them in the room's module `actions`"
    assert named_actions() - codes - STEPS == set()
    assert STEPS - named_actions() == set()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_names_are_words_and_tell_actions_apart(language):
    with override(language):
        labels = {code: label_of(code) for code in named_actions()}
    assert len(set(labels.values())) == len(labels)
    assert not [code for code, label in labels.items() if label == code]


def test_what_nobody_names_any_more_keeps_its_code():
    assert label_of("rewards.given") == "rewards.given"
