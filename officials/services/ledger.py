"""The pen of an act: writes rows, and keeps what each was before and is after, so that the act can be shown and undone."""

from collections import defaultdict

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError, Reason
from foundation.exchange.services.changes import snapshot
from foundation.organizations.models import Organization
from foundation.organizations.services import tree


class Ledger:
    """Rows written by one act, in order: `{model, pk, before, after}` with the changed fields alone, `before` None for

    rows that it made; `moved` has the paths of subtrees, old and new.
    """

    def __init__(self):
        self.rows: list[dict] = []
        self.moved: list[tuple[str, str]] = []

    def as_data(self) -> dict:
        """What is stored with the act."""
        return {"rows": self.rows, "moved": [list(pair) for pair in self.moved]}

    def create(self, row):
        """Insert one row."""
        return self.create_all([row])[0]

    def create_all(self, rows: list) -> list:
        """Insert rows of one model in one statement."""
        if rows:
            type(rows[0]).objects.bulk_create(rows)
            self.rows += [self._entry(row, None, snapshot(row)) for row in rows]
        return rows

    def change(self, row, **values):
        """Change fields of one row."""
        self.change_all([row], [values])

    def change_all(self, rows: list, values: list[dict]):
        """Change rows of one model in one statement; what stays the same is not written down."""
        names = sorted({name for each in values for name in each})
        touched = []
        for row, each in zip(rows, values, strict=True):
            old = snapshot(row)
            for name, value in each.items():
                setattr(row, name, value)
            new = snapshot(row)
            changed = [name for name, value in new.items() if value != old[name]]
            if changed:
                touched.append(row)
                self.rows.append(self._entry(row, *({name: side[name] for name in changed} for side in (old, new))))
        if touched:
            type(touched[0])._base_manager.bulk_update(touched, names)

    def relocate(self, pairs: list[tuple[str, str]]):
        """Move subtrees in one statement."""
        tree.relocate(pairs)
        self.moved += pairs

    @staticmethod
    def _entry(row, before, after) -> dict:
        return {"model": row._meta.label, "pk": row.pk, "before": before, "after": after}


def take_back(changes: dict) -> None:
    """Restore what an act changed. Raises DomainError when a row was changed since, or other records rest on it."""
    rows = _loaded(changes)
    _refuse_changed(changes, rows)
    moved = [(new, old) for old, new in changes["moved"]]
    try:
        with transaction.atomic():
            for width in sorted({len(new) for new, _old in moved}):
                tree.relocate([pair for pair in moved if len(pair[0]) == width])
            _judge_main_posts("DEFERRED")  # on the way back old and new spells touch
            _restore(changes, rows)
            _remove(changes)
            _judge_main_posts("IMMEDIATE")
    except (ProtectedError, RestrictedError, IntegrityError) as error:
        raise DomainError(
            "ACT_IN_USE",
            _("Other records rest on this act by now, so it cannot be undone. Correct it by a new act."),
        ) from error


def _judge_main_posts(when: str):
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS no_two_main_posts_at_once {when}")


def _loaded(changes) -> dict:
    keys = defaultdict(set)
    for entry in changes["rows"]:
        keys[entry["model"]].add(entry["pk"])
    return {
        label: apps.get_model(label)._base_manager.select_for_update(of=("self",)).in_bulk(found)
        for label, found in keys.items()
    }


def _latest(changes) -> dict:
    """The last known values of every row: fields that were written more than once count as they were left."""
    found = defaultdict(dict)
    for entry in changes["rows"]:
        found[entry["model"], entry["pk"]].update(entry["after"])
    return found


def _refuse_changed(changes, rows):
    reasons = []
    places = [new for _old, new in changes["moved"]]
    there = set(Organization.objects.system().filter(path__in=places).values_list("path", flat=True))
    for (label, key), after in _latest(changes).items():
        row = rows[label].get(key)
        if (
            label == Organization._meta.label
        ):  # paths are compared below: subtrees may have been moved by the act itself
            after = {name: value for name, value in after.items() if name not in ("path", "sort")}
        now = snapshot(row) if row else {}
        if row is None or any(now.get(name) != value for name, value in after.items()):
            reasons.append(Reason("ROW_CHANGED", {"model": label, "pk": key}, text=str(row or key)))
    if reasons or there != set(places):
        raise DomainError(
            "ACT_CHANGED_SINCE",
            _("What this act changed was changed again afterwards, so it cannot be undone. Correct it by a new act."),
            reasons,
        )


def _restore(changes, rows):
    """Give every changed row its first values back, one statement a model."""
    touched = defaultdict(dict)
    for entry in reversed(changes["rows"]):
        if entry["before"] is None:
            touched[entry["model"]].pop(entry["pk"], None)  # made by the act: it goes, its changes with it
            continue
        row = rows[entry["model"]][entry["pk"]]
        for field in row._meta.concrete_fields:
            if field.attname in entry["before"]:
                value = entry["before"][field.attname]
                setattr(row, field.attname, None if value is None else field.to_python(value))
        touched[entry["model"]].setdefault(entry["pk"], set()).update(entry["before"])
    for label, found in touched.items():
        model = apps.get_model(label)
        attnames = set().union(*found.values()) if found else set()
        names = [field.name for field in model._meta.concrete_fields if field.attname in attnames]
        if names:
            model._base_manager.bulk_update([rows[label][key] for key in found], names)


def _remove(changes):
    """Rows that the act made go, the last first; history keeps them."""
    for entry in reversed(changes["rows"]):
        if entry["before"] is None:
            apps.get_model(entry["model"])._base_manager.filter(pk=entry["pk"]).delete()
