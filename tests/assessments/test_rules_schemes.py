"""A scheme as a document: what it may not say, what stands against issuing it, what differs (engine §2, §3, §8)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assessments.rules.scheme_faults import check_complete, check_shape
from assessments.rules.schemes import Content, Leaf, compute_changes

pytestmark = pytest.mark.unit
PARAMETERS = {
    "bonus_cap": Decimal(5), "deduction_cap": Decimal(-10), "veto_effect": "cap_grade", "places": 2,
    "excellent_share": Decimal("0.3"), "excellent_min": 0, "excellent_line": Decimal(90), "good_line": Decimal(80),
    "pass_line": Decimal(70), "bottom_mode": "last_n", "bottom_value": Decimal(1), "min_class_size": 3,
    "exempt_line": None, "bottom_ties": "all", "tie_breakers": [],
}  # fmt: skip
FIRST = Leaf("G1", "重点工作", "共性", Decimal(60), "direct", responsible="D1")
SECOND = Leaf("G2", "目标完成率", "个性", Decimal(40), "completion", responsible="D2")


def scheme(*leaves, **parameters):
    return Content(PARAMETERS | parameters, leaves or (FIRST, SECOND))


def shape(*leaves, **parameters):
    return [(fault.code, fault.place, fault.name) for fault in check_shape(scheme(*leaves, **parameters))]


def complete(*leaves, **parameters):
    return [(fault.code, fault.place, fault.name) for fault in check_complete(scheme(*leaves, **parameters))]


def test_a_whole_scheme_has_no_fault():
    assert shape() == complete() == []


@pytest.mark.parametrize(
    ("weight", "code", "difference"), [("39.99999", "WEIGHTS_TOO_SMALL", "0.00001"), ("41", "WEIGHTS_TOO_LARGE", "1")]
)
def test_weights_sum_to_exactly_100(weight, code, difference):
    (fault,) = check_complete(scheme(FIRST, replace(SECOND, weight=Decimal(weight))))
    assert (fault.code, fault.facts["difference"]) == (code, difference)


def test_a_draft_may_have_any_sum():
    assert shape(FIRST) == []
    assert complete(FIRST) == [("WEIGHTS_TOO_SMALL", 0, "weight")]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"weight": Decimal(0)}, ("WEIGHT_RANGE", 2, "weight")),
        ({"weight": Decimal("1.000001")}, ("WEIGHT_TOO_LONG", 2, "weight")),
        ({"name": ""}, ("VALUE_MISSING", 2, "name")),
        ({"params": {"cap": "121"}}, ("CAP_RANGE", 2, "cap")),
        ({"params": {"cap": "viel"}}, ("NOT_A_NUMBER", 2, "cap")),
        ({"params": {"step": "1"}}, ("PARAMETER_UNKNOWN", 2, "step")),
        ({"method": "rank", "params": {"step": "0"}}, ("STEP_RANGE", 2, "step")),
        ({"method": "rank", "params": {"step": "2", "floor": "101"}}, ("FLOOR_RANGE", 2, "floor")),
        ({"method": "efficacy", "params": {"best": "5"}}, ("BOUNDS_INCOMPLETE", 2, "worst")),
        ({"method": "efficacy", "params": {"best": "5", "worst": "6"}}, ("BOUNDS_REVERSED", 2, "best")),
        ({"method": "grade", "params": {"table": {"优": "120"}}}, ("TABLE_WRONG", 2, "table")),
        ({"method": "guess"}, ("METHOD_UNKNOWN", 2, "method")),
    ],
)
def test_what_no_draft_may_hold_is_told_with_its_place(changes, found):
    assert shape(FIRST, replace(SECOND, **changes)) == [found]


def test_lower_is_better_turns_the_bounds():
    leaf = replace(SECOND, method="efficacy", direction="lower", params={"best": "0", "worst": "5"})
    assert shape(FIRST, leaf) == []


def test_a_code_and_a_name_occur_once():
    twice = replace(SECOND, code="G1", name="重点工作", group="共性")
    assert {code for code, _place, _name in shape(FIRST, twice)} == {"CODE_TWICE", "NAME_TWICE"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"good_line": Decimal(91)}, "LINES_ORDER"),
        ({"bonus_cap": Decimal(-1)}, "BONUS_CAP_SIGN"),
        ({"deduction_cap": Decimal(1)}, "DEDUCTION_CAP_SIGN"),
        ({"excellent_share": Decimal("1.1")}, "SHARE_RANGE"),
        ({"places": 7}, "PLACES_RANGE"),
        ({"bottom_value": Decimal("1.5")}, "BOTTOM_NOT_WHOLE"),
        ({"bottom_mode": "last_percent", "bottom_value": Decimal(101)}, "BOTTOM_RANGE"),
    ],
)
def test_parameters_out_of_their_range_are_told(changes, code):
    assert [fault.code for fault in check_shape(scheme(**changes))] == [code]


def test_missing_parameters_departments_and_groups_stand_against_issuing():
    leaf = replace(SECOND, method="pass", responsible="")
    found = complete(FIRST, leaf, tie_breakers=[{"by": "group", "group": "创新"}])
    assert found == [
        ("PARAMETER_MISSING", 2, "threshold"),
        ("RESPONSIBLE_MISSING", 2, "responsible"),
        ("TIE_GROUP_UNKNOWN", 0, "tie_breakers"),
    ]


def test_a_scheme_without_indicators_is_not_issued():
    assert [fault.code for fault in check_complete(Content(PARAMETERS, ()))] == ["NO_INDICATORS"]


def test_a_document_comes_back_from_json_as_it_was():
    content = scheme(FIRST, replace(SECOND, params={"cap": "110"}), exempt_line=Decimal("88.5"))
    assert Content.from_dict(content.as_dict()) == content


def test_changes_name_what_was_added_dropped_and_changed():
    third = Leaf("G3", "平安建设", "共性", Decimal(40), "grade", responsible="D2")
    found = compute_changes(scheme(), scheme(replace(FIRST, weight=Decimal(55)), third, good_line=Decimal(82)))
    assert [(change.kind, change.code, change.field) for change in found] == [
        ("parameter", "", "good_line"),
        ("dropped", "G2", "weight"),
        ("added", "G3", "weight"),
        ("changed", "G1", "weight"),
    ]
    assert (found[3].before, found[3].after) == (Decimal(60), Decimal(55))


def test_a_key_keeps_an_indicator_the_same_under_another_code():
    old, new = replace(SECOND, key=7), replace(SECOND, key=7, code="G9")
    (change,) = compute_changes(scheme(FIRST, old), scheme(FIRST, new))
    assert (change.kind, change.field, change.before, change.after) == ("changed", "code", "G2", "G9")


def test_another_order_is_a_change():
    assert [change.kind for change in compute_changes(scheme(), scheme(SECOND, FIRST))] == ["moved"]
    assert compute_changes(scheme(), scheme()) == []
