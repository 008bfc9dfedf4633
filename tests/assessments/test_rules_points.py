"""Explanations put together from a run's columns: effective weights, contributions, rounding for showing."""

from decimal import Decimal

import pytest

from assessments.rules.points import explained_points, text

pytestmark = pytest.mark.unit

LEAVES = [
    {"code": "A", "name": "甲", "group": "一", "method": "direct", "direction": "higher", "weight": "60"},
    {
        "code": "B",
        "name": "乙",
        "group": "一",
        "method": "rank",
        "direction": "lower",
        "weight": "30",
        "step": "5",
        "floor": "60",
    },
    {"code": "C", "name": "丙", "group": "二", "method": "grade", "direction": "higher", "weight": "10"},
]


def explained(
    states, figures=(None,) * 3, words=(None,) * 3, targets=(None,) * 3, points=(None,) * 3, ranks=(None,) * 3
):
    counted = sum(Decimal(leaf["weight"]) for leaf, state in zip(LEAVES, states, strict=True) if state == "c")
    return explained_points(LEAVES, states, figures, words, targets, points, ranks, counted)


def test_a_counted_figure_shows_its_share_and_its_contribution():
    found = explained(
        "ccc",
        figures=(Decimal("90.5000000000"), Decimal("2"), None),
        words=(None, None, "优"),
        points=(Decimal("90.5"), Decimal("95"), Decimal("100")),
        ranks=(None, 2, None),
    )
    first, second, third = found
    assert (first["raw"], first["p"], first["effective_weight"], first["contribution"]) == (
        "90.5",
        "90.5",
        "60",
        "54.3",
    )
    assert (second["place"], second["contribution"], second["step"], second["floor"]) == (2, "28.5", "5", "60")
    assert (third["raw"], third["contribution"]) == ("优", "10")
    assert "place" not in first


def test_the_weight_of_what_does_not_apply_is_shared_out_in_proportion():
    # 60 and 10 remain of 100: 60/70 and 10/70 of 100 points
    found = explained("cnc", points=(Decimal(70), None, Decimal(70)), figures=(Decimal(70), None, Decimal(70)))
    assert found[0]["effective_weight"] == "85.7142857142857142857142857"
    assert found[2]["effective_weight"] == "14.2857142857142857142857143"
    assert found[0]["contribution"] == "60"
    assert found[1] == LEAVES[1] | {"state": "not_applicable"}


def test_a_voided_figure_stays_visible_and_counts_nothing():
    found = explained(
        "ccv", figures=(Decimal(1), Decimal(1), None), words=(None, None, "差"), points=(Decimal(1), Decimal(1), None)
    )
    assert found[2] == LEAVES[2] | {"state": "void", "raw": "差"}


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        explained_points(LEAVES, "nn", [None] * 3, [None] * 3, [None] * 3, [None] * 3, [None] * 3, Decimal(100))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.00", "0"),
        ("100.0000", "100"),
        ("-3.10", "-3.1"),
        ("0.00000000000000000000000005", "0.0000000000000000000000001"),
        ("0.00000000000000000000000004", "0"),
        ("12345678901234567890.5", "12345678901234567890.5"),
    ],
)
def test_numbers_are_shown_without_trailing_zeros_and_rounded_half_up_to_25_places(value, shown):
    assert text(Decimal(value)) == shown
