"""Codes of cases in words, as auditors read them."""

import re
from pathlib import Path

import pytest

from foundation.casework.notes import notes
from foundation.casework.registry import kinds
from foundation.casework.words import any_step_word, degree_word, kind_word, state_word, step_word

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.flow.kind)
def test_every_kind_state_and_step_of_a_case_has_a_word(kind):
    flow = kind.flow
    assert kind_word(flow.kind) != flow.kind
    states = set(flow.initial) | {step.target for step in flow.steps}
    assert not [state for state in states if state_word(flow.kind, state) == state]
    assert not [step.name for step in flow.steps if step_word(flow.kind, step.name) == step.name]
    assert step_word(flow.kind, "open") != "open"


def test_everything_noted_about_a_case_has_a_word():
    ours = ("foundation", "officials", "supervision", "tolerance", "assessments")
    texts = [path.read_text(encoding="utf-8") for app in ours for path in (ROOT / app).rglob("*.py")]
    calls = [call for text in texts for call in re.findall(r"\bnote\([^)]*?action=([^,)]*)", text)]
    codes = {code for call in calls for code in re.findall(r'"([a-z_]+)"', call)}
    assert {"remark", "paper_added", "issue_settled", "basis_changed", "basis_restored"} <= codes
    assert codes <= notes().keys()
    assert any_step_word("remark") == step_word("assessments.collection", "remark") == "审核意见"


def test_what_nobody_names_any_more_stands_for_itself():
    assert kind_word("gone") == "gone"
    assert state_word("gone", "left") == "left"
    assert any_step_word("never_named") == "never_named"
    assert degree_word("violet") == "violet"
    assert degree_word("red") != "red"
