"""The layout of a filled-in form: titles, headers on one or two levels, data rows, notes, trailing rows. Pure.

A block begins at a header line, which is a line with the word 单位 in one cell and other headings beside it. A sheet may hold
several blocks below each other (figures, then yearly targets).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from foundation.exchange.cleaning import clean_name, is_blank
from foundation.exchange.rows import Level
from foundation.exchange.sandbox.content import TEXT, Cell, SheetContent

from .notes import Notes

UNIT_HEADING = "单位"
UNIT_OF_MEASURE = "计量单位"
END = "以下空白"
SUMMARIES = frozenset({"平均", "平均值", "均值", "平均分", "合计", "总计", "小计"})
_NOTE = re.compile(r"(?:注|备注|说明)[:]")
_SIGNATURE = re.compile(r"(?:填报人|填表人|制表人|审核人|负责人|经办人|联系人|联系电话|盖章)")
_SECTION = re.compile(r"[一二三四五六七八九十]+、")

CellsOfRow = dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a block: its own heading, the heading of its group, and its unit of measure when a line gives them."""

    column: int
    cell: Cell
    name: str
    group: str = ""
    unit_of_measure: Cell | None = None


@dataclass(frozen=True, slots=True)
class DataRow:
    """A line of data: the cell that names the unit, and the other filled cells by column."""

    number: int
    unit: Cell
    cells: CellsOfRow


@dataclass(slots=True)
class Block:
    """A header and the data rows below it; `title` is the last line of text above the header."""

    title: str
    header_row: int
    unit_column: int
    headings: list[Heading] = field(default_factory=list)
    rows: list[DataRow] = field(default_factory=list)

    def heading(self, *names: str) -> Heading | None:
        """The column with one of these headings."""
        return next((heading for heading in self.headings if heading.name in names), None)


@dataclass(slots=True)
class Layout:
    """The blocks of a sheet and the cells above the first of them (title, office, date)."""

    blocks: list[Block] = field(default_factory=list)
    above: list[Cell] = field(default_factory=list)


def word(cell: Cell | None) -> str:
    """The text of a cell for comparing: half width, without spaces and line feeds; "" when there is none."""
    return "" if cell is None or is_blank(cell) else clean_name(cell.value).value


class _Scanner:
    """Walks down the filled rows of one sheet."""

    def __init__(self, sheet: SheetContent, notes: Notes) -> None:
        self.sheet = sheet
        self.notes = notes
        self.layout = Layout()
        self.block: Block | None = None
        self.title = ""
        self.has_ended = False
        rows = {number: _filled(cells) for number, cells in sheet.rows.items()}
        self.rows = {number: cells for number, cells in rows.items() if cells}

    def scan(self) -> Layout:
        header_until = 0
        for number, cells in self.rows.items():
            if number <= header_until:
                continue
            if _is_header(cells):
                header_until = self._begin_block(number, cells)
            else:
                self._read_row(number, cells)
        return self.layout

    def _begin_block(self, top: int, cells: CellsOfRow) -> int:
        """Reads the header lines; the number of the last line that belongs to them."""
        unit_column = next(column for column, cell in cells.items() if word(cell) == UNIT_HEADING)
        bottom = self._header_bottom(top, unit_column)
        measures = self.rows.get(bottom + 1, {})
        if UNIT_OF_MEASURE not in {word(cell) for cell in measures.values()}:
            measures = {}
        block = Block(self.title, top, unit_column)
        columns = sorted({*self.rows[top], *self.rows.get(bottom, {}), *self._covered(top)})
        for column in columns:
            if column != unit_column and (heading := self._heading(top, bottom, column, measures)):
                block.headings.append(heading)
        self.block, self.has_ended, self.title = block, False, ""
        self.layout.blocks.append(block)
        return bottom + 1 if measures else bottom

    def _header_bottom(self, top: int, unit_column: int) -> int:
        """The heading 单位 spans all header lines; without merged cells a line without unit and figures is the second."""
        for first, left, last, right in self.sheet.merged:
            if first <= top <= last and left <= unit_column <= right:
                return last
        below = self.rows.get(top + 1, {})
        is_second = len(below) > 1 and unit_column not in below and all(cell.kind == TEXT for cell in below.values())
        return top + 1 if is_second and UNIT_OF_MEASURE not in {word(c) for c in below.values()} else top

    def _covered(self, top: int) -> set[int]:
        """Columns below merged headings of the first line."""
        return {
            column
            for first, left, last, right in self.sheet.merged
            if first <= top <= last
            for column in range(left, right + 1)
        }

    def _heading(self, top: int, bottom: int, column: int, measures: CellsOfRow) -> Heading | None:
        cell = self.sheet.spanning(bottom, column) or self.sheet.cell(top, column)
        if cell is None or is_blank(cell):
            return None
        above = self.sheet.spanning(top, column) if bottom > top else None
        group = word(above) if above and above is not cell else ""
        return Heading(column, cell, word(cell), group, measures.get(column))

    def _read_row(self, number: int, cells: CellsOfRow) -> None:
        block = self.block
        if block is None:
            self.layout.above.extend(cells.values())
            self.title = word(next(iter(cells.values())))
            return
        unit = cells.get(block.unit_column)
        first = next(iter(cells.values()))
        label = word(unit) or word(first)
        if self._is_text_line(block, cells):
            self._read_text_line(first, label)
        elif label in SUMMARIES:
            self.notes.tell(Level.INFO, "summary_row", unit or first, value=label)
        elif self.has_ended:
            self.notes.error("data_after_end", first)
        elif unit is None:
            self.notes.error("unit_missing_name", first)
        else:
            others = {column: cell for column, cell in cells.items() if column != block.unit_column}
            block.rows.append(DataRow(number, unit, others))
            if number in self.sheet.hidden_rows:
                self.notes.tell(Level.WARNING, "hidden_row", unit)

    @staticmethod
    def _is_text_line(block: Block, cells: CellsOfRow) -> bool:
        """A line of signatures, or one with a single text, which does not stand where the units stand unless it is a note."""
        column, cell = next(iter(cells.items()))
        text = word(cell)
        if _SIGNATURE.match(text):
            return all(other.kind == TEXT for other in cells.values())
        if len(cells) != 1:
            return False
        is_known = text == END or _NOTE.match(text) or _SECTION.match(text)
        return bool(is_known) or column < block.unit_column

    def _read_text_line(self, cell: Cell, text: str) -> None:
        if _SECTION.match(text):
            self.title, self.has_ended = text, True
        elif text == END or _NOTE.match(text):
            self.has_ended = True
        elif not self.has_ended:
            self.notes.tell(Level.INFO, "line_ignored", cell)


def scan(sheet: SheetContent, notes: Notes) -> Layout:
    """The blocks of a sheet; what is left out on the way is told in `notes`."""
    return _Scanner(sheet, notes).scan()


def _filled(cells: CellsOfRow) -> CellsOfRow:
    return {column: cell for column, cell in sorted(cells.items()) if not is_blank(cell)}


def _is_header(cells: CellsOfRow) -> bool:
    """A line with 单位 as a heading: other texts stand beside it, and no figures."""
    return len(cells) > 1 and UNIT_HEADING in {word(cell) for cell in cells.values()}
