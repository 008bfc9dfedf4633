"""What is typed into the search box is read word by word."""

from datetime import date

import pytest

from officials.rules.retirement import RaisedAge
from officials.rules.retirement_window import births_reaching
from officials.rules.typed_searches import pairs_of, read_typed

pytestmark = pytest.mark.unit
MEN = RaisedAge(60, 4, 36, date(2025, 1, 1))


def test_a_whole_number_its_ending_and_words_are_told_apart():
    number, ending, word = read_typed("44078419700101123x 123X 财政局")
    assert number.number == "44078419700101123X"
    assert ending.ending == "123x"
    assert word.pairs == ("财政", "政局")
    assert word.inside == "财政局"


def test_single_characters_between_blanks_are_one_name():
    (word,) = read_typed("张 三")
    assert word.grams == ("张三",)


def test_letters_ask_for_names_only():
    (word,) = read_typed("zxm")
    assert (word.grams, word.pairs, word.inside) == (("zxm",), (), "")


def test_what_cannot_stand_in_a_name_asks_nothing():
    assert [word.asks_nothing for word in read_typed("12 ；")] == [True]
    assert read_typed("  ") == ()


def test_pairs_are_small_letters_once_each():
    assert pairs_of("AbAb") == ("ab", "ba")
    assert pairs_of("局") == ()


def test_who_reaches_the_age_within_months_is_a_span_of_births():
    """Born January 1965: reached February 2025; born May 1965: two months later than at sixty, July 2025."""
    first, last = births_reaching(MEN, date(2025, 2, 1), date(2025, 7, 1))
    assert first == date(1965, 1, 1)
    assert last == date(1965, 5, 31)


def test_months_that_nobody_reaches_are_no_span():
    """The raise skips months: January 2025 has the last who reach it without, there is none for a month in between."""
    skipped = [
        month for month in range(1, 13) if births_reaching(MEN, date(2025, month, 1), date(2025, month, 1)) is None
    ]
    assert skipped == [1, 6, 11]
