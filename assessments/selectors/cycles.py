"""Years, categories, runs: what the pages around a cycle read."""

from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, Subquery

from foundation.common.scoping import scope_of
from foundation.organizations.models import UnitCategory
from foundation.regulations.services.codes import codes

from ..choices import SchemeState
from ..explanations import REFUSALS
from ..models import Cycle, Measure, Publication, Run, RunUnit, Scheme
from ..workflows import MEASURE

VIEW = "assessments.view_result"


@dataclass
class CycleRow:
    """One year of one county in the list of years."""

    cycle: Cycle
    published_on: object
    units: int
    schemes: int
    runs: int
    flagged: int
    open_measures: int


def cycles_for(user):
    """Years of the counties that the user may see, the latest first, with their schemes and the day of publishing."""
    schemes = Scheme.objects.system().filter(cycle=OuterRef("pk")).order_by().values("cycle").annotate(n=Count("pk"))
    published = Publication.objects.filter(cycle=OuterRef("pk")).order_by("-at").values("at")[:1]
    found = Cycle.objects.visible_to(user, "assessments.view_cycle").select_related("jurisdiction", "published_run")
    found = found.annotate(scheme_count=Subquery(schemes.values("n")), published_on=Subquery(published))
    return found.order_by("-year", "jurisdiction__path")


def cycle_rows(cycles, user) -> list[CycleRow]:
    """A page of `cycles_for` with their counts, each as far as the user may see what is counted (3 queries)."""
    keys = [cycle.pk for cycle in cycles]
    results = {
        row["run_id"]: row
        for row in RunUnit.objects.visible_to(user, VIEW)
        .filter(run__in=[cycle.published_run_id for cycle in cycles if cycle.published_run_id])
        .values("run_id")
        .annotate(units=Count("pk", distinct=True), flagged=Count("pk", filter=Q(flagged=True), distinct=True))
    }
    runs = _counted(Run.objects.visible_to(user, VIEW), keys)
    waiting = Measure.objects.visible_to(user, "assessments.view_measure").filter(status__in=MEASURE.open_states())
    measures = _counted(waiting, keys)
    return [
        CycleRow(
            cycle=cycle,
            published_on=cycle.published_on,
            units=results.get(cycle.published_run_id, {}).get("units", 0),
            schemes=cycle.scheme_count or 0,
            runs=runs.get(cycle.pk, 0),
            flagged=results.get(cycle.published_run_id, {}).get("flagged", 0),
            open_measures=measures.get(cycle.pk, 0),
        )
        for cycle in cycles
    ]


def _counted(rows, cycles) -> dict[int, int]:
    """How many of the rows each cycle has."""
    return dict(rows.filter(cycle__in=cycles).order_by().values_list("cycle_id").annotate(n=Count("pk", distinct=True)))


@dataclass
class CategoryCard:
    """One category of a cycle: how many are in it, of how many the reader sees results, and how the shown run came out."""

    code: str
    label: str
    units: int
    seen: int
    indicators: int
    is_draft: bool = False
    leader: RunUnit | None = None
    flagged: list = field(default_factory=list)


def category_cards(cycle: Cycle, run: Run | None, user) -> list[CategoryCard]:
    """Categories of a cycle in the order of the code table (4 queries)."""
    within = scope_of(user, VIEW).as_q("organization__path")
    sizes = {
        code: (n, seen)
        for code, n, seen in UnitCategory.objects.system()
        .filter(organization__jurisdiction=cycle.jurisdiction, year=cycle.year)
        .values_list("category")
        .annotate(n=Count("pk"), seen=Count("pk", filter=within))
    }
    schemes = Scheme.objects.system().filter(cycle=cycle).values_list("category", "state")
    leaves = {category: (n, state) for category, state, n in schemes.annotate(n=Count("indicators"))}
    cards = {
        code: CategoryCard(
            code,
            row.label(),
            *sizes.get(code, (0, 0)),
            leaves[code][0] if code in leaves else 0,
            code in leaves and leaves[code][1] == SchemeState.DRAFT,
        )
        for code, row in codes("unit_category").items()
        if code in sizes or code in leaves
    }
    if run:
        rows = RunUnit.objects.visible_to(user, VIEW).filter(run=run).filter(Q(rank=1) | Q(flagged=True))
        for row in rows.defer(*RunUnit.FIGURES).select_related("unit").in_rank_order():
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


def shown_run(cycle: Cycle, user, number: str = "", story=None) -> Run | None:
    """The run a page shows: the one asked for, else the published one, else the latest the user may see.

    `story`: the user's runs of the cycle, the latest first, where a page has them anyway.
    """
    runs = Run.objects.visible_to(user, VIEW).filter(cycle=cycle)
    if number:
        return runs.filter(number=number).first()
    if cycle.published_run_id:  # published results are seen by everybody who sees the year
        return cycle.published_run
    return runs.order_by("-pk").first() if story is None else next(iter(story), None)
