"""Pages of the roster by the key of their last line: the thousandth page costs what the second costs."""

import base64
import binascii
import json
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from ..search_functions import known_date

SORTS = {
    "team": ("org_path", "team_order", "sort_key", "id"),
    "name": ("sort_key", "id"),
    "birth": ("birth_key", "id"),
    "post_on": ("post_key", "id"),
    "rank_on": ("rank_key", "id"),
    "place": ("place", "id"),
    "team_then": ("path_then", "order_then", "sort_key", "id"),
}
NUMBERS = {"id", "team_order", "place", "order_then"}
KEYS = {"birth_key": "birth_on", "post_key": "post_on", "rank_key": "rank_on"}


@dataclass
class KeyedPage:
    """One page: its lines, and where the next and the one before begin (empty when there is none)."""

    rows: list = field(default_factory=list)
    next_cursor: str = ""
    previous_cursor: str = ""


def page_of(rows: QuerySet, *, sort: str, size: int, cursor: str, lines: QuerySet | None = None) -> KeyedPage:
    """A page of lines (1 query). `rows` are of `values()`; a cursor that no page gave out means the first page.

    `lines`: the same lines without any condition. Then only the keys of the page are looked for among `rows`, which an
    index that holds the asked columns answers by itself, and the lines are fetched by their keys.
    """
    descending, names = sort.startswith("-"), SORTS[sort.lstrip("-")]
    keys = {key: known_date(KEYS[key]) for key in names if key in KEYS}
    rows = rows.annotate(**keys)
    backwards, values = _opened(cursor, names)
    down = descending != backwards
    if values:
        beyond = TupleLessThan if down else TupleGreaterThan
        rows = rows.filter(beyond(Tuple(*map(F, names)), values))
    order = [f"-{name}" if down else name for name in names]
    if lines is None:
        found = list(rows.order_by(*order)[: size + 1])
    else:
        chosen = rows.order_by(*order).values("pk")[: size + 1]
        found = list(lines.annotate(**keys).filter(pk__in=chosen).order_by(*order))
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    page = KeyedPage(found)
    if found and (more or backwards):
        page.next_cursor = _closed("n", found[-1], names)
    if found and (more if backwards else bool(values)):
        page.previous_cursor = _closed("p", found[0], names)
    return page


def _closed(way: str, row: dict, names) -> str:
    values = [row[name].isoformat() if isinstance(row[name], date) else row[name] for name in names]
    text = json.dumps([way, *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _opened(cursor: str, names) -> tuple[bool, tuple]:
    """Backwards? And the values of the line that the page begins beyond; none for a text that no page gave out."""
    if not cursor or len(cursor) > 600:
        return False, ()
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        way, *given = json.loads(text)
        values = tuple(_value(name, value) for name, value in zip(names, given, strict=True))
    except (ValueError, TypeError, binascii.Error):
        return False, ()
    return way == "p", values


def _value(name: str, value):
    if name in NUMBERS:
        if not 0 <= int(value) < 2**31:
            raise ValueError(name)
        return int(value)
    if name in KEYS:
        return date.fromisoformat(value)
    if "\0" in str(value):
        raise ValueError(name)
    return str(value)
