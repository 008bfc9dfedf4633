"""A pasted list of people is understood however it was typed."""

import pytest

from officials.rules.name_lists import parse_name_list

pytestmark = pytest.mark.unit
NUMBER = "440784198507219016"


def short(text):
    return [(w.name, w.number or w.ending) for w in parse_name_list(text).wanted]


@pytest.mark.parametrize(
    "text",
    [
        "张三 李小四 欧阳修",
        "张三\n李小四\r\n欧阳修\n",
        "张三、李小四、欧阳修。",
        "张三,李小四，欧阳修",
        "张三；李小四;欧阳修",
        "张三\t李小四\t欧阳修",
        "张　三\n李小四\n欧阳修",
        "张 三 李小四 欧阳 修",
        "1.张三\n2. 李小四\n3．欧阳修",
        "1、张三 2、李小四 3、欧阳修",
        "（1）张三（2）李小四（3）欧阳修",
        "①张三②李小四③欧阳修",
        "一、张三\n二、李小四\n十一、欧阳修",
        "1\t张三\t男\n2\t李小四\t女\n3\t欧阳修\t男",
        "张三同志、李小四同志、欧阳修同志",
        "  张三  \n\n\n李小四\u3000\u3000欧阳修 ",
    ],
)
def test_every_usual_way_to_write_a_list_gives_the_same_three_people(text):
    parsed = parse_name_list(text)
    assert [person.name for person in parsed.wanted] == ["张三", "李小四", "欧阳修"]
    assert [person.place for person in parsed.wanted] == [1, 2, 3]
    assert parsed.unread == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NUMBER, [("", NUMBER)]),
        ("44078419850721901x", [("", "44078419850721901X")]),
        ("440784850721901", [("", "440784850721901")]),
        ("9016 901x", [("", "9016"), ("", "901X")]),
        (f"张三 {NUMBER}\n李四\t9024", [("张三", NUMBER), ("李四", "9024")]),
        (f"张三{NUMBER}", [("张三", NUMBER)]),
        ("张三（9016）、张三（901X）", [("张三", "9016"), ("张三", "901X")]),
        ("４４０７８４１９８５０７２１９０１６", [("", NUMBER)]),
        (f"张三 李四 {NUMBER}", [("张三", ""), ("李四", ""), ("", NUMBER)]),
        (f"1\t张三\t9016\t{NUMBER}", [("张三", NUMBER)]),
    ],
)
def test_numbers_and_last_fours_stand_for_people_or_tell_one_name_apart(text, expected):
    assert short(text) == expected


def test_names_with_dots_and_rare_characters_stay_whole():
    assert short("阿不都热依木•买买提 王𠮷 刘䶮 张㛃") == [
        ("阿不都热依木·买买提", ""),
        ("王𠮷", ""),
        ("刘䶮", ""),
        ("张㛃", ""),
    ]


def test_a_unit_in_brackets_is_a_hint():
    (person,) = parse_name_list("张三（市财政局、预算股）").wanted
    assert (person.name, person.hint) == ("张三", "市财政局、预算股")


def test_who_stands_twice_is_asked_for_once_and_said_to_be_repeated():
    parsed = parse_name_list("张三、李四、张　三、王五、张三")
    assert [person.name for person in parsed.wanted] == ["张三", "李四", "王五"]
    assert [(person.name, person.times) for person in parsed.repeated] == [("张三", 3)]
    assert [person.place for person in parsed.wanted] == [1, 2, 3]


def test_what_is_no_name_and_no_number_is_said():
    assert parse_name_list("张三 1985.07 李四 12345").unread == ("1985.07", "12345")
    assert parse_name_list("").wanted == parse_name_list(" 、,\n1.\n").wanted == ()


def test_a_long_list_keeps_its_order():
    names = [f"{surname}{given}" for surname in "张王李赵刘陈" for given in "一二三四五六七八九十百千万"]
    assert [person.name for person in parse_name_list("、".join(names)).wanted] == names
