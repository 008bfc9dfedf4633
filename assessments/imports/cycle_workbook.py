"""The workbook of a whole cycle, read back: every sheet into the rows that the single imports know. Pure.

Sheets that have a file of their own (units, schemes, indicators, effects) are read by that file's parser, so that one
thing is judged by one rule.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from foundation.exchange.columns import Keys, RowReader
from foundation.exchange.rows import Finding, Level, ParseResult, SheetSummary, StagedRow
from foundation.exchange.sandbox.content import ERROR, FORMULA, SheetContent, WorkbookContent
from foundation.exchange.sandbox.formats import plain
from foundation.exchange.sandbox.tables import Table, TableRow
from officials.imports.units import parse_units
from tolerance.imports.effects import parse_tolerance_effects

from ..cycle_sheets import (
    ADJUSTMENTS,
    EFFECTS,
    FIELDS,
    FORMAT,
    HOLDERS,
    INDICATORS,
    IS_READ,
    MANIFEST,
    MAY_LACK,
    POSTS,
    READ_ONLY,
    SCHEMES,
    SCORES,
    UNITS,
    VETOES,
)
from .indicators import parse_indicators
from .schemes import parse_schemes

_HEADING_WITHIN = 10
_ISSUE = ("state", "issued_on", "document_no", "issuer_name")


@dataclass(frozen=True)
class CycleLookups:
    """What the workbook is read against: county and year of the import, categories (code → name, code → kind of unit),
    units that are registered (code → (name, kind)).
    """

    county: str
    year: int
    categories: Mapping[str, str]
    kinds: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class CycleWorkbook:
    """What was read: the staged rows, and the manifest by key."""

    result: ParseResult
    manifest: Mapping[str, str]


def parse_cycle_workbook(content: WorkbookContent, lookups: CycleLookups) -> CycleWorkbook:
    """Rows of kinds unit, scheme, indicator, score, adjustment, veto, effect, post, holder, all about one year."""
    sheets = {sheet.name: sheet for sheet in content.sheets}
    missing = [name for name in IS_READ if name not in sheets]
    if missing:
        found = tuple(Finding(Level.ERROR, "sheet_missing", name, None, "", name, {"name": name}) for name in missing)
        return CycleWorkbook(ParseResult((), found), {})
    return _Reading(sheets, lookups).read()


class _Reading:
    def __init__(self, sheets: Mapping[str, SheetContent], lookups: CycleLookups) -> None:
        self.lookups = lookups
        self.findings: list[Finding] = []
        self.rows: list[StagedRow] = []
        self.summaries: list[SheetSummary] = []
        self.tables = {name: self._table(sheets[name]) for name in IS_READ}

    def read(self) -> CycleWorkbook:
        manifest = {row.cells["key"]: row.cells["value"] for row in self.tables[MANIFEST].rows}
        self._check_manifest(manifest)
        known = dict(self.lookups.units)
        self._take(UNITS, self._units(known))
        known |= {row.key: (row.values["name"], row.values["kind"]) for row in self.rows}
        names = {code: name for code, (name, _kind) in known.items()}
        self._take(SCHEMES, self._schemes())
        self._take(INDICATORS, self._indicators(names))
        leaves = {(row.values["category"], row.values["code"]) for row in self.rows if row.kind == "indicator"}
        self._each(SCORES, "score", lambda reader: _score(reader, names, leaves))
        self._each(ADJUSTMENTS, "adjustment", lambda reader: _adjustment(reader, names))
        self._each(VETOES, "veto", lambda reader: _veto(reader, names))
        self._take(EFFECTS, parse_tolerance_effects(self.tables[EFFECTS], names))
        self._each(POSTS, "post", lambda reader: _post(reader, names))
        posts = {row.key for row in self.rows if row.kind == "post"}
        self._each(HOLDERS, "holder", lambda reader: _holder(reader, posts))
        self._check_years()
        return CycleWorkbook(ParseResult(tuple(self.rows), tuple(self.findings), tuple(self.summaries)), manifest)

    def _table(self, sheet: SheetContent) -> Table:
        """A sheet as a table of text. The heading is the first line that has every field; an absent one is an error."""
        fields = [field for field in FIELDS[sheet.name] if field not in READ_ONLY]
        needed = set(fields) - MAY_LACK
        for number in range(1, _HEADING_WITHIN + 1):
            places = {cell.value.strip(): column for column, cell in sheet.rows.get(number, {}).items()}
            if needed <= set(places):
                break
        else:
            params = {"names": ", ".join(field for field in fields if field in needed)}
            self.findings.append(Finding(Level.ERROR, "csv_columns_missing", sheet.name, None, "", "", params))
            return Table(sheet.name, tuple(fields), ())
        fields = [field for field in fields if field in places]
        rows = []
        for line, cells in sheet.rows.items():
            found = {field: cells.get(places[field]) for field in fields}
            if line <= number or not any(found.values()):
                continue
            for field, cell in found.items():
                if cell and cell.kind in (ERROR, FORMULA):
                    code = "cell_is_error" if cell.kind == ERROR else "cell_is_formula"
                    self.findings.append(
                        Finding(Level.ERROR, code, sheet.name, line, field, cell.value, {"value": cell.value})
                    )
            rows.append(TableRow(line, {field: cell.value if cell else "" for field, cell in found.items()}))
        return Table(sheet.name, tuple(fields), tuple(rows))

    def _check_manifest(self, manifest: Mapping[str, str]) -> None:
        wanted = {"format": FORMAT, "jurisdiction": self.lookups.county, "year": str(self.lookups.year)}
        codes = {"format": "cycle_format", "jurisdiction": "cycle_county", "year": "year_differs"}
        for key, value in wanted.items():
            found = manifest.get(key, "")
            if found != value:
                params = {"found": found or "—", "expected": value, "year": value}
                self.findings.append(Finding(Level.ERROR, codes[key], MANIFEST, None, "", found, params))

    def _take(self, name: str, parsed: ParseResult) -> None:
        self.rows += parsed.rows
        self.findings += parsed.findings
        self.summaries.append(SheetSummary(name, "table", len(parsed.rows)))

    def _each(self, name: str, kind: str, read) -> None:
        keys, rows = Keys(), []
        for row in self.tables[name].rows:
            reader = RowReader(self.tables[name], row)
            key, values = read(reader)
            if first := keys.first_row(key, row.number):
                reader.error("duplicate_key", self.tables[name].header[0], first=first, value=key)
            rows.append(reader.staged(kind, key, values))
        self._take(name, ParseResult(tuple(rows)))

    def _units(self, known) -> ParseResult:
        table = self.tables[UNITS]
        column = f"category_{self.lookups.year}"
        rows = tuple(
            TableRow(row.number, {column if name == "category" else name: cell for name, cell in row.cells.items()})
            for row in table.rows
        )
        header = tuple(column if name == "category" else name for name in table.header)
        return parse_units(replace(table, header=header, rows=rows), known, categories=self.lookups.kinds)

    def _schemes(self) -> ParseResult:
        """The schemes with what was decided about them: draft or issued, when, under which document, by whom."""
        table = self.tables[SCHEMES]
        header = tuple(name for name in table.header if name not in _ISSUE)
        parsed = parse_schemes(replace(table, header=header), self.lookups.categories)
        rows = []
        for row, line in zip(parsed.rows, table.rows, strict=True):
            reader = RowReader(table, line)
            state = reader.choice("state", ("draft", "issued"))
            issue = {
                "state": state,
                "issued_on": _day(reader, "issued_on", required=state == "issued"),
                "document_no": _text(reader, "document_no", longest=60),
                "issuer_name": _text(reader, "issuer_name", longest=120),
            }
            extra = reader.staged("scheme", row.key, {}).findings
            rows.append(replace(row, values=row.values | issue, findings=(*row.findings, *extra)))
        return replace(parsed, rows=tuple(rows))

    def _indicators(self, names: Mapping[str, str]) -> ParseResult:
        """The indicators with order and parameters as they are stored, to the letter: the digest reads both."""
        table = self.tables[INDICATORS]
        plain_table = replace(table, header=tuple(name for name in table.header if name != "sort"))
        parsed = parse_indicators(plain_table, self.lookups.categories, names)
        rows = []
        for row, line in zip(parsed.rows, table.rows, strict=True):
            reader = RowReader(table, line)
            sort = reader.whole("sort", required=True, most=30_000)
            kept = [f for f in row.findings if (f.code, f.column) != ("value_missing", "responsible_code")]
            extra = reader.staged("indicator", row.key, {}).findings
            params = row.values["params"] if row.findings or extra else json.loads(line.cells["params"] or "{}")
            rows.append(replace(row, values=row.values | {"sort": sort, "params": params}, findings=(*kept, *extra)))
        return replace(parsed, rows=tuple(rows))

    def _check_years(self) -> None:
        """A workbook is about one year: what else it brought would be locked by another one."""
        for row in self.rows:
            if row.kind in ("scheme", "indicator", "effect") and row.values["year"] not in (None, self.lookups.year):
                params = {"found": str(row.values["year"]), "year": str(self.lookups.year)}
                self.findings.append(
                    Finding(Level.ERROR, "year_differs", row.sheet, row.row, "year", str(row.values["year"]), params)
                )


def _text(reader: RowReader, column: str, *, longest: int, required: bool = False) -> str:
    """Text to the letter, line feeds included."""
    text = reader.raw(column)
    if required and not text:
        reader.error("value_missing", column, name=column)
    if len(text) > longest:
        reader.error("value_too_long", column, limit=longest)
    return text


def _unit(reader: RowReader, names: Mapping[str, str]) -> str:
    unit = reader.code("unit", required=True)
    if unit and unit not in names:
        reader.error("unit_unknown", "unit")
    return unit


def _day(reader: RowReader, column: str, *, required: bool = False) -> str | None:
    day = reader.day(column, required=required)
    return day.isoformat() if day else None


def _number(reader: RowReader, column: str, *, required: bool = False) -> str | None:
    number = reader.decimal(column, required=required)
    return None if number is None else plain(number)


def _score(reader: RowReader, names, leaves) -> tuple[str, dict[str, Any]]:
    unit, category, leaf = _unit(reader, names), reader.code("category", required=True), reader.code("indicator")
    if (category, leaf) not in leaves:
        reader.error("indicator_unknown", "indicator", year="")
    values = {
        "unit": unit,
        "category": category,
        "indicator": leaf,
        "is_applicable": reader.flag("is_applicable") is not False,
        "figure": _number(reader, "figure"),
        "word": _text(reader, "word", longest=20),
        "target": _number(reader, "target"),
        **({"na_reason": _text(reader, "na_reason", longest=300)} if reader.has("na_reason") else {}),
    }
    return f"{unit}/{leaf}", values


def _adjustment(reader: RowReader, names) -> tuple[str, dict[str, Any]]:
    points = _number(reader, "points", required=True)
    if points == "0":
        reader.error("points_zero", "points")
    number = _text(reader, "number", longest=40, required=True)
    values = {
        "number": number,
        "unit": _unit(reader, names),
        "item": _text(reader, "item", longest=40),
        "points": points,
        "ground": _text(reader, "ground", longest=300),
        "document_no": _text(reader, "document_no", longest=80),
        "evidence": _text(reader, "evidence", longest=300),
        "date": _day(reader, "date"),
    }
    return number, values


def _veto(reader: RowReader, names) -> tuple[str, dict[str, Any]]:
    number = _text(reader, "number", longest=40, required=True)
    values = {
        "number": number,
        "unit": _unit(reader, names),
        "ground": _text(reader, "ground", longest=300),
        "decided_by": _text(reader, "decided_by", longest=120),
        "document_no": _text(reader, "document_no", longest=80),
        "date": _day(reader, "date"),
    }
    return number, values


def _post(reader: RowReader, names) -> tuple[str, dict[str, Any]]:
    unit, title = _unit(reader, names), _text(reader, "post", longest=80, required=True)
    values = {
        "unit": unit,
        "post": title,
        "level": _text(reader, "level", longest=12),
        "sort": reader.whole("sort", required=True, most=30_000),
        "starts_on": _day(reader, "starts_on"),
        "ends_on": _day(reader, "ends_on"),
        "is_team_member": bool(reader.flag("is_team_member")),
    }
    return f"{unit}/{title}", values


def _holder(reader: RowReader, posts) -> tuple[str, dict[str, Any]]:
    unit, title = reader.code("unit", required=True), _text(reader, "post", longest=80, required=True)
    if f"{unit}/{title}" not in posts:
        reader.error("cycle_post_unknown", "post")
    values = {
        "unit": unit,
        "post": title,
        "name": _text(reader, "name", longest=60, required=True),
        "id_masked": _text(reader, "id_masked", longest=18, required=True),
        "person": _text(reader, "person", longest=64, required=True),
        "from": _day(reader, "from", required=True),
        "to": _day(reader, "to"),
        "is_main": reader.flag("is_main") is not False,
        "document_no": _text(reader, "document_no", longest=80),
        "note": _text(reader, "note", longest=120),
    }
    return f"{unit}/{title}/{values['name']}/{values['from']}", values
