"""The citizen identity number: its faults by name, and what it says of its holder. Regions are never judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officials.rules.identity_number import (
    check_character,
    check_holder,
    check_identity,
    clean_identity,
    modern_number,
    sex_of,
)
from officials.rules.partial_dates import PartialDate

pytestmark = pytest.mark.unit

STANDARD = "11010519491231002X"  # the example printed in GB 11643
SAMPLE = "440784198503129994"


def test_the_example_of_the_standard_is_good():
    assert check_identity(STANDARD) is None
    assert sex_of(STANDARD) == "女"


@pytest.mark.parametrize(
    ("number", "code", "params"),
    [
        (SAMPLE[:17], "id_length", {}),
        (SAMPLE[:17] + "x", "id_characters", {}),
        (SAMPLE[:16] + "O4", "id_characters", {}),
        ("440784198502309994", "id_birth_day", {}),
        (SAMPLE[:17] + "5", "id_checksum", {"expected": "4"}),
        ("110105491231002", "id_fifteen", {"number": STANDARD}),
        ("110105491331002", "id_length", {}),
    ],
)
def test_a_fault_is_named(number, code, params):
    fault = check_identity(number)
    assert (fault.code, fault.params) == (code, params)


def test_a_region_that_did_not_exist_in_the_birth_year_is_no_fault():
    # 440784 is the code of the county since 1993 only; 000000 is the code of nothing
    assert check_identity(SAMPLE) is None
    assert check_identity("000000" + "19850312999" + check_character("00000019850312999")) is None


def test_an_old_number_becomes_the_one_that_replaced_it():
    assert modern_number("110105491231002") == STANDARD
    assert modern_number("110105491331002") is None
    assert modern_number(STANDARD) is None


@pytest.mark.parametrize(
    "text", ["11010519491231002x", " １１０１０５１９４９１２３１００２ｘ ", "110105 19491231 002X\u200b"]
)
def test_blanks_width_and_case_do_not_make_another_number(text):
    assert clean_identity(text) == STANDARD


def holder(number, **given):
    return [(fault.code, fault.params) for fault in check_holder(number, **given)]


def test_a_holder_who_fits_has_no_fault():
    assert holder(SAMPLE, sex="男", born=PartialDate(1985, 3)) == []
    assert holder(SAMPLE, sex="男", born=PartialDate(1985, 3, 12)) == []
    assert holder(SAMPLE, born=PartialDate(1985)) == []
    assert holder(SAMPLE) == []


def test_sex_and_birth_that_differ_are_told_with_both_values():
    assert holder(SAMPLE, sex="女", born=PartialDate(1985, 4)) == [
        ("id_sex_differs", {"expected": "男", "given": "女"}),
        ("id_birth_differs", {"expected": "1985.03", "given": "1985.04"}),
    ]


def test_another_day_of_the_same_month_is_told_with_the_days():
    assert holder(SAMPLE, born=PartialDate(1985, 3, 13)) == [
        ("id_birth_differs", {"expected": "1985-03-12", "given": "1985-03-13"})
    ]


def test_nothing_is_said_of_a_number_that_is_none():
    assert holder(SAMPLE[:17] + "5", sex="女", born=PartialDate(1950, 1)) == []


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text):
    fault = check_identity(clean_identity(text))
    assert fault is None or fault.code.startswith("id_")
