"""Dates of personnel papers: every spelling that is met, ages to the month, what a vague date may mean."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from officials.rules.partial_dates import (
    SEASONS,
    DateUnreadable,
    PartialDate,
    compute_age,
    parse_partial_date,
    read_partial_date,
)

pytestmark = pytest.mark.unit

SPELLINGS = [
    ("197806", (1978, 6, None, None)),
    ("1978.06", (1978, 6, None, None)),
    ("1978.6", (1978, 6, None, None)),
    ("1978-06", (1978, 6, None, None)),
    ("1978/6", (1978, 6, None, None)),
    ("1991/5", (1991, 5, None, None)),
    ("1978年6月", (1978, 6, None, None)),
    ("2012年7月", (2012, 7, None, None)),
    ("1978。6", (1978, 6, None, None)),
    ("1978.06.", (1978, 6, None, None)),
    ("１９７８．０６", (1978, 6, None, None)),
    (" 1978.06　", (1978, 6, None, None)),
    ("1978.06\u200b", (1978, 6, None, None)),
    ("1990.1", (1990, 1, None, None)),
    ("1990.10", (1990, 10, None, None)),
    ("1990.01", (1990, 1, None, None)),
    ("19780615", (1978, 6, 15, None)),
    ("1978.06.15", (1978, 6, 15, None)),
    ("1978-06-15", (1978, 6, 15, None)),
    ("2025/10/08", (2025, 10, 8, None)),
    ("1978年6月15日", (1978, 6, 15, None)),
    ("1978-06-15T00:00:00", (1978, 6, 15, None)),
    ("1978-06-15 00:00:00", (1978, 6, 15, None)),
    ("20000229", (2000, 2, 29, None)),
    ("1942", (1942, None, None, None)),
    ("1942年", (1942, None, None, None)),
    ("1941底", (1941, None, None, "底")),
    ("1941年底", (1941, None, None, "底")),
    ("1985春", (1985, None, None, "春")),
    ("1985年初", (1985, None, None, "初")),
    ("199512春", (1995, 12, None, None)),
]


@pytest.mark.parametrize(("text", "parts"), SPELLINGS)
def test_every_spelling_is_read(text, parts):
    found = parse_partial_date(text)
    assert (found.year, found.month, found.day, found.season) == parts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date_empty"),
        ("　", "date_empty"),
        ("——", "date_placeholder"),
        ("无", "date_placeholder"),
        ("不详", "date_placeholder"),
        ("197813", "date_month"),
        ("1978.00", "date_month"),
        ("2020.13", "date_month"),
        ("20010229", "date_day"),
        ("1978.04.31", "date_day"),
        ("19780600", "date_day"),
        ("0978.06", "date_year"),
        ("19786", "date_digits"),
        ("1978061", "date_digits"),
        ("78.06", "date_text"),
        ("2018..10", "date_text"),
        ("1978.06起", "date_text"),
        ("2013-06（预备党员）", "date_text"),
        ("x" * 10_000, "date_text"),
        ("1978.06" + "." * 10_000, "date_text"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text, code):
    with pytest.raises(DateUnreadable) as refused:
        parse_partial_date(text)
    assert refused.value.code == code


def test_a_season_beside_a_month_is_told():
    assert read_partial_date("199512春").notes == ("date_season_beside_month",)
    assert read_partial_date("1995春").notes == ()


def test_a_worksheet_number_that_lost_its_zero_is_told_but_a_text_is_january():
    assert read_partial_date("1990.1", is_number=True).notes == ("date_october_or_january",)
    assert read_partial_date("1990.11", is_number=True).notes == ()
    assert read_partial_date("1990.1").notes == ()


@pytest.mark.parametrize(
    ("text", "printed", "exchanged", "storage"),
    [
        ("1985.7", "1985.07", "198507", "1985-07"),
        ("19850715", "1985.07", "19850715", "1985-07-15"),
        ("1942", "1942", "1942", "1942"),
        ("1941年底", "1941底", "1941底", "1941底"),
    ],
)
def test_a_date_is_printed_exchanged_and_stored(text, printed, exchanged, storage):
    found = parse_partial_date(text)
    assert (found.printed, found.exchanged, found.storage) == (printed, exchanged, storage)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1942", date(1942, 1, 1), date(1942, 12, 31)),
        ("2000.02", date(2000, 2, 1), date(2000, 2, 29)),
        ("19780615", date(1978, 6, 15), date(1978, 6, 15)),
        ("1985春", date(1985, 2, 1), date(1985, 5, 31)),
        ("1941底", date(1941, 11, 1), date(1941, 12, 31)),
    ],
)
def test_a_vague_date_says_which_days_it_may_mean(text, first, last):
    found = parse_partial_date(text)
    assert (found.first_day, found.last_day) == (first, last)
    assert found.may_be(first)
    assert not found.may_be(date(1850, 1, 1))


@pytest.mark.parametrize("season", SEASONS)
def test_the_day_on_which_a_season_is_counted_is_one_that_it_may_mean(season):
    assert PartialDate(1970, season=season).may_be(date(1970, SEASONS[season], 1))


@pytest.mark.parametrize(
    ("born", "at", "age"),
    [
        ("197204", "202403", 51),
        ("197204", "202404", 52),
        ("19720430", "202404", 52),
        ("198503", "202510", 40),
        ("1942", "202511", 83),
        ("194201", "2025", 83),
        ("1971春", "202503", 53),
        ("1971春", "202504", 54),
        ("1941底", "202511", 83),
        ("1941底", "202512", 84),
        ("202512", "202511", None),
        ("2026", "202511", None),
    ],
)
def test_an_age_is_counted_to_the_month(born, at, age):
    assert compute_age(parse_partial_date(born), parse_partial_date(at)) == age


def test_an_age_is_counted_on_a_calendar_day_too():
    assert compute_age(PartialDate(1972, 4, 30), date(2024, 4, 1)) == 52


@pytest.mark.parametrize("parts", [(1970, None, 5, None), (1970, 5, None, "春"), (1970, None, None, "夜")])
def test_a_date_that_contradicts_itself_cannot_be_made(parts):
    with pytest.raises(DateUnreadable):
        PartialDate(*parts)


dates = st.one_of(
    st.dates(date(1850, 1, 1), date(2200, 12, 31)).map(PartialDate.of),
    st.builds(PartialDate, st.integers(1850, 2200), st.none() | st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1850, 2200), season=st.sampled_from(sorted(SEASONS))),
)


@given(dates)
def test_what_is_stored_or_exchanged_is_read_back(moment):
    assert PartialDate.stored(moment.storage) == moment
    assert parse_partial_date(moment.exchanged) == moment
    assert moment.first_day <= moment.last_day


@given(st.text(alphabet="0123456789.-/年月日春底 x。", max_size=12))
def test_any_text_is_a_date_or_a_refusal(text):
    with suppress(DateUnreadable):
        found = parse_partial_date(text)
        assert parse_partial_date(found.exchanged) == found


@given(dates, st.integers(0, 120))
def test_nobody_grows_younger(born, years):
    assume(born.year + years < 2200)  # the year after it must be one that a date can have
    at = PartialDate(born.year + years, 6)
    later = PartialDate(at.year + 1, 6)
    young, old = compute_age(born, at), compute_age(born, later)
    assert old is not None
    assert young is None or old == young + 1
