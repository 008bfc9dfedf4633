"""简历: the text of every sample and of every clerk, read into segments; the text written back from edited ones."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officials.rules.partial_dates import PartialDate
from officials.rules.resume import LONGEST, parse_resume, write_resume
from officials.rules.resume_facts import During, Resume, ResumeProblem, Segment
from officials.rules.resume_order import check_segments

pytestmark = pytest.mark.unit


def months(text: str):
    return [
        (s.starts.printed if s.starts else None, s.ends.printed if s.ends else None, s.is_open)
        for s in parse_resume(text).segments
    ]


def texts(text: str):
    return [segment.text for segment in parse_resume(text).segments]


def problems(text: str):
    return [(p.code, p.line, p.value) for p in parse_resume(text).problems]


@pytest.mark.parametrize(
    "separator", ["-", "--", "—", "——", "―", "–", "─", "－", "－－", "～", "~", "至", " -- ", " 至 ", "---"]
)
@pytest.mark.parametrize("begin", ["2008.09", "2008-09", "2008/9", "2008年9月", "200809", "２００８．０９"])
def test_every_separator_between_every_date_is_read(begin, separator):
    line = f"{begin}{separator}2012.07  某县某局科员"
    assert months(line) == [("2008.09", "2012.07", False)]
    assert texts(line) == ["某县某局科员"]
    assert problems(line) == []


@pytest.mark.parametrize(
    "line", ["199809-200207 学习", "1998.09—2002.07\t学习", "1998.09--2002.07　学习", "1998.09--2002.07学习"]
)
def test_what_follows_the_period_may_be_set_off_by_anything(line):
    assert (months(line), texts(line), problems(line)) == ([("1998.09", "2002.07", False)], ["学习"], [])


@pytest.mark.parametrize(
    "line",
    ["2021.01--         某局科长", "2021.01至今  某局科长", "2021年1月至今         某局科长", "2021.01--至今 某局科长",
     "2021.01——今 某局科长", "2021.01-某局科长"],
)  # fmt: skip
def test_an_open_segment_is_read(line):
    assert (months(line), texts(line), problems(line)) == ([("2021.01", None, True)], ["某局科长"], [])


def test_an_open_segment_may_speak_of_a_number():
    assert (months("2021.01--         12345热线科长"), problems("2021.01--         12345热线科长")) == (
        [("2021.01", None, True)], [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "problem", "segment"),
    [
        ("2015.04-2-018.10  某局科员", ("resume_bad_end", 1, "2-018.10"), ("2015.04", None, False)),
        ("2018..10－－2021.01　某局科员", ("resume_date_typo", 1, "2018..10"), ("2018.10", "2021.01", False)),
        ("2020.13--2020.06  某局科员", ("resume_bad_month", 1, "2020.13"), (None, "2020.06", False)),
        ("2020.06--2020.00  某局科员", ("resume_bad_month", 1, "2020.00"), ("2020.06", None, False)),
        ("0020.06--2020.08  某局科员", ("resume_bad_year", 1, "0020.06"), (None, "2020.08", False)),
        ("2020.06--2019.06  某局科员", ("resume_end_before_start", 1, "2020.06--2019.06"), ("2020.06", "2019.06", False)),
        ("1991—1995  某局科员", ("resume_month_missing", 1, "1991—1995"), ("1991", "1995", False)),
        ("2020.06 某局科员", ("resume_no_separator", 1, "2020.06"), ("2020.06", None, False)),
        ("某局科员", ("resume_no_date", 1, "某局科员"), (None, None, False)),
        ("2015.04--2018  某局科员", ("resume_bad_end", 1, "2018"), ("2015.04", None, False)),
        ("2020.06--2020.08  某局科员（", ("resume_bracket_open", 1, "2020.06--2020.08  某局科员（"), ("2020.06", "2020.08", False)),
    ],
)  # fmt: skip
def test_a_line_that_is_wrong_is_kept_with_its_problem(line, problem, segment):
    assert problems(line) == [problem]
    assert months(line) == [segment]
    assert texts(line)[0].startswith("某局科员")


def test_a_period_without_text_is_told():
    assert problems("2020.06--2020.08") == [("resume_no_text", 1, "2020.06--2020.08")]


def test_a_line_break_that_is_missing_is_found():
    line = "2008.09—2012.07\t某大学专业学习2012.07～2015.04 某县某镇科员"
    assert months(line) == [("2008.09", "2012.07", False), ("2012.07", "2015.04", False)]
    assert texts(line) == ["某大学专业学习", "某县某镇科员"]
    assert problems(line) == [("resume_glued", 1, "2012.07～2015.04 某县某镇科员")]


def test_a_study_in_the_text_that_says_qijian_is_no_missing_line_break():
    found = parse_resume("2008.09--2012.07  某局科员，其间：2009.03--2010.01参加培训").segments
    assert len(found) == 1
    assert found[0].during == (During(PartialDate(2009, 3), PartialDate(2010, 1), False, "参加培训"),)


def test_several_periods_in_one_bracket_are_read_also_over_lines_that_were_broken():
    text = (
        "2002.06--2006.04  某局副主任（其间：2003.05--2003.11抽调到某指挥部工作；\n"
        "                  2004.09--2004.12参加某班学习）\n2006.04--         某局主任"
    )
    found = parse_resume(text)
    assert found.problems == ()
    assert [(d.starts.printed, d.ends.printed, d.text) for d in found.segments[0].during] == [
        ("2003.05", "2003.11", "抽调到某指挥部工作"),
        ("2004.09", "2004.12", "参加某班学习"),
    ]
    assert (found.segments[0].first_line, found.segments[0].last_line, found.segments[1].first_line) == (1, 2, 3)


def test_a_line_of_its_own_below_a_segment_stays_one():
    text = "2017.09--2021.06  某科科长\n                  （其间：2016.09--2019.07某校在职研究生学习）"
    (segment,) = parse_resume(text).segments
    assert segment.text == "某科科长"
    assert segment.notes == ("（其间：2016.09--2019.07某校在职研究生学习）",)
    assert segment.during == (During(PartialDate(2016, 9), PartialDate(2019, 7), False, "某校在职研究生学习"),)


def test_words_broken_by_the_width_of_the_form_are_joined_without_a_blank():
    text = "2016.05--         某局副局长，四级调研\n                  员（2019.06套转三级主任科员）"
    assert texts(text) == ["某局副局长，四级调研员（2019.06套转三级主任科员）"]
    assert problems(text) == []


def test_a_bracket_without_qijian_is_read_and_told():
    line = "2008.07--2010.12  某镇科员（2008.08--2010.08选派到某村）"
    assert problems(line) == [("resume_during_unmarked", 1, "2008.08--2010.08")]
    assert not parse_resume(line).segments[0].during[0].is_marked


def test_the_word_counts_for_its_own_bracket_only():
    line = "2008.07--2010.12  某镇科员（其间：2008.08--2008.10挂职）（2009.08--2009.10选派）"
    assert problems(line) == [("resume_during_unmarked", 1, "2009.08--2009.10")]


def test_a_bracket_that_was_forgotten_does_not_swallow_the_next_segment():
    text = (
        "2008.07--2010.12  某镇科员（其间：2008.08--2010.08选派\n2010.12--2012.05  某局科员\n2012.05--         某局科长"
    )
    assert months(text) == [("2008.07", "2010.12", False), ("2010.12", "2012.05", False), ("2012.05", None, True)]
    assert [code for code, line, _ in problems(text)] == ["resume_bracket_open"]


def test_memberships_follow_an_empty_line():
    text = "2024.01--         某局局长\n\n                  某县第十三届委员会委员，\n                  2016.11--2021.10某县人大代表"
    found = parse_resume(text)
    assert found.memberships == ("某县第十三届委员会委员，", "2016.11--2021.10某县人大代表")
    assert len(found.segments) == 1


def test_an_empty_line_inside_the_career_does_not_end_it():
    text = "2008.07--2010.12  某镇科员\n\n2010.12--         某局科员"
    assert len(parse_resume(text).segments) == 2
    assert problems(text) == [("resume_blank_line", 2, "")]


CAREER = "2000.09--2004.07  某大学学习\n{}\n2008.07--         某局科员"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2004.07--2008.07  某镇科员", None),
        ("2004.08--2008.06  某镇科员", None),
        ("2004.09--2008.07  某镇科员", ("resume_gap", 2, "2004.07--2004.09", 1)),
        ("2004.06--2008.07  某镇科员", ("resume_overlap", 2, "2004.06--2004.07", 1)),
        ("2004.07--2008.05  某镇科员", ("resume_gap", 3, "2008.05--2008.07", 2)),
        ("2004.07--2008.09  某镇科员", ("resume_overlap", 3, "2008.07--2008.09", 2)),
        ("2004.07--         某镇科员", ("resume_open_not_last", 2, "某镇科员", 3)),
    ],
)  # fmt: skip
def test_gaps_and_overlaps_are_found_to_the_month(line, problem):
    found = parse_resume(CAREER.format(line)).problems
    assert found == ((ResumeProblem(*problem),) if problem else ())


def test_a_study_line_beside_work_is_told_once_and_breaks_no_chain():
    text = "1995.08--1999.03  某小学教师\n1996.09--1999.07  某大学本科函授学习\n1999.03--         某局科员"
    assert problems(text) == [("resume_study_line", 2, "某大学本科函授学习")]


def test_lines_out_of_order_are_told():
    text = "2010.12--2012.05  某局科员\n2008.07--2010.12  某镇科员\n2012.05--         某局科长"
    assert [(p.code, p.line, p.other) for p in parse_resume(text).problems] == [("resume_order", 2, 1)]


def test_a_period_belongs_to_the_segment_in_which_it_ends():
    text = "2008.07--2010.12  某镇科员（其间：2009.09--2011.07某校学习）\n2010.12--         某局科员"
    assert problems(text) == [("resume_during_outside", 1, "2009.09--2011.07")]


def test_an_empty_resume_has_nothing():
    assert parse_resume("") == parse_resume(" \n\u3000\n") == Resume()


def test_segments_are_written_in_the_form_of_the_editor():
    segments = [
        Segment(PartialDate(2017, 9), PartialDate(2021, 6), False, "某科科长", ("（其间：2016.09--2019.07某校学习）",)),
        Segment(PartialDate(2021, 6), None, True, "某部部务委员"),
    ]
    assert write_resume(segments, ["某县第十三届委员会委员"]) == (
        "2017.09--2021.06  某科科长\n"
        "                  （其间：2016.09--2019.07某校学习）\n"
        "2021.06--         某部部务委员\n"
        "\n"
        "                  某县第十三届委员会委员"
    )


@pytest.mark.parametrize(
    ("starts", "ends", "is_open"),
    [(None, PartialDate(2020, 1), False), (PartialDate(2020, 1), None, False), (PartialDate(2020, 1), PartialDate(2021, 1), True)],
)  # fmt: skip
def test_a_segment_that_nobody_could_read_back_is_not_written(starts, ends, is_open):
    with pytest.raises(ValueError, match="resume_no_date"):
        write_resume([Segment(starts, ends, is_open, "某局科员")])


def test_a_text_without_end_is_read_up_to_its_limit_only():
    text = "2008.07--2010.12  某镇科员（\n" * 2_000
    assert len(text) > LONGEST
    assert "resume_too_long" in {problem.code for problem in parse_resume(text).problems}


words = st.text(alphabet="某县局科员长，、镇", min_size=1, max_size=12)
month = st.builds(PartialDate, st.integers(1950, 2030), st.integers(1, 12))


@st.composite
def careers(draw):
    moments = sorted(draw(st.lists(month, min_size=2, max_size=7, unique=True)), key=PartialDate.month_index)
    made = []
    for starts, ends in zip(moments, moments[1:], strict=False):
        during = f"（其间：{starts.printed}--{ends.printed}{draw(words)}）"
        in_text, below = draw(st.booleans()), draw(st.booleans())
        said = draw(words) + (during if in_text else "")
        made.append(Segment(starts, ends, False, said, (during,) if below else ()))
    return [*made, Segment(moments[-1], None, True, draw(words))]


@given(careers(), st.lists(words, max_size=2))
def test_what_is_written_is_read_back_without_a_problem(segments, memberships):
    written = write_resume(segments, memberships)
    found = parse_resume(written)
    assert found.problems == ()
    assert [(s.starts, s.ends, s.is_open, s.text, s.notes) for s in found.segments] == [
        (s.starts, s.ends, s.is_open, s.text, s.notes) for s in segments
    ]
    assert list(found.memberships) == memberships
    assert write_resume(found.segments, found.memberships) == written


@given(st.text(alphabet="0123456789.-—~至今年月（）()其间： \n\t\u3000某局；", max_size=120))
def test_any_text_is_read_and_survives_being_stored(text):
    found = parse_resume(text)
    assert Resume.from_dict(json.loads(json.dumps(found.as_dict()))) == found
    assert check_segments(found.segments) == check_segments(Resume.from_dict(found.as_dict()).segments)
