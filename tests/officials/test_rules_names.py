"""How names are read and sorted."""

import pytest

from officials.rules.name_readings import character_table, dictionary_reading, split_surname, surname_table
from officials.rules.names import characters_of, readings, sort_key

pytestmark = pytest.mark.unit

ONE_READING = {
    "翟志刚": ("zhai zhigang", "zzg"),
    "单雄信": ("shan xiongxin", "sxx"),
    "仇和": ("qiu he", "qh"),
    "解缙": ("xie jin", "xj"),
    "查良镛": ("zha liangyong", "zly"),
    "区伟强": ("ou weiqiang", "owq"),
    "曾国藩": ("zeng guofan", "zgf"),
    "任正非": ("ren zhengfei", "rzf"),
    "尉迟恭": ("yuchi gong", "ycg"),
    "万俟卨": ("moqi xie", "mqx"),
    "令狐冲": ("linghu chong", "lhc"),
    "长孙无忌": ("zhangsun wuji", "zswj"),
    "宇文化及": ("yuwen huaji", "ywhj"),
    "贾岛": ("jia dao", "jd"),
    "朴正洙": ("piao zhengzhu", "pzz"),
    "冼星海": ("xian xinghai", "xxh"),
    "洗英": ("xian ying", "xy"),
    "缪荃孙": ("miao quansun", "mqs"),
    "卜算": ("bu suan", "bs"),
    "逄先知": ("pang xianzhi", "pxz"),
    "晁补之": ("chao buzhi", "cbz"),
    "澹台明": ("tantai ming", "ttm"),
    "单于明": ("chanyu ming", "cym"),
    "华罗庚": ("hua luogeng", "hlg"),
    "那英": ("na ying", "ny"),
    "繁星": ("po xing", "px"),
    "吕布": ("lv bu", "lb"),
    "张㛃": ("zhang jie", "zj"),
    "刘䶮": ("liu yan", "ly"),
    "王𠮷": ("wang ji", "wj"),
    "𠮷川": ("ji chuan", "jc"),
    "阿不都热依木·买买提": ("abudureyimu maimaiti", "abdrymmmt"),
    "古丽娜尔•艾山": ("gulinaer aishan", "glneas"),
}


@pytest.mark.parametrize(("name", "expected"), ONE_READING.items())
def test_a_surname_is_read_as_a_surname(name, expected):
    assert [(found.pinyin, found.initials) for found in readings(name)] == [expected]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("盖叫天", ["ge jiaotian", "gai jiaotian"]),
        ("覃辉", ["qin hui", "tan hui"]),
        ("乐毅", ["yue yi", "le yi"]),
        ("员半千", ["yun banqian", "yuan banqian"]),
        ("黑伯理", ["hei boli", "he boli"]),
        ("乐正明", ["yuezheng ming", "lezheng ming"]),
        ("叶朝阳", ["ye chaoyang", "ye zhaoyang"]),
        ("覃乐", ["qin le", "qin yue", "tan le", "tan yue"]),
    ],
)
def test_a_name_that_people_read_in_two_ways_has_both_readings_the_main_one_first(name, expected):
    assert [found.pinyin for found in readings(name)] == expected


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("欧阳修", ("欧阳", "修")),
        ("欧阳", ("欧", "阳")),
        ("尉迟", ("尉迟", "")),
        ("夹谷清", ("夹谷", "清")),
        ("爱新觉罗启功", ("爱新觉罗", "启功")),
        ("左丘", ("左", "丘")),
        ("王阳明", ("王", "阳明")),
    ],
)
def test_a_compound_surname_needs_a_given_name_or_a_reading_of_its_own(name, parts):
    assert split_surname(name) == parts


def test_padding_width_and_invisible_characters_do_not_change_a_name():
    assert characters_of("张　三") == characters_of(" 张 三\ufeff") == characters_of("张三\ufe00") == ["张", "三"]
    assert characters_of("买买提·ＡＢ") == ["买", "买", "提", "ab"]


def test_one_surname_stands_together_in_the_order_of_a_dictionary():
    shuffled = (
        "章一 张伟 欧阳修 单一 张安 尚文 欧冬 山明 吕布 鲁迅 陆游 栾树 罗文 章安 沈一 翟一 邓一 尉迟恭 欧阳安 张伟平"
    )
    found = sorted(shuffled.split(), key=lambda name: sort_key(name).encode())
    assert found == [
        "邓一", "鲁迅", "陆游", "吕布", "栾树", "罗文", "欧冬", "欧阳安", "欧阳修", "山明", "单一", "尚文", "沈一", "尉迟恭",
        "翟一", "张安", "张伟", "张伟平", "章安", "章一",
    ]  # fmt: skip


def test_people_of_one_name_have_one_key_and_characters_that_sound_alike_have_two():
    assert sort_key("张 伟") == sort_key("张伟") == "zhang1张 wei3伟"
    assert sort_key("张玮") != sort_key("张伟")


def test_the_key_fits_its_column_and_an_empty_name_has_an_empty_one():
    assert len(sort_key("庄" * 60)) == 120
    assert sort_key("") == sort_key(" · ") == ""


def test_every_row_of_the_tables_is_well_formed_and_says_more_than_the_dictionary():
    for surname, ways in surname_table().items():
        assert all(len(way) == len(surname) for way in ways), surname
    for character, ways in character_table().items():
        assert len(set(ways)) == len(ways), character
        assert len(ways) > 1 or character in "㛃䶮" or ways[0] != dictionary_reading(character), character
