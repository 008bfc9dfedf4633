"""Verification: recompute every sealed row and name the rows that are not as they were sealed."""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction

from .. import canonical
from ..canonical import quote
from ..catalog import SealedTable, horizon, sealable_tables, tables_with_rows
from ..findings import Finding, Kind, Report
from .chain import SEALS_PER_FETCH, Chain, Group
from .entries import record
from .seals import rows_of
from .triggers import broken_triggers

LIMIT = 1_000
FINDINGS_IN_ENTRY = 100
log = logging.getLogger(__name__)
NONE = (None, None)
SLICES = """
SELECT number, substring(s.leaves FROM u.start FOR u.length)
  FROM unnest(%s::bigint[], %s::int[], %s::int[]) WITH ORDINALITY u(number, start, length, place)
  JOIN audit_seal s USING (number)
 ORDER BY u.place
"""


def verify(export=None) -> list[Finding]:
    """Everything that is not as it was sealed; empty means green. `export` is a file to compare with (else the setting)."""
    return examine(export=export).findings


@transaction.atomic(durable=True)
def examine(export=None, limit=LIMIT) -> Report:
    """Verify triggers, seals, rows and export in one consistent, read-only snapshot.

    Lists at most `limit` findings. Must not run inside another transaction.
    """
    report = Report([])
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        canonical.fix_session(cursor)
        for finding in _findings(cursor, report, export or getattr(settings, "CADRE_SEAL_EXPORT", "")):
            if len(report.findings) == limit:
                report.findings.append(Finding(Kind.CUT, facts={"limit": limit}))
                break
            report.findings.append(finding)
    return report


def _findings(cursor, report: Report, export) -> Iterator[Finding]:
    yield from broken_triggers(cursor)
    live = {table.name: table for table in sealable_tables(cursor)}
    chain = Chain()
    for group in chain.groups():
        report.rows += group.rows
        yield from _compare_group(cursor, group, live)
    report.seals = len(chain.digests)
    yield from chain.findings
    yield from chain.compare_with_export(export)
    yield from _look_ahead(cursor, report, chain, live)


def _look_ahead(cursor, report: Report, chain: Chain, live) -> Iterator[Finding]:
    """Count the rows that the next seal will take; rows from the future would never be sealed."""
    _, high = horizon(cursor)
    if chain.sealed_until > high:
        yield Finding(Kind.COUNTER_BEHIND, facts={"counter": high, "sealed": chain.sealed_until})
        return
    for table in live.values():
        name, key = quote(table.name), quote(table.key)
        cursor.execute(f"SELECT count(*) FROM {name} WHERE xact >= %s", [chain.sealed_until])  # noqa: S608 - names come from the catalogue, quoted
        report.unsealed += cursor.fetchone()[0]
        cursor.execute(f"SELECT {key} FROM {name} WHERE xact >= %s ORDER BY 1", [high])  # noqa: S608 - names come from the catalogue, quoted
        yield from (Finding(Kind.FUTURE, table=table.name, row_id=row_id) for (row_id,) in cursor.fetchall())


def _compare_group(cursor, group: Group, live: dict[str, SealedTable]) -> Iterator[Finding]:
    """Compare the rows of a group of windows, table by table, with the leaves that were sealed."""
    occupied = tables_with_rows(cursor, live, group.from_xact, group.to_xact)
    for name in sorted(occupied | set(group.tables)):
        sealed = group.tables.get(name)
        if sealed and (problem := _unreadable(sealed, live, group)):
            yield problem
            continue
        stored = rows_of(sealed or live[name], group.from_xact, group.to_xact)
        rows = ((row_id, canonical.leaf(row_id, text)) for row_id, text in stored)
        for leaf, row in _side_by_side(_leaves(group, name), rows):
            if finding := _judge(cursor, name, sealed, leaf, row, group):
                yield finding


def _unreadable(sealed: SealedTable, live, group: Group) -> Finding | None:
    """A sealed table or column that a later migration, or somebody, has dropped."""
    now = live.get(sealed.name)
    if now is None or now.key != sealed.key:
        return Finding(Kind.TABLE_MISSING, table=sealed.name, seal=group.last_seal)
    gone = [column for column in sealed.columns if column not in now.columns]
    if gone:
        return Finding(Kind.COLUMN_MISSING, table=sealed.name, seal=group.last_seal, facts={"column": ", ".join(gone)})
    return None


def _leaves(group: Group, name: str) -> Iterator[tuple[int, bytes, int]]:
    """The sealed leaves of a table in the order of ids, as (id, leaf, number of the seal)."""
    size, unpack = canonical.LEAF.size, canonical.LEAF.unpack
    found = (
        (unpack(part[i : i + size])[0], part[i : i + size], seal)
        for seal, part in _read_slices(group.slices.get(name, []))
        for i in range(0, len(part), size)
    )
    return found if group.windows == 1 else iter(sorted(found))


def _read_slices(slices) -> Iterator[tuple[int, bytes]]:
    """Parts of seals' leaves as (number of the seal, bytes), in the order of the slices, a few at a time."""
    if not slices:
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            SLICES, [list(column) for column in zip(*((s.seal, s.start, s.length) for s in slices), strict=True)]
        )
        while batch := cursor.fetchmany(SEALS_PER_FETCH):
            yield from ((number, bytes(part)) for number, part in batch)


def _side_by_side(leaves, rows):
    """Merge two streams ordered by id; what stands on one side alone comes with NONE on the other."""
    leaf, row = next(leaves, NONE), next(rows, NONE)
    while leaf is not NONE or row is not NONE:
        if row is NONE or (leaf is not NONE and leaf[0] < row[0]):
            yield leaf, NONE
            leaf = next(leaves, NONE)
        elif leaf is NONE or row[0] < leaf[0]:
            yield NONE, row
            row = next(rows, NONE)
        else:
            yield leaf, row
            leaf, row = next(leaves, NONE), next(rows, NONE)


def _judge(cursor, name: str, sealed, leaf, row, group: Group) -> Finding | None:
    if leaf is NONE:
        return Finding(Kind.INSERTED, table=name, row_id=row[0], seal=group.last_seal)
    row_id, content, seal = leaf
    if row is not NONE and row[1] == content:
        return None
    kind = Kind.DELETED if row is NONE and not _exists(cursor, sealed, row_id) else Kind.CHANGED
    return Finding(kind, table=name, row_id=row_id, seal=seal)


def _exists(cursor, table: SealedTable, row_id: int) -> bool:
    """Does the row stand elsewhere, under another transaction's number?"""
    name, key = quote(table.name), quote(table.key)
    cursor.execute(f"SELECT EXISTS (SELECT FROM {name} WHERE {key} = %s)", [row_id])  # noqa: S608 - names come from the catalogue, quoted
    return cursor.fetchone()[0]


def verify_and_record(*, actor) -> Report:
    """Verify, and keep the result as an entry (and in the log when something was found)."""
    report = examine()
    listed = [{"kind": f.kind.value, "table": f.table, "row": f.row_id, "seal": f.seal} for f in report.findings]
    if listed:
        log.error("the audit trail is not whole: %s findings, first: %s", len(listed), report.findings[0])
    with transaction.atomic():
        record(
            actor=actor,
            action="audit.trail.verified",
            target_kind="audit",
            data={
                "green": report.is_green,
                "seals": report.seals,
                "rows": report.rows,
                "unsealed": report.unsealed,
                "findings": listed[:FINDINGS_IN_ENTRY],
                "found": len(listed),
            },
        )
    return report
