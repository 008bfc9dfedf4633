"""Trial calculation: how a scheme would have ranked an earlier year's figures. Reads only; nothing is stored, nothing locked.

Indicators are matched with those of the earlier year by code, else by name and method within the category. Those without
figures take no part: their weight is shared out among the others of each unit, as for figures that do not apply.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from foundation.organizations.models import Organization, UnitCategory
from tolerance.models import AssessmentEffect

from ..models import Adjustment, Cycle, Indicator, Run, RunUnit, Scheme, Score, Veto
from ..rules.figures import Entered
from ..rules.schemes import Content, Leaf
from ..rules.scoring import with_defaults
from ..rules.trial import TrialLeaf, TrialResult, TrialUnit, compute_trial
from .parameters import parameters_for
from .scheme_content import content_of


@dataclass(frozen=True)
class TrialRow:
    """One unit: the trial's result (None: no indicator with figures applies) beside the real one (None: no run)."""

    unit: Organization
    trial: TrialResult | None
    real: RunUnit | None

    @property
    def rank_change(self) -> int | None:
        """Places gained (positive) or lost by the scheme."""
        return self.real.rank - self.trial.rank if self.trial and self.real else None

    @property
    def rank_fall(self) -> int:
        """Places lost, as a positive number."""
        return -(self.rank_change or 0)

    @property
    def total_change(self) -> Decimal | None:
        """Points more or fewer than in the real year."""
        return self.trial.total - self.real.total if self.trial and self.real else None


@dataclass(frozen=True)
class Match:
    """An indicator of the scheme with the earlier year's indicator whose figures it takes (None: there is none)."""

    leaf: Leaf
    source: Indicator | None
    how: str = ""  # code or name
    left_out: int = 0  # units whose figure cannot be used by this method

    @property
    def is_renamed(self) -> bool:
        """Matched by code, though the name differs: worth a look."""
        return self.source is not None and self.source.name != self.leaf.name


@dataclass(frozen=True)
class Trial:
    """What a trial tells. `missing`: indicators without figures; `missing_weight`: their weight, shared out."""

    scheme: Scheme
    year: int
    content: Content
    rows: tuple[TrialRow, ...]
    matches: tuple[Match, ...]
    run: Run | None

    @property
    def missing(self) -> tuple[Match, ...]:
        """Indicators of the scheme that have no figures in the earlier year."""
        return tuple(match for match in self.matches if match.source is None)

    @property
    def missing_weight(self) -> Decimal:
        """How much weight has no figures."""
        return sum((match.leaf.weight for match in self.missing), Decimal(0))

    @property
    def partial(self) -> tuple[Match, ...]:
        """Indicators whose figures cannot be used for some units."""
        return tuple(match for match in self.matches if match.left_out)


def trial_cycles(scheme: Scheme) -> dict[int, Cycle]:
    """Years of the county with figures, up to the scheme's own, the latest first (1 query)."""
    cycles = Cycle.objects.system().filter(jurisdiction=scheme.cycle.jurisdiction, year__lte=scheme.cycle.year)
    figures = Score.objects.system().filter(cycle=OuterRef("pk"), unit__in=_members(scheme), is_applicable=True)
    found = cycles.filter(Exists(figures)).select_related("published_run", "jurisdiction").order_by("-year")
    return {cycle.year: cycle for cycle in found}


def _members(scheme):
    """Units that were in the scheme's category in some year."""
    places = UnitCategory.objects.system().filter(
        organization__jurisdiction=scheme.cycle.jurisdiction, category=scheme.category
    )
    return places.values("organization")


def try_scheme(scheme: Scheme, cycle: Cycle) -> Trial:
    """Rank the units that were in the scheme's category in the cycle's year by this scheme.

    Exact decimals, the rules of the calculation with adjustments, vetoes and tolerance decisions of that year; parameters
    of the rulebook as of the scheme's own year. 9 queries whatever the size.
    """
    year = cycle.year
    content = content_of(scheme)
    places = UnitCategory.objects.system().filter(
        organization__jurisdiction=cycle.jurisdiction, year=year, category=scheme.category
    )
    units = {place.organization_id: place.organization for place in places.select_related("organization")}
    matches = _match(content, cycle, scheme.category)
    parameters = parameters_for(scheme.cycle.year, cycle.jurisdiction.code)
    leaves = [
        TrialLeaf(
            match.leaf.code,
            match.leaf.group,
            match.leaf.weight,
            with_defaults(
                match.leaf.method, match.leaf.direction, match.leaf.params,
                cap=parameters.cap, floor=parameters.rank_floor, table=parameters.grade_table,
            ),
        )
        for match in matches
        if match.source
    ]  # fmt: skip
    results, _without = compute_trial(content.parameters, leaves, _trial_units(cycle, units, matches))
    run, real = _real(cycle, units)
    found = {result.key: result for result in results}
    order = [result.key for result in results] + [key for key in units if key not in found]
    left_out = Counter(code for result in results for code, _why in result.left_out)
    return Trial(
        scheme=scheme,
        year=year,
        content=content,
        rows=tuple(TrialRow(units[key], found.get(key), real.get(key)) for key in order),
        matches=tuple(Match(m.leaf, m.source, m.how, left_out[m.leaf.code]) for m in matches),
        run=run,
    )


def _match(content, cycle, category) -> list[Match]:
    old = Indicator.objects.system().filter(scheme__cycle=cycle, scheme__category=category)
    old = list(old.filter(Exists(Score.objects.system().filter(indicator=OuterRef("pk")))).order_by("sort"))
    by_code = {leaf.code: leaf for leaf in old}
    own = {leaf.code for leaf in content.leaves}
    by_name = {(leaf.name, leaf.method): leaf for leaf in old if leaf.code not in own}
    found = []
    for leaf in content.leaves:
        if leaf.code in by_code:
            found.append(Match(leaf, by_code[leaf.code], "code"))
        elif (leaf.name, leaf.method) in by_name:
            found.append(Match(leaf, by_name[leaf.name, leaf.method], "name"))
        else:
            found.append(Match(leaf, None))
    return found


def _trial_units(cycle, units, matches) -> list[TrialUnit]:
    codes = defaultdict(list)
    for match in matches:
        if match.source:
            codes[match.source.pk].append((match.leaf.code, match.source.code))
    voided = defaultdict(set)
    effects = AssessmentEffect.objects.system().effective().filter(year=cycle.year, organization__in=units)
    for unit, kind, target in effects.filter(effect="void").values_list("organization_id", "target_kind", "target"):
        voided[unit, kind].add(target)
    cells = defaultdict(dict)
    scores = Score.objects.system().filter(cycle=cycle, unit__in=units, indicator__in=codes)
    for unit, indicator, figure, word, target, applies in scores.values_list(
        "unit_id", "indicator_id", "figure", "word", "target", "is_applicable"
    ):
        for code, source in codes[indicator]:
            counts = applies and source not in voided[unit, "indicator"]
            cells[unit][code] = Entered(figure, word, target, counts)
    points = defaultdict(lambda: [Decimal(0), Decimal(0)])
    given = Adjustment.objects.system().filter(cycle=cycle, unit__in=units).values_list("unit_id", "number", "points")
    for unit, number, value in given:
        if value > 0:
            points[unit][0] += value
        elif number not in voided[unit, "adjustment"]:
            points[unit][1] += value
    vetoes = Counter(
        unit
        for unit, number in Veto.objects.system().filter(cycle=cycle, unit__in=units).values_list("unit_id", "number")
        if number not in voided[unit, "veto"]
    )
    return [TrialUnit(key, cells[key], *points[key], vetoes[key]) for key in units]


def _real(cycle, units) -> tuple[Run | None, dict[int, RunUnit]]:
    """The published run, else the latest, with the results of the units."""
    run = cycle.published_run or Run.objects.system().filter(cycle=cycle).order_by("-pk").first()
    if run is None:
        return None, {}
    rows = RunUnit.objects.system().filter(run=run, unit__in=units).defer(*RunUnit.FIGURES, "notes")
    return run, {row.unit_id: row for row in rows}
