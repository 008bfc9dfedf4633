"""Cells as clerks type them: exact values, every change named, nothing guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.exchange.cleaning import (
    Unreadable,
    clean_day,
    clean_name,
    clean_number,
    clean_text,
    clean_whole,
    day_of,
    is_blank,
    is_not_applicable,
    name_key,
    number_of,
)
from foundation.exchange.messages import TEXTS, WHYS
from foundation.exchange.sandbox.content import BOOLEAN, DATE, ERROR, FORMULA, NUMBER, TEXT, Cell
from foundation.exchange.sandbox.formats import plain

numbers = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=4
) | st.integers(-(10**14), 10**14).map(Decimal)
SPACES = ("", " ", "\u3000", "\xa0", "  ", "\u200b", "\ufeff", "\n")


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(
    number=numbers,
    grouped=st.booleans(),
    wide=st.booleans(),
    percent=st.booleans(),
    plus=st.booleans(),
    before=st.sampled_from(SPACES),
    after=st.sampled_from(SPACES),
)
def test_a_number_is_the_same_however_it_is_written(number, grouped, wide, percent, plus, before, after):
    text = format(number, ",f") if grouped else format(number, "f")
    if plus and number > 0:
        text = f"+{text}"
    if percent:
        text += "%"
    written = before + (full_width(text) if wide else text) + after
    read = clean_number(written)
    assert read.value == number
    assert read.is_percent is percent
    assert bool(read.whys) is (written != format(number, "f"))
    assert set(read.whys) <= set(WHYS)


@given(numbers)
def test_the_same_number_is_always_the_same_text(number):
    assert plain(number) == plain(number.normalize()) == plain(number * Decimal("1.000") / 1)
    assert Decimal(plain(number)) == number


def outcome(text: str) -> Decimal | str:
    """The number, or the code of the fault."""
    try:
        return clean_number(text).value
    except Unreadable as fault:
        return fault.code


@given(st.text(max_size=20))
def test_any_text_gives_a_number_or_a_known_fault(text):
    answer = outcome(text)
    assert answer in TEXTS or answer.is_finite()


@pytest.mark.parametrize(
    ("text", "value", "whys"),
    [
        ("12,345", "12345", ("thousands",)),
        ("１０３．５％", "103.5", ("full_width", "percent_text")),
        ("103.5%", "103.5", ("percent_text",)),
        ("103.5 %", "103.5", ("percent_text",)),
        ("+1.25", "1.25", ("plus",)),
        ("－０．５", "-0.5", ("full_width",)),
        ("−2", "-2", ("minus",)),
        (" 7 ", "7", ("spaces",)),
        ("９３．０", "93", ("full_width",)),
        ("1，234", "1234", ("full_width", "thousands")),
        ("12", "12", ()),
        (".5", "0.5", ()),
    ],
)
def test_numbers_as_offices_type_them(text, value, whys):
    read = clean_number(text)
    assert (read.text, read.whys) == (value, whys)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number_text"), ("约41", "number_text"), ("41项", "number_text"), ("4 1", "number_text"),
        ("1e3", "number_text"), ("0x10", "number_text"), ("1_000", "number_text"), ("٣", "number_text"), ("五", "number_text"),
        ("--1", "number_text"), ("1.2.3", "number_text"), ("5.", "number_text"), ("5‰", "number_text"), ("%", "number_text"),
        ("12,34", "number_grouping"), ("1,2345", "number_grouping"), ("1234,567", "number_grouping"), ("12,345,", "number_grouping"),
        ("9" * 41, "number_too_long"), ("9" * 16, "number_too_long"), ("0.12345678901", "number_too_long"),
    ],
)  # fmt: skip
def test_text_that_would_need_a_guess_is_no_number(text, code):
    with pytest.raises(Unreadable) as caught:
        clean_number(text)
    assert caught.value.code == code


def cell(kind: str, value: str, number_format: str = "General", **flags) -> Cell:
    return Cell(1, 3, kind, value, number_format, **flags)


@pytest.mark.parametrize(
    ("given_cell", "text", "whys"),
    [
        (cell(NUMBER, "98.5"), "98.5", ()),
        (cell(NUMBER, "0.985", "0.0%"), "98.5", ("percent_cell",)),
        (cell(NUMBER, "713774", "#,##0"), "713774", ()),
        (cell(NUMBER, "0.3", is_formula=True, is_rounded=True), "0.3", ("formula", "fifteen_digits")),
        (cell(NUMBER, "33.3333333333333"), "33.3333333333", ("ten_places",)),
        (cell(TEXT, "19"), "19", ("text_number",)),
        (cell(TEXT, "４０"), "40", ("full_width",)),
    ],
)
def test_the_number_of_a_cell_follows_its_type_and_its_format(given_cell, text, whys):
    number = number_of(given_cell)
    assert (number.text, number.whys) == (text, whys)


@pytest.mark.parametrize(
    ("given_cell", "code"),
    [
        (cell(DATE, "2024-01-02"), "cell_is_date"),
        (cell(BOOLEAN, "1"), "cell_is_boolean"),
        (cell(ERROR, "#N/A"), "cell_is_error"),
        (cell(FORMULA, ""), "cell_is_formula"),
        (cell(NUMBER, "1" + "0" * 15), "number_too_long"),
    ],
)
def test_a_cell_of_another_kind_is_no_number(given_cell, code):
    with pytest.raises(Unreadable) as caught:
        number_of(given_cell)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "value", "whys"),
    [
        ("\u3000市水利局", "市水利局", ("spaces",)),
        ("12345工\n单按期办结率", "12345工单按期办结率", ("line_feed",)),
        ("鹤山市（本级）", "鹤山市(本级)", ("full_width",)),
        ("市府办", "市府办", ()),
        ("张　三", "张三", ("spaces",)),
    ],
)
def test_names_are_compared_without_width_spaces_and_line_feeds(text, value, whys):
    cleaned = clean_name(text)
    assert (cleaned.value, cleaned.whys) == (value, whys)
    assert name_key(text) == name_key(value)


def test_text_keeps_its_width_and_its_inner_spaces():
    assert clean_text(" 鹤考办〔2024〕11号（补） ").value == "鹤考办〔2024〕11号（补）"
    assert clean_text("甲\r\n 乙") == clean_text("甲\n乙")
    assert clean_text("New \u200bYork").value == "New York"


@pytest.mark.parametrize(
    ("text", "whys"),
    [("2024-12-31", ()), ("2024/12/31", ("day_written",)), ("2024.12.31", ("day_written",)),
     ("２０２４年１２月３１日", ("full_width", "day_written"))],
)  # fmt: skip
def test_days_in_every_usual_spelling(text, whys):
    assert clean_day(text) == (date(2024, 12, 31), whys)


@pytest.mark.parametrize(
    ("text", "code"),
    [("2024-02-30", "day_impossible"), ("2024-13-01", "day_impossible"), ("12/31/2024", "day_text"), ("2024年12月", "day_text"),
     ("2024-12/31", "day_text"), ("20241231", "day_text"), ("昨天", "day_text")],
)  # fmt: skip
def test_days_that_are_none(text, code):
    with pytest.raises(Unreadable) as caught:
        clean_day(text)
    assert caught.value.code == code


def test_date_cells_and_date_texts_of_a_worksheet():
    assert day_of(cell(DATE, "2024-12-31")) == (date(2024, 12, 31), ("day_cell",))
    assert day_of(cell(TEXT, "2024.12.31"))[0] == date(2024, 12, 31)
    for kind, value, code in (
        (NUMBER, "45657", "day_text"),
        (ERROR, "#REF!", "cell_is_error"),
        (DATE, "24:00", "day_text"),
    ):
        with pytest.raises(Unreadable) as caught:
            day_of(cell(kind, value))
        assert caught.value.code == code


def test_whole_numbers():
    assert clean_whole("１２") == (12, ("full_width",))
    for text, code in (
        ("1.5", "whole_number"),
        ("-1", "whole_number"),
        ("10%", "whole_number"),
        ("9" * 12, "number_too_long"),
    ):
        with pytest.raises(Unreadable) as caught:
            clean_whole(text)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "answer"), [("/", True), ("／", True), ("不适用", True), (" 不适用 ", True), ("-", False), ("", False)]
)
def test_not_applicable_must_be_said_in_one_of_three_ways(text, answer):
    assert is_not_applicable(text) is answer


def test_a_cell_of_spaces_is_blank_and_a_formula_without_result_is_not():
    assert is_blank(None)
    assert is_blank(cell(TEXT, " \u3000"))
    assert not is_blank(cell(FORMULA, ""))
    assert not is_blank(cell(NUMBER, "0"))
