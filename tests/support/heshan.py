"""The demo county's files, and what the parsers need to know of it, without a database."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl

from assessments.imports.indicators import parse_indicators
from assessments.imports.lookups import IndicatorFacts, ScoreLookups, UnitFacts
from assessments.imports.score_workbook import parse_score_workbook
from foundation.exchange.rows import ParseResult
from foundation.exchange.sandbox.content import BOOLEAN, DATE, ERROR, FORMULA, NUMBER, TEXT, Cell, WorkbookContent
from foundation.exchange.sandbox.places import split_reference
from foundation.exchange.sandbox.reader import read_workbook
from foundation.exchange.sandbox.tables import Table, read_csv
from officials.imports.units import parse_units

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo" / "heshan"
EXPECTED = ROOT / "tests" / "data" / "heshan"
CODES = ROOT / "foundation" / "regulations" / "codes"
GRADES = ("优", "良", "中", "差")
YEARS = (2023, 2024, 2025)


def table(name: str) -> Table:
    return read_csv((DEMO / name).read_bytes(), filename=name)


def altered(name: str, old: str, new: str) -> Table:
    """The table with one text changed, which must occur."""
    text = (DEMO / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old}"
    return read_csv(text.replace(old, new, 1).encode(), filename=name)


def expected(name: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def categories() -> dict[str, str]:
    """Code → name of the sheet."""
    rows = read_csv((CODES / "unit_category.csv").read_bytes()).rows
    return {row.cells["code"]: row.cells["label_zh"] for row in rows}


@cache
def units() -> dict[str, str]:
    """Code → name to show."""
    return {row.key: row.values["short_name"] or row.values["name"] for row in parse_units(table("units.csv")).rows}


@cache
def lookups(year: int) -> ScoreLookups:
    rows = [row.values for row in parse_units(table("units.csv")).rows]
    facts = [UnitFacts(v["code"], v["name"], v["short_name"], (), v["categories"].get(str(year), "")) for v in rows]
    return ScoreLookups(year, categories(), facts, [_facts(v) for v in _indicator_values(year)])


def _indicator_values(year: int) -> list[dict]:
    return [row.values for row in parse_indicators(table(f"indicators-{year}.csv"), categories(), units()).rows]


def _facts(v: dict) -> IndicatorFacts:
    grades = tuple(v["params"].get("table", GRADES)) if v["method"] == "grade" else ()
    head = (v["category"], v["code"], v["name"], v["group"], v["unit_of_measure"])
    return IndicatorFacts(*head, v["method"], v["direction"], v["responsible"], grades)


def parse(data: bytes, year: int, name: str = "scores.xlsx") -> ParseResult:
    return parse_score_workbook(read_workbook(data, filename=name), lookups(year))


@cache
def scores(name: str, year: int) -> ParseResult:
    """A score workbook of the county, parsed once."""
    folder = EXPECTED if "gaps" in name else DEMO
    return parse((folder / name).read_bytes(), year, name)


def edited(change, year: int = 2024) -> ParseResult:
    """The workbook of a year after `change(workbook)`, parsed."""
    book = openpyxl.load_workbook(DEMO / f"scores-{year}.xlsx")
    change(book)
    out = io.BytesIO()
    book.save(out)
    return parse(out.getvalue(), year)


@cache
def content(year: int) -> WorkbookContent:
    name = f"scores-{year}.xlsx"
    return read_workbook((DEMO / name).read_bytes(), filename=name)


def with_cell(sheet: str, place: str, value: object, number_format: str = "General", year: int = 2024) -> ParseResult:
    """The workbook of a year with one cell changed, parsed: quicker than `edited`, for single cells."""
    row, column = split_reference(place)
    sheets = []
    for each in content(year).sheets:
        cells = dict(each.cells)
        if each.name == sheet:
            cells.pop((row, column), None)
            if value is not None:
                cells[row, column] = _cell(row, column, value, number_format)
        sheets.append(replace(each, cells=dict(sorted(cells.items()))))
    return parse_score_workbook(WorkbookContent("scores.xlsx", tuple(sheets)), lookups(year))


def _cell(row: int, column: int, value: object, number_format: str) -> Cell:
    if isinstance(value, bool):
        return Cell(row, column, BOOLEAN, str(int(value)))
    if isinstance(value, date):
        return Cell(row, column, DATE, value.isoformat(), number_format)
    if not isinstance(value, str):
        return Cell(row, column, NUMBER, format(Decimal(str(value)), "f"), number_format)
    if value.startswith("="):
        return Cell(row, column, FORMULA, "", number_format, is_formula=True)
    return Cell(row, column, ERROR if value.startswith("#") else TEXT, value, number_format)
