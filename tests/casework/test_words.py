"""Codes of cases in words, as auditors read them."""

import pytest

from foundation.casework.registry import kinds
from foundation.casework.words import any_step_word, degree_word, kind_word, state_word, step_word


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.flow.kind)
def test_every_kind_state_and_step_of_a_case_has_a_word(kind):
    flow = kind.flow
    assert kind_word(flow.kind) != flow.kind
    states = set(flow.initial) | {step.target for step in flow.steps}
    assert not [state for state in states if state_word(flow.kind, state) == state]
    assert not [step.name for step in flow.steps if step_word(flow.kind, step.name) == step.name]
    assert step_word(flow.kind, "open") != "open"


def test_what_nobody_names_any_more_stands_for_itself():
    assert kind_word("gone") == "gone"
    assert state_word("gone", "left") == "left"
    assert any_step_word("vanish") == "vanish"
    assert degree_word("violet") == "violet"
    assert degree_word("red") != "red"
