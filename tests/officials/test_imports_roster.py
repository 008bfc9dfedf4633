"""Rosters: the demo county's exactly as it was mailed, and every fault with row, column and value."""

import csv
from collections import Counter

import pytest

from foundation.exchange.rows import Level
from officials.imports.roster import Decided
from tests.support.heshan import EXPECTED

from .roster_files import HEADER, heshan, number, person, read, roster

pytestmark = pytest.mark.unit


def listed(name: str) -> list[dict]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def errors(data: bytes, **facts):
    return [(f.row, f.column, f.code) for f in read(data, **facts).errors]


def values(**cells) -> dict:
    (row,) = read(roster(person(**cells))).rows
    assert row.is_valid, row.findings
    return row.values


# --- the county's roster ----------------------------------------------------------------------------------------------
PROBLEMS = {
    "birth_mismatch": "roster_id_birth_differs",
    "id_duplicate": "roster_number_of_other",
    "id_checksum": "id_checksum",
    "impossible_date": "date_month",
    "work_before_birth": "roster_before_birth",
    "missing_name": "value_missing",
    "id_impossible_birth": "id_birth_day",
    "sex_mismatch": "roster_id_sex_differs",
    "id_length": "id_length",
    "future_date": "roster_date_later",
    "unknown_unit": "roster_unit_unknown",
    "party_under_18": "roster_party_age",
}
COLUMNS = {
    "姓名": "B", "性别": "C", "出生年月": "E", "入党时间": "H", "参加工作时间": "I", "工作单位及现任职务": "N",
    "任现职时间": "O", "身份证号": "R",
}  # fmt: skip


def test_the_bad_rows_are_refused_each_for_its_reason_and_no_other_row():
    wanted = {
        (int(row["sheet_row"]), COLUMNS[row["column"]], PROBLEMS[row["problem"]])
        for row in listed("roster-bad-rows.csv")
    }
    assert {(f.row, f.column, f.code) for f in heshan().errors} == wanted
    assert {row.row for row in heshan().rows if not row.is_valid} == {row for row, _column, _code in wanted}


def test_exact_duplicates_are_told_and_taken_once():
    wanted = [(int(row["sheet_row"]), row["name"]) for row in listed("roster-duplicates.csv")]
    assert [(f.row, f.value) for f in heshan().warnings if f.code == "roster_row_again"] == wanted
    assert {f.code for f in heshan().warnings} == {"roster_row_again"}
    numbers = [row.values["id_number"] for row in heshan().rows if row.is_valid]
    assert len(numbers) == len(set(numbers)) == 1220 - 5 - 12


def test_signatures_and_notes_after_the_table_are_no_people():
    lines = [(f.row, f.value[:4]) for f in heshan().findings if f.code == "line_ignored"]
    assert lines == [(1226, "填表人："), (1227, "注：空白")]


def test_padded_names_lose_their_blanks_and_short_nationalities_get_their_ending():
    good = [row for row in heshan().rows if row.values.get("name")]
    assert not [row for row in good if any(c.isspace() for c in row.values["name"])]
    assert all(row.values["ethnicity"].endswith("族") for row in good)
    assert Counter(row.values["native_place"] for row in good)["广东鹤山"] > 860
    assert all("省" not in row.values["native_place"] for row in good)


def test_every_good_row_has_unit_post_birth_day_rank_and_dates():
    for row in heshan().rows:
        if row.is_valid:
            missing = {"unit", "post", "post_since", "rank", "rank_since", "birth", "work_on", "sex"} - set(row.values)
            assert missing == set(), (row.row, missing)
            assert len(row.values["birth"]) == 10


# --- cells ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "post", "unit"),
    [
        ("鹤山市水利局党组书记、局长", "党组书记、局长", "HS-D25"),
        ("市水利局二级主任科员", "二级主任科员", "HS-D25"),
        ("鹤山市人民政府办公室办公室主任", "主任", "HS-D04-S1"),
        ("市府办政工人事股股长", "股长", "HS-D04-S2"),
        ("市纪委监委机关办公室主任", "办公室主任", "HS-D01"),
        ("鹤山海关党委书记、关长", "党委书记、关长", "HS-D54"),
        ("鹤山市 双合镇\n党委书记", "党委书记", "HS-T10"),
    ],
)
def test_a_unit_is_followed_directly_by_the_post(cell, post, unit):
    found = values(工作单位及现任职务=cell)
    assert (found["unit"], found["post"]) == (unit, post)


def test_a_county_alone_is_no_unit_but_its_own_offices_are():
    assert errors(roster(person(工作单位及现任职务="鹤山市旅游发展委员会主任"))) == [(4, "H", "roster_unit_unknown")]
    found = values(工作单位及现任职务="鹤山市副市长")
    assert (found["unit"], found["post"]) == ("440784", "副市长")


@pytest.mark.parametrize(
    "cell", ["1990.10", "199010", 199010, "1990年10月", "1990/10", "1990-10", "1990.10.15", "１９９０．１０"]
)
def test_october_in_all_its_forms(cell):
    assert (
        values(出生年月=cell, 身份证号=number("19901015"), 入党时间="", 参加工作时间="2012.07")["birth"] == "1990-10-15"
    )


def test_the_text_1990_1_is_january_and_the_number_is_settled_by_the_identity_number():
    january = {"身份证号": number("19900115"), "入党时间": "", "参加工作时间": "2012.07"}
    assert values(出生年月="1990.1", **january)["birth_text"] == "1990.01"
    october = january | {"身份证号": number("19901015")}
    assert values(出生年月=1990.1, **october)["birth_text"] == "1990.10"
    assert errors(roster(person(出生年月="1990.1", **october))) == [(4, "E", "roster_id_birth_differs")]


def test_the_last_character_may_be_small_and_blanks_do_not_count():
    with_x = next(n for n in (number(order=str(900 + i)) for i in range(1, 95, 2)) if n.endswith("X"))
    assert values(身份证号=f" {with_x.lower()} ")["id_number"] == with_x


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"姓名": ""}, "B", "value_missing"),
        ({"性别": "女"}, "C", "roster_id_sex_differs"),
        ({"性别": "男人"}, "C", "value_unknown"),
        ({"出生年月": "1981.01"}, "E", "roster_id_birth_differs"),
        ({"出生年月": "1980.13"}, "E", "date_month"),
        ({"出生年月": "1980.01.02"}, "E", "roster_id_birth_differs"),
        ({"入党时间": "1997.12"}, "F", "roster_party_age"),
        ({"入党时间": "2026.01"}, "F", "roster_date_later"),
        ({"参加工作时间": "1979.12"}, "G", "roster_before_birth"),
        ({"参加工作时间": "不知道"}, "G", "date_text"),
        ({"工作单位及现任职务": "鹤山市火星局局长"}, "H", "roster_unit_unknown"),
        ({"工作单位及现任职务": ""}, "H", "value_missing"),
        ({"任现职时间": "2026.01"}, "I", "roster_date_later"),
        ({"任现职级时间": "2026.01"}, "K", "roster_date_later"),
        ({"身份证号": ""}, "L", "value_missing"),
        ({"身份证号": "44078419800101901"}, "L", "id_length"),
        ({"身份证号": number()[:-1] + ("1" if number()[-1] != "1" else "2")}, "L", "id_checksum"),
    ],
)
def test_every_fault_has_its_place_and_reason(cells, column, code):
    assert errors(roster(person(**cells))) == [(4, column, code)]


def test_at_eighteen_to_the_month_somebody_may_join():
    assert values(入党时间="1998.01")["party_on"] == "1998-01-01"


def test_all_errors_of_all_rows_are_told_at_once():
    data = roster(
        person(姓名="", 性别="女"),
        person(身份证号="1"),
        person(任现职时间="2027.01", 参加工作时间="1900.13", 身份证号=number(order="903")),
    )
    assert errors(data) == [
        (4, "B", "value_missing"), (4, "C", "roster_id_sex_differs"), (5, "L", "id_length"),
        (6, "G", "date_month"), (6, "I", "roster_date_later"),
    ]  # fmt: skip


def test_unknown_words_are_kept_with_a_warning_and_offers():
    result = read(roster(person(职级="三级科长")))
    assert [(f.level, f.code, f.column, f.value) for f in result.warnings] == [
        (Level.WARNING, "label_unknown", "J", "三级科长")
    ]
    assert result.rows[0].values["rank"] == "三级科长"


def test_one_number_with_two_names_refuses_the_one_who_is_not_recorded():
    data = roster(person(), person(姓名="陈小明"))
    assert errors(data) == [(5, "L", "roster_number_of_other")]
    assert errors(data, registered=lambda numbers: {number(): "陈小明"}) == [(4, "L", "roster_number_of_other")]


def test_one_person_in_two_rows_that_differ_is_an_error():
    assert errors(roster(person(), person(职级="二级主任科员"))) == [(5, "L", "roster_person_twice")]


@pytest.mark.parametrize(
    ("cell", "politics"),
    [("2002.06", "中共党员"), ("民盟", "民盟"), ("2002.06；民盟", "中共党员"), ("无党派", "无党派"), ("", None)],
)
def test_joining_the_party_says_the_political_status(cell, politics):
    assert values(入党时间=cell).get("politics") == politics


# --- headers ----------------------------------------------------------------------------------------------------------
def test_columns_may_stand_in_any_order_under_their_other_names():
    other = {"身份证号": "公民身份号码", "工作单位及现任职务": "单位及职务", "出生年月": "出生日期"}
    header = tuple(reversed([other.get(name, name) for name in HEADER]))
    cells = {other.get(name, name): value for name, value in person().items()}
    (row,) = read(roster(cells, header=header)).rows
    assert row.is_valid
    assert (row.values["name"], row.values["unit"], row.values["birth"]) == ("何志强", "HS-D25", "1980-01-01")


def test_unknown_and_ambiguous_headers_are_asked_about_with_examples_and_nothing_is_read():
    data = roster(person() | {"学历": "大学", "最后学校": "中山大学"}, header=(*HEADER, "学历", "最后学校"))
    result = read(data)
    assert result.rows == ()
    open_columns = [
        (c["letter"], c["header"], c["fields"], c["examples"]) for c in result.question["columns"] if c["is_open"]
    ]
    assert open_columns == [
        ("M", "学历", ["full_both", "service_both"], ["大学"]), ("N", "最后学校", [], ["中山大学"]),
    ]  # fmt: skip


def test_what_was_decided_is_applied_and_said():
    data = roster(person() | {"学历": "大学"}, header=(*HEADER, "学历"))
    signature = read(data).question["signature"]
    decided = {signature: Decided({"M": "service_both"}, "李书航", "2026-01-05")}
    result = read(data, remembered=decided.get)
    assert result.rows[0].values["service_education"] == "大学"
    (said,) = [f for f in result.findings if f.code == "roster_remembered"]
    assert said.params == {"by": "李书航", "on": "2026-01-05"}
    assert read(roster(person() | {"学历": "大学"}, header=("备注", *HEADER, "学历")), remembered=decided.get).question


def test_a_sheet_without_names_is_no_roster():
    from_elsewhere = roster(title=(("单位", "分数"), ("水利局", 1)), header=("甲", "乙"))
    assert errors(from_elsewhere) == [(None, "", "roster_header_missing")]


def test_without_a_stated_day_the_present_day_bounds_the_dates():
    assert errors(roster(person(任现职时间="2026.05"), title=(("干部名册",),))) == []
    assert errors(roster(person(任现职时间="2026.12"), title=(("干部名册",),))) == [(3, "I", "roster_date_later")]
