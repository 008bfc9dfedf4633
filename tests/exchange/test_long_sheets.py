"""Long sheets opened again: every text as it was, no formula, headings on every page."""

import io

import openpyxl
import pytest

from foundation.exchange.reports.long_sheets import LongSheet, write_long

pytestmark = pytest.mark.unit
HOSTILE = ["=1+1", "+1", "-1+2", "@SUM(A1)", "<b>&amp;</b>", "a\nb", " 空 ", "\x00x", "440784199001019990"]


def opened(rows, **options):
    """The first sheet of a workbook with such rows."""
    made = write_long([LongSheet("名册", "甲县干部名册", ("甲", "乙"), (10, 20), rows, "截至2026年1月5日", **options)])
    return openpyxl.load_workbook(io.BytesIO(made)).active


def test_texts_stay_texts_whatever_they_begin_with():
    sheet = opened([(text, "") for text in HOSTILE])
    found = [sheet.cell(3 + place, 1) for place in range(len(HOSTILE))]
    assert [cell.value for cell in found] == [text.replace("\x00", "") for text in HOSTILE]
    assert {cell.data_type for cell in found} <= {"s", "inlineStr"}
    assert {cell.number_format for cell in found} == {"@"}
    assert sheet.cell(3, 2).value is None


def test_headings_are_repeated_and_the_sheet_is_a4_landscape():
    sheet = opened([("x", "y")] * 5000)
    assert sheet["A1"].value == "甲县干部名册"
    assert [cell.value for cell in sheet[2]] == ["甲", "乙"]
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert "截至2026年1月5日" in sheet.oddFooter.left.text
    assert sheet.max_row == 5002


def test_a_sheet_without_rows_opens():
    assert opened([]).max_row == 2


def test_a_text_that_is_too_long_for_a_cell_is_cut():
    assert len(opened([("长" * 40_000, "")])["A3"].value) == 32_767
