"""Sealing: what every ended transaction wrote is hashed, chained and exported, outside the writers' path.

Taken are rows whose transaction lies below the oldest one still running here, not rows up to the highest id: a slow
transaction commits lower ids later. One sealer runs at a time; running it twice changes nothing.
"""

import logging
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .. import canonical
from ..catalog import SealedTable, horizon, sealable_tables, tables_with_rows
from ..models import Seal
from .export import append_to_export

LOCK = (0x4341, 0x5345)  # advisory lock of the sealer
ROWS_PER_SEAL = 50_000
ROWS_PER_FETCH = 2_000
log = logging.getLogger(__name__)


class CounterBehindError(RuntimeError):
    """The server's transaction counter is below sealed transactions: a dump was restored into a new cluster.

    Rows written now would look as if they had been inserted behind the seals. docs/audit.md says how to raise the
    counter (`pg_resetwal -e`) before the application is started.
    """


@dataclass
class _Builder:
    """Collects leaves until a seal is full; knows the chain's end."""

    number: int
    prev: bytes
    from_xact: int
    to_xact: int
    leaves: bytearray = field(default_factory=bytearray)
    tables: list = field(default_factory=list)
    made: list = field(default_factory=list)

    def add(self, table: SealedTable, row_id: int, text: str):
        if len(self.leaves) >= ROWS_PER_SEAL * canonical.LEAF.size:
            self.close()
        if not self.tables or self.tables[-1]["table"] != table.name:
            self.tables.append({"table": table.name, "key": table.key, "columns": list(table.columns), "rows": 0})
        self.tables[-1]["rows"] += 1
        self.leaves += canonical.leaf(row_id, text)

    def close(self):
        """Write the collected leaves as a seal, when there are any."""
        if not self.leaves:
            return
        seal = Seal(
            number=self.number,
            prev=self.prev,
            from_xact=self.from_xact,
            to_xact=self.to_xact,
            tables=self.tables,
            rows=len(self.leaves) // canonical.LEAF.size,
            leaves=bytes(self.leaves),
            sealed_at=timezone.now(),
        )
        seal.digest = canonical.digest_of(seal)
        seal.save(force_insert=True)
        self.made.append(seal.number)
        self.number, self.prev = seal.number + 1, seal.digest
        self.leaves, self.tables = bytearray(), []


def seal_now() -> list[int]:
    """Seal everything that ended transactions have written; returns the numbers of the new seals.

    Empty when there is nothing new or another sealer is at work. Raises CounterBehindError.
    """
    made = []
    while numbers := _seal_window():
        made += numbers
    if settings_path := getattr(settings, "CADRE_SEAL_EXPORT", ""):
        append_to_export(settings_path)
    return made


@transaction.atomic(durable=True)
def _seal_window() -> list[int]:
    """Seal the next window of transactions in one transaction of its own; empty when nothing is left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK)
        if not cursor.fetchone()[0]:
            log.info("another sealer is at work")
            return []
        last = Seal.objects.order_by("-number").only("number", "digest", "to_xact").first()
        low, high = horizon(cursor)
        start = last.to_xact if last else 0
        if start > high:
            raise CounterBehindError(f"transaction counter {high} is behind the sealed transactions, up to {start}")
        tables = sealable_tables(cursor)
        names = tables_with_rows(cursor, [table.name for table in tables], start, low)
        tables = [table for table in tables if table.name in names]
        if not tables:
            return []
        canonical.fix_session(cursor)
        builder = _Builder(
            number=last.number + 1 if last else 1,
            prev=bytes(last.digest) if last else canonical.FIRST_PREV,
            from_xact=start,
            to_xact=_window_end(cursor, tables, start, low),
        )
    for table in tables:
        for row_id, text in rows_of(table, builder.from_xact, builder.to_xact):
            builder.add(table, row_id, text)
    builder.close()
    return builder.made


def _window_end(cursor, tables, start: int, low: int) -> int:
    """Where to end a window so that it fits one seal; a transaction is never split between windows."""
    part = "(SELECT xact FROM {} WHERE xact >= %s AND xact < %s ORDER BY xact LIMIT %s)"
    parts = " UNION ALL ".join(part.format(canonical.quote(table.name)) for table in tables)
    values = [start, low, ROWS_PER_SEAL + 1] * len(tables)
    cursor.execute(
        f"SELECT min(xact), max(xact), count(*) FROM (SELECT xact FROM ({parts}) y ORDER BY xact LIMIT %s) x",  # noqa: S608 - names come from the catalogue, quoted
        [*values, ROWS_PER_SEAL + 1],
    )
    first, beyond, rows = cursor.fetchone()
    if rows <= ROWS_PER_SEAL:
        return low
    return beyond if beyond > first else first + 1


def rows_of(table: SealedTable, from_xact: int, to_xact: int):
    """Rows of a window as (id, canonical text), by id, read through a server-side cursor."""
    text, key = canonical.row_sql(table.columns), canonical.quote(table.key)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {text} FROM {canonical.quote(table.name)}"  # noqa: S608 - names come from the catalogue, quoted
            f" WHERE xact >= %s AND xact < %s ORDER BY {key}",
            [from_xact, to_xact],
        )
        while batch := cursor.fetchmany(ROWS_PER_FETCH):
            yield from batch
