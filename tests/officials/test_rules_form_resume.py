"""The résumé on paper: entries with a hanging indent, shrunk until they fit."""

import pytest

from officials.rules.form_resume import entries_of, fit_resume
from tests.officials.lrmx_files import read

pytestmark = pytest.mark.unit
WIDTH, HEIGHT = 149.9, 123.8


def heads(text):
    """Heads and texts."""
    return [(entry.head, entry.text) for entry in entries_of(text)]


def test_the_period_stands_before_the_indent_and_the_text_behind_it():
    assert heads("1999.09--2003.07  南湾大学学习\n2003.07--         甲局科员") == [
        ("1999.09--2003.07", "南湾大学学习"),
        ("2003.07--", "甲局科员"),
    ]


def test_a_line_broken_by_hand_goes_on_and_a_remark_in_brackets_keeps_its_line():
    text = "1999.09--2003.07  南湾大学\n                  中文系学习\n                  （其间：2001.01--2001.07在甲镇实习）"
    assert heads(text) == [("1999.09--2003.07", "南湾大学中文系学习"), ("", "（其间：2001.01--2001.07在甲镇实习）")]


def test_memberships_follow_after_an_empty_line():
    text = "2003.07--         甲局科员\n\n                  甲县第一届政协委员"
    assert heads(text) == [("2003.07--", "甲局科员"), ("", ""), ("", "甲县第一届政协委员")]


def test_a_text_without_periods_takes_the_whole_width():
    (entry,) = entries_of("一直在甲村务农")
    assert entry.is_free
    assert heads("") == []


@pytest.mark.parametrize("name", ["01", "02", "03_", "03b", "04"])
def test_every_word_of_a_stored_resume_is_printed(name):
    text = read(name).card.resume

    def bare(words):
        return "".join(c for c in words if not c.isspace() and c not in "\u200b\ufeff")

    assert bare("".join(head + said for head, said in heads(text))) == bare(text)


# At 12 pt 149.9 mm take 70 half columns, 52 behind the indent: 26 characters. 123.8 mm take 23 lines
# (23 × 5.2917 mm, less the distance below the last), at 11.5 pt 24, at 7 pt 40 of 51 characters.
@pytest.mark.parametrize(
    ("count", "characters", "size"),
    [(23, 26, 12.0), (24, 26, 11.5), (12, 27, 11.5), (40, 51, 7.0), (25, 26, 11.0)],
)
def test_the_size_follows_from_the_lines_measured(count, characters, size):
    text = "\n".join(f"{1970 + n}.01--{1970 + n}.12  {'字' * characters}" for n in range(count))
    found = fit_resume(text, WIDTH, HEIGHT)
    assert (found.size, found.overflows) == (size, False)


def test_beyond_seven_points_entries_have_to_be_merged_and_no_word_is_lost():
    text = "\n".join(f"{1960 + n}.01--{1960 + n}.12  甲局科员" for n in range(45))
    found = fit_resume(text, WIDTH, HEIGHT)
    assert found.overflows
    assert found.size < 7
    assert len(found.entries) == 45


def test_the_long_sample_fits_at_eleven_points():
    found = fit_resume(read("03_").card.resume, WIDTH, HEIGHT)
    assert (found.size, found.overflows) == (11.0, False)
