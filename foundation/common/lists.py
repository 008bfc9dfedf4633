"""Several words or clauses in one line, with the separator of the reader's language."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext


def words(items: Iterable[Any], most: int | None = None) -> str:
    """`a, b, c`; in Chinese `a、b、c`. Of more than `most` the first ones, and that there are others."""
    return _joined(pgettext("between words of a list", ", "), items, most)


def clauses(items: Iterable[Any], most: int | None = None) -> str:
    """`one; two`; in Chinese `一；二`. Of more than `most` the first ones, and that there are others."""
    return _joined(pgettext("between clauses of a list", "; "), items, most)


def _joined(between: str, items: Iterable[Any], most: int | None) -> str:
    every = list(map(str, items))
    told = between.join(every[:most])
    return told if most is None or len(every) <= most else pgettext("a list", "%(items)s and others") % {"items": told}
