"""`.lrm` of the old editor: the same person as the official sample, and files that only look like it."""

import pytest

from foundation.exchange.refusals import FileRefused
from officials.imports.lrm import read_lrm
from officials.rules.person_card import FamilyMember

from .lrmx_files import codes, form, read, sample

pytestmark = pytest.mark.unit


def old(**places: str) -> bytes:
    """33 fields of which some are given, by number: f0="梁嘉禾"."""
    values = {int(place[1:]): text for place, text in places.items()}
    return ",".join(f'"{values.get(number, "")}"' for number in range(33)).encode("gb18030")


def test_the_old_file_is_the_same_person_as_the_new_one():
    found = read_lrm(sample("06_old_editor.lrm"), filename="06.lrm", picture=sample("06_old_editor.pic"))
    new = read("01_").card
    differ = {name: text for name, text in found.card.texts.items() if text != new.texts[name]}
    assert differ == {"identity_number": "", "version": ""}
    assert found.card.family == new.family
    assert found.card.photo == sample("06_old_editor.pic")
    assert (found.portrait.width, found.portrait.height) == (80, 100)
    assert (found.card.source.producer, found.card.source.encoding) == ("old_editor", "gb18030")
    assert codes(found) == codes(read("01_"))


def test_without_its_picture_it_is_read_too():
    found = read_lrm(sample("06_old_editor.lrm"), filename="06.lrm")
    assert (found.card.name, found.card.photo, found.portrait) == ("梁嘉禾", b"", None)


def test_a_picture_that_is_none_is_a_warning():
    found = read_lrm(old(f0="梁嘉禾"), filename="a.lrm", picture=b"no picture")
    assert (codes(found), found.is_valid) == (["photo_kind"], True)


def test_a_wave_is_a_line_break_unless_it_stands_between_dates():
    card = read_lrm(old(f0="梁嘉禾", f17="2001.07~2005.08  甲~2005.08~今  乙", f28="一~二"), filename="a.lrm").card
    assert card.resume == "2001.07~2005.08  甲\n2005.08~今  乙"
    assert card.reason == "一\n二"


def test_families_of_unequal_lists_lose_nobody():
    data = old(f0="梁嘉禾", f20="妻子@父亲", f21="陈若溪@梁广源@", f24="教师@农民@@")
    assert read_lrm(data, filename="a.lrm").card.family == (
        FamilyMember("妻子", "陈若溪", "", "", "教师"),
        FamilyMember("父亲", "梁广源", "", "", "农民"),
    )


def test_studies_are_divided_into_upper_and_lower_line():
    card = read_lrm(old(f0="梁嘉禾", f9="大学#法学学士", f10="甲校#乙校@丙校#丁校"), filename="a.lrm").card
    assert (card.full_time_education, card.full_time_degree, card.in_service_education) == ("大学", "法学学士", "")
    assert (card.full_time_education_school, card.in_service_degree_school) == ("甲校", "丁校")


def test_commas_and_quotation_marks_inside_do_not_cut():
    card = read_lrm(old(f0="梁嘉禾", f18='"优秀"称号, 一次', f32="202510"), filename="a.lrm").card
    assert (card.rewards_and_sanctions, card.filled_on) == ('"优秀"称号, 一次', "202510")


def test_fields_set_apart_by_blanks_are_read():
    data = old(f0="梁嘉禾", f32="202510").replace(b",", b", ")
    assert read_lrm(data, filename="a.lrm").card.filled_on == "202510"


def test_a_field_without_known_meaning_is_told():
    assert codes(read_lrm(old(f0="梁嘉禾", f13="甲"), filename="a.lrm")) == ["lrm_unnamed"]


def test_a_new_file_with_the_old_ending_is_read_as_what_it_is():
    assert read_lrm(form(), filename="a.lrm").card.source.format == "lrmx"
    assert read_lrm(form(encoding="utf-16"), filename="a.lrm").card.source.format == "lrmx"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"some words", "card_kind"),
        (b'"a","b"', "lrm_fields"),
        (old() + b',"x"', "lrm_fields"),
        (b"PK\x03\x04" + b"x" * 50, "card_kind"),
        (b"\xff\xd8\xff\xe0", "card_kind"),
    ],
)
def test_what_is_no_such_file_is_refused(data, code):
    with pytest.raises(FileRefused) as refused:
        read_lrm(data, filename="a.lrm")
    assert refused.value.code == code
