"""Values of rules in words."""

import re
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from foundation.common.lists import clauses

from ..choices import Unit
from ..rules.values import typed
from ..services.codes import codes

register = template.Library()
NUMBER = re.compile(r"-?\d+(\.\d+)?")
UNITS_WITHOUT_WORD = {Unit.WORD, Unit.FLAG, Unit.TABLE, Unit.SHARE}


@register.filter
def about(rule) -> str:
    """What a rule is about, in the reader's language."""
    return rule.about_en if (get_language() or "zh").startswith("en") else rule.about_zh


@register.filter
def note(value) -> str:
    """The note on the source of a value, in the reader's language."""
    return value.note_en if (get_language() or "zh").startswith("en") else value.note_zh


@register.simple_tag
def rule_value(rule, stored: Any) -> str:
    """A stored value of a rule with its unit, as a clerk reads it."""
    return value_text(typed(rule.value_type, stored), rule.unit, (*rule.words, "rule_word"))


def value_text(value: Any, unit: str, tables: tuple[str, ...]) -> str:
    """Shares as per cent, words by their label, tables entry by entry, the unit behind a number."""
    if value is None:
        return gettext("repealed")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dict):
        entries = (f"{label_of(key, tables)} {_inside(entry, unit, tables)}" for key, entry in value.items())
        return " · ".join(entries)
    if isinstance(value, list):
        entries = [_inside(entry, unit, tables) for entry in value]
        return "\n".join(entries) if any(isinstance(entry, dict) for entry in value) else clauses(entries)
    if unit == Unit.SHARE and NUMBER.fullmatch(str(value)):
        return f"{format((Decimal(str(value)) * 100).normalize() + 0, 'f')} %"
    if unit in UNITS_WITHOUT_WORD:
        return label_of(value, tables)
    return f"{label_of(value, tables)} {Unit(unit).label}"


def _inside(value: Any, unit: str, tables: tuple[str, ...]) -> str:
    """An entry of a table or list: shares stay shares, other entries are bare, words in a list stand close together."""
    if isinstance(value, list) and not any(isinstance(entry, dict | list) for entry in value):
        return " / ".join(label_of(entry, tables) for entry in value)
    return value_text(value, unit if unit == Unit.SHARE else Unit.TABLE, tables)


def label_of(word: Any, tables: tuple[str, ...]) -> str:
    """Label of a word in the first of the code tables that has it; numbers and words of no table stand for themselves."""
    if not isinstance(word, str):
        return str(word)
    row = next((rows[word] for rows in map(codes, tables) if word in rows), None)
    return row.label() if row else word
