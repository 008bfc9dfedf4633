"""Points of all units of a category: the one place that decodes what a run stored for several results at once."""

from dataclasses import dataclass, field
from decimal import Decimal

from ..models import Run, RunUnit
from .cycles import VIEW
from .results import with_category


@dataclass(frozen=True)
class Head:
    """An indicator as the run knew it. `weight` is the scheme's, in points of 100."""

    code: str
    name: str
    group: str
    weight: Decimal
    method: str


@dataclass(frozen=True)
class Point:
    """Points of one unit in one indicator. Without `p` it does not count: not applicable, or void by tolerance (容错)."""

    head: Head
    state: str
    raw: str
    target: str
    p: Decimal | None
    effective_weight: Decimal
    contribution: Decimal

    @property
    def is_counted(self) -> bool:
        """Does the indicator count for this unit?"""
        return self.p is not None


@dataclass
class CategoryPoints:
    """Results of a category in rank order with all their points. `cells`: (unit id, indicator code) → point.

    `is_whole`: the reader sees every unit of the category, so that bests, middles and ranks may be worked out.
    """

    rows: list[RunUnit]
    heads: list[Head] = field(default_factory=list)
    cells: dict[tuple[int, str], Point] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Does the reader see every unit of the category?"""
        return bool(self.rows) and len(self.rows) == self.rows[0].n

    def counted(self, code: str) -> dict[int, Decimal]:
        """Points p of an indicator by unit, of the units for which it counts."""
        found = ((row.unit_id, self.cells.get((row.unit_id, code))) for row in self.rows)
        return {unit: point.p for unit, point in found if point and point.is_counted}

    def groups(self) -> dict[str, list[Head]]:
        """Indicators by group, in the scheme's order."""
        found: dict[str, list[Head]] = {}
        for head in self.heads:
            found.setdefault(head.group, []).append(head)
        return found

    def points_of_row(self, row: RunUnit) -> list[Point]:
        """Points of one of the results, in its scheme's order."""
        return [point for (unit, _code), point in self.cells.items() if unit == row.unit_id]


def points_of(run: Run, category: str, user) -> CategoryPoints:
    """Points of a category as far as the user sees it, in rank order (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run, category=category)
    return _decoded(list(rows.select_related("unit", "scheme").in_rank_order()))


def points_of_units(run: Run, codes, user) -> CategoryPoints:
    """Points of some units of a run, whatever their categories, in the order of `codes` (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run, unit__code__in=codes).select_related("unit", "scheme")
    return _decoded(sorted(with_category(list(rows)), key=lambda row: codes.index(row.unit.code)))


def _decoded(rows) -> CategoryPoints:
    heads, cells = {}, {}
    for row in rows:
        for item in row.points:
            head = Head(item["code"], item["name"], item["group"], Decimal(item["weight"]), item["method"])
            heads.setdefault(head.code, head)
            cells[row.unit_id, head.code] = _point(head, item)
    return CategoryPoints(rows, list(heads.values()), cells)


def _point(head: Head, item: dict) -> Point:
    counts = item["state"] == "counted"
    return Point(
        head=head,
        state=item["state"],
        raw=item.get("raw") or "",
        target=item.get("target") or "",
        p=Decimal(item["p"]) if counts else None,
        effective_weight=Decimal(item["effective_weight"]) if counts else Decimal(0),
        contribution=Decimal(item["contribution"]) if counts else Decimal(0),
    )
