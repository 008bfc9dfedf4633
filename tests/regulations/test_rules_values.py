"""What a rule's value may be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.regulations.rules.values import Shape, ValueRefused, check_alike, checked, decimal_text, typed

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("kind", "value", "stored", "read"),
    [
        ("integer", 183, 183, 183),
        ("integer", " 12 ", 12, 12),
        ("integer", "-3", -3, -3),
        ("decimal", "0.30", "0.3", Decimal("0.3")),
        ("decimal", Decimal("100"), "100", Decimal(100)),
        ("decimal", -10, "-10", Decimal(-10)),
        ("decimal", "-0", "0", Decimal(0)),
        ("boolean", False, False, False),
        ("text", " all ", "all", "all"),
        ("text_list", ("a", "b"), ["a", "b"], ["a", "b"]),
        ("integer_table", {"优": "85", "中": 70}, [["优", 85], ["中", 70]], {"优": 85, "中": 70}),
        ("decimal_table", {"优": "99.50"}, [["优", "99.5"]], {"优": Decimal("99.5")}),
        ("text_table", {"a": "b"}, [["a", "b"]], {"a": "b"}),
        ("step_table", {1: "talk", "2": "warn"}, [[1, "talk"], [2, "warn"]], {1: "talk", 2: "warn"}),
        ("record", {"years": 3}, {"years": 3}, {"years": 3}),
        ("rows", [{"from": ["L10"]}], [{"from": ["L10"]}], [{"from": ["L10"]}]),
    ],
)
def test_value_is_stored_canonically_and_read_typed(kind, value, stored, read):
    assert checked(Shape(kind), value) == stored
    assert typed(kind, stored) == read


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("integer", True, "not_an_integer"),
        ("integer", 1.0, "not_an_integer"),
        ("integer", "1.5", "not_an_integer"),
        ("integer", "", "not_an_integer"),
        ("decimal", 0.3, "not_a_decimal"),
        ("decimal", True, "not_a_decimal"),
        ("decimal", "NaN", "not_a_decimal"),
        ("decimal", "Infinity", "not_a_decimal"),
        ("decimal", "three", "not_a_decimal"),
        ("decimal", None, "not_a_decimal"),
        ("boolean", "yes", "not_a_boolean"),
        ("text", "  ", "not_a_text"),
        ("text_list", [], "not_a_list"),
        ("integer_table", {}, "not_a_table"),
        ("decimal_table", {"": "1"}, "not_a_text"),
        ("step_table", {"first": "talk"}, "not_an_integer"),
        ("record", {1: 2}, "not_a_record"),
        ("rows", [1], "not_a_record"),
    ],
)
def test_value_of_another_type_is_refused_by_name(kind, value, code):
    with pytest.raises(ValueRefused) as refused:
        checked(Shape(kind), value)
    assert refused.value.code == code


def test_bounds_hold_for_every_number_of_a_table():
    shape = Shape("decimal_table", minimum=Decimal(0), maximum=Decimal(100))
    assert checked(shape, {"优": 100, "差": 0}) == [["优", "100"], ["差", "0"]]
    with pytest.raises(ValueRefused, match="above_maximum"):
        checked(shape, {"优": "100.01"})
    with pytest.raises(ValueRefused, match="below_minimum"):
        checked(shape, {"优": 100, "差": "-1"})


def test_words_outside_the_choices_are_refused_in_every_place():
    shape = Shape("step_table", choices=("talk", "warn"))
    with pytest.raises(ValueRefused, match="not_a_choice"):
        checked(shape, {1: "talk", 2: "dismiss"})


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"years": 3, "flags": 2}, "wrong_keys"),
        ({"years": 3, "flags": 2, "step": "x", "more": 1}, "wrong_keys"),
        ({"years": "3", "flags": 2, "step": "x"}, "wrong_type"),
        ({"years": True, "flags": 2, "step": "x"}, "wrong_type"),
    ],
)
def test_record_must_keep_the_build_that_code_reads(value, code):
    with pytest.raises(ValueRefused) as refused:
        check_alike({"years": 3, "flags": 2, "step": "admonishment"}, value)
    assert refused.value.code == code


def test_rows_may_be_more_or_fewer_but_each_alike():
    pattern = [{"from": ["L10"], "years": 2}]
    check_alike(pattern, [{"from": ["R09", "R10"], "years": 3}, {"from": ["R10"], "years": 1}])
    with pytest.raises(ValueRefused, match=r"\[2\]\.years"):
        check_alike(pattern, [{"from": ["R09"], "years": 3}, {"from": ["R10"], "years": "1"}])


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_canonical_text_keeps_the_value_and_is_one_per_value(number):
    text = decimal_text(number)
    assert Decimal(text) == number
    assert decimal_text(text) == text
    assert decimal_text(number.quantize(Decimal("0.00000001"))) == text
