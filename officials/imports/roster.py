"""A roster (名册) of any office: one person a row, columns found by their headers. Pure.

`parse_roster` gives rows of kind `person`; their values bear the names of the columns of `Official`, and beside them
id_number, phone, birth, unit (code), post, post_since, rank_since, level_since (stored partial dates) and education.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from foundation.exchange.cleaning import is_blank
from foundation.exchange.rows import Finding, Level, ParseResult, SheetSummary, StagedRow
from foundation.exchange.sandbox.content import SheetContent, WorkbookContent
from foundation.exchange.sandbox.places import column_letter

from ..rules.labels import LabelTable
from .roster_cells import RosterRow
from .roster_headers import Header, find_header
from .roster_people import read_person
from .unit_posts import UnitFinder

REQUIRED = ("name", "id_number")
_AS_OF = re.compile(r"截[止至][^\d]{0,8}(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*(?:[月.\-/]\s*(?:(\d{1,2})\s*日?)?)?")
_SIGNATURE = re.compile(
    r"\s*(?:填表人|制表人|审核人|负责人|填报人|填报单位|制表单位|单位负责人|联系人|联系电话|填表日期|填表时间|注|说明|备注|合计|小计|总计|共计|以下空白)"
    r"\s*(?:[：:（(]|\d|$)"
)


@dataclass(frozen=True)
class RosterFacts:
    """What reading a roster needs to know.

    `tables` are label tables by the name of the code table; `remembered` gives what was decided for a signature of
    a header (None: nothing); `registered` gives the recorded names of identity numbers; `today` bounds dates of
    a roster that does not say its own day.
    """

    finder: UnitFinder
    tables: Mapping[str, LabelTable]
    today: date
    remembered: Callable[[str], Decided | None] = lambda signature: None
    registered: Callable[[Iterable[str]], Mapping[str, str]] = lambda numbers: {}


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about the columns of a form of header: column letter → field, by whom, on which day."""

    columns: Mapping[str, str]
    by: str = ""
    on: str = ""


def parse_roster(book: WorkbookContent, facts: RosterFacts) -> ParseResult:
    """Read every visible sheet that has a header of a roster."""
    rows: list[StagedRow] = []
    findings: list[Finding] = []
    sheets: list[SheetSummary] = []
    question = None
    for sheet in book.sheets:
        if sheet.hidden:
            sheets.append(SheetSummary(sheet.name, "hidden"))
            findings.append(Finding(Level.INFO, "sheet_hidden", sheet.name))
            continue
        header = find_header(sheet)
        if header is None:
            if sheet.cells:
                findings.append(Finding(Level.INFO, "roster_no_header", sheet.name))
            continue
        decided = facts.remembered(header.signature)
        if decided is None and _must_ask(header):
            question = question or _question(sheet, header)
            continue
        if decided is not None and header.open_columns:
            said = {"by": decided.by, "on": decided.on}
            findings.append(Finding(Level.INFO, "roster_remembered", sheet.name, header.top, params=said))
        read, more = _sheet(sheet, header, header.fields(decided.columns if decided else None), facts)
        rows += read
        findings += more
        sheets.append(SheetSummary(sheet.name, "table", len(read)))
    if not sheets and question is None:
        findings.append(Finding(Level.ERROR, "roster_header_missing", book.sheets[0].name if book.sheets else ""))
    rows, more = leave_out_repeated(rows, facts)
    return ParseResult(tuple(rows), (*findings, *more), tuple(sheets), question)


def _must_ask(header: Header) -> bool:
    fields = header.fields()
    return bool(header.open_columns) or any(name not in fields for name in REQUIRED)


def _question(sheet: SheetContent, header: Header) -> dict:
    """What the mapping page shows: every column with its words, what it may mean, and examples from below."""
    below = [number for number in sheet.rows if number > header.bottom][:50]
    open_columns = {column.column for column in header.open_columns}
    columns = []
    for column in header.columns:
        cells = (sheet.cell(row, column.column) for row in below)
        examples = list(dict.fromkeys(" ".join(cell.value.split())[:40] for cell in cells if not is_blank(cell)))[:3]
        columns.append(
            {
                "letter": column.letter,
                "header": column.header,
                "fields": list(column.fields),
                "is_open": column.column in open_columns,
                "examples": examples,
            }
        )
    return {"sheet": sheet.name, "signature": header.signature, "columns": columns}


def _as_of(sheet: SheetContent, header: Header, today: date) -> date:
    """The day that the title states (截止时间); the last day of a month that is all it states; else today."""
    for row in [number for number in sheet.rows if number < header.top]:
        for cell in sheet.rows[row].values():
            if match := _AS_OF.search(cell.value):
                year, month, day = match.groups()
                try:
                    if day:
                        return date(int(year), int(month), int(day))
                    after = date(int(year) + int(month) // 12, int(month) % 12 + 1, 1)
                    return date.fromordinal(after.toordinal() - 1)
                except ValueError:
                    continue
    return today


def _sheet(sheet: SheetContent, header: Header, fields: Mapping[str, int], facts: RosterFacts):
    as_of = _as_of(sheet, header, facts.today)
    rows, findings = [], []
    hidden = [column for column in fields.values() if sheet.is_hidden_column(column)]
    findings += [Finding(Level.WARNING, "hidden_column", sheet.name, None, column_letter(c)) for c in hidden]
    for number in sorted(row for row in sheet.rows if row > header.bottom):
        cells = {column: cell for column, cell in sheet.rows[number].items() if not is_blank(cell)}
        if not cells:
            continue
        if _is_signature(cells, fields):
            words = " ".join(cell.value for cell in cells.values())[:80]
            findings.append(Finding(Level.INFO, "line_ignored", sheet.name, number, "", words))
            continue
        if number in sheet.hidden_rows:
            findings.append(Finding(Level.WARNING, "hidden_row", sheet.name, number))
        rows.append(read_person(RosterRow(sheet.name, number, cells, fields), facts.finder, facts.tables, as_of))
    return rows, findings


def _is_signature(cells, fields: Mapping[str, int]) -> bool:
    """Lines after the table: nobody's number stands in them, and they begin with such words or hold a cell or two."""
    if fields.get("id_number") in cells:
        return False
    first = next(iter(cells.values())).value
    return bool(_SIGNATURE.match(first)) or (len(cells) <= 2 and fields.get("name") not in cells)


def leave_out_repeated(rows: list[StagedRow], facts: RosterFacts) -> tuple[list[StagedRow], list[Finding]]:
    """A row that says the same again is left out with a warning; a number with two names, or one person with two rows
    that differ, is an error of the later row, or of the one whose name is not the recorded one.
    """
    by_number: dict[str, list[int]] = {}
    for position, row in enumerate(rows):
        if row.values.get("id_number"):
            by_number.setdefault(row.values["id_number"], []).append(position)
    several = {number: places for number, places in by_number.items() if len(places) > 1}
    names = facts.registered(several) if several else {}
    found: list[Finding] = []
    gone: set[int] = set()
    for number, places in several.items():
        right = next((p for p in places if number in names and rows[p].values.get("name") == names[number]), places[0])
        first = rows[right]
        for place in places:
            if place == right:
                continue
            row = rows[place]
            if row.values == first.values:
                gone.add(place)
                found.append(_at(row, Level.WARNING, "roster_row_again", first))
            elif row.values.get("name") != first.values.get("name"):
                rows[place] = _with(row, _at(row, Level.ERROR, "roster_number_of_other", first))
            else:
                rows[place] = _with(row, _at(row, Level.ERROR, "roster_person_twice", first))
    return [row for place, row in enumerate(rows) if place not in gone], found


def _at(row: StagedRow, level: Level, code: str, first: StagedRow) -> Finding:
    params = {"first": str(first.row), "other": first.values.get("name", "")}
    return Finding(level, code, row.sheet, row.row, row.column, row.values.get("name", ""), params)


def _with(row: StagedRow, finding: Finding) -> StagedRow:
    return replace(row, findings=(*row.findings, finding))
