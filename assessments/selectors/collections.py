"""What a department submits: the sheet of its figures, how complete it is, and the board of all departments."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, F, Q

from foundation.organizations.models import Organization, UnitCategory
from foundation.regulations.services.codes import codes

from ..models import Collection, Cycle, FigureRemark, Indicator, Score

VIEW = "assessments.view_collection"
HAS_VALUE = Q(is_applicable=False) | (
    (Q(indicator__method="grade") & ~Q(word=""))
    | (~Q(indicator__method__in=["grade", "completion"]) & Q(figure__isnull=False))
    | Q(indicator__method="completion", figure__isnull=False, target__isnull=False)
)


@dataclass(frozen=True)
class Block:
    """The indicators of one category for which the department answers, and the units that they are about."""

    category: str
    label: str
    leaves: tuple[Indicator, ...]
    units: tuple[Organization, ...]


@dataclass
class Sheet:
    """All that a department must submit, with what is there: 4 queries, however large."""

    collection: Collection
    blocks: list[Block]
    scores: dict[tuple[int, int], Score]
    remarks: dict[tuple[int, int], list[FigureRemark]] = field(default_factory=dict)

    def places(self):
        """Every (unit, indicator) in the order of the sheet."""
        for block in self.blocks:
            for unit in block.units:
                for leaf in block.leaves:
                    yield unit, leaf

    @cached_property
    def gaps(self) -> list[tuple[Organization, Indicator]]:
        """Places that still need a figure, a word or a target."""
        return [(unit, leaf) for unit, leaf in self.places() if is_gap(self.scores.get((unit.pk, leaf.pk)), leaf)]

    @cached_property
    def expected(self) -> int:
        """How many figures are asked for."""
        return sum(len(block.leaves) * len(block.units) for block in self.blocks)

    @property
    def filled(self) -> int:
        """How many are there or marked as not applicable."""
        return self.expected - len(self.gaps)

    def gaps_of(self, leaf: Indicator) -> int:
        """Gaps of one indicator."""
        return sum(found.pk == leaf.pk for _unit, found in self.gaps)


def is_gap(score: Score | None, leaf: Indicator) -> bool:
    """Does the place still need a figure, a word or a target?"""
    if score is None:
        return True
    if not score.is_applicable:
        return False
    if leaf.method == "grade":
        return not score.word
    return score.figure is None or (leaf.method == "completion" and score.target is None)


def leaves_of(collection: Collection) -> list[Indicator]:
    """Indicators of the year for which the department answers, by category in the order of the schemes (1 query)."""
    found = Indicator.objects.system().filter(scheme__cycle=collection.cycle_id, responsible=collection.organization_id)
    return list(found.select_related("scheme").order_by("scheme__category", "sort", "code"))


def sheet_of(collection: Collection, *, lock=False) -> Sheet:
    """The department's sheet; with `lock` its figures are held until the transaction ends."""
    leaves = defaultdict(list)
    for leaf in leaves_of(collection):
        leaves[leaf.scheme.category].append(leaf)
    cycle = collection.cycle
    members = UnitCategory.objects.system().filter(
        organization__jurisdiction=cycle.jurisdiction_id, year=cycle.year, category__in=leaves
    )
    units = defaultdict(list)
    for member in members.select_related("organization").order_by("organization__path"):
        units[member.category].append(member.organization)
    rows = Score.objects.system().filter(
        cycle=cycle, indicator__scheme__cycle=cycle, indicator__responsible=collection.organization_id
    )
    if lock:
        rows = rows.select_for_update(of=("self",))
    scores = {(row.unit_id, row.indicator_id): row for row in rows.order_by("pk")}
    remarks = defaultdict(list)
    objections = FigureRemark.objects.system().filter(collection=collection, settled_at__isnull=True)
    for remark in objections.select_related("unit", "indicator").order_by("pk"):
        remarks[remark.unit_id, remark.indicator_id].append(remark)
    blocks = [
        Block(code, row.label(), tuple(leaves[code]), tuple(units[code]))
        for code, row in codes("unit_category").items()
        if code in leaves and code in units
    ]
    return Sheet(collection, blocks, scores, dict(remarks))


@dataclass(frozen=True)
class Progress:
    """Figures asked for and figures there."""

    expected: int = 0
    filled: int = 0

    @property
    def gaps(self) -> int:
        """Figures still missing."""
        return self.expected - self.filled

    @property
    def percent(self) -> int:
        """Share in whole per cent, rounded down: 100 only when nothing is missing."""
        return self.filled * 100 // self.expected if self.expected else 100


def progress_by_department(cycle: Cycle) -> dict[int | None, Progress]:
    """How far each responsible department of a year is; None: indicators nobody answers for (3 queries)."""
    members = UnitCategory.objects.system().filter(organization__jurisdiction=cycle.jurisdiction_id, year=cycle.year)
    sizes = dict(members.order_by().values_list("category").annotate(n=Count("pk")))
    leaves = Indicator.objects.system().filter(scheme__cycle=cycle).order_by()
    expected = defaultdict(int)
    for department, category, count in leaves.values_list("responsible", "scheme__category").annotate(n=Count("pk")):
        expected[department] += count * sizes.get(category, 0)
    rows = Score.objects.system().filter(
        HAS_VALUE, cycle=cycle, unit__categories__year=cycle.year, unit__categories__category=F("indicator__scheme__category"),
        indicator__scheme__cycle=cycle,
    )  # fmt: skip
    filled = dict(rows.order_by().values_list("indicator__responsible").annotate(n=Count("pk")))
    return {key: Progress(count, filled.get(key, 0)) for key, count in expected.items()}
