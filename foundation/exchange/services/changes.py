"""What an import changes, written down row by row while it is written, so that it can be taken back."""

import json
from collections import defaultdict
from decimal import Decimal

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField
from django.db.models.deletion import DO_NOTHING, ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError, Reason

from ..models import ImportChange

CHUNK = 2000


def snapshot(row) -> dict:
    """A row's stored values as JSON: numbers and days as text, bytes as hexadecimal.

    Columns that the database derives from others (`derived_columns` of the model) are left out.
    """
    values = {}
    derived = getattr(row, "derived_columns", ())
    for field in row._meta.concrete_fields:
        if field.name in derived:
            continue
        value = getattr(row, field.attname)
        if isinstance(field, BinaryField) and value is not None:
            value = bytes(value).hex()
        elif isinstance(value, Decimal):  # 8.7 in memory and 8.7000000000 from the table are the same figure
            value = f"{value.normalize():f}"
        elif value is not None and not isinstance(value, bool | int | str | list | dict):
            value = field.get_prep_value(value)
        values[field.attname] = value
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def _restored(field, value):
    if value is None:
        return None
    return bytes.fromhex(value) if isinstance(field, BinaryField) else field.to_python(value)


class Changes:
    """Collects what one import does. Everything an apply function writes goes through here."""

    def __init__(self, batch):
        self.batch = batch
        self.counts = {"created": 0, "updated": 0, "unchanged": 0}
        self._log = []

    def create(self, rows):
        """Insert new rows in bulk."""
        for start in range(0, len(rows), CHUNK):
            made = type(rows[0]).objects.bulk_create(rows[start : start + CHUNK])
            self._log += [
                ImportChange(batch=self.batch, model=r._meta.label, object_pk=r.pk, after=snapshot(r)) for r in made
            ]
        self.counts["created"] += len(rows)
        return rows

    def update(self, rows, before: dict[int, dict], fields):
        """Change existing rows in bulk; `before` has their snapshots by primary key."""
        if rows:
            type(rows[0]).objects.bulk_update(rows, fields, batch_size=CHUNK)
            self._log += [
                ImportChange(
                    batch=self.batch, model=r._meta.label, object_pk=r.pk, before=before[r.pk], after=snapshot(r)
                )
                for r in rows
            ]
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
        """Write the list of changes."""
        ImportChange.objects.bulk_create(self._log, batch_size=CHUNK)


def take_back(batch) -> dict[str, int]:
    """Restore what a batch changed, last change first. Raises DomainError when rows were changed since, or are in use."""
    grouped = defaultdict(list)
    for change in batch.changes.order_by("-pk"):
        grouped[change.model].append(change)
    conflicts = []
    loaded = {}
    for label, changes in grouped.items():
        model = apps.get_model(label)
        rows = model._base_manager.select_for_update(of=("self",)).in_bulk([change.object_pk for change in changes])
        loaded[label] = rows
        latest = {}
        for change in changes:
            latest.setdefault(change.object_pk, change)
        for key, change in latest.items():
            if key not in rows or _differs(snapshot(rows[key]), change.after):
                conflicts.append(
                    Reason("IMPORT_ROW_CHANGED", {"model": label, "pk": key}, text=str(rows.get(key, key)))
                )
    if conflicts:
        raise DomainError(
            "IMPORT_CHANGED_SINCE",
            _("%(count)d rows of this import were changed afterwards, so it cannot be undone. Correct them one by one.")
            % {"count": len(conflicts)},
            conflicts,
        )
    counts = {"removed": 0, "restored": 0}
    # what was made last goes first; that a row was changed later than others were made must not bring it forward
    made = {label: [c for c in changes if c.before is None] for label, changes in grouped.items()}
    order = sorted((label for label in made if made[label]), key=lambda label: -made[label][0].pk)
    # Rows that nothing points to go before anything is restored: a rank that ends an earlier one must not stand beside
    # it. Others only afterwards: what is restored may still point to them.
    leaves = [label for label in order if _is_leaf(apps.get_model(label))]
    for label in leaves:
        _remove(apps.get_model(label), [change.object_pk for change in made[label]], counts)
    for label, changes in grouped.items():
        model = apps.get_model(label)
        _restore(model, [c for c in changes if c.before is not None], loaded[label], counts)
    for label in (label for label in order if label not in leaves):
        _remove(apps.get_model(label), [change.object_pk for change in made[label]], counts)
    return counts


def _is_leaf(model) -> bool:
    """Does no foreign key of a table of facts point to the model? (Rows of history do, and are not asked.)"""
    return all(relation.on_delete is DO_NOTHING for relation in model._meta.related_objects)


def _differs(now: dict, then: dict) -> bool:
    """Does a row differ from what was written down? Columns that came with a later release are not compared."""
    return any(now.get(name) != value for name, value in then.items())


def _restore(model, changes, rows, counts):
    changed = {name for c in changes for name, value in c.before.items() if c.after.get(name) != value}
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and field.attname in changed]
    if not fields:
        return
    for change in changes:
        for field in fields:
            if field.attname in change.before:
                setattr(rows[change.object_pk], field.attname, _restored(field, change.before[field.attname]))
    if changes:
        touched = list({change.object_pk: rows[change.object_pk] for change in changes}.values())
        model._base_manager.bulk_update(touched, [field.name for field in fields], batch_size=CHUNK)
        counts["restored"] += len(touched)


def _remove(model, keys, counts):
    try:
        model._base_manager.filter(pk__in=keys).delete()
    except (ProtectedError, RestrictedError) as error:
        raise DomainError(
            "IMPORT_IN_USE",
            _("Other records already rest on rows of this import. Undo those imports first, the last one first."),
        ) from error
    counts["removed"] += len(keys)
