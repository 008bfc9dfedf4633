"""What an import changes, written down row by row while it is written, so that it can be taken back."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, CharField

from foundation.common.copying import JsonText, copy_new, copy_rows, copy_values

from ..models import ImportChange
from ..progress import parts_of

CHUNK = 2000


def snapshot(row) -> dict:
    """A row's stored values as JSON: numbers and days as text, bytes as hexadecimal.

    Columns that the database derives from others (`derived_columns` of the model) are left out.
    """
    values = {}
    for name, field in _snapped(type(row)):
        value = getattr(row, name)
        values[name] = value if value is None or type(value) in (str, int, bool) else _as_json(field, value)
    return values


@cache
def _snapped(model) -> tuple[tuple, ...]:
    derived = getattr(model, "derived_columns", ())
    return tuple((field.attname, field) for field in model._meta.concrete_fields if field.name not in derived)


def _as_json(field, value):
    """A value that JSON does not have, or that must not be shared with the row."""
    if isinstance(field, BinaryField):
        return bytes(value).hex()
    if isinstance(value, Decimal):  # 8.7 in memory and 8.7000000000 from the table are the same figure
        return f"{value.normalize():f}"
    if type(value) is date:
        return value.isoformat()
    if not isinstance(value, str | list | dict):
        value = field.get_prep_value(value)
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


_quoted = json.JSONEncoder(ensure_ascii=False).encode
_text = json.encoder.encode_basestring


def _writer(field) -> Callable[[Any], str]:
    """What writes values of the field, other than null, as JSON."""

    def write(value) -> str:
        if type(value) is str:
            return _text(value)
        if type(value) is date:
            return f'"{value.isoformat()}"'
        return _quoted(value if type(value) in (int, bool) else _as_json(field, value))

    if isinstance(field, BinaryField):
        return lambda value: f'"{bytes(value).hex()}"'
    if isinstance(field, ArrayField) and isinstance(field.base_field, CharField):
        return _quoted
    return write


class Snapshots:
    """Snapshots of new rows of a model that name some columns, as JSON; the other columns have the model's defaults."""

    def __init__(self, model, names) -> None:
        blank = snapshot(model())
        fields = dict(_snapped(model))
        self._named = [(name, _writer(fields[name]), f', "{name}": ') for name in sorted(names) if name in fields]
        self._key = model._meta.pk.attname
        known = {name for name, _field, _lead in self._named} | {self._key}
        self._fixed = {name: _quoted(value) for name, value in blank.items()}
        self._tail = "".join(f', "{name}": {text}' for name, text in self._fixed.items() if name not in known) + "}"

    def of(self, key: int, values: dict) -> JsonText:
        """The snapshot of a row with this key and these values."""
        parts = [f'{{"{self._key}": {key}']
        for name, write, lead in self._named:
            value = values.get(name, self)
            parts += lead, self._fixed[name] if value is self else "null" if value is None else write(value)
        parts.append(self._tail)
        return JsonText("".join(parts))


class Changes:
    """Collects what one import does. Everything an apply function writes goes through here.

    `kept` is what an apply function must know of the parts it wrote before.
    """

    def __init__(self, batch):
        self.batch = batch
        self.counts = {"created": 0, "updated": 0, "unchanged": 0}
        self.kept = {}
        self._log = []

    def create(self, rows):
        """Insert new rows in bulk."""
        for start in range(0, len(rows), CHUNK):
            made = copy_rows(rows[start : start + CHUNK])
            self._log += [(self.batch.pk, r._meta.label, r.pk, None, snapshot(r)) for r in made]
        self.counts["created"] += len(rows)
        return rows

    def insert(self, model, rows: list[dict]) -> list[int]:
        """Insert new rows given by the values of their columns (attribute names); returns their keys. Faster than `create`.

        No column that the database fills may belong to the snapshot (`derived_columns`).
        """
        keys = copy_new(model, rows)
        written = Snapshots(model, {name for row in rows for name in row}) if rows else None
        label = model._meta.label
        self._log += [
            (self.batch.pk, label, key, None, written.of(key, row)) for key, row in zip(keys, rows, strict=True)
        ]
        self.counts["created"] += len(rows)
        return keys

    def update(self, rows, before: dict[int, dict], fields):
        """Change existing rows in bulk; `before` has their snapshots by primary key."""
        if rows:
            type(rows[0]).objects.bulk_update(rows, fields, batch_size=CHUNK)
            self._log += [(self.batch.pk, r._meta.label, r.pk, before[r.pk], snapshot(r)) for r in rows]
        self.counts["updated"] += len(rows)
        return rows

    def merge(self, model, existing: dict, wanted: dict) -> dict:
        """Bring stored rows to what is wanted: create what is missing, change what differs, leave the rest.

        `existing` maps a natural key to a row, `wanted` maps it to the values by field (all the model's values that
        make it up). Returns the rows by key.
        """
        created, updated, before = [], [], {}
        kept = {}
        for key, values in wanted.items():
            row = existing.get(key)
            if row is None:
                row = model(**values)
                created.append(row)
            else:
                old = snapshot(row)
                for name, value in values.items():
                    setattr(row, name, value)
                if snapshot(row) != old:
                    before[row.pk] = old
                    updated.append(row)
                else:
                    self.counts["unchanged"] += 1
            kept[key] = row
        if created:
            self.create(created)
        if updated:
            names = sorted({name for values in wanted.values() for name in values} - {"pk", "id"})
            self.update(updated, before, names)
        return kept

    def save(self):
        """Write the list of changes down and begin a new one."""
        for part in parts_of(self._log):
            copy_values(ImportChange, ("batch_id", "model", "object_pk", "before", "after"), part)
        self._log = []
