"""events/tolerance.csv: what concerns the assessment, and every fault with row, column and value."""

import pytest

from foundation.exchange.messages import sentence
from foundation.exchange.sandbox.tables import read_csv
from tests.support import heshan
from tolerance.imports.effects import parse_tolerance_effects

HEADER = (
    "id,subject,unit,id_number,name,accepted_on,decided_on,decision,outcome,situation,effective,decided_by,"
    "assessment_year,effect,target_kind,target,matter\n"
)
UNITS = {"HS-D26": "市交通运输局", "HS-D28": "市自然资源局"}
VOID = "R1,unit,HS-D26,,,2024-10-04,2024-12-09,免予追究,exempt,TE4,1,市委组织部,2024,void,adjustment,J2024-33,招商"
SHIELD = "R2,unit,HS-D28,,,2024-10-04,2024-12-09,免予追究,exempt,TE4,1,市委组织部,2024,shield,,,招商"
MITIGATE = "R3,unit,HS-D28,,,2024-10-04,2024-12-09,从轻处理,mitigated,TM1,0,市委组织部,2024,mitigate,,,招商"


def parse(*lines: str, **options):
    table = read_csv((HEADER + "".join(f"{line}\n" for line in lines)).encode(), filename="tolerance.csv")
    return parse_tolerance_effects(table, UNITS, **options)


def test_the_county_has_six_decisions_that_concern_an_assessment():
    result = parse_tolerance_effects(heshan.table("events/tolerance.csv"), heshan.units())
    assert result.is_applicable
    found = [
        (r.values["case_no"], r.values["effect"], r.values["target"], r.values["is_effective"]) for r in result.rows
    ]
    assert found == [
        ("RC2024-21", "void", "J2024-33", True), ("RC2024-22", "void", "E04", True), ("RC2024-23", "void", "F2024-2", True),
        ("RC2024-24", "shield", "", True), ("RC2024-25", "mitigate", "", True), ("RC2024-26", "shield", "", False),
    ]  # fmt: skip


def test_the_other_decisions_are_left_alone_and_counted():
    result = parse_tolerance_effects(heshan.table("events/tolerance.csv"), heshan.units())
    assert [(f.level, f.code, f.params["count"]) for f in result.findings] == [("info", "rows_without_year", "55")]


def test_all_columns_become_values():
    assert parse(VOID).rows[0].values == {
        "case_no": "R1", "unit": "HS-D26", "year": 2024, "effect": "void", "target_kind": "adjustment",
        "target": "J2024-33", "decision": "免予追究", "outcome": "exempt", "situation": "TE4", "decided_on": "2024-12-09",
        "decided_by": "市委组织部", "matter": "招商", "is_effective": True,
    }  # fmt: skip
    assert parse(MITIGATE).rows[0].values["is_effective"] is False


FAULTS = [
    (VOID.replace(",unit,", ",official,"), "subject_not_unit", "subject", "official"),
    (VOID.replace("HS-D26", "HS-D99"), "unit_unknown", "unit", "HS-D99"),
    (VOID.replace("HS-D26", ""), "value_missing", "unit", ""),
    (VOID.replace("R1", ""), "value_missing", "id", ""),
    (VOID.replace("2024-12-09", "2024-02-30"), "day_impossible", "decided_on", "2024-02-30"),
    (VOID.replace("2024-12-09", ""), "value_missing", "decided_on", ""),
    (VOID.replace("2024-12-09", "2024-10-03"), "decided_before_accepted", "decided_on", "2024-10-03"),
    (VOID.replace("免予追究", ""), "value_missing", "decision", ""),
    (VOID.replace("exempt", "acquitted"), "value_unknown", "outcome", "acquitted"),
    (VOID.replace("exempt", "mitigated"), "outcome_effect", "effect", "void"),
    (MITIGATE.replace("mitigated", "exempt"), "outcome_effect", "effect", "mitigate"),
    (VOID.replace(",1,", ",yes,"), "value_unknown", "effective", "yes"),
    (VOID.replace(",1,", ",,"), "value_missing", "effective", ""),
    (VOID.replace("市委组织部", ""), "value_missing", "decided_by", ""),
    (VOID.replace(",2024,", ",24,"), "year_unlikely", "assessment_year", "24"),
    (VOID.replace(",2024,", ",去年,"), "number_text", "assessment_year", "去年"),
    (VOID.replace(",void,", ",erase,"), "value_unknown", "effect", "erase"),
    (VOID.replace("J2024-33", ""), "target_kind_missing", "target", ""),
    (VOID.replace("adjustment", ""), "target_kind_missing", "target_kind", ""),
    (VOID.replace("adjustment", "bonus"), "value_unknown", "target_kind", "bonus"),
    (SHIELD.replace("shield,,,", "shield,veto,F2024-1,"), "target_kind_extra", "target_kind", "veto"),
]


@pytest.mark.parametrize(("line", "code", "column", "value"), FAULTS)
def test_a_fault_is_told_with_row_column_and_value(line, code, column, value):
    result = parse(SHIELD, line)
    assert [(f.code, f.row, f.column, f.value) for f in result.errors] == [(code, 3, column, value)]
    assert all("%(" not in sentence(f) for f in result.errors)


def test_a_row_of_another_length_is_told_even_if_it_names_no_year():
    assert [(f.code, f.row) for f in parse(VOID.replace(",2024,", ",,") + ",多").errors] == [("row_too_long", 2)]


def test_the_same_effect_twice_is_a_duplicate():
    assert [(f.code, f.row) for f in parse(VOID, VOID).errors] == [("duplicate_key", 3)]


def test_a_target_that_the_year_does_not_have_is_refused_when_targets_are_known():
    known = {(2024, "HS-D26", "adjustment"): {"J2024-33"}}
    assert parse(VOID, targets=known).is_applicable
    for line in (VOID.replace("J2024-33", "J2024-34"), VOID.replace("HS-D26", "HS-D28")):
        assert [(f.code, f.column) for f in parse(line, targets=known).errors] == [("target_unknown", "target")]
