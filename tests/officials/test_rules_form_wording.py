"""Single facts as the form prints them."""

from datetime import date

import pytest

from officials.rules import form_wording as wording
from officials.rules.partial_dates import PartialDate
from officials.rules.person_card import FamilyMember, PersonCard

pytestmark = pytest.mark.unit
AT = PartialDate(2024, 4)


@pytest.mark.parametrize(
    ("name", "lines", "size"),
    [
        ("张三", ("张　三",), 12.0),
        ("欧阳清晏", ("欧阳清晏",), 12.0),
        ("罗毅·阿木", ("罗毅·阿", "木"), 12.0),
        ("阿卜杜热西提", ("阿卜杜热", "西提"), 12.0),
        ("阿卜杜热西提·买买", ("阿卜杜热西", "提·买买"), 10.5),
        ("阿卜杜热西提·阿卜杜热合", ("阿卜杜热西", "提·阿卜杜", "热合"), 9.0),
        ("阿卜杜热西提·阿卜杜热合曼江艾力", ("阿卜杜热西", "提·阿卜杜热", "合曼江艾力"), 8.0),
    ],
)
def test_a_name_is_broken_by_its_length(name, lines, size):
    found = wording.name_lines(name)
    assert (found.lines, found.size) == (lines, size)


@pytest.mark.parametrize("length", range(5, 19))
@pytest.mark.parametrize("place", range(1, 17))
def test_no_line_of_a_name_begins_with_the_separator_and_none_is_lost(length, place):
    name = ("阿" * place + "·" + "木" * length)[:length]
    found = wording.name_lines(name)
    assert "".join(found.lines) == name
    assert not any(line.startswith("·") for line in found.lines)
    assert len(found.lines) <= (2 if length <= 10 else 3)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("汉族", 1), ("广东鹤山", 1), ("内蒙古呼和浩特", 2), ("维吾尔族", 1), ("广西壮族自治区百色", 2), ("", 1)],
)
def test_a_place_of_more_than_four_characters_takes_two_lines(text, lines):
    assert len(wording.short_text(text).lines) == lines


@pytest.mark.parametrize(
    ("born", "lines"),
    [
        ("197204", ("1972.04", "（52岁）")),
        ("197205", ("1972.05", "（51岁）")),
        ("1972", ("1972", "（52岁）")),
        ("", ()),
        ("不详", ("不详",)),
    ],
)
def test_birth_stands_above_the_age_completed_to_the_month(born, lines):
    assert wording.birth_lines(born, AT) == lines


@pytest.mark.parametrize(
    ("reached", "born", "lines"),
    [
        ("202701", "197108", ("2027.01", "（55岁5个月）")),
        ("203001", "197201", ("2030.01", "（58岁）")),
        ("203001", "", ("2030.01",)),
        ("已到龄", "197108", ("已到龄",)),
        ("", "197108", ()),
    ],
)
def test_the_reaching_month_says_the_age_in_years_and_months(reached, born, lines):
    assert wording.reaching_lines(reached, born) == lines


def test_ages_are_counted_at_the_day_of_counting_then_of_filling_then_today():
    today = date(2026, 1, 5)
    assert wording.counted_at(PersonCard(age_counted_on="202404", filled_on="202312"), today) == PartialDate(2024, 4)
    assert wording.counted_at(PersonCard(filled_on="20231201"), today) == PartialDate(2023, 12, 1)
    assert wording.counted_at(PersonCard(), today) == PartialDate(2026, 1, 5)


@pytest.mark.parametrize(
    ("post", "age"),
    [
        ("某局干部", "82"),
        ("某局干部（已去世）", ""),
        ("病故", ""),
        ("已故", ""),
        ("某公司（离世）", ""),
        ("某局（已退休）", "82"),
    ],
)
def test_the_dead_have_no_age(post, age):
    assert wording.member_age(FamilyMember("父亲", "某", "1942", "", post), AT) == age


def test_family_stands_as_spouse_children_parents_others_each_as_stored():
    stored = "哥哥 母亲 次子 长女 岳父 父亲 妻子 女婿 儿媳".split()
    members = [FamilyMember(relation, "某") for relation in stored] + [FamilyMember()]
    found = [member.relation for member in wording.family_in_order(members)]
    assert found == "妻子 次子 长女 母亲 父亲 哥哥 岳父 女婿 儿媳".split()


@pytest.mark.parametrize(
    ("text", "printed"),
    [("20250305", "2025年03月05日"), ("202503", "2025年03月　日"), ("", "　　　年　　月　　日")],
)
def test_the_day_of_filling_is_written_out(text, printed):
    assert wording.filled_date(text) == printed


@pytest.mark.parametrize(("text", "printed"), [("199107", "1991.07"), ("19910701", "1991.07"), ("1941底", "1941底"), ("未工作", "未工作")])  # fmt: skip
def test_dates_print_year_and_month(text, printed):
    assert wording.printed_date(text) == printed
