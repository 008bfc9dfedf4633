"""Querysets whose SQL text is built once: for those on every page, where building takes longer than the database needs."""

from collections.abc import Callable
from copy import copy
from functools import cache

from django.db import connections
from django.db.models import QuerySet

PLACE = -8_472_936_150
"""Stands for the value while the text is built; a number that nothing is keyed by."""


def compiled(build: Callable[[int], QuerySet]) -> Callable[[int], list]:
    """A function that fetches the rows of `build(value)`; `build` runs once and filters by the value in one place.

    Only the text is kept: rows are fetched on every call, on the connection of the caller. Raises ValueError when the
    value stands nowhere or more than once in the statement.
    """

    @cache
    def statement():
        rows = build(PLACE)
        compiler = rows.query.get_compiler(rows.db)
        text, values = compiler.as_sql()
        if values.count(PLACE) != 1:
            raise ValueError(f"The value stands {values.count(PLACE)} times in: {text}")
        return rows, compiler, text, values

    def fetch(value: int) -> list:
        rows, compiler, text, values = statement()
        given = tuple(value if known == PLACE else known for known in values)
        ready, query = copy(compiler), copy(rows.query)
        ready.query, ready.connection = query, connections[rows.db]
        ready.as_sql = lambda *_args, **_kwargs: (text, given)
        query.get_compiler = lambda *_args, **_kwargs: ready
        return list(type(rows)(rows.model, query=query, using=rows.db))

    return fetch
