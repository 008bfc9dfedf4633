"""units.csv: the tree of units (机构) with names, kinds, approved numbers and the assessment category per year. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
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

# Assessment engine §1: departments and towns are ranked among their own kind.
CATEGORIES: Mapping[str, str] = {
    "GENERAL": "department",
    "ECONOMIC": "department",
    "SOCIAL": "department",
    "VERTICAL": "department",
    "OPTIMISED": "town",
    "KEY": "town",
    "ECOLOGICAL": "town",
}
# What may stand directly below what.
PARENTS: Mapping[str, tuple[str, ...]] = {
    "jurisdiction": (),
    "department": ("jurisdiction", "group"),
    "town": ("jurisdiction", "group"),
    "group": ("jurisdiction", "group"),
    "section": ("department", "town", "section"),
}
REQUIRED = ("code", "name", "short_name", "kind", "parent")
_KNOWN = (*REQUIRED, "division_code", "valid_from", "leader_quota", "staffing")
_CATEGORY = re.compile(r"category_(20\d\d)")
_MOST_LEADERS = 1_000
_MOST_STAFF = 1_000_000


def parse_units(
    table: Table, known: Mapping[str, tuple[str, str]] | None = None, categories: Mapping[str, str] = CATEGORIES
) -> ParseResult:
    """Rows of kind `unit`, parents before children.

    `known` are units already registered: code → (name, kind); a parent may be one of them. `categories` says for which
    kind each category is. Values: code, name, short_name, kind, division_code, parent (code or None), valid_from,
    leader_quota, staffing, categories {year: code}.
    """
    if refused := missing_columns(table, REQUIRED):
        return refused
    years = {column: match[1] for column in table.header if (match := _CATEGORY.fullmatch(column))}
    codes, names = Keys(), Keys()
    rows = []
    for row in table.rows:
        reader = RowReader(table, row)
        values = _values(reader, years, categories)
        if values["code"] and (first := codes.first_row(values["code"], row.number)):
            reader.error("duplicate_key", "code", first=first)
        if values["name"] and (first := names.first_row((values["parent"], values["name"]), row.number)):
            reader.error("name_twice", "name", first=first)
        rows.append(reader.staged("unit", values["code"], values))
    rows = with_findings(rows, _tree_faults(rows, known or {}))
    return result_of(table, _parents_first(rows), unknown_columns(table, (*_KNOWN, *years)))


def _values(reader: RowReader, years: Mapping[str, str], categories: Mapping[str, str]) -> dict[str, Any]:
    kind = reader.choice("kind", tuple(PARENTS))
    founded = reader.day("valid_from")
    values = {
        "code": reader.code("code", required=True),
        "name": reader.text("name", required=True),
        "short_name": reader.text("short_name", longest=60),
        "kind": kind,
        "division_code": reader.code("division_code", longest=12),
        "parent": reader.code("parent") or None,
        "valid_from": founded.isoformat() if founded else None,
        "leader_quota": reader.whole("leader_quota", most=_MOST_LEADERS),
        "staffing": reader.whole("staffing", most=_MOST_STAFF),
        "categories": {},
    }
    for column, year in years.items():
        category = reader.choice(column, tuple(categories), required=False)
        if category and kind and categories[category] != kind:
            reader.error("category_not_for_kind", column, kind=kind)
        elif category:
            values["categories"][year] = category
    return values


def _tree_faults(rows: Sequence[StagedRow], known: Mapping[str, tuple[str, str]]) -> dict[int, list[Finding]]:
    """Parents that are missing, unknown, of a kind that has no such children, or that lead round in a circle."""
    faults: dict[int, list[Finding]] = defaultdict(list)
    here = {row.key: row.values for row in rows}
    kinds = {code: kind for code, (_, kind) in known.items()} | {code: unit["kind"] for code, unit in here.items()}
    index = _index(here, known)
    for position, row in enumerate(rows):
        unit = row.values
        kind, parent = unit["kind"], unit["parent"]

        def fault(code: str, row: StagedRow = row, position: int = position, **details: Any) -> None:
            faults[position].append(finding_at(row, Level.ERROR, code, "parent", **details))

        if kind == "jurisdiction":
            if parent:
                fault("root_has_parent")
        elif not parent:
            fault("parent_missing")
        elif parent not in kinds:
            fault("parent_unknown", candidates=index.offers(parent))
        elif _leads_back(row.key, here):
            fault("parent_circle")
        elif kind and kinds[parent] and kinds[parent] not in PARENTS[kind]:
            fault("parent_kind", kind=kind, parent_kind=kinds[parent])
    return faults


def _index(here: Mapping[str, dict], known: Mapping[str, tuple[str, str]]) -> NameIndex:
    index = NameIndex()
    for code, (name, _) in known.items():
        index.add(code, name, (code, name))
    for code, unit in here.items():
        index.add(code, unit["name"], (code, unit["name"], unit["short_name"]))
    return index


def _leads_back(code: str, units: Mapping[str, dict]) -> bool:
    seen = set()
    current: str | None = code
    while current in units and current not in seen:
        seen.add(current)
        current = units[current]["parent"]
    return current == code


def _parents_first(rows: Sequence[StagedRow]) -> list[StagedRow]:
    """In the order of the file, except that a parent comes before its children; rows in a circle come last."""
    awaited = {row.key for row in rows}
    waiting: dict[str, list[StagedRow]] = defaultdict(list)
    ordered: list[StagedRow] = []
    for row in rows:
        if row.values["parent"] in awaited:
            waiting[row.values["parent"]].append(row)
            continue
        released = [row]
        while released:
            ordered.extend(released)
            awaited.difference_update(unit.key for unit in released)
            released = [child for unit in released for child in waiting.pop(unit.key, [])]
    return ordered + [row for rows_left in waiting.values() for row in rows_left]
