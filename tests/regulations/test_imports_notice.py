"""The yearly notice as a clerk types it."""

from datetime import date

import pytest

from foundation.regulations.imports.notice import NoticeRefused, read_days

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "line",
    [
        "2027-02-05..2027-02-07 春节",
        "2027-2-5 至 2027-2-7 春节",
        "2027年2月5日—2027年2月7日 春节",
        "2027.02.05~2027.02.07  春节",
        "  2027/2/5到2027/2/7 春节  ",
    ],
)
def test_span_in_every_way_of_writing(line):
    assert read_days(line) == {date(2027, 2, day): "春节" for day in (5, 6, 7)}


def test_single_days_empty_lines_and_no_occasion():
    assert read_days("2027-01-01 元旦\n\n2027-04-05\n") == {date(2027, 1, 1): "元旦", date(2027, 4, 5): ""}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("春节 2027-02-05", 1, "unreadable"),
        ("2027-01-01 元旦\n2027-02-30 春节", 2, "no_such_day"),
        ("2027-02-07..2027-02-05 春节", 1, "bad_span"),
        ("2027-02-05..2027-03-05 春节", 1, "bad_span"),
        ("2027-02-05..2027-02-07 春节\n2027-02-06 又", 2, "twice"),
    ],
)
def test_line_that_cannot_be_read_is_named(text, line, code):
    with pytest.raises(NoticeRefused) as refused:
        read_days(text)
    assert (refused.value.line, refused.value.code) == (line, code)
