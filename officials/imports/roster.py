"""A roster (名册) of any office: one person a row, columns found by their headers. Pure.

`parse_roster` gives rows of kind `person`; their values bear the names of the columns of `Official`, and beside them
id_number, phone, birth, unit (code), post, post_since, rank_since, level_since (stored partial dates) and education.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from foundation.exchange.cleaning import is_blank
from foundation.exchange.rows import Finding, Judged, Level, ParseResult, SheetSummary, StagedRow
from foundation.exchange.sandbox.content import Cell, SheetContent, WorkbookContent
from foundation.exchange.sandbox.places import column_letter
from foundation.exchange.sandbox.streaming import Row, SheetRows, rows_of_content

from ..rules.labels import LabelTable
from .repeated import Places, judge_repeated, leave_out_repeated
from .roster_cells import RosterRow
from .roster_headers import Header, find_header
from .roster_people import read_person
from .unit_posts import UnitFinder

REQUIRED = ("name", "id_number")
PEEKED = 80
"""Rows of a sheet that are looked at before the others come: title, header, examples."""
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


class RosterReading:
    """A roster under reading: its rows one after the other, of every visible sheet that has a header of a roster.

    When they are through, `findings` and `sheets` tell of the file as a whole; `question` is set when columns must be
    assigned first. Rows of one number stand in `repeated`, by their places among the rows: `judge` says what becomes of
    them. `expected` is how many rows the sheets begun so far say that they have.
    """

    def __init__(self, sheets: Iterable[SheetRows], facts: RosterFacts) -> None:
        self._source, self._facts = sheets, facts
        self.findings: list[Finding] = []
        self.sheets: list[SheetSummary] = []
        self.question: dict | None = None
        self.expected = 0
        self._places = Places()

    def __iter__(self) -> Iterator[StagedRow]:
        place, first_sheet = 0, None
        for sheet in self._source:
            first_sheet = sheet.name if first_sheet is None else first_sheet
            for row in self._sheet(sheet):
                self._places.note(row.values.get("id_number"), place)
                place += 1
                yield row
        if not self.sheets and self.question is None:
            self.findings.append(Finding(Level.ERROR, "roster_header_missing", first_sheet or ""))

    @property
    def repeated(self) -> list[list[int]]:
        """Places of the rows of each number that stands in more than one."""
        return self._places.repeated

    def judge(self, groups: Sequence[Sequence[StagedRow]]) -> list[list[Judged]]:
        """What becomes of rows with one number, group by group."""
        return judge_repeated(groups, self._facts.registered)

    def _sheet(self, sheet: SheetRows) -> Iterator[StagedRow]:
        if sheet.hidden:
            self.sheets.append(SheetSummary(sheet.name, "hidden"))
            self.findings.append(Finding(Level.INFO, "sheet_hidden", sheet.name))
            return
        top = list(islice(sheet.rows, PEEKED))
        shown = sheet.content(top)
        header = find_header(shown)
        if header is None:
            if top:
                self.findings.append(Finding(Level.INFO, "roster_no_header", sheet.name))
            return
        decided = self._facts.remembered(header.signature)
        if decided is None and _must_ask(header):
            self.question = self.question or _question(shown, header)
            return
        if decided is not None and header.open_columns:
            said = {"by": decided.by, "on": decided.on}
            self.findings.append(Finding(Level.INFO, "roster_remembered", sheet.name, header.top, params=said))
        fields = header.fields(decided.columns if decided else None)
        hidden = [column for column in fields.values() if shown.is_hidden_column(column)]
        self.findings += [Finding(Level.WARNING, "hidden_column", sheet.name, None, column_letter(c)) for c in hidden]
        self.expected += max(sheet.last_row - header.bottom, 0)
        yield from self._people(sheet, chain(top, sheet.rows), header, fields, _as_of(shown, header, self._facts.today))

    def _people(self, sheet, rows: Iterable[Row], header: Header, fields, as_of: date) -> Iterator[StagedRow]:
        read = 0
        for row in rows:
            if row[0] > header.bottom and (cells := self._cells_of(sheet.name, row, fields)):
                read += 1
                found = RosterRow(sheet.name, row[0], cells, fields)
                yield read_person(found, self._facts.finder, self._facts.tables, as_of)
        self.sheets.append(SheetSummary(sheet.name, "table", read))

    def _cells_of(self, sheet: str, row: Row, fields: Mapping[str, int]) -> dict[int, Cell]:
        """The filled cells of a person's row; none of a row that is no person's."""
        number, is_hidden, filled = row
        cells = {column: cell for column, cell in filled.items() if not is_blank(cell)}
        if cells and _is_signature(cells, fields):
            words = " ".join(cell.value for cell in cells.values())[:80]
            self.findings.append(Finding(Level.INFO, "line_ignored", sheet, number, "", words))
            return {}
        if cells and is_hidden:
            self.findings.append(Finding(Level.WARNING, "hidden_row", sheet, number))
        return cells


def parse_roster(book: WorkbookContent, facts: RosterFacts) -> ParseResult:
    """A workbook that was read as a whole; see `RosterReading`."""
    reading = RosterReading(map(rows_of_content, book.sheets), facts)
    rows, repeated = leave_out_repeated(list(reading), facts.registered)
    return ParseResult(tuple(rows), (*reading.findings, *repeated), tuple(reading.sheets), reading.question)


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


def _is_signature(cells, fields: Mapping[str, int]) -> bool:
    """Lines after the table: nobody's number stands in them, and they begin with such words or hold a cell or two."""
    if fields.get("id_number") in cells:
        return False
    first = next(iter(cells.values())).value
    return bool(_SIGNATURE.match(first)) or (len(cells) <= 2 and fields.get("name") not in cells)
