"""Several words or clauses in one line, with the separator of the reader's language."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext


def words(items: Iterable[Any]) -> str:
    """`a, b, c`; in Chinese `a、b、c`."""
    return pgettext("between words of a list", ", ").join(map(str, items))


def clauses(items: Iterable[Any]) -> str:
    """`one; two`; in Chinese `一；二`."""
    return pgettext("between clauses of a list", "; ").join(map(str, items))
