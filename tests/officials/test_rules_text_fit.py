"""How much text a cell takes, counted by hand."""

import pytest

from officials.rules.text_fit import columns_of, fit, half_columns, lines_of, sizes, wrap

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "width"),
    [("张三", 4), ("2024.01", 7), ("（52岁）", 8), ("罗毅·阿木", 10), ("e\u0301", 1), ("甲\u200b", 2), ("𠮷㛃", 4)],
)
def test_a_character_of_full_width_takes_two_halves_and_a_letter_one(text, width):
    assert half_columns(text) == width


def test_lines_break_where_they_are_full():
    assert wrap("一二三四五六七", 6) == ["一二三", "四五六", "七"]


def test_no_closing_mark_begins_a_line_and_no_opening_mark_ends_one():
    assert wrap("一二三，四五", 6) == ["一二", "三，四", "五"]
    assert wrap("一二（三四）", 6) == ["一二", "（三", "四）"]


def test_a_date_or_number_stays_in_one_piece():
    assert wrap("自1999.07起任", 8) == ["自", "1999.07", "起任"]


def test_a_word_longer_than_a_line_is_cut():
    assert wrap("ABCDEFGH", 4) == ["ABCD", "EFGH"]


def test_an_empty_paragraph_is_one_line():
    assert wrap("", 10) == [""]


def test_a_width_takes_as_many_halves_as_go_into_it():
    # 12 pt are 4.2333 mm: 110.07 mm are exactly 26 characters
    assert columns_of(110.07, 12) == 52
    assert columns_of(110.0, 12) == 51


def test_a_height_takes_lines_without_a_distance_below_the_last():
    # pitch at 12 pt: 5.2917 mm; two lines need 5.2917 + 4.2333 = 9.525 mm
    assert lines_of(9.53, 12) == 2
    assert lines_of(9.52, 12) == 1


def test_sizes_go_down_by_half_a_point():
    assert sizes()[:3] == [12.0, 11.5, 11.0]
    assert sizes()[-1] == 7.0
    assert len(sizes()) == 11


def test_the_largest_size_that_fits_is_taken():
    # 20 characters in 42.34 mm: 10 a line at 12 pt, so two lines, which need 9.525 mm
    assert fit(["字" * 20], 42.34, 9.53).size == 12.0
    # a little lower: 11.5 pt still break into two lines (10.4 characters), 9.13 mm
    assert fit(["字" * 20], 42.34, 9.2).size == 11.5
    # one line only when the type is half as large
    lowest = fit(["字" * 20], 42.34, 5.0, smallest=5)
    assert (len(lowest.lines), lowest.overflows) == (1, False)
    assert lowest.size == 6.0


def test_what_does_not_fit_at_the_smallest_size_overflows_and_is_kept_whole():
    found = fit(["字" * 400], 42.34, 9.53)
    assert found.overflows
    assert found.size < 7
    assert "".join(found.lines) == "字" * 400
