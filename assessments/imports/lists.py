"""The sheets 加分扣分 and 一票否决: one item per line, named by its number (编号). Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from foundation.exchange.cleaning import (
    Unreadable,
    clean_code,
    clean_name,
    clean_text,
    day_of,
    is_blank,
    number_of,
    text_of,
)
from foundation.exchange.columns import Keys
from foundation.exchange.rows import Finding, Level, Reading, StagedRow
from foundation.exchange.sandbox.content import Cell, SheetContent
from foundation.exchange.sandbox.formats import plain

from .headings import REMARKS, SERIAL, check_titles
from .layout import Block, DataRow, Heading, scan
from .lookups import ScoreLookups
from .notes import Notes, readings
from .units_of_rows import UnitFinder

KINDS = {"加分": "bonus", "扣分": "deduction"}
_POINT_PLACES = 4
_POINTS_MOST = Decimal(1000)
# Headings by value: the first is the one to ask for when it is missing.
_ADJUSTMENT = {
    "kind": ("类别",),
    "points": ("分值", "分数"),
    "ground": ("事由",),
    "document_no": ("文号",),
    "number": ("编号",),
}
_ADJUSTMENT_OPTIONAL = {
    "item": ("项目",),
    "evidence": ("佐证", "佐证材料", "依据材料"),
    "day": ("日期", "认定日期", "发生日期"),
}
_VETO = {"ground": ("否决事项",), "number": ("编号",)}
_VETO_OPTIONAL = {"decided_by": ("认定单位",), "document_no": ("文号",), "day": ("日期", "认定日期", "发生日期")}
_LONGEST = {"number": 40, "item": 40, "ground": 300, "document_no": 80, "evidence": 300, "decided_by": 120}


def parse_adjustments(sheet: SheetContent, lookups: ScoreLookups) -> tuple[list[StagedRow], list[Finding]]:
    """Rows of kind `adjustment`, key = number.

    Values: number, unit, kind (bonus or deduction), item (项目), points (signed, as text), ground, document_no, evidence,
    date (ISO or None).
    """
    return _ListSheet(sheet, lookups, "adjustment", _ADJUSTMENT, _ADJUSTMENT_OPTIONAL).parse()


def parse_vetoes(sheet: SheetContent, lookups: ScoreLookups) -> tuple[list[StagedRow], list[Finding]]:
    """Rows of kind `veto`, key = number. Values: number, unit, ground, decided_by, document_no, date (ISO or None)."""
    return _ListSheet(sheet, lookups, "veto", _VETO, _VETO_OPTIONAL).parse()


class _ListSheet:
    def __init__(
        self,
        sheet: SheetContent,
        lookups: ScoreLookups,
        kind: str,
        required: dict[str, tuple[str, ...]],
        optional: dict[str, tuple[str, ...]],
    ) -> None:
        self.sheet = sheet
        self.lookups = lookups
        self.kind = kind
        self.required = required
        self.wanted = required | optional
        self.notes = Notes(sheet.name)
        self.numbers = Keys()

    def parse(self) -> tuple[list[StagedRow], list[Finding]]:
        layout = scan(self.sheet, self.notes)
        check_titles(layout, self.lookups.year, self.notes)
        if not layout.blocks:
            self.notes.about(Level.ERROR, "header_missing")
            return [], self.notes.findings
        block = layout.blocks[0]
        for extra in layout.blocks[1:]:
            self.notes.error("data_after_end", extra.headings[0].cell)
        columns = self._columns(block)
        if any(name not in columns for name in self.required):
            return [], self.notes.findings
        rows = [_Line(self, row, columns).stage() for row in block.rows]
        return rows, self.notes.findings

    def _columns(self, block: Block) -> dict[str, Heading]:
        columns = {name: found for name, names in self.wanted.items() if (found := block.heading(*names))}
        for name, names in self.required.items():
            if name not in columns:
                self.notes.about(Level.ERROR, "column_missing", block.header_row, None, name=names[0], value=names[0])
        known = {heading.column for heading in columns.values()}
        for heading in block.headings:
            if heading.column in known:
                continue
            if heading.name not in REMARKS and heading.name != SERIAL:
                self.notes.tell(Level.INFO, "column_ignored", heading.cell, name=heading.name)
        return columns


class _Line:
    """One line of a list under reading."""

    def __init__(self, sheet: _ListSheet, row: DataRow, columns: dict[str, Heading]) -> None:
        self.sheet = sheet
        self.row = row
        self.columns = columns
        self.notes = Notes(sheet.sheet.name)
        self.readings: list[Reading] = []

    def stage(self) -> StagedRow:
        finder = UnitFinder(self.sheet.lookups, self.notes)
        unit, unit_readings = finder.find(self.row)
        values: dict[str, Any] = {"number": self._number(), "unit": unit}
        if self.sheet.kind == "adjustment":
            values |= self._points()
            values |= {name: self._text(name) for name in ("item", "ground", "document_no", "evidence")}
        else:
            values |= {name: self._text(name) for name in ("ground", "decided_by", "document_no")}
            if not values["ground"]:
                self._missing("ground")
        values["date"] = self._day()
        raw = {"unit": self.row.unit.value} | {n: c.value for n in self.columns if (c := self._cell(n))}
        return StagedRow(
            kind=self.sheet.kind,
            key=values["number"],
            values=values,
            sheet=self.sheet.sheet.name,
            row=self.row.number,
            column=self.row.unit.letter,
            raw=raw,
            normalised=(*unit_readings, *self.readings),
            findings=tuple(self.notes.findings),
        )

    def _cell(self, name: str) -> Cell | None:
        heading = self.columns.get(name)
        cell = self.row.cells.get(heading.column) if heading else None
        return None if is_blank(cell) else cell

    def _missing(self, name: str) -> None:
        heading = self.columns[name]
        self.notes.about(Level.ERROR, "value_missing", self.row.number, heading.column, name=heading.name)

    def _text(self, name: str) -> str:
        cell = self._cell(name)
        if cell is None:
            return ""
        try:
            cleaned = clean_text(text_of(cell))
        except Unreadable as fault:
            self.notes.error(fault.code, cell)
            return ""
        self.readings.extend(readings(cell, cleaned.value, cleaned.whys))
        if len(cleaned.value) > _LONGEST[name]:
            self.notes.error("value_too_long", cell, limit=_LONGEST[name])
        return cleaned.value

    def _number(self) -> str:
        """The number that decisions on tolerance name: required, and once in the file."""
        cell = self._cell("number")
        if cell is None:
            self._missing("number")
            return ""
        try:
            cleaned = clean_code(text_of(cell))
        except Unreadable as fault:
            self.notes.error(fault.code, cell)
            return ""
        self.readings.extend(readings(cell, cleaned.value, cleaned.whys))
        if len(cleaned.value) > _LONGEST["number"]:
            self.notes.error("value_too_long", cell, limit=_LONGEST["number"])
        if first := self.sheet.numbers.first_row(cleaned.value, self.row.number):
            self.notes.error("duplicate_key", cell, first=first)
        return cleaned.value

    def _points(self) -> dict[str, Any]:
        """Kind and signed points; a sign that contradicts the kind is never turned round."""
        kind_cell, cell = self._cell("kind"), self._cell("points")
        kind = ""
        if kind_cell is None:
            self._missing("kind")
        else:
            kind = KINDS.get(clean_name(kind_cell.value).value, "")
            if not kind:
                self.notes.error("value_unknown", kind_cell, allowed="、".join(KINDS))
        points = None
        if cell is None:
            self._missing("points")
        else:
            points = self._read_points(cell)
            if points is not None and kind_cell and kind and (points > 0) != (kind == "bonus"):
                self.notes.error("points_sign", cell, kind=kind_cell.value)
        return {"kind": kind, "points": plain(points) if points is not None else None}

    def _read_points(self, cell: Cell) -> Decimal | None:
        try:
            number = number_of(cell)
        except Unreadable as fault:
            self.notes.error(fault.code, cell)
            return None
        if number.is_percent:
            self.notes.error("percent_not_expected", cell, unit="分")
            return None
        if number.value == 0:
            self.notes.error("points_zero", cell)
            return None
        if abs(number.value) >= _POINTS_MOST or number.value != round(number.value, _POINT_PLACES):
            self.notes.error("number_too_long", cell)
            return None
        self.readings.extend(readings(cell, number.text, number.whys))
        return number.value

    def _day(self) -> str | None:
        cell = self._cell("day")
        if cell is None:
            return None
        try:
            day, whys = day_of(cell)
        except Unreadable as fault:
            self.notes.error(fault.code, cell)
            return None
        self.readings.extend(readings(cell, day.isoformat(), whys))
        if day.year != self.sheet.lookups.year:
            self.notes.error("day_outside_year", cell, year=self.sheet.lookups.year)
        return day.isoformat()
