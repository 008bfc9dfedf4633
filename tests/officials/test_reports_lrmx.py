"""`.lrmx` written: the official form byte by byte, and every sample the same after a journey there and back."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officials.imports.lrmx import read_lrmx
from officials.reports.lrmx import file_name, write_bundle, write_lrmx
from officials.rules.person_card import FIELDS, FamilyMember, PersonCard, UnknownElement

from .lrmx_files import SAMPLES, codes, read, sample

pytestmark = pytest.mark.unit


def again(card: PersonCard, **options) -> PersonCard:
    return read_lrmx(write_lrmx(card, **options).data, filename="again.lrmx").card


@pytest.mark.parametrize("name", SAMPLES)
def test_read_written_and_read_again_says_the_same_in_every_field(name):
    card = read(name).card
    expected = card if card.version else replace(card, version="3.2.1.16")
    found = again(card, form_2025=True)
    assert found.texts == expected.texts
    assert found.family == card.family
    assert found.photo == card.photo
    assert found.unknown == card.unknown
    assert found.says_the_same(expected)


@pytest.mark.parametrize("name", SAMPLES)
def test_written_twice_it_is_the_same_file(name):
    first = write_lrmx(read(name).card, form_2025=True)
    assert write_lrmx(again(read(name).card, form_2025=True), form_2025=True).data == first.data


def test_a_small_form_is_written_to_the_letter():
    card = PersonCard(
        name="梁嘉禾",
        sex="男",
        current_post="甲<乙&丙",
        resume="2004.09--2008.07  某校学习\n2008.07--         某局科员",
        family=(FamilyMember("妻子", "陈若溪", "198609", "", "教师"), FamilyMember()),
        photo=b"\xff\xd8\xff",
        reaching_month="204803",
        unknown=(UnknownElement("BeiZhu", "留存"),),
    )
    empty = {field.tag: f"  <{field.tag}></{field.tag}>" for field in FIELDS if not field.is_2025}
    lines = empty | {
        "XingMing": "  <XingMing>梁嘉禾</XingMing>",
        "XingBie": "  <XingBie>男</XingBie>",
        "XianRenZhiWu": "  <XianRenZhiWu>甲&lt;乙&amp;丙</XianRenZhiWu>",
        "JianLi": "  <JianLi>2004.09--2008.07  某校学习\r\n2008.07--         某局科员</JianLi>",
        "RenMianLiYou": "  <RenMianLiYou></RenMianLiYou>\r\n  <JiaTingChengYuan>\r\n    <Item>\r\n"
        "      <ChengWei>妻子</ChengWei>\r\n      <XingMing>陈若溪</XingMing>\r\n      <ChuShengRiQi>198609</ChuShengRiQi>\r\n"
        "      <ZhengZhiMianMao></ZhengZhiMianMao>\r\n      <GongZuoDanWeiJiZhiWu>教师</GongZuoDanWeiJiZhiWu>\r\n"
        "    </Item>\r\n  </JiaTingChengYuan>",
        "Version": "  <ZhaoPian>/9j/</ZhaoPian>\r\n  <Version>3.2.1.16</Version>",
    }
    text = "\r\n".join(
        ['<?xml version="1.0" encoding="utf-8"?>', "<Person>", *lines.values(), "  <BeiZhu>留存</BeiZhu>", "</Person>"]
    )
    written = write_lrmx(card)
    assert written.data.decode("utf-8") == text
    assert [(f.code, f.column, f.value) for f in written.findings] == [("card_2025_left_out", "到龄年月", "204803")]


def test_the_official_sample_is_written_as_the_editor_wrote_it_but_for_blank_elements():
    original = sample("01_").decode("utf-8-sig").replace(">\r\n  </", "></").replace(">\r\n      </", "></")
    written = write_lrmx(read("01_").card).data.decode("utf-8").replace(">\r\n  </", "></")
    assert written.split() == original.split()


@pytest.mark.parametrize("form_2025", [False, True])
def test_the_tags_of_2025_stand_at_their_places_or_not_at_all(form_2025):
    text = write_lrmx(read("03b_").card, form_2025=form_2025).data.decode()
    tags = [line.strip().split(">")[0].lstrip("<") for line in text.split("\r\n") if line.startswith("  <")]
    assert ("DaoLingNianYue" in tags) is ("GaiGeQianRenZhiNianLingJieXian" in tags) is form_2025
    if form_2025:
        assert tags[tags.index("DaoLingNianYue") - 1] == "CanJiaGongZuoShiJian"
        assert tags[tags.index("GaiGeQianRenZhiNianLingJieXian") - 1] == "ChengBaoDanWei"


def test_what_xml_cannot_hold_is_left_out_and_told():
    card = PersonCard(name="梁嘉禾", resume="甲\x00乙\ud800丙\ufffe丁\x0b", reason="子\r丑\n寅\t卯")
    written = write_lrmx(card)
    found = read_lrmx(written.data, filename="a.lrmx").card
    assert (found.resume, found.reason) == ("甲乙丙丁", "子\r丑\n寅\t卯")
    assert [(f.code, f.column) for f in written.findings] == [("card_written_without", "简历")]


def test_the_eleventh_relation_is_left_out_and_named():
    family = tuple(FamilyMember("哥哥", f"梁{number}") for number in range(11))
    written = write_lrmx(PersonCard(name="梁嘉禾", family=family))
    assert [member.name for member in read_lrmx(written.data, filename="a").card.family][-1] == "梁9"
    assert [(f.code, f.value, f.params) for f in written.findings] == [
        ("card_member_left_out", "梁10", {"limit": "10"})
    ]


def test_a_tag_that_is_none_cannot_break_the_file():
    card = PersonCard(
        name="梁嘉禾", unknown=(UnknownElement("a><b", "x"), UnknownElement("好", "y", (UnknownElement("子", "<"),)))
    )
    written = write_lrmx(card)
    found = read_lrmx(written.data, filename="a.lrmx").card
    assert [f.code for f in written.findings] == ["card_unknown_left_out"]
    assert found.unknown == (UnknownElement("好", "y", (UnknownElement("子", "<"),)),)


@pytest.mark.parametrize(
    ("name", "file"),
    [("梁嘉禾", "梁嘉禾.lrmx"), ("罗毅·阿木", "罗毅·阿木.lrmx"), ("../a:b", "ab.lrmx"), ("", "未命名.lrmx"), ("长" * 90, "长" * 60 + ".lrmx")],
)  # fmt: skip
def test_a_file_is_called_like_its_person(name, file):
    assert file_name(PersonCard(name=name)) == file


def test_a_zip_numbers_people_of_one_name():
    written = write_bundle([PersonCard(name="梁嘉禾"), PersonCard(name="沈星"), PersonCard(name="梁嘉禾", sex="女")])
    with zipfile.ZipFile(io.BytesIO(written.data)) as bundle:
        assert bundle.namelist() == ["梁嘉禾.lrmx", "沈星.lrmx", "梁嘉禾(2).lrmx"]
        assert all(info.flag_bits & 0x800 for info in bundle.infolist())
        assert read_lrmx(bundle.read("梁嘉禾(2).lrmx"), filename="a").card.sex == "女"


lines = st.text(alphabet="梁<>&\"']]>甲 \n\t\r　0-.（）\x01", max_size=30)


@given(st.fixed_dictionaries({field.name: lines for field in FIELDS if field.kind in ("lines", "verbatim")}))
def test_any_text_comes_back_as_far_as_xml_can_hold_it(values):
    found = again(PersonCard(name="梁嘉禾", **values))
    for name, value in values.items():
        legal = value.replace("\x01", "")
        expected = legal if name == "resume" else legal.strip(" \n\t\r　")
        assert getattr(found, name) == (expected if legal.strip(" \n\t\r　") else "")


def test_a_form_that_was_read_without_a_fault_is_written_without_one():
    assert write_lrmx(read("03_").card, form_2025=True).findings == ()
    assert codes(read_lrmx(write_lrmx(read("02_").card).data, filename="a")) == []
