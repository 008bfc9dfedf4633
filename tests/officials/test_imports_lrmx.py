"""`.lrmx`: every sample with its traps, every known producer, and what a reader must tell instead of mending it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.exchange.rows import Level
from officials.imports.lrmx import read_lrmx
from officials.rules.person_card import FIELDS, FamilyMember, PersonCard
from officials.rules.resume import parse_resume

from .lrmx_files import SAMPLES, codes, form, read, read_form, sample, tables

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "person", "members", "photo", "encoding", "producer"),
    [
        ("01_", "梁嘉禾", 4, "PNG", "utf-8", "editor"),
        ("02_", "罗毅·阿木", 2, None, "utf-8", "hzb"),
        ("03_", "黎晚晴", 8, "JPEG", "utf-8", "editor"),
        ("03b_", "梁嘉禾", 4, "PNG", "utf-8", "other"),
        ("04_", "沈星", 2, "PNG", "utf-8", "other"),
        ("05a_", "欧阳清晏", 2, "JPEG", "gb18030", "editor"),
        ("05b_", "欧阳清晏", 2, "JPEG", "utf-16-le", "editor"),
        ("05c_", "欧阳清晏", 2, "JPEG", "gb18030", "editor"),
    ],
)
def test_every_sample_is_read(name, person, members, photo, encoding, producer):
    found = read(name)
    card = found.card
    assert (card.name, len(card.family), card.source.encoding, card.source.producer) == (
        person, members, encoding, producer,
    )  # fmt: skip
    assert card.photo.startswith({"PNG": b"\x89PNG", "JPEG": b"\xff\xd8\xff", None: b""}[photo])
    assert (found.portrait is None) is (photo is None)
    assert found.is_valid


def test_every_sample_is_tried():
    assert len(SAMPLES) == 8


def test_the_official_file_has_nothing_to_confirm():
    found = read("01_")
    assert found.card.source.has_mark
    assert found.card.professional_title == ""
    assert [(f.level, f.code) for f in found.findings] == [(Level.INFO, "resume_during_unmarked")]
    assert found.card.family[2] == FamilyMember("父亲", "梁广源", "195802", "群众", "青溪县云水镇石桥村农民（已去世）")


@pytest.mark.parametrize("name", ["01_", "02_", "03_", "03b_", "04_"])
def test_the_resume_is_the_text_of_the_file_character_for_character(name):
    text = sample(name).decode("utf-8-sig")
    (inside,) = re.findall("<JianLi>(.*?)</JianLi>", text, re.DOTALL)
    assert read(name).card.resume == inside.replace("\r\n", "\n")


def test_an_export_of_the_national_system_is_read_whole():
    card = read("02_").card
    assert [member.name for member in card.family] == ["吴玉珍", "罗小川"]
    assert card.rewards_and_sanctions == "2018年1月，经A&B流域治理联席会议办公室批准，其他。"
    assert (card.in_service_education, card.age_counted_on, card.version, card.birth) == ("", "", "", "19790820")
    assert card.party_joined == "民建；民盟"
    assert parse_resume(card.resume).memberships == ("青溪县政协第九届委员会常务委员",)
    assert read("02_").findings == ()


@pytest.mark.parametrize(("name", "month", "limit"), [("03_", "202701", "55"), ("03b_", "204803", "60")])
def test_the_tags_of_2025_are_read_wherever_they_stand(name, month, limit):
    card = read(name).card
    assert (card.reaching_month, card.former_age_limit) == (month, f"改革前任职年龄界限为{limit}岁")


def test_season_dates_of_relatives_are_kept_and_told():
    found = read("03_")
    assert [member.birth for member in found.card.family] == [
        "197003", "199512春", "200310", "1942", "194507", "193811", "1941底", "196804",
    ]  # fmt: skip
    assert [(f.code, f.value) for f in found.findings if f.code.startswith("date")] == [
        ("date_season_beside_month", "199512春")
    ]


def test_a_messy_file_tells_everything_that_is_odd():
    found = read("04_")
    assert [(f.code, f.row, f.value) for f in found.findings if f.level is Level.WARNING] == [
        ("card_tag_unknown", None, "中共党员"),
        ("card_tag_unknown", None, "未知标签，读取时应忽略但告警"),
        ("resume_glued", 1, "2012.07～2015.04 青溪县双河镇人民政府科员"),
        ("resume_bad_end", 2, "2-018.10"),
        ("resume_glued", 4, "2020.13--2020.06  错误月份"),
        ("resume_bad_month", 4, "2020.13"),
    ]
    assert [(r.column, r.raw, r.value, r.why) for r in found.readings] == [
        ("姓名", "　沈　 星 ", "沈星", "spaces"),
        ("全日制教育学历毕业院校系及专业", "岭南云山大学\n  计算机科学与技术专业", "岭南云山大学计算机科学与技术专业", "line_feed"),
        ("现任职务", "青溪县政务服务和数据管理局\n  信息科科长", "青溪县政务服务和数据管理局信息科科长", "line_feed"),
        ("家庭主要成员及重要社会关系·姓名", "杜 若", "杜若", "spaces"),
        ("身份证", "44078419900216995x", "44078419900216995X", "check_letter"),
    ]  # fmt: skip


def test_words_and_dates_of_a_messy_file_stay_as_written():
    card = read("04_").card
    assert (card.sex, card.ethnicity, card.native_place, card.birth, card.work_started, card.party_joined) == (
        "男性", "汉", "广东省鹤山市", "1990.02", "2012年7月", "2013-06（预备党员）",
    )  # fmt: skip
    assert card.unknown_text("ZhengZhiMianMao") == "中共党员"
    assert [element.tag for element in card.unknown] == ["ZhengZhiMianMao", "BeiZhu"]


def test_only_the_file_that_says_another_encoding_is_told():
    assert [codes(read(name)) for name in ("05a_", "05b_", "05c_")] == [[], [], ["card_encoding"]]
    one, two, three = (read(name).card for name in ("05a_", "05b_", "05c_"))
    assert one.says_the_same(two)
    assert one.says_the_same(three)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "GBK"), ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8", "GBK"), ("utf-16", "utf-16"),
     ("utf-16-le", "utf-8"), ("utf-16-be", "utf-16"), ("utf-8-sig", "utf-8"), ("big5", "big5"), ("utf-8", "no-such")],
)  # fmt: skip
def test_an_encoding_is_recognised_whatever_is_declared(encoding, declared):
    data = form("<MinZu>漢族</MinZu>", declaration=f"<?xml version='1.0' encoding='{declared}'?>", encoding="utf-8")
    text = data.decode().replace("嘉禾", "民中")
    assert read_lrmx(text.encode(encoding), filename="a.lrmx").card.ethnicity == "漢族"


def test_broken_bytes_are_told_and_break_nothing_else():
    data = form("<MinZu>汉族</MinZu><JiGuan>广东鹤山</JiGuan>").replace("汉".encode(), b"\xe6\xb1")
    found = read_lrmx(data + b"\xff\xfe\xff"[:0], filename="a.lrmx")
    assert found.card.native_place == "广东鹤山"
    assert codes(found)[0] in ("card_broken_bytes", "card_encoding")


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<MinZu>汉族</MinZu><MinZu>回族</MinZu>", "card_tag_twice"),
        ("<MinZu>汉<b>族</b></MinZu>", "card_markup_inside"),
        ("<minzu>汉族</minzu>", "card_tag_unknown"),
        ("多余", "card_text_outside"),
        ("<JiangChengQingKuang>A&B</JiangChengQingKuang>", "card_ampersand"),
        ("<JiangChengQingKuang>A&nbsp;B</JiangChengQingKuang>", "card_ampersand"),
        ("<JiangChengQingKuang>A&amp;1lt;B</JiangChengQingKuang>", "card_residue"),
        ("<MinZu>汉\x0b族</MinZu>", "card_characters"),
        ("<MinZu>汉&#1;族</MinZu>", "card_characters"),
        ("<JiTing/>", "card_tag_unknown"),
        ("<JiaTingChengYuan><Item><ChengWei>父亲</ChengWei><DianHua>1</DianHua></Item></JiaTingChengYuan>", "card_tag_unknown"),
        (f"<XianRenZhiWu>{'长' * 325}</XianRenZhiWu>", "card_text_long"),
        ("<ChuShengNianYue>1978.13</ChuShengNianYue>", "date_month"),
        ("<CanJiaGongZuoShiJian>79年</CanJiaGongZuoShiJian>", "date_text"),
        ("<RuDangShiJian>200203；200303</RuDangShiJian>", "party_two_dates"),
        ("<ShenFenZheng>440784198503129995</ShenFenZheng>", "id_checksum"),
        ("<ShenFenZheng>11010549123100</ShenFenZheng>", "id_length"),
        ("<ShenFenZheng>110105491231002</ShenFenZheng>", "id_fifteen"),
        ("<XingBie>女</XingBie><ShenFenZheng>440784198503129994</ShenFenZheng>", "id_sex_differs"),
        ("<ChuShengNianYue>198504</ChuShengNianYue><ShenFenZheng>440784198503129994</ShenFenZheng>", "id_birth_differs"),
        ("<ZhaoPian>!!!</ZhaoPian>", "photo_text"),
        ("<ZhaoPian>SGVsbG8=</ZhaoPian>", "photo_kind"),
        ("<ZhaoPian>/9j/4AAQSkZJRg==</ZhaoPian>", "photo_damaged"),
    ],
)  # fmt: skip
def test_what_is_odd_is_a_warning_and_the_card_is_read(inner, code):
    found = read_form(inner)
    assert code in codes(found)
    assert all(finding.level is Level.WARNING for finding in found.findings if finding.code == code)
    assert found.is_valid


def test_a_fault_of_the_number_names_the_right_character():
    (finding,) = read_form("<ShenFenZheng>440784198503129995</ShenFenZheng>").findings
    assert (finding.params, finding.column) == ({"expected": "4"}, "身份证")


def test_a_form_without_a_name_cannot_be_imported():
    found = read_lrmx(b"<Person><MinZu>\xe6\xb1\x89</MinZu></Person>", filename="a.lrmx")
    assert codes(found) == ["card_name_missing"]
    assert not found.is_valid


@pytest.mark.parametrize(
    ("written", "name", "whys"),
    [
        ("梁嘉禾", "梁嘉禾", []),
        ("\n    梁嘉禾\n  ", "梁嘉禾", []),
        ("沈　星", "沈星", ["spaces"]),
        ("沈星\u200b", "沈星", ["invisible"]),
        ("罗毅.阿木", "罗毅·阿木", ["name_dot"]),
        ("罗毅 • 阿木", "罗毅·阿木", ["name_dot"]),
        ("John Smith", "John Smith", []),
        ("J. 沈", "J. 沈", []),
    ],
)
def test_blanks_and_dots_in_a_name(written, name, whys):
    found = read_lrmx(f"<Person><XingMing>{written}</XingMing></Person>".encode(), filename="a.lrmx")
    assert (found.card.name, [reading.why for reading in found.readings]) == (name, whys)


def judged(inner: str):
    """Findings and readings of a form whose labels are looked up in the code tables."""
    found = read_lrmx(form(inner), filename="a.lrmx", tables=tables())
    return [(f.code, f.value) for f in found.findings], [(r.raw, r.value) for r in found.readings]


@pytest.mark.parametrize(
    ("inner", "unknown", "read_as"),
    [
        ("<MinZu>汉</MinZu>", [], [("汉", "汉族")]),
        ("<MinZu>汗族</MinZu>", [("label_unknown", "汗族")], []),
        ("<JianKangZhuangKuang>良好</JianKangZhuangKuang>", [], [("良好", "健康")]),
        ("<QuanRiZhiJiaoYu_XueLi>大学本科</QuanRiZhiJiaoYu_XueLi>", [], [("大学本科", "大学")]),
        ("<JiGuan>广东省鹤山市</JiGuan>", [], [("广东省鹤山市", "广东鹤山")]),
        ("<JiGuan>上海</JiGuan>", [], []),
        ("<JiGuan>青溪县</JiGuan>", [("label_unknown", "青溪县")], []),
        ("<XingBie>男性</XingBie>", [], [("男性", "男")]),
    ],
)
def test_labels_are_judged_by_the_tables_that_are_given(inner, unknown, read_as):
    assert judged(inner) == (unknown, read_as)


@pytest.mark.parametrize(("sex", "word"), [("男", "妻子"), ("女性", "丈夫")])
def test_a_spouse_is_wife_or_husband_by_the_sex_of_the_person(sex, word):
    member = "<JiaTingChengYuan><Item><ChengWei>配 偶</ChengWei><ZhengZhiMianMao>党员</ZhengZhiMianMao></Item></JiaTingChengYuan>"
    unknown, read_as = judged(f"<XingBie>{sex}</XingBie>{member}")
    assert unknown == []
    assert [pair for pair in read_as if pair[0] != sex] == [("配 偶", word), ("党员", "中共党员")]


def test_a_label_that_is_unknown_comes_with_offers():
    found = read_lrmx(
        form("<QuanRiZhiJiaoYu_XueLi>党校大学</QuanRiZhiJiaoYu_XueLi>"), filename="a.lrmx", tables=tables()
    )
    assert {candidate.name for candidate in found.findings[0].candidates} == {
        "大学",
        "中央党校大学",
        "省（区、市）委党校大学",
    }


def test_an_unknown_tag_keeps_what_is_in_it():
    (element,) = read_form("<BeiZhu>甲<Xiang>乙 &lt;</Xiang><Kong/></BeiZhu>").card.unknown
    assert (element.text, [(c.tag, c.text) for c in element.children]) == ("甲", [("Xiang", "乙 <"), ("Kong", "")])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_card_survives_being_stored(name):
    card = read(name).card
    stored = json.loads(json.dumps(card.as_dict()))
    assert PersonCard.from_dict(stored, card.photo) == card


def test_a_card_has_all_fields_of_the_form():
    # 34 tags less family and photo, and two of 2025
    assert len(FIELDS) == 34
    assert set(PersonCard().texts) == {field.name for field in FIELDS}
    assert len({field.tag for field in FIELDS}) == 34


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\r"), max_size=30).filter(
    lambda text: not re.search("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
)


@given(texts)
def test_any_resume_comes_out_as_it_went_in(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert read_form(f"<JianLi>{escaped}</JianLi>").card.resume == (
        text if text.strip(" \t\n\u00a0\u3000\ufeff\u200b\u200c\u200d\u2060\u00ad") else ""
    )
