"""indicators-YYYY.csv and schemes.csv: the demo county's schemes, and every fault with row, column and value."""

from collections import defaultdict
from decimal import Decimal

import pytest

from assessments.choices import BottomMode, BottomTies, Direction, Method, VetoEffect
from assessments.imports import schemes
from assessments.imports.indicators import parse_indicators
from assessments.imports.schemes import parse_schemes
from assessments.rules import methods
from foundation.exchange.messages import sentence
from foundation.exchange.sandbox.tables import read_csv
from tests.support import heshan

HEADER = (
    "year,category,group,code,name,weight,unit_of_measure,responsible_code,responsible_name,method,direction,params\n"
)
UNITS = {"HS-D04": "市府办", "HS-D02": "市委办公室"}
REST = "2024,GENERAL,党建,G99,其余,80,分,HS-D04,市府办,direct,higher,{}"


def line(weight="20", method="completion", direction="higher", params_json="{}", **changes) -> str:
    values = {
        "year": "2024", "category": "GENERAL", "group": "重点工作", "code": "G01", "name": "任务数", "weight": weight,
        "unit": "项", "responsible": "HS-D04", "label": "市府办", "method": method, "direction": direction,
        "params": '"' + params_json.replace('"', '""') + '"',
    } | changes  # fmt: skip
    return ",".join(values.values())


def parse(*lines: str):
    table = read_csv((HEADER + "".join(f"{each}\n" for each in lines)).encode(), filename="indicators-2024.csv")
    return parse_indicators(table, heshan.categories(), UNITS)


def errors(result) -> list:
    return [(f.code, f.row, f.column, f.value) for f in result.errors]


@pytest.mark.parametrize("year", heshan.YEARS)
def test_the_schemes_of_the_county_are_read_without_a_finding(year):
    result = parse_indicators(heshan.table(f"indicators-{year}.csv"), heshan.categories(), heshan.units())
    assert list(result.all_findings()) == []
    sums = defaultdict(Decimal)
    for row in result.rows:
        sums[row.values["category"]] += Decimal(row.values["weight"])
    assert set(sums.values()) == {Decimal(100)}
    assert len(sums) == 7


def test_all_columns_become_values_and_numbers_stay_exact():
    row = parse(line(params_json='{"cap": 110.50}'), REST).rows[0]
    assert row.key == "2024/GENERAL/G01"
    assert row.values == {
        "year": 2024, "category": "GENERAL", "group": "重点工作", "code": "G01", "name": "任务数", "weight": "20",
        "unit_of_measure": "项", "responsible": "HS-D04", "method": "completion", "direction": "higher",
        "params": {"cap": "110.5"}, "sort": 1,
    }  # fmt: skip


def test_the_closed_sets_agree_with_those_of_the_calculation():
    assert set(methods.METHODS) == set(methods.ALLOWED) == set(Method.values)
    assert set(methods.DIRECTIONS) == set(Direction.values)
    assert set(schemes.VETO_EFFECTS) == set(VetoEffect.values)
    assert set(schemes.BOTTOM_MODES) == set(BottomMode.values)
    assert set(schemes.BOTTOM_TIES) == set(BottomTies.values)


@pytest.mark.parametrize(("weight", "told"), [("19.99999", "99.99999"), ("20.00001", "100.00001"), ("30", "110")])
def test_weights_that_do_not_add_up_to_exactly_100_are_told_with_their_sum(weight, told):
    result = parse(line(weight=weight), REST)
    assert errors(result) == [("weights_sum", 2, "weight", told)]
    assert told in sentence(result.errors[0])


def test_each_category_has_its_own_sum():
    result = parse(line(), REST, line(category="SOCIAL", weight="99"))
    assert [(f.code, f.row, f.params["category"]) for f in result.errors] == [("weights_sum", 4, "SOCIAL")]


FAULTS = [
    (line(weight="二十"), "number_text", "weight", "二十"),
    (line(weight="20%"), "number_text", "weight", "20%"),
    (line(weight=""), "value_missing", "weight", ""),
    (line(year="24"), "year_unlikely", "year", "24"),
    (line(year=""), "value_missing", "year", ""),
    (line(category="OTHER"), "value_unknown", "category", "OTHER"),
    (line(group=""), "value_missing", "group", ""),
    (line(code=""), "value_missing", "code", ""),
    (line(code="G99"), "duplicate_key", "code", "G99"),
    (line(name=""), "value_missing", "name", ""),
    (line(name="其　余", group="党建"), "duplicate_key", "name", "其　余"),
    (line(responsible=""), "value_missing", "responsible_code", ""),
    (line(responsible="HS-D99"), "unit_unknown", "responsible_code", "HS-D99"),
    (line(method="guess"), "value_unknown", "method", "guess"),
    (line(direction="up"), "value_unknown", "direction", "up"),
    (line(params_json="{cap: 1}"), "params_json", "params", "{cap: 1}"),
    (line(params_json="[1]"), "params_json", "params", "[1]"),
    (line(params_json='{"step": "1"}'), "params_unknown", "params", '{"step": "1"}'),
    (line(params_json='{"cap": "many"}'), "params_number", "params", "many"),
    (line(params_json='{"cap": true}'), "params_number", "params", "True"),
    (line(params_json='{"cap": NaN}'), "params_number", "params", "NaN"),
    (line(params_json='{"cap": "120.01"}'), "params_range", "params", "120.01"),
    (line(params_json='{"cap": 0}'), "params_range", "params", "0"),
    (line(method="efficacy", params_json='{"best": "1"}'), "params_bounds", "params", '{"best": "1"}'),
    (line(method="efficacy", params_json='{"best": 1, "worst": 2}'), "params_reversed", "params", '{"best": 1, "worst": 2}'),
    (line(method="efficacy", direction="lower", params_json='{"best": 2, "worst": 1}'), "params_reversed", "params", '{"best": 2, "worst": 1}'),
    (line(method="rank"), "params_missing", "params", "{}"),
    (line(method="rank", params_json='{"step": "-2"}'), "params_range", "params", "-2"),
    (line(method="rank", params_json='{"step": 2, "floor": 101}'), "params_range", "params", "101"),
    (line(method="pass"), "params_missing", "params", "{}"),
    (line(method="pass", params_json='{"threshold": "高"}'), "params_number", "params", "高"),
    (line(method="grade", params_json='{"table": {"优": "满分"}}'), "params_table", "params", '{"table": {"优": "满分"}}'),
    (line(method="grade", params_json='{"table": {"优": 101}}'), "params_table", "params", '{"table": {"优": 101}}'),
    (line(method="grade", params_json='{"table": []}'), "params_table", "params", '{"table": []}'),
    (line(method="direct", params_json='{"cap": 100}'), "params_unknown", "params", '{"cap": 100}'),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "code", "column", "value"), FAULTS)
def test_a_fault_is_told_with_row_column_and_value(bad, code, column, value):
    result = parse(REST, bad)
    # A row whose year or category cannot be read is missing in its category's sum as well.
    assert [e for e in errors(result) if e[0] != "weights_sum"] == [(code, 3, column, value)]
    assert all("%(" not in sentence(f) for f in result.errors)


@pytest.mark.parametrize("weight", ["0", "-20"])
def test_a_weight_is_greater_than_zero(weight):
    assert ("weight_not_positive", 3, "weight", weight) in errors(parse(REST, line(weight=weight)))


def test_a_weight_keeps_to_the_five_places_that_are_stored():
    assert ("number_too_long", 3, "weight", "20.000001") in errors(parse(REST, line(weight="20.000001")))


# ---- schemes ---------------------------------------------------------------------------------------------------------

SCHEME_HEADER = ",".join(schemes.REQUIRED) + "\n"
SCHEME = {
    "year": "2024", "category": "GENERAL", "bonus_cap": "5", "deduction_cap": "-10", "veto_effect": "cap_grade",
    "places": "2", "excellent_share": "0.30", "excellent_line": "90", "good_line": "80", "pass_line": "70",
    "bottom_mode": "last_n", "bottom_value": "1", "min_class_size": "3", "exempt_line": "", "bottom_ties": "all",
    "tie_breakers": "[]",
}  # fmt: skip


def parse_scheme(**changes):
    cells = ['"' + value.replace('"', '""') + '"' for value in (SCHEME | changes).values()]
    table = read_csv((SCHEME_HEADER + ",".join(cells) + "\n").encode(), filename="schemes.csv")
    return parse_schemes(table, heshan.categories())


def test_the_parameters_of_the_county_are_read_without_a_finding():
    result = parse_schemes(heshan.table("schemes.csv"), heshan.categories())
    assert list(result.all_findings()) == []
    assert len(result.rows) == 21


def test_parameters_become_exact_values():
    values = (
        parse_scheme(exempt_line="85.50", tie_breakers='[{"by":"group","group":"党建"},{"by":"deduction"}]')
        .rows[0]
        .values
    )
    assert (values["excellent_share"], values["exempt_line"], values["places"]) == ("0.3", "85.5", 2)
    assert values["tie_breakers"] == [{"by": "group", "group": "党建"}, {"by": "deduction"}]
    assert parse_scheme().rows[0].values["exempt_line"] is None


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("year", "1999", "year_unlikely"), ("category", "NONE", "value_unknown"), ("bonus_cap", "-5", "number_range"),
        ("deduction_cap", "10", "number_range"), ("deduction_cap", "", "value_missing"), ("veto_effect", "kill", "value_unknown"),
        ("places", "7", "number_range"), ("places", "1.5", "whole_number"), ("excellent_share", "30", "number_range"),
        ("excellent_share", "0.12345", "number_too_long"), ("good_line", "95", "lines_order"), ("pass_line", "x", "number_text"),
        ("bottom_mode", "worst", "value_unknown"), ("bottom_value", "1.5", "whole_number"), ("bottom_value", "-1", "number_range"),
        ("min_class_size", "", "value_missing"), ("exempt_line", "85.123", "number_too_long"), ("bottom_ties", "some", "value_unknown"),
        ("tie_breakers", "deduction", "tie_breaker_unknown"), ("tie_breakers", '[{"by":"luck"}]', "tie_breaker_unknown"),
        ("tie_breakers", '[{"by":"group"}]', "tie_breaker_unknown"),
    ],
)  # fmt: skip
def test_a_parameter_out_of_place_is_told(column, value, code):
    result = parse_scheme(**{column: value})
    assert [(f.code, f.row) for f in result.errors] == [(code, 2)]
    assert result.errors[0].column == ("excellent_line" if code == "lines_order" else column)
    assert "%(" not in sentence(result.errors[0])


def test_ten_percent_is_a_number_of_percent():
    assert parse_scheme(bottom_mode="last_percent", bottom_value="10").is_applicable
    assert [f.code for f in parse_scheme(bottom_mode="last_percent", bottom_value="101").errors] == ["number_range"]


def test_a_category_has_one_row_per_year():
    table = heshan.altered("schemes.csv", "2023,ECONOMIC", "2023,GENERAL")
    assert [(f.code, f.row, f.value) for f in parse_schemes(table, heshan.categories()).errors] == [
        ("duplicate_key", 3, "2023/GENERAL")
    ]
