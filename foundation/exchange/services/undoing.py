"""An applied import taken back, from what it wrote down row by row; in parts, so that a large one needs little memory."""

from itertools import groupby
from operator import attrgetter

from django.apps import apps
from django.db.models import BinaryField, Max, Q
from django.db.models.deletion import DO_NOTHING, ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError, Reason

from ..progress import PART, SILENT, parts_of
from .changes import snapshot


def take_back(batch, meter=SILENT) -> dict[str, int]:
    """Restore what a batch changed, last change first. Raises DomainError when rows were changed since, or are in use."""
    last_made = Max("pk", filter=Q(before__isnull=True))
    labels = dict(batch.changes.values("model").annotate(made=last_made).order_by("model").values_list("model", "made"))
    steps = _Steps(meter, batch.changes.count())
    _refuse_changed(batch, labels, steps)
    counts = {"removed": 0, "restored": 0}
    # what was made last goes first; that a row was changed later than others were made must not bring it forward
    order = sorted((label for label, made in labels.items() if made), key=lambda label: -labels[label])
    # Rows that nothing points to go before anything is restored: a rank that ends an earlier one must not stand beside
    # it. Others only afterwards: what is restored may still point to them.
    leaves = [label for label in order if _is_leaf(apps.get_model(label))]
    for label in leaves:
        _remove(batch, label, counts, steps)
    for label in labels:
        _restore(batch, label, counts, steps)
    for label in (label for label in order if label not in leaves):
        _remove(batch, label, counts, steps)
    return counts


class _Steps:
    """Every written change is looked at once, and taken back once."""

    def __init__(self, meter, changes: int) -> None:
        self.meter, self.total, self.done = meter, 2 * changes, 0

    def add(self, changes: int) -> None:
        self.done += changes
        self.meter.tell(self.done, self.total)


def _by_object(changes):
    """Parts of the changes: object → its changes, the last one first."""
    found = changes.order_by("object_pk", "-pk").iterator(PART)
    grouped = ((key, list(mine)) for key, mine in groupby(found, attrgetter("object_pk")))
    for part in parts_of(grouped):
        yield dict(part)


def _rows(model, keys):
    return model._base_manager.select_for_update(of=("self",)).in_bulk(keys)


def _refuse_changed(batch, labels, steps):
    conflicts = []
    for label in labels:
        model = apps.get_model(label)
        for part in _by_object(batch.changes.filter(model=label)):
            rows = _rows(model, part)
            for key, (latest, *_earlier) in part.items():
                if key not in rows or _differs(snapshot(rows[key]), latest.after):
                    facts = {"model": label, "pk": key}
                    conflicts.append(Reason("IMPORT_ROW_CHANGED", facts, text=str(rows.get(key, key))))
            steps.add(sum(map(len, part.values())))
    if conflicts:
        raise DomainError(
            "IMPORT_CHANGED_SINCE",
            _("%(count)d rows of this import were changed afterwards, so it cannot be undone. Correct them one by one.")
            % {"count": len(conflicts)},
            conflicts,
        )


def _is_leaf(model) -> bool:
    """Does no foreign key of a table of facts point to the model? (Rows of history do, and are not asked.)"""
    return all(relation.on_delete is DO_NOTHING for relation in model._meta.related_objects)


def _differs(now: dict, then: dict) -> bool:
    """Does a row differ from what was written down? Columns that came with a later release are not compared."""
    return any(now.get(name) != value for name, value in then.items())


def _restored(field, value):
    if value is None:
        return None
    return bytes.fromhex(value) if isinstance(field, BinaryField) else field.to_python(value)


def _restore(batch, label, counts, steps):
    model = apps.get_model(label)
    for part in _by_object(batch.changes.filter(model=label, before__isnull=False)):
        changes = [change for mine in part.values() for change in mine]
        changed = {name for c in changes for name, value in c.before.items() if c.after.get(name) != value}
        fields = [field for field in model._meta.concrete_fields if not field.primary_key and field.attname in changed]
        steps.add(len(changes))
        if not fields:
            continue
        rows = _rows(model, part)
        for change in changes:
            for field in fields:
                if field.attname in change.before:
                    setattr(rows[change.object_pk], field.attname, _restored(field, change.before[field.attname]))
        model._base_manager.bulk_update(rows.values(), [field.name for field in fields])
        counts["restored"] += len(rows)


def _remove(batch, label, counts, steps):
    made = batch.changes.filter(model=label, before__isnull=True)
    for keys in parts_of(made.order_by("-pk").values_list("object_pk", flat=True).iterator(PART)):
        try:
            apps.get_model(label)._base_manager.filter(pk__in=keys).delete()
        except (ProtectedError, RestrictedError) as error:
            raise DomainError(
                "IMPORT_IN_USE",
                _("Other records already rest on rows of this import. Undo those imports first, the last one first."),
            ) from error
        counts["removed"] += len(keys)
        steps.add(len(keys))
