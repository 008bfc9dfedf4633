"""principal-posts.csv: who held which post from when to when. Both days of a spell belong to it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from foundation.exchange.columns import (
    Keys,
    RowReader,
    finding_at,
    missing_columns,
    result_of,
    unknown_columns,
    with_findings,
)
from foundation.exchange.matching import NameIndex
from foundation.exchange.rows import Finding, Level, ParseResult, StagedRow
from foundation.exchange.sandbox.tables import Table

from ..rules.identity_number import birth_day, check_identity

REQUIRED = ("unit", "post", "principal", "id_number", "name", "from", "to")
_KNOWN = (*REQUIRED, "note")
_WORKING_AGE = 16
_STILL = date.max


def parse_principal_posts(table: Table, units: Mapping[str, str]) -> ParseResult:
    """Rows of kind `holding`; `units` is code → name of all units that may be named.

    Values: unit (code), post, is_principal, id_number, name, from, to (None: still there), note. Two rows of one person
    that share a day are an error in both rows; two persons in one post on one day are a warning.
    """
    if refused := missing_columns(table, REQUIRED):
        return refused
    index = NameIndex()
    for code, name in units.items():
        index.add(code, name, (code, name))
    names: dict[str, tuple[str, int]] = {}
    keys = Keys()
    rows = [_row(RowReader(table, row), units, index, names, keys) for row in table.rows]
    return result_of(table, with_findings(rows, _overlaps(rows)), unknown_columns(table, _KNOWN))


def _row(
    reader: RowReader, units: Mapping[str, str], index: NameIndex, names: dict[str, tuple[str, int]], keys: Keys
) -> StagedRow:
    unit = reader.code("unit", required=True)
    if unit and unit not in units:
        reader.error("unit_unknown", "unit", index.offers(unit))
    identity = _identity(reader)
    name = _name(reader)
    begins, ends = reader.day("from", required=True), reader.day("to")
    if begins and ends and ends < begins:
        reader.error("period_reversed", "to", **{"from": begins, "to": ends})
    if identity and begins and (born := birth_day(identity)) and begins.year - born.year < _WORKING_AGE:
        reader.error("period_before_birth", "from")
    if identity and name:
        other, first = names.setdefault(identity, (name, reader.number))
        if other != name:
            reader.error("person_name_differs", "name", other=other, first=first)
    values = {
        "unit": unit,
        "post": reader.text("post", required=True, longest=80),
        "is_principal": reader.flag("principal"),
        "id_number": identity,
        "name": name,
        "from": begins.isoformat() if begins else None,
        "to": ends.isoformat() if ends else None,
        "note": reader.text("note"),
    }
    key = f"{unit}/{values['post']}/{identity}/{values['from'] or ''}"
    if identity and begins and (first := keys.first_row(key, reader.number)):
        reader.error("duplicate_key", "id_number", first=first)
    return reader.staged("holding", key, values)


def _identity(reader: RowReader) -> str:
    number = reader.code("id_number", required=True, longest=40)
    if number.endswith("x"):
        number = number[:-1] + "X"
        reader.note("id_number", number, "check_letter")
    if number and (fault := check_identity(number)):
        reader.error(fault.code, "id_number", **fault.params)
        return ""
    return number


def _name(reader: RowReader) -> str:
    """A person's name without the spaces that pad names of two characters; spaces between Latin letters stay."""
    name = reader.text("name", required=True, longest=60)
    bare = "".join(name.split())
    if bare != name and not name.isascii():
        reader.note("name", bare, "spaces")
        return bare
    return name


def _overlaps(rows: Sequence[StagedRow]) -> dict[int, list[Finding]]:
    """Spells that share a day: of one person (error) and of one post (warning), told at both rows."""
    found: dict[int, list[Finding]] = defaultdict(list)
    by_person: dict[str, list[int]] = defaultdict(list)
    by_post: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        if row.values["from"] and _period(row)[0] <= _period(row)[1]:
            if row.values["id_number"]:
                by_person[row.values["id_number"]].append(position)
            by_post[row.values["unit"], row.values["post"]].append(position)
    for positions in by_person.values():
        for position, other in _pairs(rows, positions):
            details = {
                "name": rows[position].values["name"],
                "other": rows[other].values["post"],
                "first": rows[other].row,
            }
            found[position].append(finding_at(rows[position], Level.ERROR, "period_overlap", "from", **details))
    for positions in by_post.values():
        for position, other in _pairs(rows, positions):
            if rows[position].values["id_number"] != rows[other].values["id_number"]:
                details = {"other": rows[other].values["name"], "first": rows[other].row}
                found[position].append(finding_at(rows[position], Level.WARNING, "post_overlap", "from", **details))
    return found


def _pairs(rows: Sequence[StagedRow], positions: Sequence[int]) -> list[tuple[int, int]]:
    """Both orders of every two spells that share a day."""
    return [
        (one, other)
        for one in positions
        for other in positions
        if one != other and _shares_day(_period(rows[one]), _period(rows[other]))
    ]


def _shares_day(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _period(row: StagedRow) -> tuple[date, date]:
    values: Mapping[str, Any] = row.values
    return date.fromisoformat(values["from"]), date.fromisoformat(values["to"]) if values["to"] else _STILL
