"""What somebody with the database in hand may do to sealed rows: made at random, each with what must be found.

The tamperer is the tables' owner: switches triggers off, changes, deletes or inserts a row, or touches a seal, and
switches triggers on again. Used by the property test and by `bench/tamper.py`.
"""

import json
import random
from dataclasses import dataclass

from django.db import connection, transaction

from foundation.audit.canonical import quote
from foundation.audit.findings import Kind

TABLES = {  # table: key; filled by the fixtures with sealed rows
    "audit_entry": "id",
    "organizations_organizationrowevent": "pgh_id",
    "organizations_organizationnamerowevent": "pgh_id",
    "casework_caseevent": "id",
}
NEW_VALUE = {  # by type: another value than the one that stands there
    "text": "left(md5(random()::text), greatest({limit}, 1))",
    "character varying": "left(md5(random()::text), greatest({limit}, 1))",
    "boolean": "NOT coalesce({column}, false)",
    "smallint": "(coalesce({column}, 0) + 1)::smallint",
    "integer": "coalesce({column}, 0) + 1000000 + (random() * 1000000000)::int",
    "bigint": "coalesce({column}, 0) + 1",
    "date": "coalesce({column}, '2024-01-01') + 1",
    "timestamp with time zone": "coalesce({column}, '2024-01-01') + interval '1 microsecond'",
    "jsonb": "jsonb_build_object('tampered', md5(random()::text))",
    "uuid": "gen_random_uuid()",
    "ARRAY": "coalesce({column}, '{{}}') || md5(random()::text)::varchar",
}
COLUMNS = """
SELECT column_name, data_type, coalesce(character_maximum_length, 30) FROM information_schema.columns
 WHERE table_schema = current_schema() AND table_name = %s AND column_name NOT IN (%s, 'xact') ORDER BY ordinal_position
"""


@dataclass(frozen=True)
class Tampered:
    """One deed: what must be found, and how the row stood before (None when it was inserted)."""

    kind: Kind
    table: str
    row: int
    before: dict | None
    what: str


class Tamperer:
    """Tampers with sealed rows and puts them back."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - must be repeatable
        with connection.cursor() as cursor:
            self.columns = {table: self._columns(cursor, table, key) for table, key in TABLES.items()}

    @staticmethod
    def _columns(cursor, table, key):
        cursor.execute(COLUMNS, [table, key])
        return cursor.fetchall()

    @transaction.atomic
    def tamper(self, number) -> list[Tampered]:
        """Do up to `number` different deeds at once, each to another row."""
        with connection.cursor() as cursor:
            rows = [(table, row) for table in TABLES for row in self._rows(cursor, table)]
            chosen = self.random.sample(rows, min(number, len(rows)))
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            done = [self._one(cursor, table, row) for table, row in chosen]
            self._switch_on(cursor)
        return done

    @transaction.atomic
    def put_back(self, done: list[Tampered]):
        """Undo the deeds, so that the next round starts from green."""
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for deed in done:
                name, key = quote(deed.table), TABLES[deed.table]
                cursor.execute(f"DELETE FROM {name} WHERE {key} = %s", [deed.row])  # noqa: S608
                if deed.before is not None:
                    statement = f"INSERT INTO {name} SELECT * FROM jsonb_populate_record(NULL::{name}, %s)"  # noqa: S608
                    cursor.execute(statement, [json.dumps(deed.before)])
            self._switch_on(cursor)

    @staticmethod
    def _switch_on(cursor):
        # deferred checks of foreign keys would forbid ALTER TABLE in the same transaction
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def _rows(self, cursor, table):
        cursor.execute(f"SELECT {TABLES[table]} FROM {quote(table)} ORDER BY 1")  # noqa: S608
        return [row for (row,) in cursor.fetchall()]

    def _one(self, cursor, table, row) -> Tampered:
        cursor.execute(f"SELECT to_jsonb(t) FROM {quote(table)} t WHERE {TABLES[table]} = %s", [row])  # noqa: S608
        before = cursor.fetchone()[0]
        before = json.loads(before) if isinstance(before, str) else before
        deed = self.random.choice([self._change, self._change, self._change, self._delete, self._insert])
        return deed(cursor, table, row, before)

    def _change(self, cursor, table, row, before):
        column, kind, limit = self.random.choice(self.columns[table])
        value = NEW_VALUE[kind].format(column=quote(column), limit=limit)
        name, key = quote(table), TABLES[table]
        cursor.execute(f"UPDATE {name} SET {quote(column)} = {value} WHERE {key} = %s", [row])  # noqa: S608
        return Tampered(Kind.CHANGED, table, row, before, f"changed {column}")

    def _delete(self, cursor, table, row, before):
        cursor.execute(f"DELETE FROM {quote(table)} WHERE {TABLES[table]} = %s", [row])  # noqa: S608
        return Tampered(Kind.DELETED, table, row, before, "deleted")

    def _insert(self, cursor, table, row, before):
        """A copy of a sealed row under a new key, with the old transaction's number."""
        name, key = quote(table), TABLES[table]
        cursor.execute(f"SELECT max({key}) + 1 FROM {name}")  # noqa: S608
        fresh = cursor.fetchone()[0] + self.random.randrange(1000)
        copy = before | {key: fresh} | ({"seq": 20_000 + fresh % 10_000} if "seq" in before else {})
        statement = f"INSERT INTO {name} SELECT * FROM jsonb_populate_record(NULL::{name}, %s)"  # noqa: S608
        cursor.execute(statement, [json.dumps(copy)])
        return Tampered(Kind.INSERTED, table, fresh, None, "inserted")


SEAL_DEEDS = (
    "UPDATE audit_seal SET leaves = set_byte(leaves, 77, (get_byte(leaves, 77) + 1) % 256) WHERE number = {}",
    "UPDATE audit_seal SET leaves = substring(leaves FROM 41) WHERE number = {}",
    "UPDATE audit_seal SET digest = set_byte(digest, 3, (get_byte(digest, 3) + 1) % 256) WHERE number = {}",
    "UPDATE audit_seal SET prev = set_byte(prev, 3, (get_byte(prev, 3) + 1) % 256) WHERE number = {}",
    "UPDATE audit_seal SET rows = rows + 1 WHERE number = {}",
    "UPDATE audit_seal SET to_xact = to_xact + 1 WHERE number = {}",
    "UPDATE audit_seal SET sealed_at = sealed_at + interval '1 second' WHERE number = {}",
    "UPDATE audit_seal SET tables = '[]' WHERE number = {}",
    """UPDATE audit_seal SET tables = '{{"x": 1}}' WHERE number = {}""",
    "UPDATE audit_seal SET tables = jsonb_set(tables, '{{0,rows}}', '-1') WHERE number = {}",
    """UPDATE audit_seal SET tables = jsonb_set(tables, '{{0,columns}}', '["id"]') WHERE number = {}""",
)
