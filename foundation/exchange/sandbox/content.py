"""A workbook after reading: sheets of typed cells with their places. Shared by child and parent; standard library only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from .formats import is_percent_format
from .places import column_letter

# Kinds of a cell. FORMULA is a formula whose result was not stored: its value is not known.
TEXT, NUMBER, DATE, BOOLEAN, ERROR, FORMULA = "text", "number", "date", "boolean", "error", "formula"
IS_FORMULA = 1
IS_ROUNDED = 2


class Cell(NamedTuple):
    """One filled cell. `value` is always text: a number plainly written with its exact shown digits, a date as ISO text."""

    row: int
    column: int
    kind: str
    value: str
    number_format: str = "General"
    is_formula: bool = False
    is_rounded: bool = False

    @property
    def letter(self) -> str:
        return column_letter(self.column)

    @property
    def is_percent(self) -> bool:
        """True when the spreadsheet shows this number a hundred times as large, with a percent sign."""
        return self.kind == NUMBER and is_percent_format(self.number_format)


@dataclass(frozen=True)
class SheetContent:
    """One sheet: filled cells by (row, column), merged ranges as (top, left, bottom, right)."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """Row number → column number → cell, both ascending; empty rows and cells do not occur."""
        found: dict[int, dict[int, Cell]] = defaultdict(dict)
        for (row, column), cell in self.cells.items():
            found[row][column] = cell
        return dict(found)

    def cell(self, row: int, column: int) -> Cell | None:
        return self.cells.get((row, column))

    def spanning(self, row: int, column: int) -> Cell | None:
        """The cell seen at this place: its own, or the first one of the merged range that covers it."""
        own = self.cells.get((row, column))
        if own:
            return own
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return self.cells.get((top, left))
        return None

    def is_hidden_column(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """All sheets of a file in their order, hidden ones included and marked."""

    filename: str
    sheets: tuple[SheetContent, ...]

    @classmethod
    def from_wire(cls, filename: str, data: dict[str, Any]) -> WorkbookContent:
        """From what the child printed."""
        formats = data["formats"]
        return cls(filename, tuple(_sheet(sheet, formats) for sheet in data["sheets"]))


def cells_of(number: int, wire: list[Any], formats: list[str]) -> dict[int, Cell]:
    """The cells of a row by their columns, from what the child printed."""
    cells, told, known = {}, iter(wire), len(formats)
    for column, kind, value, style, flags in zip(told, told, told, told, told, strict=True):
        named = formats[style] if style < known else "General"
        cells[column] = Cell(number, column, kind, value, named, flags & IS_FORMULA != 0, flags & IS_ROUNDED != 0)
    return cells


def _sheet(data: dict[str, Any], formats: list[str]) -> SheetContent:
    rows = ((number, cells_of(number, wire, formats)) for number, wire in data["rows"])
    cells = {(number, column): cell for number, found in rows for column, cell in found.items()}
    return SheetContent(
        name=data["name"],
        hidden=data["hidden"],
        cells=cells,
        merged=tuple(tuple(area) for area in data["merged"]),
        hidden_rows=frozenset(data["hidden_rows"]),
        hidden_columns=tuple((first, last) for first, last in data["hidden_columns"]),
    )
