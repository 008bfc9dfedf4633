"""Sheets of very many rows of text, written fast. Pure.

XlsxWriter makes the workbook with everything that is seen: heading, widths, formats, print setting, one row of data. The
rows themselves are text cells of one format; their XML is put in place of that row, as one string after another, which
takes a fraction of the time of an object and a call per cell. Nothing that a user typed can become a formula: every cell
is an inline string.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from .content import printable, unique_names
from .workbooks import A4, FONT, SAFE

LONGEST_CELL = 32_767
ROWS_OF_A_SHEET = 1_048_576
FILLED_ROWS = 5_000  # rows of a form to be filled in, for which choices are offered
_SAMPLE_ROW = re.compile(rb'<row r="(\d+)"[^>]*>(?:(?!<row ).)*?</row></sheetData>', re.DOTALL)
_STYLE = re.compile(rb'<c r="A\d+" s="(\d+)"')
_DIMENSION = re.compile(rb"<dimension ref=\"[^\"]*\"/>")
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class LongSheet:
    """A sheet: name, title line, line of the day, heading with widths, rows of texts.

    `choices`: a column's place → the range (='Sheet'!$A$3:$A$9) whose texts are offered in its cells, also in empty
    rows, which are then text as well. None: the sheet is not made to be filled in.
    """

    name: str
    title: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Sequence[str]]
    as_of: str = ""
    choices: Mapping[int, str] | None = None


def write_long(sheets: Sequence[LongSheet], *, author: str = "", compression: int = 4) -> bytes:
    """The workbook: row 1 title, row 2 headings (repeated on every printed page), data from row 3, A4 landscape."""
    frame = _frame(sheets, author)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(frame) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=compression) as made,
    ):
        for item in source.infolist():
            data = source.read(item)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", item.filename)
            if number:
                with made.open(item.filename, "w", force_zip64=True) as part:
                    _write_rows(part, data, sheets[int(number[1]) - 1])
            else:
                made.writestr(item.filename, data)
    return out.getvalue()


def _frame(sheets: Sequence[LongSheet], author: str) -> io.BytesIO:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    book.set_properties({"author": printable(author)})
    title = book.add_format({"font_name": FONT, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"})
    head = book.add_format({"font_name": FONT, "font_size": 10, "bold": True, "border": 1, "bg_color": "#E3E8EF", "align": "center", "valign": "vcenter", "text_wrap": True})  # fmt: skip
    cell = book.add_format({"font_name": FONT, "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True, "num_format": "@"})  # fmt: skip
    for name, wanted in zip(unique_names(sheet.name for sheet in sheets), sheets, strict=True):
        sheet = book.add_worksheet(name)
        for place, width in enumerate(wanted.widths):
            sheet.set_column(place, place, width, cell if wanted.choices is not None else None)
        for place, offered in (wanted.choices or {}).items():
            sheet.data_validation(
                2, place, FILLED_ROWS - 1, place, {"validate": "list", "source": offered, "error_type": "warning"}
            )
        last = len(wanted.headings) - 1
        sheet.set_row(0, 30)
        if last:
            sheet.merge_range(0, 0, 0, last, "", title)
        sheet.write_string(0, 0, printable(wanted.title), title)
        for place, words in enumerate(wanted.headings):
            sheet.write_string(1, place, printable(words), head)
        sheet.write_string(2, 0, "", cell)
        sheet.write_blank(2, 0, None, cell)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{printable(wanted.as_of).replace('&', '&&')}&R&P / &N"[:255])
    book.close()
    out.seek(0)
    return out


def _write_rows(part, frame: bytes, sheet: LongSheet) -> None:
    sample = _SAMPLE_ROW.search(frame)
    style = _STYLE.search(sample[0])[1].decode()
    head, tail = _DIMENSION.sub(b"", frame[: sample.start()]), frame[sample.end() :]
    part.write(head)
    letters = [xl_col_to_name(place) for place in range(len(sheet.headings))]
    opening = [f'<c r="{letter}%d" s="{style}" t="inlineStr"><is><t xml:space="preserve">' for letter in letters]
    empty = [f'<c r="{letter}%d" s="{style}"/>' for letter in letters]
    batch: list[str] = []
    for number, row in enumerate(sheet.rows, 3):
        if number > ROWS_OF_A_SHEET:
            raise ValueError("more rows than a sheet holds")
        cells = [
            (opening[place] % number) + text(value) + "</t></is></c>" if value else empty[place] % number
            for place, value in enumerate(row)
        ]
        batch.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(batch) >= _BATCH:
            part.write("".join(batch).encode())
            batch.clear()
    part.write("".join(batch).encode())
    part.write(b"</sheetData>" + tail)


def text(value: str) -> str:
    """A cell's text as XML."""
    return escape(printable(value[:LONGEST_CELL]))
