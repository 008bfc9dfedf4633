"""principal-posts.csv: the demo county's leaders, and every fault with row, column and value."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation.exchange.messages import sentence
from foundation.exchange.sandbox.tables import read_csv
from officials.imports.principal_posts import parse_principal_posts
from officials.rules.identity_number import birth_day, check_character, check_identity
from tests.support import heshan

HEADER = "unit,post,principal,id_number,name,from,to,note\n"
UNITS = {"HS-D01": "市纪委监委机关", "HS-D02": "市委办公室", "HS-T01": "沙坪街道"}
LIU, GUO = "440784197709059384", "440784196909049012"
GOOD = f"HS-D01,书记,1,{LIU},劳佩若,2016-06-02,2024-09-26,"


def parse(*lines: str):
    table = read_csv((HEADER + "".join(f"{line}\n" for line in lines)).encode(), filename="principal-posts.csv")
    return parse_principal_posts(table, UNITS)


def test_the_leaders_of_the_county_are_read_without_a_finding():
    result = parse_principal_posts(heshan.table("principal-posts.csv"), heshan.units())
    assert list(result.all_findings()) == []
    assert len(result.rows) == 114
    assert len({row.values["id_number"] for row in result.rows}) < 114


def test_all_columns_become_values():
    assert parse(GOOD).rows[0].values == {
        "unit": "HS-D01", "post": "书记", "is_principal": True, "id_number": LIU, "name": "劳佩若",
        "from": "2016-06-02", "to": "2024-09-26", "note": "",
    }  # fmt: skip


FAULTS = [
    (GOOD.replace("HS-D01", "HS-D99"), "unit_unknown", "unit", "HS-D99"),
    (GOOD.replace("HS-D01", ""), "value_missing", "unit", ""),
    (GOOD.replace("书记", ""), "value_missing", "post", ""),
    (GOOD.replace("书记", "长" * 81), "value_too_long", "post", "长" * 81),
    (GOOD.replace(",1,", ",是,"), "value_unknown", "principal", "是"),
    (GOOD.replace(",1,", ",,"), "value_missing", "principal", ""),
    (GOOD.replace(LIU, ""), "value_missing", "id_number", ""),
    (GOOD.replace(LIU, LIU[:17]), "id_length", "id_number", LIU[:17]),
    (GOOD.replace(LIU, "44078419770905938O"), "id_characters", "id_number", "44078419770905938O"),
    (GOOD.replace(LIU, "440784197713059384"), "id_birth_day", "id_number", "440784197713059384"),
    (GOOD.replace(LIU, "440784197709059385"), "id_checksum", "id_number", "440784197709059385"),
    (GOOD.replace("劳佩若", ""), "value_missing", "name", ""),
    (GOOD.replace("2016-06-02", ""), "value_missing", "from", ""),
    (GOOD.replace("2016-06-02", "2016年"), "day_text", "from", "2016年"),
    (GOOD.replace("2016-06-02", "2016-06-31"), "day_impossible", "from", "2016-06-31"),
    (GOOD.replace("2016-06-02", "1990-06-02"), "period_before_birth", "from", "1990-06-02"),
    (GOOD.replace("2024-09-26", "2016-06-01"), "period_reversed", "to", "2016-06-01"),
]


@pytest.mark.parametrize(("line", "code", "column", "value"), FAULTS)
def test_a_fault_is_told_with_row_column_and_value(line, code, column, value):
    result = parse(line)
    assert [(f.code, f.row, f.column, f.value) for f in result.errors] == [(code, 2, column, value)]
    assert all("%(" not in sentence(f) for f in result.errors)


def test_the_right_check_character_is_named():
    told = parse(GOOD.replace(LIU, LIU[:17] + "5")).errors[0]
    assert told.params == {"expected": "4"}
    with translation.override("en"):
        assert "should be 4" in sentence(told)


def test_two_main_posts_of_one_person_on_one_day_are_told_in_both_rows():
    result = parse(GOOD, f"HS-D02,主任,1,{LIU},劳佩若,2024-09-26,,")
    assert [(f.code, f.row, f.column, f.params["other"], f.params["first"]) for f in result.errors] == [
        ("period_overlap", 2, "from", "主任", "3"),
        ("period_overlap", 3, "from", "书记", "2"),
    ]


def test_a_post_taken_up_on_the_next_day_does_not_overlap():
    assert parse(GOOD, f"HS-D02,主任,1,{LIU},劳佩若,2024-09-27,,").is_applicable


def test_an_open_end_lasts_for_ever():
    result = parse(f"HS-D01,书记,1,{LIU},劳佩若,2016-06-02,,", f"HS-D02,主任,1,{LIU},劳佩若,2030-01-01,2030-12-31,")
    assert {f.code for f in result.errors} == {"period_overlap"}


def test_two_holders_of_one_post_on_one_day_are_a_warning():
    result = parse(GOOD, f"HS-D01,书记,1,{GUO},郭沛,2024-09-26,,")
    assert result.is_applicable
    assert [(f.code, f.row, f.params["other"]) for f in result.warnings] == [
        ("post_overlap", 2, "郭沛"),
        ("post_overlap", 3, "劳佩若"),
    ]


def test_one_number_with_two_names_is_an_error():
    result = parse(GOOD, f"HS-D02,主任,1,{LIU},劳佩,2024-09-27,,")
    assert [(f.code, f.row, f.column, f.value, f.params["other"]) for f in result.errors] == [
        ("person_name_differs", 3, "name", "劳佩", "劳佩若")
    ]


def test_the_same_row_twice_is_told_once_as_a_duplicate():
    assert "duplicate_key" in {f.code for f in parse(GOOD, GOOD).errors}


def test_a_lower_case_check_letter_and_padded_names_are_read_and_listed():
    row = parse("HS-D01,书记,1,44078419781028923x,易　强,2016-06-02,,").rows[0]
    assert (row.values["id_number"], row.values["name"]) == ("44078419781028923X", "易强")
    assert [(r.column, r.why) for r in row.normalised] == [("id_number", "check_letter"), ("name", "spaces")]


@given(
    st.from_regex(r"[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}", fullmatch=True).filter(str.isascii),
    st.data(),
)
def test_every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed(seventeen, data):
    number = seventeen + check_character(seventeen)
    assert check_identity(number) is None
    assert isinstance(birth_day(number), date)
    place = data.draw(st.integers(0, 16))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda d: d != number[place]))
    assert check_identity(number[:place] + digit + number[place + 1 :]) is not None
    at = data.draw(st.integers(0, 15))
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert (check_identity(swapped) is not None) is (swapped != number)
