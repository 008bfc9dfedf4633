"""Read models of the assessment pages: each joins what one page shows, with a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from foundation.casework.models import Deadline
from foundation.casework.selectors import timeline
from foundation.common.scoping import scope_of
from foundation.organizations.models import UnitCategory
from foundation.regulations.services.codes import codes
from officials.models import Official

from .choices import Method
from .explanations import METHOD_FORMULAS, REFUSALS, all_lines, point_data, step_lines
from .models import Cycle, Indicator, Measure, Run, RunMeasure, RunUnit, Scheme
from .workflows import APPROVED, CLOSED, DECLINED, EXECUTED, MANUAL, MEASURE, PROPOSED, REVIEWED, STATES, WITHDRAWN

VIEW = "assessments.view_result"


@dataclass
class CycleRow:
    """One year of one county in the list of years."""

    cycle: Cycle
    published_on: object
    units: int
    schemes: int
    figures: int
    runs: int
    flagged: int
    open_measures: int


def cycle_rows(user) -> list[CycleRow]:
    """Years the user may see, the latest first (3 queries)."""
    cycles = list(
        Cycle.objects.visible_to(user, "assessments.view_cycle")
        .select_related("jurisdiction", "published_run")
        .annotate(
            scheme_count=Count("schemes", distinct=True),
            run_count=Count("runs", distinct=True),
            published_on=Max("publications__at"),
        )
        .order_by("-year", "jurisdiction__path")
    )
    results = {
        row["run_id"]: row
        for row in RunUnit.objects.visible_to(user, VIEW)
        .filter(run__in=[c.published_run_id for c in cycles if c.published_run_id])
        .values("run_id")
        .annotate(units=Count("pk", distinct=True), flagged=Count("pk", filter=Q(flagged=True), distinct=True))
    }
    measures = dict(
        Measure.objects.visible_to(user, "assessments.view_measure")
        .filter(cycle__in=cycles, status__in=MEASURE.open_states())
        .values_list("cycle_id")
        .annotate(n=Count("pk"))
    )
    return [
        CycleRow(
            cycle=cycle,
            published_on=cycle.published_on,
            units=results.get(cycle.published_run_id, {}).get("units", 0),
            schemes=cycle.scheme_count,
            figures=0,
            runs=cycle.run_count,
            flagged=results.get(cycle.published_run_id, {}).get("flagged", 0),
            open_measures=measures.get(cycle.pk, 0),
        )
        for cycle in cycles
    ]


@dataclass
class CategoryCard:
    """One category of a cycle: how many are in it, by which scheme, and how the shown run came out."""

    code: str
    label: str
    units: int
    indicators: int
    leader: RunUnit | None = None
    flagged: list = field(default_factory=list)


def category_cards(cycle: Cycle, run: Run | None, user) -> list[CategoryCard]:
    """Categories of a cycle in the order of the code table (4 queries)."""
    sizes = dict(
        UnitCategory.objects.system()
        .filter(organization__jurisdiction=cycle.jurisdiction, year=cycle.year)
        .values_list("category")
        .annotate(n=Count("pk"))
    )
    leaves = dict(Scheme.objects.system().filter(cycle=cycle).values_list("category").annotate(n=Count("indicators")))
    cards = {
        code: CategoryCard(code, row.label(), sizes.get(code, 0), leaves.get(code, 0))
        for code, row in codes("unit_category").items()
        if code in sizes or code in leaves
    }
    if run:
        rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run).filter(Q(rank=1) | Q(flagged=True))
        for row in rows.defer("points").select_related("unit").in_rank_order():
            card = cards.get(row.category)
            if card and row.rank == 1 and card.leader is None:
                card.leader = row
            if card and row.flagged:
                card.flagged.append(row)
    return list(cards.values())


def refusal_lines(refusals) -> list[dict]:
    """Refusals as the page prints them: with the category's name and what to do."""
    names = codes("unit_category")
    return [
        vars(item) | {"category_label": names[item.category].label() if item.category in names else item.category,
                      "text": REFUSALS[item.code]}
        for item in refusals
    ]  # fmt: skip


def shown_run(cycle: Cycle, user, number: str = "") -> Run | None:
    """The run a page shows: the one asked for, else the published one, else the latest the user may see."""
    runs = Run.objects.visible_to(user, VIEW).filter(cycle=cycle)
    if number:
        return runs.filter(number=number).first()
    if cycle.published_run_id:
        return runs.filter(pk=cycle.published_run_id).first()
    return runs.order_by("-pk").first()


def ranking_rows(run: Run, category: str, user) -> list[RunUnit]:
    """Results of one category in rank order, without the long explanations' indicators (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run, category=category)
    found = list(rows.defer("points").select_related("unit").in_rank_order())
    for row in found:
        row.reading = all_lines(row)
    return found


def history_of(unit, cycle: Cycle, user) -> list[RunUnit]:
    """Published results of a unit up to a year, the latest first (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(
        unit=unit, run__cycle__jurisdiction=cycle.jurisdiction, run__cycle__year__lt=cycle.year
    )
    published = rows.filter(run__in=Cycle.objects.system().filter(published_run__isnull=False).values("published_run"))
    return list(published.defer("points", "notes").select_related("run__cycle").order_by("-run__cycle__year")[:5])


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
        return point_data(self.point, self.indicator)


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
    found = list(rows.defer("points").select_related("unit").in_rank_order())
    for row in found:
        row.reading = [*all_lines(row), *step_lines(row, run.parameters)]
    return _with_category(found)


def _with_category(rows):
    names = codes("unit_category")
    for row in rows:
        row.category_label = names[row.category].label() if row.category in names else row.category
    return rows


def last_without_bottom(run: Run, user) -> list[RunUnit]:
    """Of categories in which nobody is flagged: the last one, to say why (1 query)."""
    rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run).defer("points").select_related("unit")
    last = {}
    flagged = set()
    for row in rows.in_rank_order():
        last[row.category] = row
        if row.flagged:
            flagged.add(row.category)
    found = [row for category, row in last.items() if category not in flagged and not row.notes["in_bottom"]]
    for row in found:
        row.reading = all_lines(row)
    return _with_category(found)


def difference_rows(difference, every: bool) -> list[dict]:
    """Units of a difference as the page prints them; only the changed ones unless `every`."""
    names = codes("unit_category")
    rows = []
    for item in difference.units if every else difference.changed:
        category = (item.after or item.before).category
        rows.append(
            {
                "unit": item.unit,
                "before": item.before,
                "after": item.after,
                "total_change": item.total_change,
                "rank_change": item.rank_change,
                "is_changed": item.is_changed,
                "category_label": names[category].label() if category in names else category,
            }
        )
    return rows


@dataclass(frozen=True)
class StepMark:
    """One station of the stepper."""

    label: object
    state: str
    note: str = ""


@dataclass(frozen=True)
class EventLine:
    """One line of the timeline."""

    at: object
    actor_name: str
    label: object
    reason: str


_PATH = (PROPOSED, REVIEWED, APPROVED, EXECUTED, CLOSED)


def measure_events(case: Measure) -> list[EventLine]:
    """The timeline of a measure with the workflow's words (1 query)."""
    words = {step.name: step.label for step in MEASURE.steps} | {
        "open": _("Opened by the published run"),
        "basis_changed": _("Basis changed"),
        "basis_restored": _("Basis restored"),
    }
    return [
        EventLine(event.at, event.actor_name, words.get(event.action, event.action), event.reason)
        for event in timeline(MEASURE.kind, case.case_no)
    ]


def measure_steps(case: Measure) -> list[StepMark]:
    """Stations from proposal to closing; where the case ended early, the rest is stopped."""
    labels = dict(STATES)
    marks = [] if case.status != MANUAL else [StepMark(labels[MANUAL], "current")]
    reached = {event.to_status for event in timeline(MEASURE.kind, case.case_no)}
    for state in _PATH:
        kind = "current" if state == case.status else "done" if state in reached else "todo"
        if case.status == CLOSED and state == CLOSED:
            kind = "done"
        marks.append(StepMark(labels[state], kind))
    if case.status in (DECLINED, WITHDRAWN):
        marks = [mark for mark in marks if mark.state == "done"] + [StepMark(labels[case.status], "stopped")]
    return marks


def deadline_of(case: Measure):
    """The open clock of a measure, None when none runs (1 query)."""
    return Deadline.objects.filter(kind=MEASURE.kind, case_no=case.case_no, closed_at__isnull=True).first()


def candidates_of(case: Measure) -> list[tuple[Official, int]]:
    """Holders of the post in the year with their days, as the run counted them (2 queries)."""
    row = RunMeasure.objects.filter(run=case.run_id, unit=case.organization_id, post=case.post_id).first()
    if row is None:
        return []
    people = Official.objects.system().in_bulk([c["official"] for c in row.candidates])
    return [(people[c["official"]], c["days"]) for c in row.candidates if c["official"] in people]
