"""units.csv: the tree of the demo county, and every fault with row, column and value."""

import pytest

from foundation.exchange.messages import sentence
from foundation.exchange.sandbox.tables import read_csv
from officials.imports.units import CATEGORIES, parse_units
from tests.support import heshan

HEADER = "code,name,short_name,kind,division_code,category_2024,parent,valid_from,leader_quota,staffing\n"
ROOT = "C,某县,县,jurisdiction,440000,,,1994-01-01,,\n"


def parse(*lines: str, **options):
    return parse_units(
        read_csv((HEADER + ROOT + "".join(f"{line}\n" for line in lines)).encode(), filename="units.csv"), **options
    )


def errors(result) -> list:
    return [(f.code, f.row, f.column, f.value) for f in result.errors]


def test_the_county_is_read_without_a_finding():
    result = parse_units(heshan.table("units.csv"))
    assert list(result.all_findings()) == []
    kinds = [row.values["kind"] for row in result.rows]
    assert (len(kinds), kinds.count("department"), kinds.count("town")) == (136, 60, 10)


def test_a_unit_keeps_its_category_of_every_year():
    by_code = {row.key: row.values for row in parse_units(heshan.table("units.csv")).rows}
    assert by_code["HS-T07"]["categories"] == {"2023": "KEY", "2024": "ECOLOGICAL", "2025": "ECOLOGICAL"}
    assert by_code["HS-D04-S1"]["categories"] == {}


def test_all_columns_become_values():
    assert parse("D1,甲局,甲,department,,SOCIAL,C,2010年5月1日,4,22").rows[1].values == {
        "code": "D1", "name": "甲局", "short_name": "甲", "kind": "department", "division_code": "", "parent": "C",
        "valid_from": "2010-05-01", "leader_quota": 4, "staffing": 22, "categories": {"2024": "SOCIAL"},
    }  # fmt: skip


def test_parents_come_before_their_children_whatever_the_order_of_the_file():
    result = parse(
        "S1,甲局一股,一股,section,,,D1,,,", "D1,甲局,甲,department,,SOCIAL,C,,,", "T1,乙镇,乙,town,,KEY,C,,,"
    )
    assert [row.key for row in result.rows] == ["C", "D1", "S1", "T1"]
    assert result.is_applicable


def test_a_parent_may_be_registered_already():
    table = read_csv((HEADER + "S1,甲局一股,一股,section,,,D1,,,\n").encode(), filename="units.csv")
    assert parse_units(table, {"D1": ("甲局", "department")}).is_applicable
    assert errors(parse_units(table, {"C": ("某县", "jurisdiction")})) == [("parent_unknown", 2, "parent", "D1")]


def test_the_categories_agree_with_the_code_table():
    rows = read_csv((heshan.CODES / "unit_category.csv").read_bytes()).rows
    assert {row.cells["code"]: row.cells["parent"] for row in rows} == CATEGORIES


FAULTS = [
    ("D1,甲局,甲,department,,SOCIAL,,,,", "parent_missing", "parent", ""),
    ("D1,甲局,甲,department,,SOCIAL,X9,,,", "parent_unknown", "parent", "X9"),
    ("D1,甲局,甲,department,,SOCIAL,D1,,,", "parent_circle", "parent", "D1"),
    ("J2,乙县,乙,jurisdiction,,,C,,,", "root_has_parent", "parent", "C"),
    ("S1,一股,一股,section,,,C,,,", "parent_kind", "parent", "C"),
    (",甲局,甲,department,,SOCIAL,C,,,", "value_missing", "code", ""),
    ("D1,,甲,department,,SOCIAL,C,,,", "value_missing", "name", ""),
    ("D1,甲局,甲,,,,C,,,", "value_missing", "kind", ""),
    ("D1,甲局,甲,office,,,C,,,", "value_unknown", "kind", "office"),
    ("D1,甲局,甲,department,,OTHER,C,,,", "value_unknown", "category_2024", "OTHER"),
    ("D1,甲局,甲,department,,KEY,C,,,", "category_not_for_kind", "category_2024", "KEY"),
    ("T1,乙镇,乙,town,,SOCIAL,C,,,", "category_not_for_kind", "category_2024", "SOCIAL"),
    ("D1,甲局,甲,department,,SOCIAL,C,2010-02-30,,", "day_impossible", "valid_from", "2010-02-30"),
    ("D1,甲局,甲,department,,SOCIAL,C,2010,,", "day_text", "valid_from", "2010"),
    ("D1,甲局,甲,department,,SOCIAL,C,,四,", "number_text", "leader_quota", "四"),
    ("D1,甲局,甲,department,,SOCIAL,C,,-1,", "whole_number", "leader_quota", "-1"),
    ("D1,甲局,甲,department,,SOCIAL,C,,,2.5", "whole_number", "staffing", "2.5"),
    ("D1,甲局,甲,department,,SOCIAL,C,,9999,", "number_range", "leader_quota", "9999"),
    (f"D1,{'长' * 121},甲,department,,SOCIAL,C,,,", "value_too_long", "name", "长" * 121),
    ("C,某县二,县,jurisdiction,,,,,,", "duplicate_key", "code", "C"),
    ("D1,甲局,甲,department,,SOCIAL,C,,,,多", "row_too_long", "", "多"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "column", "value"), FAULTS)
def test_a_fault_is_told_with_row_column_and_value(line, code, column, value):
    result = parse(line)
    assert errors(result) == [(code, 3, column, value)]
    assert all("%(" not in sentence(f) for f in result.errors)


def test_two_units_of_one_name_under_one_parent_are_told_apart():
    result = parse(
        "D1,甲局,甲,department,,SOCIAL,C,,,",
        "D2,甲局,甲二,department,,SOCIAL,C,,,",
        "D3,乙局,甲,department,,SOCIAL,C,,,",
    )
    assert errors(result) == [("name_twice", 4, "name", "甲局")]


def test_a_circle_of_parents_is_told_at_each_of_its_units_and_not_below_it():
    result = parse("A,甲,甲,section,,,B,,,", "B,乙,乙,section,,,A,,,", "K,丙,丙,section,,,A,,,")
    assert [(f.code, f.row) for f in result.errors] == [("parent_circle", 3), ("parent_circle", 4)]
    assert {row.key for row in result.rows} == {"C", "A", "B", "K"}


def test_an_unknown_parent_comes_with_offers():
    finding = parse("D1,市财政局,财政,department,,SOCIAL,C,,,", "S1,一股,一股,section,,,D-1,,,").errors[0]
    assert finding.candidates[0].code == "D1"


def test_missing_columns_are_named_and_nothing_is_read():
    result = parse_units(read_csv(b"code,name\nC,X\n", filename="units.csv"))
    assert result.rows == ()
    assert [(f.code, f.row, f.column) for f in result.errors] == [("csv_columns_missing", 1, "short_name")]
    assert "short_name, kind, parent" in sentence(result.errors[0])


def test_unknown_columns_are_told_because_they_are_not_read():
    table = read_csv(b"code,name,short_name,kind,parent,phone\nC,X,X,jurisdiction,,1\n", filename="units.csv")
    assert [(f.level, f.code, f.column) for f in parse_units(table).findings] == [("info", "column_ignored", "phone")]


def test_every_normalised_cell_is_listed():
    row = parse("Ｄ１, 甲局 ,甲,department,,SOCIAL,C,2010/5/1,４,").rows[1]
    assert [(r.column, r.raw, r.value, r.why) for r in row.normalised] == [
        ("valid_from", "2010/5/1", "2010-05-01", "day_written"),
        ("code", "Ｄ１", "D1", "full_width"),
        ("name", " 甲局 ", "甲局", "spaces"),
        ("leader_quota", "４", "4", "full_width"),
    ]
