"""Long workbooks row by row: the same cells as when read as a whole, and the same refusals of hostile ones."""

import pytest

from foundation.exchange.refusals import FileRefused
from foundation.exchange.sandbox.limits import long_list
from foundation.exchange.sandbox.parts import Texts
from foundation.exchange.sandbox.reader import read_workbook
from foundation.exchange.sandbox.row_parts import PART, without_rows
from foundation.exchange.sandbox.streaming import open_sheets, rows_of_content
from tests.support import workbooks as made
from tests.support.heshan import DEMO

pytestmark = pytest.mark.unit
LIMITS = long_list(megabytes=5, rows=20_000)
HOSTILE = {
    "zip_bomb": lambda: made.zip_bomb(600),
    "lying": lambda: made.lying_bomb(200),
    "overlapping": made.overlapping_bomb,
    "crowded": made.crowded_directory,
    "truncated": lambda: made.many_cells(40_000)[:-5_000],
    "encrypted": lambda: made.ole2(encrypted=True),
    "old": lambda: made.ole2(encrypted=False),
    "xxe": lambda: made.doctype("xl/worksheets/sheet1.xml", made.XXE),
    "laughs": lambda: made.doctype("xl/worksheets/sheet1.xml", made.LAUGHS),
    "far": lambda: made.far_cell("XFD20000", 20_000),
    "far_row": lambda: made.far_cell("A900000", 900_000),
    "nothing": lambda: b"",
}


def read(data: bytes, limits=LIMITS):
    """Everything, as (name, hidden, merged, hidden columns, rows)."""
    with open_sheets(data, filename="a.xlsx", limits=limits) as sheets:
        return [(s.name, s.hidden, s.merged, s.hidden_columns, list(s.rows)) for s in sheets]


@pytest.mark.parametrize("name", ["roster.xlsx", "scores-2024.xlsx"])
def test_rows_say_what_the_whole_workbook_says(name):
    data = (DEMO / name).read_bytes()
    whole = [rows_of_content(sheet) for sheet in read_workbook(data, filename="a.xlsx", limits=LIMITS).sheets]
    assert read(data) == [(s.name, s.hidden, s.merged, s.hidden_columns, list(s.rows)) for s in whole]


def test_a_row_told_in_two_pieces_loses_no_cell_where_a_part_ends():
    rows = "".join(f'<row r="{n}">{made.cell_xml(n, 1, "a")}</row>' for n in range(1, PART + 1))
    sheet = made.worksheet(f'{rows}<row r="{PART}">{made.cell_xml(PART, 2, "b")}</row>')
    [(_name, _hidden, _merged, _columns, found)] = read(made.zipped(made.parts_of({"one": sheet})))
    assert [cell.value for number, _is_hidden, cells in found if number == PART for cell in cells.values()] == [
        "a",
        "b",
    ]
    assert sum(len(cells) for _number, _is_hidden, cells in found) == PART + 1


def test_sheets_that_nobody_reads_are_passed_over():
    data = made.workbook({"one": [("a", n) for n in range(5_000)], "two": [("b",)], "empty": [], "last": [("c",)]})
    with open_sheets(data, filename="a.xlsx", limits=LIMITS) as sheets:
        assert [sheet.name for sheet in sheets] == ["one", "two", "empty", "last"]
    assert [(name, len(rows)) for name, *_rest, rows in read(data)] == [
        ("one", 5_000),
        ("two", 1),
        ("empty", 0),
        ("last", 1),
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_are_refused_for_the_same_reason(name):
    data = HOSTILE[name]()
    with pytest.raises(FileRefused) as whole:
        read_workbook(data, filename="a.xlsx", limits=LIMITS)
    with pytest.raises(FileRefused) as streamed:
        read(data)
    assert streamed.value.code == whole.value.code


def test_more_rows_and_cells_than_allowed_are_refused_after_rows_were_read():
    data = made.workbook({"a": [(n, "x") for n in range(1, 9_001)]})
    small = long_list(megabytes=5, rows=8_000)
    taken = []
    with open_sheets(data, filename="a.xlsx", limits=small) as sheets, pytest.raises(FileRefused) as refused:
        taken.extend(row[0] for row in next(sheets).rows)
    assert taken[0] == 1
    assert (refused.value.code, refused.value.params["rows"]) == ("cell_outside", "8000")


@pytest.mark.parametrize("size", [1, 2, 7, 64, 100_000])
@pytest.mark.parametrize(
    ("part", "left"),
    [
        (
            b'<w><cols/><sheetData><row r="1"/></sheetData><merge/></w>',
            b"<w><cols/><sheetData></sheetData><merge/></w>",
        ),
        (b"<w><sheetData/><merge/></w>", b"<w><sheetData></sheetData><merge/></w>"),
        (b"<x:w><x:sheetData><x:row/></x:sheetData></x:w>", b"<x:w><x:sheetData><x:row/></x:sheetData></x:w>"),
    ],
)
def test_looking_ahead_leaves_the_rows_out_wherever_the_pieces_end(part, left, size):
    chunks = [part[start : start + size] for start in range(0, len(part), size)]
    assert b"".join(without_rows(chunks)) == left


def test_packed_texts_come_back_as_they_were():
    texts, given = Texts(), ["", "张三", "a\ud800b", "𠮷", ""]
    for text in given:
        texts.append(text)
    assert [texts[place] for place in range(len(texts))] == given
    with pytest.raises(IndexError):
        texts[len(given)]
