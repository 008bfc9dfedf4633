"""Words for what the pure rules of this room refuse."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.common.lists import words

from ..rules.values import ValueRefused

_REFUSALS = {
    "not_a_decimal": _("“%(value)s” is not an exact number."),
    "not_an_integer": _("“%(value)s” is not a whole number."),
    "not_a_boolean": _("“%(value)s” is neither yes nor no."),
    "not_a_text": _("A word is missing."),
    "not_a_record": _("“%(value)s” is not a record of named entries."),
    "not_a_list": _("“%(value)s” is not a list."),
    "not_a_table": _("“%(value)s” is not a table of named entries."),
    "below_minimum": _("%(value)s is less than the least value, %(minimum)s."),
    "above_maximum": _("%(value)s is more than the greatest value, %(maximum)s."),
    "not_a_choice": _("“%(value)s” is none of the allowed words: %(choices)s."),
    "wrong_keys": _("The entries %(value)s should be exactly %(keys)s."),
    "wrong_type": _("The entry %(where)s has the wrong type: “%(value)s”."),
    "not_in_force": _("The rule is not in force on %(on)s, so there is nothing to set."),
}


def refusal_text(refused: ValueRefused, word: Callable[[Any], str] = str) -> str:
    """What is wrong with a value, in the reader's language; `word` names its codes."""
    facts = {
        name: words(map(word, fact)) if isinstance(fact, list | tuple) else word(fact)
        for name, fact in refused.facts.items()
    }
    return _REFUSALS[refused.code] % facts
