"""Printed rosters: every line is as high as its text needs, and a portrait fills its cell whatever its size."""

import io

import openpyxl
import pytest
from openpyxl.utils.units import EMU_to_pixels
from PIL import Image

from officials.reports.rosters import LINES, OVERVIEW, write_roster

LONG = (
    "青溪县人大常委会教育科学文化卫生工作委员会主任，二级调研员"  # 29 characters of 10 points, 22 columns of 7 pixels
)


def sheet_of(headings, line, **how):
    data = write_roster(headings, [line], title="干部名册", as_of="截至日期：2026年11月28日", **how)
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_a_short_line_is_as_high_as_its_fullest_cell():
    assert sheet_of(LINES, {"name": "何志强"}, is_short=True).row_dimensions[5].height == 14 + 4
    # 153 pixels are 114.75 points: 11 characters a line, 29 of them take three lines
    assert sheet_of(LINES, {"name": "何志强", "post_text": LONG}, is_short=True).row_dimensions[
        5
    ].height == pytest.approx(3 * 14 + 4, abs=0.5)


def test_a_line_of_23_mm_grows_where_its_text_needs_more():
    assert sheet_of(OVERVIEW, {"name": "何志强"}).row_dimensions[5].height == pytest.approx(65.2, abs=0.1)
    school = "南湾大学公共管理学院公共管理专业\n" * 3  # 16 characters in room for 9: two lines each, and an empty one
    assert sheet_of(OVERVIEW, {"school": school}).row_dimensions[5].height == 7 * 14 + 4


@pytest.mark.parametrize(("size", "dots"), [((400, 500), 96), ((100, 125), 96), ((400, 500), 300)])
def test_a_portrait_fills_its_cell_whatever_its_size_and_resolution(size, dots):
    held = io.BytesIO()
    Image.new("RGB", size, "grey").save(held, "JPEG", dpi=(dots, dots))
    (picture,) = sheet_of(OVERVIEW, {"name": "何志强", "photo": held.getvalue()})._images
    anchor = picture.anchor
    width = EMU_to_pixels(anchor.to.colOff) - EMU_to_pixels(anchor._from.colOff)
    height = EMU_to_pixels(anchor.to.rowOff) - EMU_to_pixels(anchor._from.rowOff)
    assert (anchor._from.col, anchor.to.col, anchor.to.row) == (2, 2, anchor._from.row)
    # 22 mm are 83 pixels, 94 % of them 78; four fifths of that are 63
    assert (width, height) == (pytest.approx(63, abs=1), pytest.approx(78, abs=1))
