"""What exactly a seal hashes. Version 1; a change of anything here needs a new version beside it, never instead.

Row: the columns named in the seal, in that order, each `quote_nullable(column::text)`, joined by commas, under the
session settings below; UTF-8; SM3 (GB/T 32905). Leaf: row id (8 bytes, big endian, signed), then the row's SM3.
Seal: SM3 of the header, compact JSON with sorted keys, which names the digest before and the SM3 of all leaves.
"""

import json
import struct
from datetime import UTC

from foundation.common.crypto import sm3

VERSION = 1
LEAF = struct.Struct(">q32s")
FIRST_PREV = bytes(32)
SESSION = (
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL xmlbinary = 'base64'",
)


def fix_session(cursor):
    """Make the text of values independent of server and session settings until the transaction ends."""
    for statement in SESSION:
        cursor.execute(statement)


def quote(name: str) -> str:
    """An identifier as SQL takes it, whatever it contains."""
    return '"' + name.replace('"', '""') + '"'


def row_sql(columns) -> str:
    """SQL expression of a row's canonical text."""
    return " || ',' || ".join(f"quote_nullable({quote(name)}::text)" for name in columns)


def leaf(row_id: int, text: str) -> bytes:
    """Forty bytes that stand for one row."""
    return LEAF.pack(row_id, sm3(text.encode()))


def header(*, number, prev, from_xact, to_xact, tables, rows, leaves, sealed_at) -> bytes:
    """The bytes whose SM3 is the seal's digest."""
    facts = {
        "version": VERSION,
        "number": number,
        "prev": bytes(prev).hex(),
        "from_xact": from_xact,
        "to_xact": to_xact,
        "tables": tables,
        "rows": rows,
        "leaves": sm3(bytes(leaves)).hex(),
        "sealed_at": sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def digest_of(seal) -> bytes:
    """The digest that a seal must have."""
    names = ("number", "prev", "from_xact", "to_xact", "tables", "rows", "leaves", "sealed_at")
    return sm3(header(**{name: getattr(seal, name) for name in names}))
