"""Printed rosters as xlsx: 名册 by unit, 名册 one line a person (汇总), 一览表 with photos. A4 landscape, headings repeated. Pure."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import xlsxwriter
from PIL import Image

from foundation.exchange.reports.content import printable
from foundation.exchange.reports.workbooks import A4, FONT, SAFE

POINTS_PER_MM = 72 / 25.4
Line = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: heading, width in characters, the key of its text; `group` is the heading above several columns."""

    title: str
    width: float
    key: str
    group: str = ""


FULL_TIME, IN_SERVICE, INQUIRY = "全日制教育", "在职教育", "推荐考察情况"
BY_UNIT = (
    Heading("姓名", 8, "name"),
    Heading("现任职务", 22, "post_text"),
    Heading("性别", 4.5, "sex"),
    Heading("民族", 6, "ethnicity"),
    Heading("籍贯", 8, "native_place"),
    Heading("学历", 9.5, "full_education", FULL_TIME),
    Heading("毕业院校及专业", 16, "full_school", FULL_TIME),
    Heading("学历", 9.5, "service_education", IN_SERVICE),
    Heading("毕业院校及专业", 16, "service_school", IN_SERVICE),
    Heading("出生年月", 8, "birth"),
    Heading("参加工\n作时间", 8, "work"),
    Heading("入党时间", 8, "party"),
    Heading("任现职\n时间", 8, "post_since"),
    Heading("任现职\n级时间", 8, "rank_since"),
    Heading("备注", 8, "remark"),
)
LINES = (
    Heading("姓名", 8, "name"),
    Heading("现任职务", 22, "post_text"),
    Heading("性别", 4.5, "sex"),
    Heading("民族", 6, "ethnicity"),
    Heading("出生年月", 8, "birth"),
    Heading("籍贯", 8, "native_place"),
    Heading("参加工\n作时间", 8, "work"),
    Heading("入党时间", 8, "party"),
    Heading("学历学位", 9.5, "full_education", FULL_TIME),
    Heading("毕业院校及专业", 16, "full_school", FULL_TIME),
    Heading("学历学位", 9.5, "service_education", IN_SERVICE),
    Heading("毕业院校及专业", 16, "service_school", IN_SERVICE),
    Heading("职称", 9, "title_text"),
    Heading("任现职\n时间", 8, "post_since"),
    Heading("任现职务\n层次时间", 8, "level_since"),
    Heading("任现职\n级时间", 8, "rank_since"),
    Heading("备注", 8, "remark"),
)
OVERVIEW = (
    Heading("序号", 4.5, "number"),
    Heading("姓名", 8, "name"),
    Heading("照片", 10, "photo"),
    Heading("现任职务", 20, "post_text"),
    Heading("拟任职务", 14, "proposed"),
    Heading("性别", 4.5, "sex"),
    Heading("民族", 6, "ethnicity"),
    Heading("籍贯", 8, "native_place"),
    Heading("出生年月", 8, "birth"),
    Heading("年龄", 5, "age"),
    Heading("入党时间", 8, "party"),
    Heading("学历", 9.5, "education"),
    Heading("毕业院校系\n以及专业", 18, "school"),
    Heading("任现职\n时间", 8, "post_since"),
    Heading("任同职\n级时间", 8, "rank_since"),
    Heading("谈话调\n研推荐", 7, "talks", INQUIRY),
    Heading("会议\n推荐", 7, "meeting", INQUIRY),
    Heading("重点\n考察", 7, "inquiry", INQUIRY),
    Heading("备注", 8, "remark"),
)
HEAD_ROWS, ROW = (6.0, 10.6), 23.0
"""Heights in mm: the two rows of headings, a line."""
PHOTO_COLUMN, PHOTO_HEIGHT = 2, 22.0
SIZE, LEADING, RIM = 10, 14.0, 4.0
"""Points: type of the lines, from one line to the next, blank above and below."""
COLUMN_PIXELS, NARROW = 7, 10
"""Pixels of a character by which columns are measured; columns narrower than so many characters are centred."""


def write_roster(
    headings: Sequence[Heading],
    lines: Sequence[Line],
    *,
    title: str,
    as_of: str,
    by_unit: bool = False,
    is_short: bool = False,
) -> bytes:
    """A roster. `by_unit`: a title row before the people of each unit, in the order given; `is_short`: lines as high as

    their text needs instead of 23 mm.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    sheet = book.add_worksheet("名册")
    last = len(headings) - 1
    look = {"font_name": FONT, "valign": "vcenter", "text_wrap": True}
    titled = book.add_format(look | {"font_size": 18, "bold": True, "align": "center"})
    quiet = book.add_format(look | {"font_size": 9, "align": "right"})
    headed = book.add_format(
        look | {"font_size": 10, "bold": True, "border": 1, "align": "center", "bg_color": "#E3E8EF"}
    )
    unit = book.add_format(look | {"font_size": 11, "bold": True, "border": 1, "bg_color": "#F5F7FA"})
    cell = book.add_format(look | {"font_size": 10, "border": 1, "num_format": "@"})
    middle = book.add_format(look | {"font_size": 10, "border": 1, "align": "center", "num_format": "@"})
    _set_up(sheet, headings, as_of)
    sheet.set_row(0, 30)
    _across(sheet, 0, 0, last, title, titled)
    _across(sheet, 1, 0, last, as_of, quiet)
    _write_headings(sheet, headings, headed)
    row = 4
    groups = groupby(lines, key=lambda line: line["unit"]) if by_unit else [("", lines)]
    for name, found in groups:
        if by_unit:
            _across(sheet, row, 0, last, str(name), unit)
            row += 1
        for line in found:
            sheet.set_row(row, max(_height(headings, line), 0 if is_short else ROW * POINTS_PER_MM))
            _write_line(sheet, row, headings, line, cell, middle)
            row += 1
    book.close()
    return out.getvalue()


def _set_up(sheet, headings: Sequence[Heading], as_of: str) -> None:
    for place, heading in enumerate(headings):
        sheet.set_column(place, place, heading.width)
    sheet.set_landscape()
    sheet.set_paper(A4)
    inch = 25 / 25.4
    sheet.set_margins(left=inch, right=inch, top=inch, bottom=inch)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2, 3)
    sheet.freeze_panes(4, 1)
    sheet.set_footer(f"&L{printable(as_of).replace('&', '&&')}&R&P / &N"[:255])


def _write_headings(sheet, headings: Sequence[Heading], style) -> None:
    for row, height in zip((2, 3), HEAD_ROWS, strict=True):
        sheet.set_row(row, max(height, 10.6 if row == 3 else 6) * POINTS_PER_MM)
    place = 0
    for group, found in groupby(headings, key=lambda heading: heading.group):
        columns = list(found)
        if group:
            _across(sheet, 2, place, place + len(columns) - 1, group, style)
        for offset, heading in enumerate(columns):
            if group:
                sheet.write_string(3, place + offset, heading.title, style)
            else:
                sheet.merge_range(2, place + offset, 3, place + offset, "", style)
                sheet.write_string(2, place + offset, heading.title, style)
        place += len(columns)


def _height(headings: Sequence[Heading], line: Line) -> float:
    """Height in points that the fullest cell of a line needs; programs that open the file do not all see to it."""
    texts = ((line.get(heading.key, ""), heading.width) for heading in headings)
    most = max(_lines(printable(text), width) for text, width in texts if not isinstance(text, bytes))
    return most * LEADING + RIM


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of so many characters; Chinese characters are as wide as their height."""
    room = (width * COLUMN_PIXELS + 5 - 6) * 72 / 96  # points, less the blank beside the text
    return sum(max(1, math.ceil(sum(map(_width, part)) / room)) for part in text.split("\n"))


def _width(character: str) -> float:
    return SIZE if unicodedata.east_asian_width(character) in "WFA" else SIZE * 0.56


def _write_line(sheet, row: int, headings: Sequence[Heading], line: Line, cell, middle) -> None:
    for place, heading in enumerate(headings):
        value = line.get(heading.key, "")
        if isinstance(value, bytes):
            sheet.write_blank(row, place, None, cell)
            if value:
                sheet.insert_image(row, place, "photo.jpg", _fitted(value, heading.width))
        else:
            text = printable(value)
            sheet.write_string(row, place, text, middle if heading.width < NARROW else cell)


def _fitted(jpeg: bytes, width: float) -> dict:
    """The picture inside its cell, whatever its size and resolution: as high as the row, less a rim."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        across, down = picture.size
        dots = [float(dpi) or 96.0 for dpi in picture.info.get("dpi", (96, 96))]
    high = PHOTO_HEIGHT / 25.4 * 96  # pixels of the row
    scale = min(high / down, (width * COLUMN_PIXELS + 5) / across) * 0.94
    return {
        "image_data": io.BytesIO(jpeg),
        "x_scale": scale * dots[0] / 96,
        "y_scale": scale * dots[1] / 96,
        "x_offset": 3,
        "y_offset": 2,
        "object_position": 1,
    }


def _across(sheet, row: int, first: int, last: int, text: str, style) -> None:
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, printable(text), style)
