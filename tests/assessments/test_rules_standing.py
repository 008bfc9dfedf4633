"""What an indicator costs a unit, and the rank with the best one's points. Pure."""

from decimal import Decimal

import pytest

from assessments.rules.standing import Own, Peer, against, gap_of, rank_among, rounded_total, strongest_levers

pytestmark = pytest.mark.unit
D = Decimal


def peers(*totals):
    return [Peer(D(total)) for total in totals]


def gap(code, p, weight, others, own, rivals):
    base = gap_of(code, D(p), D(weight), D(p) * D(weight) / 100)
    return against(base, [D(other) for other in others], own, rivals)


@pytest.mark.parametrize(("total", "rank"), [("95", 1), ("92", 1), ("91", 2), ("85", 2), ("70", 4)])
def test_equal_totals_share_a_rank_and_the_next_one_is_left_out(total, rank):
    assert rank_among(D(total), False, peers("92", "85", "80")) == rank


def test_a_veto_puts_a_unit_behind_all_without_one_and_among_its_kind_by_total():
    rivals = [Peer(D("60")), Peer(D("95"), is_behind=True)]
    assert rank_among(D("90"), True, rivals) == 3
    assert rank_among(D("96"), True, rivals) == 2
    assert rank_among(D("50"), False, rivals) == 2


@pytest.mark.parametrize(("exact", "total"), [("85.005", "85.01"), ("85.0049", "85.00"), ("84.99499999", "84.99")])
def test_a_total_is_rounded_half_up_once(exact, total):
    assert rounded_total(D(exact), 2) == D(total)


def test_points_lost_are_the_weight_times_what_is_missing_to_a_hundred():
    assert gap_of("T1", D("80"), D("12.5"), D("10")).lost == D("2.5")
    assert gap_of("T1", D("110"), D("10"), D("11")).lost == D("-1")


def test_the_total_with_the_best_points_adds_weight_times_the_distance():
    own = Own(exact=D("80"), places=2, is_behind=False, rank=3)
    found = gap("T1", "70", "20", ["70", "90", "100"], own, peers("85", "86"))
    assert (found.best, found.middle) == (D("100"), D("90"))
    assert (found.to_best, found.to_median) == (D("6"), D("4"))
    assert (found.total, found.rank, found.ranks_won) == (D("86.00"), 1, 2)


def test_a_unit_ahead_of_the_median_has_a_negative_distance_to_it():
    own = Own(exact=D("80"), places=2, is_behind=False, rank=1)
    found = gap("T1", "95", "10", ["95", "90", "80"], own, peers("75", "70"))
    assert (found.to_best, found.to_median, found.ranks_won) == (0, D("-0.5"), 0)


def test_a_gain_lost_in_rounding_moves_no_rank():
    """Two units at 80.00 that a tie-breaker parted: 0.001 more does not pass the other."""
    own = Own(exact=D("80.001"), places=2, is_behind=False, rank=2)
    assert gap("T1", "99.99", "10", ["99.99", "100"], own, peers("80.00")).rank == 2


def test_levers_are_ordered_by_ranks_won_then_by_points_and_never_without_a_gain():
    own = Own(exact=D("80"), places=2, is_behind=False, rank=4)
    rivals = peers("81", "82", "85")
    gaps = [
        gap("A", "50", "1.5", ["50", "100"], own, rivals),  # +0.75: no rank
        gap("B", "50", "4", ["50", "100"], own, rivals),  # +2: two ranks (level with 82)
        gap("C", "50", "12", ["50", "100"], own, rivals),  # +6: three ranks
        gap("D", "100", "30", ["50", "100"], own, rivals),  # nothing to gain
        gap("E", "50", "5", ["50", "100"], own, rivals),  # +2.5: two ranks, more points than B
    ]
    assert [lever.code for lever in strongest_levers(gaps)] == ["C", "E", "B"]
    assert [lever.code for lever in strongest_levers(gaps, most=9)] == ["C", "E", "B", "A"]
