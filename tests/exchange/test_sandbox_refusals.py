"""Hostile and broken workbooks: one clear refusal with its place, never half a result."""

import zipfile
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.exchange.messages import TEXTS
from foundation.exchange.refusals import FileRefused
from foundation.exchange.sandbox import reader
from foundation.exchange.sandbox.limits import DEFAULT, LARGE
from foundation.exchange.sandbox.reader import read_workbook
from tests.support import workbooks as made


def refusal(data: bytes, filename: str = "scores.xlsx", limits=DEFAULT) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_workbook(data, filename=filename, limits=limits)
    return caught.value


def outcome(data: bytes) -> int | str:
    """The number of cells that were read, or the code of the refusal."""
    try:
        return len(read_workbook(data, filename="a.xlsx").sheets[0].cells)
    except FileRefused as refused:
        return refused.code


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "scores.xlsx", "file_empty"),
        (b"PK\x03\x04 but no archive", "scores.xlsx", "file_damaged"),
        (b"year,unit\n2024,HS-D01\n", "scores.xlsx", "file_kind"),
        (b"%PDF-1.7 ...", "scores.xlsx", "file_kind"),
        (made.small(), "scores.csv", "file_kind"),
        (made.small(), "scores", "file_kind"),
        (made.small(), "scores.xlsm", "file_macros"),
        (made.ole2(encrypted=True), "scores.xlsx", "file_encrypted"),
        (made.ole2(encrypted=False), "scores.xlsx", "file_old_format"),
        (made.ole2(encrypted=False), "scores.xls", "file_old_format"),
        (made.with_part("xl/vbaProject.bin", b"macro"), "scores.xlsx", "file_macros"),
        (made.zipped({"word/document.xml": b"<w/>"}), "scores.xlsx", "file_kind"),
        (made.zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "scores.xlsx", "file_kind"),
        (made.zipped({}), "scores.xlsx", "file_kind"),
        (made.with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"), "scores.xlsx", "file_damaged"),
        (made.with_part("xl/workbook.xml", b"not xml"), "scores.xlsx", "file_damaged"),
        (
            made.with_part("xl/styles.xml", b'<styleSheet><numFmt numFmtId="x"/></styleSheet>'),
            "scores.xlsx",
            "file_damaged",
        ),
        (made.zipped(made.parts_of({"表": made.sheet_xml([[1]])}), zipfile.ZIP_LZMA), "scores.xlsx", "file_damaged"),
    ],
)
def test_what_is_no_readable_workbook_is_refused_by_name(data, filename, code):
    assert refusal(data, filename).code == code


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read():
    assert refusal(made.small(), limits=replace(DEFAULT, file_size=100)).code == "file_size"


@pytest.mark.parametrize(
    "make",
    [lambda: made.zip_bomb(100), made.overlapping_bomb, made.crowded_directory],
    ids=["one part inflates to 100 MB", "entries share their bytes", "60,000 entries"],
)
def test_a_zip_bomb_is_refused_from_its_directory(make):
    assert refusal(make()).code == "zip_bomb"


def test_a_directory_that_lies_about_sizes_does_not_unpack_more_than_it_claims():
    assert refusal(made.lying_bomb(60)).code == "file_damaged"


def test_parts_that_are_large_only_together_are_refused():
    parts = made.parts_of({"表": made.sheet_xml([[1]])})
    noise = {f"xl/media/{n}.bin": (bytes(range(256)) * 3_900) for n in range(60)}
    assert refusal(made.zipped(parts | noise)).code == "zip_bomb"


@pytest.mark.parametrize(
    "part",
    [
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
    ],
)
@pytest.mark.parametrize("declaration", [made.XXE, made.LAUGHS, "<!DOCTYPE worksheet>"], ids=["xxe", "laughs", "plain"])
def test_any_document_type_declaration_is_refused(part, declaration):
    assert refusal(made.doctype(part, declaration)).code == "xml_dtd"


def test_a_declaration_hidden_in_another_encoding_is_refused_too():
    text = made.sheet_xml([[1]]).replace('encoding="UTF-8"', 'encoding="UTF-16"')
    hostile = text.replace("<worksheet", f"{made.XXE}<worksheet", 1).encode("utf-16")
    assert refusal(made.with_part("xl/worksheets/sheet1.xml", hostile)).code == "xml_dtd"


def test_a_cell_far_outside_is_named_by_sheet_row_and_column():
    refused = refusal(made.far_cell("XFD20000", 20_000))
    assert (refused.code, refused.sheet, refused.row, refused.column) == ("cell_outside", "综合管理类", 20_000, "XFD")
    assert "20000" in refused.message
    assert "XFD" in refused.message


@pytest.mark.parametrize(("reference", "row"), [("XFE1", 1), ("A1048577", 1_048_577), ("A0", 1), ("1A", 1), ("B3", 2)])
def test_a_cell_in_an_impossible_place_is_damage(reference, row):
    assert refusal(made.far_cell(reference, row)).code == "file_damaged"


def test_an_empty_formatted_cell_far_outside_does_no_harm():
    rows = f'<row r="1">{made.cell_xml(1, 1, "单位")}</row><row r="20000"><c r="XFD20000" s="0"/></row>'
    content = read_workbook(made.zipped(made.parts_of({"表": made.worksheet(rows)})), filename="a.xlsx")
    assert list(content.sheets[0].cells) == [(1, 1)]


def test_too_many_cells_are_refused_at_the_cell_that_is_too_many():
    refused = refusal(made.workbook({"一": [[1] * 10] * 10, "二": [[1] * 10] * 10}), limits=replace(DEFAULT, cells=150))
    assert (refused.code, refused.sheet, refused.row, refused.column) == ("too_many_cells", "二", 6, "A")


def test_one_long_text_shown_in_thousands_of_cells_is_refused():
    assert refusal(made.shared_flood()).code == "too_much_text"


def test_a_text_longer_than_any_cell_can_hold_is_refused():
    assert refusal(made.workbook({"表": [["长" * 32_768]]})).code == "too_much_text"


def test_too_many_sheets_are_refused():
    assert refusal(made.workbook({f"表{n}": [[1]] for n in range(61)})).code == "too_many_sheets"


def test_two_cells_in_one_place_are_damage_because_readers_would_disagree():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    assert refusal(made.zipped(made.parts_of({"表": made.worksheet(rows)}))).code == "file_damaged"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="s"><v>7</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1"><v>many</v></c>',
        '<c r="A1"><v>1e999</v></c>',
        '<c r="A1"><v>nan</v></c>',
        '<c r="A1" s="x"><v>1</v></c>',
    ],
)
def test_a_cell_whose_content_contradicts_its_type_is_damage(cell):
    parts = made.parts_of({"表": made.worksheet(f'<row r="1">{cell}</row>')})
    assert refusal(made.zipped(parts)).code == "file_damaged"


def test_a_date_beyond_the_calendar_is_damage():
    data = made.workbook({"表": [[(1e12, 1)]]}, formats=["yyyy-mm-dd"])
    assert refusal(data).code == "file_damaged"


@settings(max_examples=12, deadline=None)
@given(cut=st.floats(min_value=0, max_value=0.999))
def test_a_truncated_workbook_is_refused_wherever_it_was_cut(cut):
    whole = made.workbook({"表": [[n, "单位"] for n in range(40)]})
    assert refusal(whole[: int(len(whole) * cut)]).code in {"file_empty", "file_kind", "file_damaged"}


@settings(max_examples=12, deadline=None)
@given(place=st.floats(min_value=0, max_value=0.999), byte=st.integers(0, 255))
def test_one_changed_byte_gives_the_whole_workbook_or_a_refusal(place, byte):
    whole = bytearray(made.workbook({"表": [[n, "单位"] for n in range(40)]}))
    whole[int(len(whole) * place)] = byte
    answer = outcome(bytes(whole))
    assert answer in TEXTS or answer == 80


def test_a_child_that_takes_too_long_is_ended():
    assert refusal(made.small(), limits=replace(DEFAULT, wall_seconds=0.001)).code == "file_too_slow"


def test_a_child_that_uses_up_its_processor_time_is_ended():
    assert refusal(made.empty_rows(1_500_000), limits=replace(DEFAULT, wall_seconds=1.0)).code == "file_too_slow"


def test_a_child_without_memory_refuses_the_file():
    narrow = replace(DEFAULT, memory=60 * 1024 * 1024, text=10**9, cells=10**9, rows=10**6)
    assert refusal(made.shared_flood(cells=8_000, length=32_000), limits=narrow).code == "file_too_large"


def test_an_unexpected_failure_of_the_child_is_logged_and_refused(monkeypatch, caplog):
    monkeypatch.setattr(reader, "CHILD", "foundation.exchange.sandbox.no_such_module")
    assert refusal(made.small()).code == "file_unreadable"
    assert "no_such_module" in caplog.text


def test_the_limits_stay_below_what_was_promised():
    megabyte = 1024 * 1024
    assert DEFAULT.wall_seconds <= 2.0
    assert max(DEFAULT.memory, LARGE.memory) <= 300 * megabyte


def test_every_refusal_has_a_text_that_says_what_to_do():
    for data in (made.far_cell("XFD20000", 20_000), made.zip_bomb(60), made.small()[:-30]):
        with translation.override("en"):
            assert "Please" in refusal(data).message
