"""Situations worked by hand: `situations/*.yaml`, and the rulebook as the rule files state it, without a database.

Every situation has an `id`, the `rules` it tests, where it stands (`cite`) and how its figures were `worked`. Days are written
2025-03-15; an absent key is what the rule takes for granted.
"""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from foundation.common.results import Cite
from foundation.regulations.imports import rule_files
from foundation.regulations.rules.resolve import value_on
from foundation.regulations.rules.values import typed
from foundation.regulations.services.rulebook import RuleAt, Rulebook

FOLDER = Path(__file__).parent / "situations"


def read(name: str) -> list[dict]:
    """The situations of one file; a situation without its source, or with an id used twice, is refused."""
    found = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    for one in found:
        assert {"id", "rules", "cite", "worked", "expect"} <= set(one), one
    assert len({one["id"] for one in found}) == len(found)
    return found


def situations(name: str):
    """As parameters of a test, each marked with the rules it tests."""
    return [
        pytest.param(one, id=one["id"], marks=[pytest.mark.rule(rule_id) for rule_id in one["rules"]])
        for one in read(name)
    ]


@cache
def entries():
    """Every rule of the rule files."""
    return tuple(rule_files.read_folder())


@cache
def book_of_files(on: date) -> Rulebook:
    """The rulebook of a day as the files state it."""
    found = {}
    for entry in entries():
        fact = value_on(entry.values, on)
        if fact is not None:
            value = typed(entry.shape.value_type, fact.value)
            cite = Cite(fact.law, fact.article, fact.confidence)
            found[entry.code] = RuleAt(
                entry.code, value, fact.value, entry.unit, cite, fact.confidence, fact.starts_on, False
            )
    return Rulebook(on, "", found)
