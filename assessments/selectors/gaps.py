"""Strengths and gaps of a unit: what each indicator costs it, and against its category's best and middle."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.common.lists import words
from foundation.organizations.models import Organization

from ..choices import VetoEffect
from ..models import RunUnit
from ..rules import standing
from ..rules.standing import Gap
from .points import CategoryPoints, Point, points_of


@dataclass(frozen=True)
class GapLine:
    """One indicator of the unit with its gap (none where it does not count), and the best units in it."""

    point: Point
    gap: Gap | None
    best: tuple[Organization, ...] = ()

    @property
    def best_units(self) -> str:
        """Names of the best units."""
        return words(self.best)

    @property
    def ahead(self) -> Decimal | None:
        """Points of the total ahead of the median (negative: behind)."""
        return None if self.gap is None or self.gap.to_median is None else -self.gap.to_median


@dataclass(frozen=True)
class Gaps:
    """A unit beside its category. `levers` would move the rank most; empty for who does not see the whole category."""

    lines: list[GapLine]
    levers: list[GapLine]
    is_whole: bool
    exact: Decimal

    @property
    def lost(self) -> Decimal:
        """Points of the total missing to full points in all indicators."""
        return sum((line.gap.lost for line in self.lines if line.gap), Decimal(0))


def is_behind(row: RunUnit) -> bool:
    """Does a veto put the unit behind all without one?"""
    return bool(row.vetoes) and row.notes["veto_effect"] == VetoEffect.RANK_LAST


def gaps_of(row: RunUnit, user) -> Gaps:
    """Strengths and gaps of a result, from the points of its category as far as the user sees them (1 query)."""
    category = points_of(row.run, row.category, user)
    exact = row.base + row.bonus + row.deduction
    own = standing.Own(exact, row.notes["places"], is_behind(row), row.rank)
    peers = [standing.Peer(other.total, is_behind(other)) for other in category.rows if other.unit_id != row.unit_id]
    lines = [
        _line(row, head, category, own, peers) for head in category.heads if (row.unit_id, head.code) in category.cells
    ]
    by_code = {line.gap.code: line for line in lines if line.gap}
    levers = standing.strongest_levers([line.gap for line in lines if line.gap]) if category.is_whole else []
    return Gaps(lines, [by_code[gap.code] for gap in levers], category.is_whole, exact)


def _line(row, head, category: CategoryPoints, own, peers) -> GapLine:
    point = category.cells[row.unit_id, head.code]
    if not point.is_counted:
        return GapLine(point, None)
    gap = standing.gap_of(head.code, point.p, point.effective_weight, point.contribution)
    if not category.is_whole:
        return GapLine(point, gap)
    counted = category.counted(head.code)
    gap = standing.against(gap, list(counted.values()), own, peers)
    best = tuple(other.unit for other in category.rows if counted.get(other.unit_id) == gap.best)
    return GapLine(point, gap, best)
