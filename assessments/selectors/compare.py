"""Two to six units side by side: totals, groups, indicators by name, years."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from foundation.regulations.services.codes import codes

from ..models import Run, RunUnit
from .cycles import VIEW
from .points import CategoryPoints, Point

FEWEST, MOST = 2, 6


@dataclass(frozen=True)
class Choice:
    """Units of a category that may be chosen."""

    label: str
    rows: list[RunUnit]


def choices_of(run: Run, user) -> list[Choice]:
    """Units of a run that the user sees, by category in the order of the code table (1 query)."""
    rows = (
        RunUnit.objects.visible_to(user, VIEW).filter(run=run).defer(*RunUnit.FIGURES, "notes").select_related("unit")
    )
    by_category: dict[str, list[RunUnit]] = {}
    for row in rows.in_rank_order():
        by_category.setdefault(row.category, []).append(row)
    names = codes("unit_category")
    return [Choice(names[code].label(), by_category[code]) for code in names if code in by_category]


@dataclass(frozen=True)
class GroupLine:
    """Contribution of one group of indicators to each unit's base; None where a unit's scheme has no such group."""

    name: str
    sums: list[Decimal | None]


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator, by its name, in each unit; None where a unit's scheme has none of this name."""

    name: str
    points: list[Point | None]

    @property
    def best(self) -> Decimal | None:
        """The highest points p among the units."""
        return max((point.p for point in self.points if point and point.is_counted), default=None)


def group_lines(points: CategoryPoints) -> list[GroupLine]:
    """Groups by name over the chosen units."""
    sums: dict[str, dict[int, Decimal]] = {}
    for (unit, _code), point in points.cells.items():
        of_group = sums.setdefault(point.head.group, {})
        of_group[unit] = of_group.get(unit, Decimal(0)) + point.contribution
    return [GroupLine(name, [found.get(row.unit_id) for row in points.rows]) for name, found in sums.items()]


def indicator_lines(points: CategoryPoints) -> list[IndicatorLine]:
    """Indicators by name over the chosen units: first those that all have, then the others."""
    found: dict[str, dict[int, Point]] = {}
    for (unit, _code), point in points.cells.items():
        found.setdefault(point.head.name, {})[unit] = point
    lines = [IndicatorLine(name, [by.get(row.unit_id) for row in points.rows]) for name, by in found.items()]
    return sorted(lines, key=lambda line: any(point is None for point in line.points))


def several_categories(rows: Iterable[RunUnit]) -> bool:
    """Do the units come from different schemes, so that their totals must not be compared?"""
    return len({row.category for row in rows}) > 1
