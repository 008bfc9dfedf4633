"""What a figure may be, by its method. Pure."""

from decimal import Decimal

import pytest

from assessments.choices import Method
from assessments.rules.figures import Entered, check_figure

pytestmark = pytest.mark.unit
GRADES = {"优": "100", "差": "50"}


def faults(method, *, figure=None, word="", target=None, is_applicable=True):
    entered = Entered(
        Decimal(figure) if figure is not None else None,
        word,
        Decimal(target) if target is not None else None,
        is_applicable,
    )
    return [(fault.code, fault.field) for fault in check_figure(entered, method, GRADES)]


@pytest.mark.parametrize("method", Method.values)
def test_a_gap_may_stand_whatever_the_method(method):
    assert faults(method) == []


@pytest.mark.parametrize("method", Method.values)
def test_what_does_not_apply_has_nothing(method):
    assert faults(method, is_applicable=False) == []
    assert faults(method, is_applicable=False, figure=1, word="优", target=1) == [
        ("NOT_APPLICABLE_HAS_NONE", "figure"),
        ("NOT_APPLICABLE_HAS_NONE", "word"),
        ("NOT_APPLICABLE_HAS_NONE", "target"),
    ]


@pytest.mark.parametrize("figure", ["0", "100", "99.9999999999"])
def test_direct_scores_lie_between_0_and_100(figure):
    assert faults("direct", figure=figure) == []


@pytest.mark.parametrize("figure", ["-0.0000000001", "100.0000000001"])
def test_other_direct_scores_are_refused(figure):
    assert faults("direct", figure=figure) == [("DIRECT_OUT_OF_RANGE", "figure")]


@pytest.mark.parametrize("method", ["completion", "efficacy", "rank", "pass"])
def test_other_figures_may_be_negative_or_above_100(method):
    assert faults(method, figure="-3.5") == faults(method, figure="12000") == []


def test_a_target_belongs_to_completion_and_is_positive():
    assert faults("completion", figure="5", target="0.0000000001") == []
    assert faults("completion", figure="5", target="0") == [("TARGET_NOT_POSITIVE", "target")]
    assert faults("completion", figure="5", target="-1") == [("TARGET_NOT_POSITIVE", "target")]
    assert faults("rank", figure="5", target="1") == [("TARGET_NOT_USED", "target")]


def test_words_belong_to_grades():
    assert faults("grade", word="优") == []
    assert faults("grade", word="优秀") == [("UNKNOWN_GRADE", "word")]
    assert faults("grade", figure="90") == [("WORD_EXPECTED", "figure")]
    assert faults("direct", word="优") == [("FIGURE_EXPECTED", "word")]


@pytest.mark.parametrize(
    ("figure", "fits"),
    [
        ("99999999999999999999.9999999999", True),
        ("1.12345678900000", True),  # zeros behind need no place
        ("1E+19", True),
        ("1E+20", False),
        ("100000000000000000000", False),
        ("0.00000000001", False),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_nothing_is_rounded_on_the_way_into_the_table(figure, fits):
    assert faults("pass", figure=figure) == ([] if fits else [("TOO_MANY_DIGITS", "figure")])
