"""The uploaded workbook given back with its bad cells marked and the reasons beside each row. Pure.

Made anew from what the limited reader gave, so nothing of the file but its cells comes back; a text is never a formula.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from foundation.exchange.rows import Finding, Level
from foundation.exchange.sandbox.content import DATE, NUMBER, Cell, SheetContent, WorkbookContent
from foundation.exchange.sandbox.places import column_number

from .content import printable
from .workbooks import FONT, SAFE

ERROR_FILL, WARNING_FILL = "#FADBD8", "#FCF3CF"
_WIDEST = 40


def annotate(book: WorkbookContent, findings: Iterable[tuple[Finding, str]], heading: str) -> bytes:
    """The workbook with marks. `findings` are pairs of a finding and its words, `heading` stands above the reasons."""
    by_sheet: dict[str, list[tuple[Finding, str]]] = defaultdict(list)
    for finding, words in findings:
        if finding.level is not Level.INFO and finding.row:
            by_sheet[finding.sheet].append((finding, words))
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, SAFE)
    for sheet in book.sheets:
        if not sheet.hidden:
            _write(made, made.add_worksheet(sheet.name), sheet, by_sheet.get(sheet.name, []), heading)
    made.close()
    return out.getvalue()


def _write(book, target, sheet: SheetContent, findings, heading: str) -> None:
    marks: dict[tuple[int, int], str] = {}
    reasons: dict[int, list[str]] = defaultdict(list)
    for finding, words in findings:
        fill = ERROR_FILL if finding.level is Level.ERROR else WARNING_FILL
        if finding.column.isalpha():
            place = finding.row, column_number(finding.column)
            marks[place] = ERROR_FILL if marks.get(place) == ERROR_FILL else fill
        reasons[finding.row].append(words)
    formats: dict[tuple, object] = {}

    def look(fill: str, number_format: str):
        key = fill, number_format
        if key not in formats:
            style = {
                "font_name": FONT,
                "font_size": 10,
                "valign": "vcenter",
                "text_wrap": True,
                "num_format": number_format,
            }
            formats[key] = book.add_format(style | ({"bg_color": fill} if fill else {}))
        return formats[key]

    for top, left, bottom, right in sheet.merged:
        try:
            target.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", look("", "General"))
        except OverlappingRange:
            continue
    widths: dict[int, int] = {}
    for (row, column), cell in sheet.cells.items():
        _put(target, cell, look(marks.get((row, column), ""), cell.number_format))
        widths[column] = min(max(widths.get(column, 0), _width(cell)), _WIDEST)
    for (row, column), fill in marks.items():
        if (row, column) not in sheet.cells:
            target.write_blank(row - 1, column - 1, None, look(fill, "General"))
    for column, width in widths.items():
        target.set_column(column - 1, column - 1, width + 2)
    place = max(widths, default=0)
    target.set_column(place, place, 60)
    if reasons:
        target.write_string(max(min(reasons) - 2, 0), place, printable(heading), look("", "@"))
    for row, words in reasons.items():
        target.write_string(row - 1, place, printable("\n".join(words)), look(ERROR_FILL, "@"))


def _put(target, cell: Cell, style) -> None:
    place = cell.row - 1, cell.column - 1
    if cell.kind == NUMBER:
        target.write_number(*place, Decimal(cell.value), style)
    elif cell.kind == DATE and cell.value[:4].isdigit() and int(cell.value[:4]) >= 1900:
        target.write_datetime(*place, datetime.fromisoformat(cell.value), style)
    else:
        target.write_string(*place, printable(cell.value), style)


def _width(cell: Cell) -> int:
    longest = max((len(line) for line in cell.value.split("\n")), default=0)
    return longest * 2 if any(ord(character) > 0x2E80 for character in cell.value) else longest
