"""Row history for readers: what a row was before and after each change, who did it, during which request."""

import datetime as dt
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import OuterRef, Subquery
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
    return _explain(event_model, _page(event_model.objects.filter(pgh_obj_id=key), before, limit))


def latest(event_model, *, before=None, limit=50) -> list[RowChange]:
    """Latest events of a whole table, from below the event number `before`."""
    return _explain(event_model, _page(event_model.objects.all(), before, limit))


def changes_of_transaction(xact: int, *, limit=200) -> list[RowChange]:
    """Rows that a transaction changed, table by table, at most `limit` of them."""
    models = {model._meta.db_table: model for model in event_models()}
    with connection.cursor() as cursor:
        touched = tables_with_rows(cursor, models, xact, xact + 1)
    found = []
    for table in sorted(touched):
        if len(found) < limit:
            events = _with_earlier(models[table].objects.filter(xact=xact))
            events = events.order_by("pgh_id")[: limit - len(found)]
            found += _explain(models[table], list(events), named=False)  # many tables: keys keep the page quick
    return found


def _page(events, before, limit) -> list:
    if before is not None:
        events = events.filter(pgh_id__lt=before)
    return list(_with_earlier(events).order_by("-pgh_id")[:limit])


def _with_earlier(events):
    """Events with the number of the one before each of the same row, `earlier`."""
    others = events.model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    return events.annotate(earlier=Subquery(others.order_by("-pgh_id").values("pgh_id")[:1]))


def _explain(event_model, events, named=True) -> list[RowChange]:
    """Compare each event with the one before it of the same row: one statement for the whole page, names beside."""
    rows = event_model.objects.in_bulk([event.earlier for event in events if event.earlier])
    names = _names(event_model, [*events, *rows.values()]) if named else {}
    return [RowChange(event, _differences(event, rows.get(event.earlier), names)) for event in events]


def _names(event_model, events) -> dict[str, dict]:
    """Names of the rows that columns point to, by column and key (a query for each table pointed to)."""
    pointing = [f for f in event_model._meta.concrete_fields if f.name not in OWN_FIELDS and f.related_model]
    wanted = {}
    for field in pointing:
        keys = wanted.setdefault(field.related_model, set())
        keys |= {getattr(event, field.attname) for event in events} - {None}
    found = {}
    for model, keys in wanted.items():
        columns = {field.name for field in model._meta.concrete_fields}
        column = next((name for name in NAMED_BY if name in columns), None)
        if column and keys:
            found[model] = dict(model._base_manager.filter(pk__in=keys).values_list("pk", column))
    return {field.name: found.get(field.related_model, {}) for field in pointing}


def _differences(event, earlier, names) -> tuple[FieldChange, ...]:
    """Fields that changed; all filled ones where there is nothing to compare with or the row was deleted."""
    found = []
    for field in event._meta.concrete_fields:
        if field.name in OWN_FIELDS:
            continue
        known = names.get(field.name, {})
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
    if known and known.get(value):
        return f"{known[value]} ({value})"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return str(value)
