"""A report as xlsx, ready to print. Numbers are numbers; a text stays a text, whatever it begins with. Pure."""

from __future__ import annotations

import io
from decimal import Decimal

import xlsxwriter

from .content import Look, Report, Section, Table, Value, printable, unique_names

A4 = 9
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT = "等线"
_LOOKS = {
    Look.PLAIN: {},
    Look.GROUP: {"bold": True, "bg_color": "#EEF1F5"},
    Look.TOTAL: {"bold": True, "top": 2},
    Look.MARKED: {"font_color": "#B3242B"},
    Look.QUIET: {"font_color": "#6B7280"},
}


def write_report(report: Report) -> bytes:
    """The report as a workbook: one sheet per section, heading rows frozen and repeated, A4 landscape, one page wide."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"title": printable(report.title), "author": printable(report.author)})
    pen = _Pen(book)
    names = unique_names(section.name for section in report.sections)
    for name, section in zip(names, report.sections, strict=True):
        _write_section(book.add_worksheet(name), pen, report, section)
    book.close()
    return out.getvalue()


class _Pen:
    """Formats of a workbook, each made once."""

    def __init__(self, book) -> None:
        self._book = book
        self._made: dict[tuple, object] = {}

    def __call__(self, **values):
        key = tuple(sorted(values.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **values})
        return self._made[key]

    def cell(self, look: Look, places: int | None):
        """Format of a cell in a table."""
        number = {} if places is None else {"num_format": "0." + "0" * places if places else "0", "align": "right"}
        return self(border=1, text_wrap=places is None, **_LOOKS[look], **number)


def _write_section(sheet, pen: _Pen, report: Report, section: Section) -> None:
    width = max(len(table.columns) for table in section.tables)
    _set_up(sheet, report, section, width)
    sheet.set_row(0, 30)
    _across(sheet, 0, width, section.title, pen(bold=True, font_size=16, align="center"))
    _across(sheet, 1, width, report.as_of, pen(font_color="#6B7280", align="right"))
    row = 2
    if section.facts:
        line = report.facts_line(section)
        _across(sheet, row, width, line, pen(text_wrap=True))
        sheet.set_row(row, 15 * (1 + len(line) // 70))
        row += 1
    for number, table in enumerate(section.tables):
        if number:
            row += 1
        if table.caption:
            sheet.write_string(row, 0, printable(table.caption), pen(bold=True, font_size=12))
            row += 1
        if not number:
            sheet.freeze_panes(row + 1, 0)
            sheet.repeat_rows(row)
        row = _write_table(sheet, pen, row, table)
    for note in section.notes:
        row += 1
        _across(sheet, row, width, note, pen(text_wrap=True, font_color="#6B7280"))
        sheet.set_row(row, 15 * (1 + len(note) // 70))
    for place, words in enumerate(report.seal):
        if not place:
            row += 1
        row += 1
        _across(sheet, row, width, words, pen(align="right"))


def _set_up(sheet, report: Report, section: Section, width: int) -> None:
    for place in range(width):
        sheet.set_column(
            place, place, max(t.columns[place].width for t in section.tables if place < len(t.columns)) + 1
        )
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    words = _footer(report.page_words).replace("{page}", "&P").replace("{pages}", "&N")
    sheet.set_footer(f"&L{_footer(report.as_of)}&R{words}"[:255])


def _footer(text: str) -> str:
    """Text of a footer, in which & begins a command."""
    return printable(text).replace("&", "&&")


def _across(sheet, row: int, width: int, text: str, style) -> None:
    if width > 1:
        sheet.merge_range(row, 0, row, width - 1, "", style)
    sheet.write_string(row, 0, printable(text), style)


def _write_table(sheet, pen: _Pen, row: int, table: Table) -> int:
    head = pen(bold=True, border=1, bg_color="#E3E8EF", align="center", text_wrap=True)
    for place, column in enumerate(table.columns):
        sheet.write_string(row, place, printable(column.title), head)
    for line in table.rows:
        row += 1
        for place, (column, value) in enumerate(zip(table.columns, line.cells, strict=True)):
            write_cell(sheet, row, place, value, pen.cell(line.look, column.places))
    return row + 1


def write_cell(sheet, row: int, column: int, value: Value, style=None) -> None:
    """A number as a number, everything else as text, never as a formula."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, printable(value), style)
