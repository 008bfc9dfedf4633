"""The county's year on one page, for leaders: categories, grades, movers. Each number leads to its list."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from foundation.regulations.services.codes import codes

from ..choices import Grade
from ..models import Cycle, Run, RunUnit
from ..rules.distribution import median
from .cycles import VIEW
from .years import with_year_before

MOVERS = 5


@dataclass
class CategoryLine:
    """One category: its rows in rank order and what stands out."""

    code: str
    label: str
    rows: list[RunUnit] = field(default_factory=list)

    @property
    def first(self) -> list[RunUnit]:
        """Units at rank 1."""
        return [row for row in self.rows if row.rank == 1]

    @property
    def flagged(self) -> list[RunUnit]:
        """Units at the bottom."""
        return [row for row in self.rows if row.flagged]

    @property
    def is_whole(self) -> bool:
        """Does the reader see every unit of the category?"""
        return len(self.rows) == self.rows[0].n

    @property
    def middle(self) -> Decimal:
        """The median of the totals."""
        return median([row.total for row in self.rows])

    @property
    def distance(self) -> Decimal:
        """From the highest to the lowest total."""
        return max(row.total for row in self.rows) - min(row.total for row in self.rows)

    @property
    def grades(self) -> list[tuple[str, int]]:
        """Units by grade, the best grade first."""
        return [(grade.label, sum(row.grade == grade for row in self.rows)) for grade in Grade]


@dataclass
class CountyYear:
    """What the run of a year says, as far as the user sees it."""

    lines: list[CategoryLine]
    risen: list[RunUnit]
    fallen: list[RunUnit]

    @property
    def rows(self) -> list[RunUnit]:
        """All units."""
        return [row for line in self.lines for row in line.rows]


def county_year(run: Run, cycle: Cycle, user) -> CountyYear:
    """Categories in the order of the code table, and who moved most in rank against the year before (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run).defer(*RunUnit.FIGURES).select_related("unit")
    rows = with_year_before(rows.in_rank_order(), cycle, user)
    by_category = defaultdict(list)
    for row in rows:
        by_category[row.category].append(row)
    names = codes("unit_category")
    lines = [CategoryLine(code, names[code].label(), by_category[code]) for code in names if code in by_category]
    for row in rows:
        row.category_label = names[row.category].label() if row.category in names else row.category
    moved = sorted((row for row in rows if row.rank_change), key=lambda row: (-abs(row.rank_change), row.unit.code))
    return CountyYear(
        lines,
        [row for row in moved if row.rank_change > 0][:MOVERS],
        [row for row in moved if row.rank_change < 0][:MOVERS],
    )
