"""Reading what hangs on a case: each kind of effect says which rows it needs, and all are read in one statement.

A kind's `reads(subjects)` names queries made by `effect_rows`; kinds that need the same rows give the same name. `read_rows`
puts the rows into `subjects.known`, where the kind's `find` takes them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from .effect_kinds import EffectKind, Subjects


def effect_rows(query: QuerySet, *names: str, **columns) -> QuerySet:
    """Columns of a query as rows that are read together: `names` as they are called, `columns` by another name or expression.

    A row comes as a dictionary: days as ISO text (`day_of`). Exact decimals must be cast to text.
    """
    found = {name: F(name) for name in names}
    found |= {name: F(given) if isinstance(given, str) else given for name, given in columns.items()}
    return query.order_by().values(effect_row=JSONObject(**found))


def read_rows(subjects: Subjects, kinds: Iterable[EffectKind]) -> None:
    """Read what the kinds need and nothing has read yet for this question (1 query, none when all is known)."""
    wanted: dict[str, QuerySet] = {}
    for kind in kinds:
        wanted |= kind.reads(subjects)
    wanted = {name: query for name, query in wanted.items() if name not in subjects.known}
    if not wanted:
        return
    subjects.known.update({name: [] for name in wanted})
    first, *others = [query.annotate(effect_source=Value(name)) for name, query in wanted.items()]
    for row in first.union(*others, all=True):
        subjects.known[row["effect_source"]].append(row["effect_row"])


def rows_of(subjects: Subjects, name: str, *order: str) -> list[Mapping[str, Any]]:
    """Rows read under a name, by the columns of `order`; missing values come last."""
    return sorted(subjects.known[name], key=lambda row: [(row[one] is None, row[one]) for one in order])


def day_of(text: str | None) -> date | None:
    """A day of a row."""
    return date.fromisoformat(text) if text else None
