"""Good workbooks: every cell with its exact value, its kind and its place."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.exchange.sandbox.content import BOOLEAN, DATE, ERROR, FORMULA, NUMBER, TEXT
from foundation.exchange.sandbox.formats import exact, is_date_format, is_percent_format
from foundation.exchange.sandbox.limits import LARGE
from foundation.exchange.sandbox.places import column_letter, column_number, split_range, split_reference
from foundation.exchange.sandbox.reader import read_workbook
from tests.support import workbooks as made


def only_cell(value, **options):
    return read_workbook(made.workbook({"表": [[value]]}, **options), filename="a.xlsx").sheets[0].cells[1, 1]


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("市府办 ", TEXT, "市府办 "),
        ("年度重点任务\n完成数", TEXT, "年度重点任务\n完成数"),
        (41, NUMBER, "41"),
        ("#DIV/0!", ERROR, "#DIV/0!"),
        (True, BOOLEAN, "1"),
        ("=AVERAGE(D6:D19)", FORMULA, ""),
        ("_x000D_", TEXT, "\r"),
        ("_xD800_", TEXT, "_xD800_"),
    ],
)
def test_a_cell_is_read_with_its_kind(value, kind, read):
    cell = only_cell(value)
    assert (cell.kind, cell.value) == (kind, read)


@pytest.mark.parametrize(
    ("stored", "shown", "rounded"),
    [
        ("0.98499999999999999", "0.985", False),
        ("0.30000000000000004", "0.3", True),
        ("98.800000000000011", "98.8", True),
        ("33.333333333333336", "33.3333333333333", True),
        ("1E-3", "0.001", False),
        ("454070", "454070", False),
        ("-0", "0", False),
        ("1.50", "1.5", False),
        ("1e+20", "100000000000000000000", False),
    ],
)
def test_a_stored_number_is_read_as_the_digits_a_spreadsheet_shows(stored, shown, rounded):
    assert exact(stored) == (shown, rounded)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=5))
def test_every_number_that_a_person_can_type_survives_the_binary_fraction(number):
    text, rounded = exact(repr(float(number)))
    assert Decimal(text) == number
    assert not rounded


def test_number_formats_come_with_the_cell():
    cell = only_cell((0.985, 1), formats=["0.0%"])
    assert (cell.value, cell.number_format, cell.is_percent) == ("0.985", "0.0%", True)


@pytest.mark.parametrize(
    ("number_format", "is_date"),
    [
        ("yyyy-mm-dd", True), ('yyyy"年"m"月"d"日"', True), ("[$-804]d/m/yy", True), ("[h]:mm", True), ("mm:ss", True),
        ("General", False), ("0.00%", False), ("#,##0", False), ('0"days"', False), ("[Red]0.0", False), ("@", False),
        ("0.00E+00", False), (r"0\d", False),
    ],
)  # fmt: skip
def test_date_formats_are_told_from_number_formats(number_format, is_date):
    assert is_date_format(number_format) is is_date


@pytest.mark.parametrize(
    ("number_format", "is_percent"), [("0%", True), ("0.0%;-0.0%", True), ('0"%"', False), ("0", False)]
)
def test_percent_formats_are_told_by_a_percent_sign_that_is_not_quoted(number_format, is_percent):
    assert is_percent_format(number_format) is is_percent


@pytest.mark.parametrize(
    ("serial", "since_1904", "day"),
    [(45657, "", "2024-12-31"), (45657.5, "", "2024-12-31T12:00:00"), (59, "", "1900-02-28"), (61, "", "1900-03-01"),
     (44195, '<workbookPr date1904="1"/>', "2024-12-31")],
)  # fmt: skip
def test_dates_are_read_as_days(serial, since_1904, day):
    cell = only_cell((serial, 1), formats=["yyyy-mm-dd"], workbook_pr=since_1904)
    assert (cell.kind, cell.value) == (DATE, day)


def test_rich_text_is_joined_and_reading_aids_are_left_out():
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>市</t></r>'
        '<r><t>府办</t></r><rPh sb="0" eb="1"><t>shi</t></rPh></si></sst>'
    )
    sheet = made.worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    parts = made.parts_of({"表": sheet}) | {"xl/sharedStrings.xml": shared.encode()}
    assert read_workbook(made.zipped(parts), filename="a.xlsx").sheets[0].cells[1, 1].value == "市府办"


def test_rows_and_cells_without_numbers_follow_each_other():
    sheet = made.worksheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    content = read_workbook(made.zipped(made.parts_of({"表": sheet})), filename="a.xlsx")
    assert {place: cell.value for place, cell in content.sheets[0].cells.items()} == {
        (1, 1): "1",
        (1, 2): "2",
        (2, 1): "3",
    }


def test_hidden_sheets_rows_and_columns_are_marked():
    columns = '<cols><col min="2" max="3" hidden="1"/></cols>'
    sheet = made.sheet_xml([["a", "b"], ["c", "d"]], hidden_rows=[2], columns=columns)
    content = read_workbook(made.zipped(made.parts_of({"底稿": sheet}, hidden=["底稿"])), filename="a.xlsx")
    assert content.sheets[0].hidden
    assert content.sheets[0].hidden_rows == {2}
    assert [content.sheets[0].is_hidden_column(n) for n in (1, 2, 3, 4)] == [False, True, True, False]


def test_merged_ranges_show_their_first_cell():
    sheet = made.workbook({"表": [["重点工作", None, None], ["a", "b", "c"]]}, merged=["A1:C1"])
    content = read_workbook(sheet, filename="a.xlsx").sheets[0]
    assert content.spanning(1, 3).value == "重点工作"
    assert content.spanning(2, 3).value == "c"
    assert content.spanning(3, 3) is None


def test_a_formula_gives_its_stored_result():
    sheet = made.worksheet('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>')
    cells = read_workbook(made.zipped(made.parts_of({"表": sheet})), filename="a.xlsx").sheets[0].cells
    assert (cells[1, 1].value, cells[1, 1].is_formula) == ("2", True)
    assert (1, 2) not in cells


scalars = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8).filter(str.strip),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.none(),
)


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(st.lists(scalars, max_size=6), min_size=1, max_size=6))
def test_what_another_program_wrote_is_read_back(rows):
    book = openpyxl.Workbook()
    expected = {}
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            cell = book.active.cell(row, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            if value is not None:
                expected[row, column] = str(int(value)) if isinstance(value, bool | int) else str(value)
    out = io.BytesIO()
    book.save(out)
    content = read_workbook(out.getvalue(), filename="a.xlsx")
    assert {place: cell.value for place, cell in content.sheets[0].cells.items()} == expected


def test_a_list_of_five_thousand_rows_is_read_within_the_larger_limits():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    for number in range(5_000):
        sheet.append([number, "张三", datetime(1978, 6, 1), "0123456789", 98.5] * 6)
    out = io.BytesIO()
    book.save(out)
    content = read_workbook(out.getvalue(), filename="a.xlsx", limits=LARGE)
    assert len(content.sheets[0].cells) == 150_000


def test_the_largest_score_workbook_of_a_county_fits_the_default_limits():
    heading = ["序号", "单位", *(f"指标{n}" for n in range(30))]
    rows = [heading, *([n, f"单位{n}", *([98.5] * 30)] for n in range(70))]
    content = read_workbook(
        made.workbook(dict.fromkeys(("一", "二", "三", "四", "五", "六", "七"), rows)), filename="a.xlsx"
    )
    assert sum(len(sheet.cells) for sheet in content.sheets) == 7 * 71 * 32


@given(st.integers(1, 16_384))
def test_column_letters_and_numbers_are_each_other(number):
    assert column_number(column_letter(number)) == number


def test_references_and_ranges():
    assert split_reference("XFD20000") == (20_000, 16_384)
    assert split_range("C3:A1") == (1, 1, 3, 3)
    assert split_range("B2") == (2, 2, 2, 2)
