"""Row history for readers: what a row was before and after each change, who did it, during which request."""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from .catalog import tables_with_rows
from .registry import event_models

OWN_FIELDS = frozenset({"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context", "pgh_context_id", "xact"})


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """One event of one row with the fields that differ from the event before."""

    event: object
    fields: tuple[FieldChange, ...]
    called: str = ""
    """By what people know the row; empty where nothing names it."""

    @property
    def model_label(self) -> str:
        """The tracked model, as `app.Model`."""
        return self.event.pgh_tracked_model._meta.label

    @property
    def model_name(self) -> str:
        """The tracked model in the reader's language."""
        return str(self.event.pgh_tracked_model._meta.verbose_name)

    @property
    def key(self) -> str:
        """Primary key of the row."""
        return str(self.event.pgh_obj_id)

    @property
    def context(self) -> dict:
        """User number, request, page or task; empty for what came from outside the application."""
        return self.event.pgh_context or {}


NAMED_BY = ("name", "display_name", "title", "number", "case_no")
"""Columns by which people know a row, the first that its table has."""


def tracked_model(label: str):
    """The event model of `app.Model` (any case); None when that model has no history."""
    wanted = label.lower()
    return next((m for m in event_models() if m.pgh_tracked_model._meta.label_lower == wanted), None)


def history_of(event_model, key, *, before=None, limit=50) -> list[RowChange]:
    """Events of one row, latest first, from below the event number `before`."""
    return _told(_compared(event_model, _page(event_model.objects.filter(pgh_obj_id=key), before, limit)))


def latest(event_model, *, before=None, limit=50) -> list[RowChange]:
    """Latest events of a whole table, from below the event number `before`."""
    return _told(_compared(event_model, _page(event_model.objects.all(), before, limit)))


def changes_of_transaction(xact: int, *, limit=200) -> list[RowChange]:
    """Rows that a transaction changed, table by table, at most `limit` of them."""
    models = {model._meta.db_table: model for model in event_models()}
    with connection.cursor() as cursor:
        touched = tables_with_rows(cursor, models, xact, xact + 1)
    read, left = [], limit
    for table in sorted(touched):
        if left:
            events = _with_earlier(models[table].objects.filter(xact=xact)).order_by("pgh_id")[:left]
            read.append(_compared(models[table], list(events)))
            left -= len(read[-1])
    return _told([pair for pairs in read for pair in pairs])


def _page(events, before, limit) -> list:
    if before is not None:
        events = events.filter(pgh_id__lt=before)
    return list(_with_earlier(events).order_by("-pgh_id")[:limit])


def _with_earlier(events):
    """Events with the number of the one before each of the same row, `earlier`."""
    others = events.model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    return events.annotate(earlier=Subquery(others.order_by("-pgh_id").values("pgh_id")[:1]))


def _compared(event_model, events) -> list[tuple]:
    """Each event of a table with the one before it of the same row (1 query)."""
    rows = event_model.objects.in_bulk([event.earlier for event in events if event.earlier])
    return [(event, rows.get(event.earlier)) for event in events]


def _told(pairs) -> list[RowChange]:
    """What differs between events and those before them, with the names of the rows they point to."""
    names = _names([event for pair in pairs for event in pair if event is not None])
    return [RowChange(event, _differences(event, earlier, names), _called(event, names)) for event, earlier in pairs]


def _called(event, names) -> str:
    """The row's own name, else those of the rows it belongs to."""
    own = next((str(value) for name in NAMED_BY if (value := getattr(event, name, ""))), "")
    others = (names.get(f.related_model, {}).get(str(getattr(event, f.attname))) for f in _pointing(event))
    return own or " · ".join(dict.fromkeys(filter(None, others)))


def _pointing(event) -> list:
    return [f for f in event._meta.concrete_fields if f.name not in OWN_FIELDS and f.related_model]


def _names(events) -> dict[type, dict[str, str]]:
    """Names of the rows that columns point to, by model and key (1 query for all tables)."""
    wanted = defaultdict(set)
    for event in events:
        for field in _pointing(event):
            wanted[field.related_model].add(getattr(event, field.attname))
    models, parts = {}, []
    for model, keys in wanted.items():
        columns = {field.name for field in model._meta.concrete_fields}
        column = next((name for name in NAMED_BY if name in columns), None)
        if column and (known := keys - {None}):
            models[len(models)] = model
            rows = model._base_manager.filter(pk__in=known).order_by()
            parts.append(
                rows.annotate(
                    at=Value(len(models) - 1), key=Cast("pk", TextField()), called=Cast(column, TextField())
                ).values_list("at", "key", "called")
            )
    found: dict[type, dict[str, str]] = defaultdict(dict)
    for at, key, called in parts[0].union(*parts[1:], all=True) if parts else ():
        found[models[at]][key] = called
    return found


def _differences(event, earlier, names) -> tuple[FieldChange, ...]:
    """Fields that changed; all filled ones where there is nothing to compare with or the row was deleted."""
    found = []
    for field in event._meta.concrete_fields:
        if field.name in OWN_FIELDS:
            continue
        known = names.get(field.related_model, {})
        new = _words(field, event, known)
        old = _words(field, earlier, known) if earlier is not None else ""
        if event.pgh_label == "delete":
            old, new = new, ""
        if old != new:
            found.append(FieldChange(_label(event, field), old, new))
    return tuple(found)


def _label(event, field) -> str:
    return str(event.pgh_tracked_model._meta.get_field(field.name).verbose_name)


def _words(field, event, known) -> str:
    value = getattr(event, field.attname)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if known.get(str(value)):
        return f"{known[str(value)]} ({value})"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return str(value)
