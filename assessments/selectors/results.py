"""Results of units: rankings, explanations, the bottom, differences."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.regulations.services.codes import codes

from ..choices import Method
from ..explanations import all_lines
from ..formulas import METHOD_FORMULAS, point_data, worked
from ..models import Indicator, Run, RunUnit
from .cycles import VIEW
from .years import with_year_before


def ranking_rows(run: Run, category: str, user) -> list[RunUnit]:
    """Results of one category in rank order with those of the year before, without the indicators (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run, category=category)
    rows = with_year_before(rows.defer(*RunUnit.FIGURES).select_related("unit").in_rank_order(), run.cycle, user)
    for row in rows:
        row.reading = all_lines(row, seats_said=True)
    return rows


@dataclass
class IndicatorLine:
    """One line of "how my score came": what stands in the run, with the scheme's words for it."""

    point: dict
    indicator: Indicator | None

    @property
    def method_label(self):
        """Name of the method."""
        return Method(self.point["method"]).label

    @property
    def formula(self):
        """The method's formula in words."""
        return METHOD_FORMULAS[self.point["method"]]

    @property
    def data(self) -> str:
        """The figures that went into the formula."""
        return point_data(self.point)

    @property
    def worked(self) -> str:
        """The formula with the unit's own figures."""
        return worked(self.point)


@dataclass
class IndicatorGroup:
    """Lines of one group."""

    name: str
    lines: list

    @property
    def sum(self) -> Decimal:
        """Points that the group contributes to the base."""
        return sum((Decimal(line.point.get("contribution", "0")) for line in self.lines), Decimal(0))


def explained(row: RunUnit) -> list[IndicatorGroup]:
    """The indicators of a result by group, in the scheme's order (1 query)."""
    leaves = {
        leaf.code: leaf
        for leaf in Indicator.objects.system()
        .filter(scheme__cycle=row.run.cycle, scheme__category=row.category)
        .select_related("responsible")
    }
    groups: dict[str, IndicatorGroup] = {}
    for point in row.points:
        group = groups.setdefault(point["group"], IndicatorGroup(point["group"], []))
        group.lines.append(IndicatorLine(point, leaves.get(point["code"])))
    return list(groups.values())


def with_category(rows):
    """The rows with their category's name, in the order of the code table."""
    names = codes("unit_category")
    places = {code: place for place, code in enumerate(names)}
    for row in rows:
        row.category_label = names[row.category].label() if row.category in names else row.category
    return sorted(rows, key=lambda row: (places.get(row.category, len(places)), row.rank))
