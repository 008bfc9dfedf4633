"""What the database itself says about append-only tables: seals trust its catalogue, not this release's model list.

A worker of an older release, still running while a newer one has already migrated, so seals the new tables as well.
"""

from dataclasses import dataclass

from .canonical import quote

SEALABLE = """
SELECT c.relname,
       (SELECT a.attname FROM pg_index i
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
         WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnatts = 1
           AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)),
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
  FROM pg_class c
  JOIN pg_attribute x ON x.attrelid = c.oid AND x.attname = 'xact' AND NOT x.attisdropped
  JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = x.attnum
   AND pg_get_expr(d.adbin, d.adrelid) LIKE '%pg_current_xact_id%'
 WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid)
 ORDER BY c.relname COLLATE "C"
"""


@dataclass(frozen=True)
class SealedTable:
    """An append-only table with its whole-number key and the columns that a seal covers (all of them)."""

    name: str
    key: str
    columns: tuple[str, ...]


def sealable_tables(cursor) -> list[SealedTable]:
    """Tables whose rows bear the number of the transaction that wrote them, set by the database: `transaction_id_field`.

    Raises RuntimeError for a table without a single whole-number key (the system check audit.E002 says it earlier).
    """
    cursor.execute(SEALABLE)
    found = [SealedTable(name, key, tuple(columns)) for name, key, columns in cursor.fetchall()]
    for table in found:
        if table.key is None:
            raise RuntimeError(f"{table.name} is append-only but has no single whole-number primary key")
    return found


def tables_with_rows(cursor, names, from_xact: int, to_xact: int) -> set[str]:
    """Which of the tables hold rows of the window `from_xact <= xact < to_xact`: one statement for all."""
    names = list(names)
    if not names:
        return set()
    one = "SELECT %s WHERE EXISTS (SELECT FROM {} WHERE xact >= %s AND xact < %s)"
    parts = [one.format(quote(name)) for name in names]
    values = [value for name in names for value in (name, from_xact, to_xact)]
    cursor.execute(" UNION ALL ".join(parts), values)
    return {name for (name,) in cursor.fetchall()}


HORIZON = """
WITH now AS (SELECT pg_current_snapshot() AS seen),
running AS (
    SELECT x::text::bigint AS xact
      FROM now, pg_snapshot_xip(now.seen) x
     WHERE NOT EXISTS (
           SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
              AND l.transactionid = x::xid AND a.datname <> current_database())
)
SELECT least((SELECT min(xact) FROM running), pg_current_xact_id_if_assigned()::text::bigint, beyond), beyond
  FROM (SELECT pg_snapshot_xmax(seen)::text::bigint AS beyond FROM now) last
"""


def horizon(cursor) -> tuple[int, int]:
    """Transaction numbers (low, high): all of this database below `low` have ended, none from `high` on has begun.

    `pg_snapshot_xmin` would do, but counts the whole server: a neighbour's long transaction would hold back our seals.
    A running transaction is left out only when its lock shows it to belong to another database; in doubt it counts.
    """
    cursor.execute(HORIZON)
    return cursor.fetchone()
