"""What an indicator does to a unit's place: points lost, distance to others, and the rank with better points.

Everything is exact; the total is rounded half up once, as in the calculation (assessment engine §2, §8). The other units'
points are held as they are: where the method compares units (efficacy, points by rank), a better figure would move
theirs too.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from .distribution import median

FULL = Decimal(100)
EXACT = Decimal(1).scaleb(-25)


@dataclass(frozen=True)
class Peer:
    """Another unit as the ranking takes it: its rounded total, and whether a veto puts it behind all without one."""

    total: Decimal
    is_behind: bool = False


def rank_among(total: Decimal, is_behind: bool, peers) -> int:
    """Competition rank of a total among other units (1, 2, 2, 4). Tie-breakers are not looked at: equal totals share."""
    return 1 + sum((peer.is_behind, -peer.total) < (is_behind, -total) for peer in peers)


def rounded_total(exact: Decimal, places: int) -> Decimal:
    """A total as the calculation rounds it: to 25 places half even, then once half up."""
    return exact.quantize(EXACT, ROUND_HALF_EVEN).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@dataclass(frozen=True)
class Own:
    """The unit in question: exact total before rounding, places, whether a veto puts it behind, its rank in the run."""

    exact: Decimal
    places: int
    is_behind: bool
    rank: int


@dataclass(frozen=True)
class Gap:
    """One indicator of a unit against its category. All but `p` in points of the total, by the unit's own weight.

    `lost` is missing to full points (100); `to_best` and `to_median` are missing to the category's best and middle points
    (negative: ahead); `total` and `rank` are the unit's with the best one's points here, everything else unchanged.
    """

    code: str
    p: Decimal
    weight: Decimal
    contribution: Decimal
    lost: Decimal
    best: Decimal | None = None
    middle: Decimal | None = None
    to_best: Decimal | None = None
    to_median: Decimal | None = None
    total: Decimal | None = None
    rank: int | None = None
    ranks_won: int = 0


def gap_of(code: str, p: Decimal, weight: Decimal, contribution: Decimal) -> Gap:
    """The part that needs no other unit: what is missing to full points, weight × (100 − p) ÷ 100."""
    return Gap(code, p, weight, contribution, lost=weight * (FULL - p) / FULL)


def against(gap: Gap, others_points, own: Own, peers) -> Gap:
    """The same beside the category: `others_points` are the points p of all counted units here, the own one included."""
    best, middle = max(others_points), median(others_points)
    to_best = gap.weight * (best - gap.p) / FULL
    total = rounded_total(own.exact + to_best, own.places)
    moves = total > rounded_total(own.exact, own.places)
    rank = rank_among(total, own.is_behind, peers) if moves else own.rank
    return Gap(
        gap.code, gap.p, gap.weight, gap.contribution, gap.lost, best, middle, to_best,
        gap.weight * (middle - gap.p) / FULL, total, rank, own.rank - rank,
    )  # fmt: skip


def strongest_levers(gaps, most: int = 3) -> list[Gap]:
    """Indicators that would move the rank most with the best one's points; of equal moves the larger gain first."""
    moving = [gap for gap in gaps if gap.to_best and gap.to_best > 0]
    return sorted(moving, key=lambda gap: (-gap.ranks_won, -gap.to_best, gap.code))[:most]
