"""The collection workbook V2017.01 (信息采集表) read: one staged row a person, with the lines of all sheets. Pure.

Sheets are known by the code that their name begins with, columns by their headers in any order. Lines belong to the
person of the same name and identity number; a line of nobody is told and keeps nobody else out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from foundation.exchange.cleaning import clean_name, is_blank
from foundation.exchange.rows import Finding, Level, ParseResult, SheetSummary, StagedRow
from foundation.exchange.sandbox.content import SheetContent, WorkbookContent
from foundation.exchange.sandbox.places import column_letter

from ..rules.collection_columns import MOST_PEOPLE, NOTES_SHEET, PEOPLE, SHEETS, UNITS, VERSION, CollectionSheet
from ..rules.labels import label_key
from .collection_people import Facts, Gathered, finish, key_of, read_front
from .collection_sets import READERS
from .repeated import leave_out_repeated
from .roster_cells import RosterRow
from .unit_posts import UnitFinder

HEADER_ROWS = 6  # the header stands among these; row 2 as a rule
_VERSION = re.compile(r"V20\d\d\.\d\d")
_DATES = re.compile(r"\d{4}(?:\d\d(?:\d\d)?|[春夏秋冬初中底])?", re.ASCII)
_ORDER = sorted(SHEETS, key=lambda sheet: -len(sheet.code))  # A99Z1 before A9


@dataclass(frozen=True)
class CollectionFacts(Facts):
    """What reading a workbook needs to know; see `RosterFacts`."""

    registered: Callable[[Iterable[str]], Mapping[str, str]] = lambda numbers: {}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet of the file with what it is, where its header stands, and the columns by name."""

    about: CollectionSheet
    content: SheetContent
    header: int
    columns: Mapping[str, int]

    def rows(self) -> Iterable[RosterRow]:
        for number in sorted(row for row in self.content.rows if row > self.header):
            cells = {place: cell for place, cell in self.content.rows[number].items() if not is_blank(cell)}
            if any(place in cells for place in self.columns.values()):
                yield RosterRow(self.content.name, number, cells, self.columns, _DATES)


def parse_collection(book: WorkbookContent, facts: CollectionFacts) -> ParseResult:
    """Read a workbook; every fault of every sheet is told at once."""
    findings: list[Finding] = []
    sheets = _sheets(book, findings)
    _check_version(book, findings)
    if PEOPLE.code not in sheets:
        name = book.sheets[0].name if book.sheets else ""
        return ParseResult((), (*findings, Finding(Level.ERROR, "collection_no_people", name)))
    _check_units(sheets.get(UNITS.code), facts.finder, findings)
    rows, more = _people(sheets[PEOPLE.code], facts)
    findings += more
    gathered = [Gathered(row) for row in rows]
    strays = _gather(gathered, sheets, facts)
    staged = [finish(each, facts) for each in gathered] + strays
    counts = [SheetSummary(s.content.name, "table", sum(1 for _ in s.rows())) for s in sheets.values()]
    return ParseResult(tuple(staged), tuple(findings), tuple(counts))


def _sheets(book: WorkbookContent, findings: list[Finding]) -> dict[str, _Sheet]:
    found: dict[str, _Sheet] = {}
    for content in book.sheets:
        name = clean_name(content.name).value.upper()
        about = next((sheet for sheet in _ORDER if name.startswith(sheet.code)), None)
        if content.hidden and content.cells:
            findings.append(Finding(Level.INFO, "sheet_hidden", content.name))
        elif about is None and content.cells and content.name.strip() != NOTES_SHEET:
            findings.append(Finding(Level.INFO, "collection_sheet_unknown", content.name))
        elif about is not None and about.code not in found and (sheet := _sheet(content, about, findings)):
            found[about.code] = sheet
    return found


def _sheet(content: SheetContent, about: CollectionSheet, findings: list[Finding]) -> _Sheet | None:
    known = {label_key(column.header): column.name for column in about.columns}
    for number in [row for row in content.rows if row <= HEADER_ROWS]:
        cells = {place: cell.value for place, cell in content.rows[number].items() if not is_blank(cell)}
        columns: dict[str, int] = {}
        for place, words in cells.items():
            if name := known.get(label_key(words)):
                columns.setdefault(name, place)
        if all(column.name in columns for column in about.columns[:2]):
            for place, words in cells.items():
                if label_key(words) not in known:
                    where = (content.name, number, column_letter(place), words)
                    findings.append(Finding(Level.INFO, "column_ignored", *where, {"name": words}))
            return _Sheet(about, content, number, columns)
    if content.cells:
        wanted = "、".join(column.header for column in about.columns[:2])
        findings.append(Finding(Level.ERROR, "collection_header_missing", content.name, params={"names": wanted}))
    return None


def _check_version(book: WorkbookContent, findings: list[Finding]) -> None:
    """Another version may have other columns: said, not refused, since columns are known by their headers."""
    for content in book.sheets:
        if content.name.strip() == NOTES_SHEET:
            for cell in content.cells.values():
                if (found := _VERSION.search(cell.value)) and found.group() != VERSION:
                    place = (content.name, cell.row, cell.letter, cell.value[:40])
                    params = {"found": found.group(), "expected": VERSION}
                    findings.append(Finding(Level.WARNING, "collection_version", *place, params))


def _check_units(sheet: _Sheet | None, finder: UnitFinder, findings: list[Finding]) -> None:
    """Units are only compared: that none is set up is said once, and each that the register does not have is told."""
    names = 0
    for row in sheet.rows() if sheet else ():
        name = row.text("name", longest=200)
        names += bool(name)
        if name and not finder.exact(name):
            place = (row.sheet, row.number, row.letter("name"), name)
            findings.append(Finding(Level.WARNING, "collection_unit_unknown", *place, {}, finder.offers(name)))
    if names:
        told = {"count": str(names)}
        findings.append(Finding(Level.INFO, "collection_units_compared", sheet.content.name, params=told))


def _people(sheet: _Sheet, facts: CollectionFacts) -> tuple[list[StagedRow], list[Finding]]:
    rows = [read_front(row, facts) for row in sheet.rows()]
    findings = []
    if len(rows) > MOST_PEOPLE:
        params = {"count": str(len(rows)), "most": str(MOST_PEOPLE)}
        findings.append(Finding(Level.WARNING, "collection_many", sheet.content.name, params=params))
    rows, more = leave_out_repeated(rows, facts.registered)
    return _tell_apart(rows), [*findings, *more]


def _tell_apart(rows: list[StagedRow]) -> list[StagedRow]:
    """Two people of one name without numbers cannot be told apart in the other sheets."""
    first: dict[str, StagedRow] = {}
    found = []
    for row in rows:
        known = None if row.values.get("id_number") else first.setdefault(row.key, row)
        if known is not None and known is not row:
            params = {"first": str(known.row), "other": row.values.get("name", "")}
            place = (row.sheet, row.row, row.column, row.values.get("name", ""))
            row = replace(row, findings=(*row.findings, Finding(Level.ERROR, "roster_person_twice", *place, params)))
        found.append(row)
    return found


def _gather(people: list[Gathered], sheets: Mapping[str, _Sheet], facts: CollectionFacts) -> list[StagedRow]:
    """Give every line of the other sheets to its person; lines of nobody come back as rows of their own."""
    by_key: dict[str, Gathered] = {}
    for each in people:
        by_key.setdefault(each.row.key, each)
    strays = []
    for sheet in sheets.values():
        read = READERS.get(sheet.about.set_name)
        for row in sheet.rows() if read else ():
            key = key_of(row)
            if owner := by_key.get(key):
                owner.take(sheet.about.set_name, row, read(row, sheet.about, facts))
            else:
                row.error("collection_nobody", "name", value=row.raw("name"), sheet=PEOPLE.name)
                strays.append(row.staged("person", key, {"name": row.raw("name")}))
    return strays
