"""A question to the roster is plain data that says what it asks, or what is wrong with it."""

import pytest

from officials.rules.questions import (
    Question,
    QuestionError,
    months_of_age,
    parse_question,
    year_and_month,
)

pytestmark = pytest.mark.unit


def test_an_empty_question_asks_for_people_in_post():
    assert parse_question({}) == Question(status=("1",))


def test_a_question_written_out_and_read_again_is_the_same():
    asked = {
        "q": "财政",
        "unit": "HS-01",
        "status": ["1", "2"],
        "between": "all",
        "groups": [{"within": "any", "sex": ["2"], "age_to": "40.06"}, {"within": "all", "nonparty": "yes"}],
    }
    assert parse_question(asked).as_json() == asked
    assert parse_question(parse_question(asked).as_json()) == parse_question(asked)


def test_empty_conditions_and_empty_groups_are_left_out():
    assert parse_question({"groups": [{"sex": [], "age_to": ""}, {"minority": "yes"}]}).groups[0].conditions == {
        "minority": "yes"
    }


@pytest.mark.parametrize(
    ("asked", "place", "code"),
    [
        ([], "", "shape"),
        ({"colour": "red"}, "colour", "unknown"),
        ({"between": "xor"}, "between", "value"),
        ({"groups": [{"colour": "red"}]}, "groups.0.colour", "unknown"),
        ({"groups": [{"sex": "2"}]}, "groups.0.sex", "value"),
        ({"groups": [{}, {"age_to": "old"}]}, "groups.1.age_to", "value"),
        ({"groups": [{"age_to": "35.12"}]}, "groups.0.age_to", "value"),
        ({"groups": [{"born_from": "1985.13"}]}, "groups.0.born_from", "value"),
        ({"groups": [{"minority": "maybe"}]}, "groups.0.minority", "value"),
        ({"groups": [{"period_ends_from": "2026-02-30"}]}, "groups.0.period_ends_from", "value"),
        ({"groups": [{"period_ends_to": "20260228"}]}, "groups.0.period_ends_to", "value"),
        ({"groups": [{"position": ["king"]}]}, "groups.0.position", "value"),
        ({"groups": [{"education": "doctor"}]}, "groups.0.education", "value"),
        ({"groups": [{"post_years_from": "-1"}]}, "groups.0.post_years_from", "value"),
        ({"groups": [{"subject": "x" * 61}]}, "groups.0.subject", "value"),
        ({"groups": [{"subject": "\0"}]}, "groups.0.subject", "value"),
        ({"groups": [{"within": "none"}]}, "groups.0.within", "value"),
        ({"groups": [{}] * 7}, "groups", "many"),
        ({"q": 5.5}, "q", "value"),
    ],
)
def test_what_cannot_be_asked_is_named_with_its_place(asked, place, code):
    with pytest.raises(QuestionError) as caught:
        parse_question(asked)
    assert caught.value.faults == [(place, code)]


def test_every_fault_is_named_at_once():
    with pytest.raises(QuestionError) as caught:
        parse_question({"x": 1, "groups": [{"sex": "2", "age_from": "?"}]})
    assert len(caught.value.faults) == 3


def test_a_whole_year_of_age_as_an_upper_bound_takes_in_its_eleven_months():
    assert months_of_age("35", upper=True) == 35 * 12 + 11
    assert months_of_age("35", upper=False) == 35 * 12
    assert months_of_age("35.00", upper=True) == 35 * 12


def test_a_year_alone_is_its_first_month_or_as_an_upper_bound_its_last():
    assert year_and_month("1985", upper=False) == (1985, 1)
    assert year_and_month("1985", upper=True) == (1985, 12)
    assert year_and_month("198507", upper=False) == year_and_month("1985年07月", upper=False) == (1985, 7)
