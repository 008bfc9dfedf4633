"""Values of rules in words."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from ..choices import Unit
from ..services.codes import code_label
from ..services.rulebook import RuleAt

register = template.Library()
UNITS_WITHOUT_WORD = {Unit.WORD, Unit.FLAG, Unit.TABLE, Unit.SHARE}


@register.filter
def about(rule) -> str:
    """What a rule is about, in the reader's language."""
    return rule.about_en if (get_language() or "zh").startswith("en") else rule.about_zh


@register.filter
def in_words(at: RuleAt) -> str:
    """A rule's value with its unit, as a clerk reads it."""
    return value_text(at.value, at.unit)


@register.filter
def stored_in_words(stored: Any, unit: str) -> str:
    """The same for a stored value (JSON): of a history row."""
    return value_text(stored, unit)


def value_text(value: Any, unit: str) -> str:
    """Shares as per cent, words by their label, tables entry by entry, the unit behind a number."""
    if value is None:
        return gettext("repealed")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dict):
        return " · ".join(f"{_word(key)} {value_text(entry, _inner(unit))}" for key, entry in value.items())
    if isinstance(value, list):
        return "; ".join(value_text(entry, _inner(unit)) for entry in value)
    if unit == Unit.SHARE:
        return f"{format((Decimal(str(value)) * 100).normalize() + 0, 'f')} %"
    if unit in UNITS_WITHOUT_WORD:
        return _word(value)
    return f"{_word(value)} {Unit(unit).label}"


def _inner(unit: str) -> str:
    """Entries of a table of shares are shares; of other tables they are bare, the unit stands once in its column."""
    return unit if unit == Unit.SHARE else Unit.TABLE


def _word(value: Any) -> str:
    return code_label("rule_word", value) if isinstance(value, str) else str(value)
