"""The cells of one worksheet, streamed: nothing is kept of a sheet but its filled cells. Runs in the child.

A row is [number, [column, kind, value, format, flags, column, kind, …]], its filled cells one behind the other; kinds and
flags are those of `content`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from .content import BOOLEAN, DATE, ERROR, FORMULA, IS_FORMULA, IS_ROUNDED, NUMBER, TEXT
from .formats import day_or_time, exact
from .limits import Limits, Refusal
from .markup import Attributes, local, unescape
from .parts import Book
from .places import LAST_COLUMN, LAST_ROW, column_letter, split_range, split_reference

_tag = lru_cache(maxsize=256)(local)
_USUAL = {column_letter(number): number for number in range(1, 257)}
"""Columns by their letters: those of nearly every cell, so that few references are taken apart."""


_STYLES = {str(number): number for number in range(256)}
"""Numbers of formats by their texts, likewise."""


class Tally:
    """What all sheets of the file have used up together."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = 0
        self.text = 0

    def add(self, text: str, *, sheet: str, row: int, column: int) -> None:
        limits, length = self.limits, len(text)
        self.cells += 1
        self.text += length
        if self.cells > limits.cells:
            raise Refusal("too_many_cells", sheet=sheet, row=row, column=column_letter(column), limit=limits.cells)
        if self.text > limits.text or length > limits.cell_text:
            raise Refusal("too_much_text", sheet=sheet, row=row, column=column_letter(column))


class SheetReader:
    """Handlers for one sheet part; afterwards `result()` has its cells, merged ranges, hidden rows and columns."""

    def __init__(self, name: str, book: Book, tally: Tally) -> None:
        self.name = name
        self.book = book
        self.tally = tally
        self.rows: list[list[Any]] = []
        self.filled = 0
        self._cells: list[Any] = []
        self.merged: list[list[int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[list[int]] = []
        self._row = 0
        self._row_text = "0"
        self._column = 0
        self._last = (0, 0)
        self._type = "n"
        self._style = 0
        self._value: list[str] = []
        self._collect = False
        self._phonetic = False
        self._formula = False
        self.last_row = 0

    # Handlers get `namespace}local` names; these run for every cell, so the tag of a name is kept.
    def start(self, name: str, attributes: Attributes) -> None:
        tag = _tag(name)
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "v" or tag == "t":
            self._collect = not self._phonetic
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "mergeCell":
            self._merge(attributes)
        elif tag == "dimension":
            self._measure(attributes)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self._hide_columns(attributes)

    def end(self, name: str) -> None:
        tag = _tag(name)
        if tag == "c":
            self._end_cell()
        elif tag == "v" or tag == "t":
            self._collect = False
        elif tag == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        if self._collect:
            self._value.append(data)

    def result(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "rows": self.rows,
            "merged": self.merged,
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
        }

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = self._whole(attributes["r"]) if "r" in attributes else self._row + 1
        self._column, self._row_text = 0, str(self._row)
        if not 1 <= self._row <= LAST_ROW:
            raise Refusal("file_damaged", sheet=self.name)
        if attributes.get("hidden") in ("1", "true") and self._row <= self.tally.limits.rows:
            self.hidden_rows.append(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        elif reference.endswith(self._row_text) and (column := _USUAL.get(reference[: -len(self._row_text)])):
            self._column = column
        else:
            try:
                row, self._column = split_reference(reference)
            except ValueError as error:
                raise Refusal("file_damaged", sheet=self.name, row=self._row) from error
            if row != self._row:
                raise Refusal("file_damaged", sheet=self.name, row=self._row)
        self._type = attributes.get("t", "n")
        style = attributes.get("s", "0")
        known = _STYLES.get(style)
        self._style = self._whole(style) if known is None else known
        self._value.clear()
        self._formula = self._collect = False

    def _end_cell(self) -> None:
        value = "".join(self._value)
        # A formula that gives an empty text leaves an empty cell; one without a stored result is not known.
        if not value and (not self._formula or self._type == "str"):
            return
        row, column = self._row, self._column
        limits = self.tally.limits
        if row > limits.rows or column > limits.columns or column > LAST_COLUMN:
            letter = column_letter(column)
            raise Refusal(
                "cell_outside", sheet=self.name, row=row, column=letter, rows=limits.rows, columns=limits.columns
            )
        # Two cells in one place, or a sheet out of order: readers would disagree about what stands there.
        last_row, last_column = self._last
        if row < last_row or (row == last_row and column <= last_column):
            raise Refusal("file_damaged", sheet=self.name, row=row, column=column_letter(column))
        if row != last_row or not self.rows:
            self._cells = []
            self.rows.append([row, self._cells])
        self._last = row, column
        kind, value, flags = self._interpret(value)
        self.tally.add(value, sheet=self.name, row=row, column=column)
        self._cells += column, kind, value, self._style, flags
        self.filled += 1

    def _interpret(self, value: str) -> tuple[str, str, int]:
        flags = IS_FORMULA if self._formula else 0
        if not value:
            return FORMULA, "", flags
        try:
            if self._type == "n":
                number, rounded = exact(value)
                if self._style < len(self.book.dates) and self.book.dates[self._style]:
                    return DATE, day_or_time(value, since_1904=self.book.since_1904), flags
                return NUMBER, number, flags | (IS_ROUNDED if rounded else 0)
            if self._type == "s":
                return TEXT, self.book.texts[self._whole(value)], flags
        except (ValueError, IndexError, OverflowError) as error:
            place = column_letter(self._column)
            raise Refusal("file_damaged", sheet=self.name, row=self._row, column=place) from error
        kind = {"b": BOOLEAN, "e": ERROR, "d": DATE}.get(self._type, TEXT)
        return kind, unescape(value), flags

    def _merge(self, attributes: Attributes) -> None:
        try:
            self.merged.append(list(split_range(attributes.get("ref", ""))))
        except ValueError as error:
            raise Refusal("file_damaged", sheet=self.name) from error
        if len(self.merged) > self.tally.limits.merged:
            raise Refusal("too_many_cells", sheet=self.name, limit=self.tally.limits.cells)

    def _measure(self, attributes: Attributes) -> None:
        """How far the sheet says that it reaches: for estimates only."""
        try:
            self.last_row = split_range(attributes.get("ref", ""))[2]
        except ValueError:
            self.last_row = 0

    def _hide_columns(self, attributes: Attributes) -> None:
        first, last = self._whole(attributes.get("min", "")), self._whole(attributes.get("max", ""))
        self.hidden_columns.append([first, last])
        if len(self.hidden_columns) > LAST_COLUMN:
            raise Refusal("file_damaged", sheet=self.name)

    def _whole(self, text: str) -> int:
        # int() would take signs, underscores and other scripts' digits.
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise Refusal("file_damaged", sheet=self.name)
        return int(text)
