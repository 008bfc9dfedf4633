"""Every kind of object that an entry names has a word for auditors."""

import ast

import pytest
from django.utils.translation import override

from foundation.audit.targets import kind_label
from foundation.casework.registry import kinds

from .tree import modules

pytestmark = pytest.mark.unit


def recorded_kinds() -> set[str]:
    """Kinds that calls of `record` name in so many words, and the kinds of cases."""
    calls = (node for _path, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (word.value for call in calls if _is_record(call) for word in call.keywords if word.arg == "target_kind")
    written = {value.value for value in named if isinstance(value, ast.Constant)}
    return written | {kind.flow.kind for kind in kinds()}


def _is_record(call: ast.Call) -> bool:
    return getattr(call.func, "id", getattr(call.func, "attr", "")).lstrip("_").startswith("record")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_kind_has_a_word_of_its_own(language):
    with override(language):
        words = {kind: kind_label(kind) for kind in recorded_kinds()}
    assert len(words) > 10
    assert [kind for kind, word in words.items() if word == kind] == []
    assert len(set(words.values())) == len(words)


def test_what_exists_no_more_keeps_its_code():
    assert [kind_label(kind) for kind in ("rewards.gone", "gone", "")] == ["rewards.gone", "gone", ""]
