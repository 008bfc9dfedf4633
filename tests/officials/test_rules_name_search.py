"""What is typed finds the right names, by one array."""

import itertools

import pytest

from officials.rules.name_search import is_exact, matches, query_grams, search_grams, typed_characters

pytestmark = pytest.mark.unit

PEOPLE = """
翟志刚 单雄信 仇和 解缙 查良镛 区伟强 曾国藩 任正非 盖叫天 尉迟恭 万俟卨 覃辉 乐毅 吕布 张晓明 张伟 张玮 肖张明 王𠮷 刘䶮
阿不都热依木·买买提 李娜 欧阳修 欧冬 朱晓明 张三 张三丰
""".split()


def found(text):
    """Names that the array alone finds."""
    wanted = set(query_grams(text))
    return {name for name in PEOPLE if wanted and wanted <= set(search_grams(name))}


@pytest.mark.parametrize(
    ("initials", "name", "wrong"),
    [
        ("zzg", "翟志刚", "dzg"),
        ("sxx", "单雄信", "dxx"),
        ("qh", "仇和", "ch"),
        ("xj", "解缙", "jj"),
        ("zly", "查良镛", "cly"),
        ("owq", "区伟强", "qwq"),
        ("zgf", "曾国藩", "cgf"),
        ("rzf", "任正非", "lzf"),
        ("gjt", "盖叫天", "hjt"),
        ("ycg", "尉迟恭", "wcg"),
        ("mqx", "万俟卨", "wqx"),
    ],
)
def test_polyphone_surnames_are_found_by_their_right_initials_only(initials, name, wrong):
    assert name in found(initials)
    assert name not in found(wrong)
    for length in range(1, len(initials)):
        assert name in found(initials[:length]), "as far as it is typed"


@pytest.mark.parametrize("text", ["qh", "th", "qinhui", "tanhui", "tan", "覃h"])
def test_an_ambiguous_surname_is_found_by_both_readings(text):
    assert "覃辉" in found(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张", {"张晓明", "张伟", "张玮", "张三", "张三丰", "肖张明"}),
        ("晓明", {"张晓明", "朱晓明"}),
        ("张明", {"肖张明"}),
        ("𠮷", {"王𠮷"}),
        ("䶮", {"刘䶮"}),
        ("zhangxiaom", {"张晓明"}),
        ("ZhangXM", {"张晓明"}),
        ("zhang xiao ming", {"张晓明"}),
        ("zw", {"张伟", "张玮"}),
        ("xiaoming", {"张晓明", "朱晓明"}),
        ("lv", {"吕布"}),
        ("lü", {"吕布"}),
        ("lyu", {"吕布"}),
        ("lub", {"吕布"}),
        ("热依木买", {"阿不都热依木·买买提"}),
        ("热依木·买买提", {"阿不都热依木·买买提"}),
        ("maimai", {"阿不都热依木·买买提"}),
        ("am", {"阿不都热依木·买买提"}),
        ("abudureyimumaimaiti", {"阿不都热依木·买买提"}),
        ("oy", {"欧阳修"}),
        ("ouyangx", {"欧阳修"}),
        ("张xm", {"张晓明"}),
        ("张　三", {"张三", "张三丰"}),
        ("nothing", set()),
        ("·", set()),
        ("", set()),
    ],
)
def test_typed_text_finds_exactly_these(text, names):
    assert {name for name in found(text) if is_exact(text) or matches(name, text)} == names


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("张xia", "张晓明", True),
        ("张xin", "张晓明", False),
        ("张x明", "张晓明", True),
        ("zx明", "张晓明", True),
        ("zw明", "张晓明", False),
        ("晓ming", "张晓明", True),
        ("吕bu", "吕布", True),
        ("张三三丰", "张三丰", False),
        ("三张", "张三丰", False),
    ],
)
def test_mixed_typing_is_decided_on_the_names(text, name, expected):
    assert matches(name, text) is expected


def test_where_the_array_is_said_to_be_exact_it_agrees_with_the_names():
    syllables = "zhang xiao ming wei san feng zhai"
    latin = {"".join(pair)[:n] for pair in itertools.permutations(syllables.split(), 2) for n in range(1, 12)}
    characters = set("".join(PEOPLE)) - {"·"}
    pairs = {first + second for first in "张晓三欧" for second in characters}
    for text in latin | characters | pairs:
        assert is_exact(text)
        assert found(text) == {name for name in PEOPLE if matches(name, text)}
    for text in characters | pairs:
        assert found(text) == {name for name in PEOPLE if text in name.replace("·", "")}


def test_whatever_matches_is_in_what_the_array_finds():
    texts = ["张xi", "张x明", "张三丰", "热依mu", "乐y", "zx明"]
    assert all(name in found(text) for text in texts for name in PEOPLE if matches(name, text))


def test_the_array_stays_small():
    assert len(search_grams("张晓明")) <= 35
    assert max(len(search_grams(name)) for name in PEOPLE) <= 80
    assert search_grams("张 伟") == search_grams("张伟") == sorted(set(search_grams("张伟")))


def test_three_characters_are_narrowed_by_the_name_without_dots():
    assert typed_characters("热依木 · 买买提") == "热依木买买提"
    assert not is_exact("热依木")
