"""Results of units: rankings, explanations, the bottom, differences."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from foundation.common.scoping import scope_of
from foundation.regulations.services.codes import codes
from officials.models import Official

from ..choices import Method
from ..explanations import all_lines, step_lines
from ..formulas import METHOD_FORMULAS, point_data, worked
from ..models import Cycle, Indicator, Measure, Run, RunMeasure, RunUnit
from .cycles import VIEW


def ranking_rows(run: Run, category: str, user) -> list[RunUnit]:
    """Results of one category in rank order, without the long explanations' indicators (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run, category=category)
    found = list(rows.defer(*RunUnit.FIGURES).select_related("unit").in_rank_order())
    for row in found:
        row.reading = all_lines(row, seats_said=True)
    return found


def history_of(unit, cycle: Cycle, user) -> list[RunUnit]:
    """Published results of a unit up to a year, the latest first (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(
        unit=unit, run__cycle__jurisdiction=cycle.jurisdiction, run__cycle__year__lt=cycle.year
    )
    published = rows.filter(run__in=Cycle.objects.system().filter(published_run__isnull=False).values("published_run"))
    return list(
        published.defer(*RunUnit.FIGURES, "notes").select_related("run__cycle").order_by("-run__cycle__year")[:5]
    )


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


@dataclass
class Liable:
    """A leader whom a run names, with the case that was opened, if any."""

    measure: RunMeasure
    case: Measure | None
    candidates: list


def liable_of(run: Run, user) -> dict[int, list[Liable]]:
    """Liable leaders of a run by unit; nothing without the right to see measures (3 queries)."""
    scope = scope_of(user, "assessments.view_measure")
    if not scope:
        return {}
    rows = [
        row
        for row in RunMeasure.objects.filter(run=run)
        .select_related("unit", "post", "official")
        .order_by("unit__code", "post__sort")
        if scope.covers(row.unit.path)
    ]
    wanted = {candidate["official"] for row in rows for candidate in row.candidates}
    people = Official.objects.system().in_bulk(wanted)
    cases = defaultdict(list)
    mine = Measure.objects.visible_to(user, "assessments.view_measure").filter(cycle=run.cycle_id)
    for case in mine.order_by("pk"):
        cases[case.organization_id].append(case)
    found = defaultdict(list)
    for row in rows:
        case = next(
            (
                c
                for c in reversed(cases[row.unit_id])
                if c.post_id == row.post_id and (row.official_id is None or c.official_id == row.official_id)
            ),
            None,
        )
        candidates = [(people[c["official"]], c["days"]) for c in row.candidates if c["official"] in people]
        found[row.unit_id].append(Liable(row, case, candidates))
    return dict(found)


def bottom_rows(run: Run, user) -> list[RunUnit]:
    """Units of the bottom and those just spared, by category (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run).filter(Q(flagged=True) | Q(notes__in_bottom=True))
    found = list(rows.defer(*RunUnit.FIGURES).select_related("unit").in_rank_order())
    for row in found:
        row.reading = [*all_lines(row), *step_lines(row, run.parameters)]
    return _with_category(found)


def _with_category(rows):
    """The rows with their category's name, in the order of the code table."""
    names = codes("unit_category")
    places = {code: place for place, code in enumerate(names)}
    for row in rows:
        row.category_label = names[row.category].label() if row.category in names else row.category
    return sorted(rows, key=lambda row: (places.get(row.category, len(places)), row.rank))


def last_without_bottom(run: Run, user) -> list[RunUnit]:
    """Of categories in which nobody is flagged: the last one, to say why (1 query).

    Only where the user sees the end of the category: from one's own unit nobody can tell what became of the others.
    """
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run).defer(*RunUnit.FIGURES).select_related("unit")
    last = {}
    flagged = set()
    for row in rows.in_rank_order():
        last[row.category] = row
        if row.flagged:
            flagged.add(row.category)
    found = [
        row
        for category, row in last.items()
        if category not in flagged and not row.notes["in_bottom"] and row.rank + row.notes["sharing"] - 1 == row.n
    ]
    for row in found:
        row.reading = all_lines(row)
    return _with_category(found)
