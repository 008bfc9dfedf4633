"""The law of reuse (重新使用) as the rulebook of a day states it, in the shape the pure rules take."""

from foundation.regulations.services.codes import code_label
from foundation.regulations.services.rulebook import Rulebook

from ..rules.reuse import CONDITIONS, HELD, MODES, RATED, VISITED, ReuseLaw

BELOW_COMPETENT = ("3", "3B", "4", "4B")
"""Codes of assess_zb18 that NC3 means by 基本称职以下."""


def reuse_law_of(book: Rulebook) -> ReuseLaw:
    """What the rulebook says of reuse. `book`: of a day since 3 March 2019, else `UnknownRule`."""
    bars = "NC3" in book.value(RATED)
    low = frozenset(code_label("assess_zb18", code, "zh-hans") for code in BELOW_COMPETENT) if bars else frozenset()
    cites = {rule_id: book.cite(rule_id) for rule_id in (MODES, CONDITIONS, RATED, VISITED, HELD) if rule_id in book}
    return ReuseLaw(tuple(book.value(MODES)), tuple(book.value(CONDITIONS)), low, cites)
