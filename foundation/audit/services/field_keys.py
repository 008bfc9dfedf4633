"""Changing the key of encrypted fields: everything that a former key encrypted is encrypted anew, in batches.

Each batch is a transaction of its own, and a row that already bears the current key is never read again, so that an
interrupted run is simply started once more. Values are locked while they are rewritten; reading goes on.

A table behind row security shows its rows to the tables' owner alone, within a transaction that says that it changes the key
(`app.field_key_rotation`): for every other role such columns are named as hidden, never passed over in silence.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from django.db import connection, transaction
from django.db.models import BinaryField, F, Func, IntegerField, Q, Value

from foundation.common.crypto import HEADER, UNNAMED, current_key, former_keys, open_bytes, seal_bytes

from ..encrypted_columns import EncryptedColumn, encrypted_columns
from .entries import record

BATCH = 500
BYTES_AT_ONCE = 32 * 1024 * 1024


@dataclass(slots=True)
class Rotation:
    """What a run did: values encrypted anew by column, rows (column, primary key) that no key at hand opens, and columns that

    the connected role cannot see.
    """

    renewed: dict[str, int] = field(default_factory=dict)
    unreadable: list[tuple[str, object]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Values encrypted anew."""
        return sum(self.renewed.values())


def waiting(column: EncryptedColumn):
    """Rows whose value in the column is not under the current key."""
    head = Func(F(column.name), Value(1), Value(HEADER), function="substring", output_field=BinaryField())
    first = Func(F(column.name), Value(1), Value(1), function="substring", output_field=BinaryField())
    rows = column.model._base_manager.annotate(sealed_head=head, sealed_first=first)
    if column.is_declared:
        return rows.exclude(
            Q(**{f"{column.name}__isnull": True}) | Q(sealed_first=b"") | Q(sealed_head=current_key().header)
        )
    return rows.filter(sealed_head__in=[key.header for key in former_keys()])


def hidden_columns() -> list[str]:
    """Columns of tables whose rows the connected role cannot see: their keys are changed by the tables' owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND row_security_active(oid)"
            " AND NOT pg_has_role(current_user, relowner, 'MEMBER')"
        )
        tables = {name for (name,) in cursor.fetchall()}
    return [column.label for column in encrypted_columns() if column.model._meta.db_table in tables]


def _show_rows() -> None:
    """Say within the transaction that it changes the key; for anybody but the owner this opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.field_key_rotation', 'on', true)")


def waiting_counts() -> dict[str, int]:
    """How many values of each column wait for the current key; columns with none are left out (`hidden_columns`)."""
    with transaction.atomic():
        _show_rows()
        counts = {column.label: waiting(column).count() for column in encrypted_columns()}
    return {label: count for label, count in counts.items() if count}


def rotate_field_key(*, actor, batch: int = BATCH, progress: Callable[[str, int], None] | None = None) -> Rotation:
    """Encrypt everything with the current key; one audit entry with the counts when anything was rewritten.

    `progress` is told the column and how many of its values are done after each batch. A run that breaks off has written
    its finished batches and its entry. Raises ImproperlyConfigured when the keys do not fit together.
    """
    former_keys()
    done = Rotation(hidden=hidden_columns())
    finished = False
    try:
        for column in encrypted_columns():
            _renew_column(column, batch, done, progress)
        finished = True
    finally:
        if done.total:
            _write_entry(actor, done, finished)
    return done


def _renew_column(column, batch, done, progress):
    last = None
    while True:
        with transaction.atomic():
            _show_rows()
            rows = _next_rows(column, last, batch)
            if not rows:
                return
            last = rows[-1].pk
            fresh = []
            for row in rows:
                try:
                    setattr(row, column.name, seal_bytes(open_bytes(getattr(row, column.name))))
                except (InvalidTag, ValueError):
                    done.unreadable.append((column.label, row.pk))
                else:
                    fresh.append(row)
            if fresh:
                column.model._base_manager.bulk_update(fresh, [column.name])
        if fresh:
            done.renewed[column.label] = done.renewed.get(column.label, 0) + len(fresh)
        if progress:
            progress(column.label, done.renewed.get(column.label, 0))


def _next_rows(column, last, batch):
    """The next rows, locked: as many as the batch allows and as fit into memory, at least one."""
    rows = waiting(column).order_by("pk")
    rows = rows.filter(pk__gt=last) if last is not None else rows
    length = Func(F(column.name), function="length", output_field=IntegerField())
    keys, size = [], 0
    for key, bytes_of_value in rows.annotate(sealed_length=length).values_list("pk", "sealed_length")[:batch]:
        size += bytes_of_value
        if keys and size > BYTES_AT_ONCE:
            break
        keys.append(key)
    locked = column.model._base_manager.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(locked.only("pk", column.name).order_by("pk"))


@transaction.atomic
def _write_entry(actor, done, finished):
    record(
        actor=actor,
        action="audit.field_key.rotated",
        target_kind="field_key",
        target_no=current_key().header[len(UNNAMED) :].hex(),
        data={"renewed": done.renewed, "unreadable": len(done.unreadable), "finished": finished},
    )
