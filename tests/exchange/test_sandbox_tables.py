"""csv tables: every encoding and separator that offices send, and refusals with the row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.exchange.refusals import FileRefused
from foundation.exchange.sandbox.tables import Table, read_csv
from tests.support import workbooks as made

TEXT = "code,name\nHS-D01,市府办\nHS-D02,“二”局\n"
ROWS = [{"code": "HS-D01", "name": "市府办"}, {"code": "HS-D02", "name": "“二”局"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_table_is_the_same_in_every_encoding_and_with_every_separator(encoding, delimiter, line_end):
    data = TEXT.replace(",", delimiter).replace("\n", line_end).encode(encoding)
    table = read_csv(data, filename="units.csv")
    assert [row.cells for row in table.rows] == ROWS
    assert [row.number for row in table.rows] == [2, 3]


def test_quoted_cells_keep_separators_quotes_and_line_feeds():
    table = read_csv(b'a,b\n"1,5","say ""yes""\nand go"\n')
    assert table.rows[0].cells == {"a": "1,5", "b": 'say "yes"\nand go'}


def test_empty_lines_are_left_out_and_rows_keep_their_numbers():
    table = read_csv(b"a,b\n1,2\n\n , \n3,4\n")
    assert [(row.number, row.cells["a"]) for row in table.rows] == [(2, "1"), (5, "3")]


def test_short_rows_are_filled_with_a_warning_and_long_ones_are_errors():
    table = read_csv(b"a,b,c\n1\n1,2,3,4\n1,2,3,\n", filename="t.csv")
    assert [(f.level, f.code, f.sheet, f.row) for f in table.findings] == [
        ("warning", "row_too_short", "t.csv", 2),
        ("error", "row_too_long", "t.csv", 3),
    ]
    assert table.rows[0].cells == {"a": "1", "b": "", "c": ""}


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"", "file_empty", None),
        (b"  \n\n", "file_empty", None),
        (made.small(), "csv_kind", None),
        (made.ole2(encrypted=True), "csv_kind", None),
        (b"a,b\n\x00\x01\x02\x00\x00\x00,1", "csv_kind", None),
        (b"a,b\n\xff\xff\xfe", "csv_encoding", None),
        (b'a,b\n1,2\n3,"open\n', "csv_broken", 3),
        (b'a,b\n1,"2"x\n', "csv_broken", 2),
        (b"a,a\n1,2\n", "csv_columns_twice", 1),
        (b",,\n1,2,3\n", "csv_no_header", None),
        (b"a\n" * 60_002, "csv_rows", 60_001),
        (b"a" * (10 * 1024 * 1024 + 1), "file_size", None),
    ],
)
def test_what_is_no_table_is_refused(data, code, row):
    with pytest.raises(FileRefused) as caught:
        read_csv(data, filename="units.csv")
    assert (caught.value.code, caught.value.row) == (code, row)
    assert caught.value.message


def outcome(data: bytes) -> Table | str:
    """The table, or the text of the refusal."""
    try:
        return read_csv(data)
    except FileRefused as refused:
        return refused.message


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_refusal(data):
    answer = outcome(data)
    assert answer
    if isinstance(answer, Table):
        assert all(set(row.cells) == set(answer.header) for row in answer.rows)
