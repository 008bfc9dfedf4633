"""入党时间: the grammar of the form, older spellings, and words that fit nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officials.rules.partial_dates import PartialDate
from officials.rules.party_joining import PARTIES, PartyJoining, parse_party_joining

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("200203", "2002.03"),
        ("20020303", "2002.03"),
        ("20020303；民盟", "民盟（2002.03）"),
        ("20020303；民盟；民革", "民盟、民革（2002.03）"),
        ("民盟", "（民盟）"),
        ("民盟；", "（民盟）"),
        ("民盟；民革；九三学社", "（民盟、民革、九三学社）"),
        ("无党派", "无党派"),
        ("", ""),
    ],
)
def test_the_grammar_is_printed_as_the_form_prints_it(stored, printed):
    found = parse_party_joining(stored)
    assert (found.printed, found.problems, found.remark) == (printed, (), "")


@pytest.mark.parametrize(
    ("written", "exchanged", "problems"),
    [
        ("(民盟、民革)", "民盟；民革", ()),
        ("（民盟,民革）", "民盟；民革", ()),
        ("民盟; 民革", "民盟；民革", ()),
        ("民建2001.08", "200108；民建", ("party_date_whose",)),
        ("民建200108", "200108；民建", ("party_date_whose",)),
        ("民建(2001.08)", "200108；民建", ("party_date_whose",)),
        ("2001.08民建", "200108；民建", ()),
        ("2002年3月", "200203", ()),
        ("中共党员（2002.03）", "200203", ()),
        ("九三", "九三学社", ()),
        ("中国民主同盟", "民盟", ()),
        ("无党派人士", "无党派", ()),
        ("民盟；民盟", "民盟", ("party_twice",)),
        ("1941底", "1941底", ()),
    ],
)
def test_older_spellings_are_read(written, exchanged, problems):
    found = parse_party_joining(written)
    assert (found.exchanged, found.problems) == (exchanged, problems)


def test_a_probationary_member_is_recognised():
    found = parse_party_joining("2013-06（预备党员）")
    assert (found.joined, found.is_probationary, found.problems) == (PartialDate(2013, 6), True, ())
    assert found.printed == "2013.06（预备党员）"


@pytest.mark.parametrize(
    ("written", "remark", "problem"),
    [
        ("1998年7月转正", "转正", "party_words"),
        ("群众", "群众", "party_words"),
        ("200203；200303", "2003.03", "party_two_dates"),
        ("无党派；200203", "无党派", "party_unaffiliated_member"),
    ],
)
def test_what_fits_nowhere_is_kept_printed_unchanged_and_told(written, remark, problem):
    found = parse_party_joining(written)
    assert problem in found.problems
    assert (found.remark, found.printed, found.exchanged, found.raw) == (remark, written, written, written)


def test_the_two_dates_keep_the_first():
    assert parse_party_joining("200203；200303").joined == PartialDate(2002, 3)


lines = st.builds(
    PartyJoining,
    joined=st.none() | st.builds(PartialDate, st.integers(1921, 2030), st.integers(1, 12)),
    parties=st.lists(st.sampled_from(PARTIES), unique=True, max_size=3).map(tuple),
)


@given(lines)
def test_what_is_exchanged_is_read_back(line):
    found = parse_party_joining(line.exchanged)
    assert (found.joined, found.parties, found.problems) == (line.joined, line.parties, ())


@given(lines)
def test_what_is_printed_is_read_back(line):
    found = parse_party_joining(line.printed)
    assert (found.joined, found.parties, found.remark) == (line.joined, line.parties, "")


@given(st.text(alphabet="0123456789.；、（）民盟革无党派预备员 年月春", max_size=24))
def test_any_line_is_read_and_keeps_what_was_written(line):
    assert parse_party_joining(line).raw == line
