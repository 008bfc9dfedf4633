"""Trial calculation: how a scheme would have ranked an earlier year's figures. Reads only; nothing is stored, nothing locked.

Indicators are matched with those of the earlier year by code, else by name and method within the category. Those without
figures take no part: their weight is shared out among the others of each unit, as for figures that do not apply.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import DecimalField, Exists, OuterRef, Subquery, Value

from foundation.organizations.models import Organization, UnitCategory
from tolerance.models import AssessmentEffect

from ..models import Adjustment, Cycle, Run, RunUnit, Scheme, Score, Veto
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
class Source:
    """An indicator of the earlier year that has figures."""

    key: int
    code: str
    name: str
    method: str


@dataclass(frozen=True)
class Match:
    """An indicator of the scheme with the earlier year's indicator whose figures it takes (None: there is none)."""

    leaf: Leaf
    source: Source | None
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
    of the rulebook as of the scheme's own year. 6 queries whatever the size, with that of the rulebook.
    """
    year = cycle.year
    content = content_of(scheme)
    places = UnitCategory.objects.system().filter(
        organization__jurisdiction=cycle.jurisdiction, year=year, category=scheme.category
    )
    units = {place.organization_id: place.organization for place in places.select_related("organization")}
    figures = _figures(cycle, units, scheme.category)
    matches = _match(content, figures)
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
    results, _without = compute_trial(content.parameters, leaves, _trial_units(cycle, units, figures, matches))
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


def _figures(cycle, units, category) -> dict[Source, list[tuple[int, Entered]]]:
    """Figures of the units by the indicators of that year's scheme, in its order (1 query)."""
    found = defaultdict(list)
    rows = Score.objects.system().filter(
        cycle=cycle, unit__in=units, indicator__scheme__cycle=cycle, indicator__scheme__category=category
    )
    for unit, figure, word, target, applies, *source in rows.order_by("indicator__sort", "pk").values_list(
        "unit_id", "figure", "word", "target", "is_applicable",
        "indicator_id", "indicator__code", "indicator__name", "indicator__method",
    ):  # fmt: skip
        found[Source(*source)].append((unit, Entered(figure, word, target, applies)))
    return found


def _match(content, old) -> list[Match]:
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


def _given(cycle, units) -> tuple[list, list, set]:
    """Adjustments (unit, number, points), vetoes (unit, number), and what tolerance voided: (unit, kind, number); 1 query."""
    nothing = Value(0, DecimalField())
    mine = {"cycle": cycle, "unit__in": units}
    effects = AssessmentEffect.objects.system().effective().filter(year=cycle.year, organization__in=units)
    adjustments = Adjustment.objects.system().filter(**mine).values_list("unit_id", Value("given"), "number", "points")
    vetoes = Veto.objects.system().filter(**mine).values_list("unit_id", Value("vetoed"), "number", nothing)
    voided = effects.filter(effect="void").values_list("organization_id", "target_kind", "target", nothing)
    rows = list(adjustments.union(vetoes, voided, all=True))
    return (
        [(unit, number, points) for unit, what, number, points in rows if what == "given"],
        [(unit, number) for unit, what, number, _points in rows if what == "vetoed"],
        {(unit, what, number) for unit, what, number, _points in rows if what not in ("given", "vetoed")},
    )


def _trial_units(cycle, units, figures, matches) -> list[TrialUnit]:
    adjustments, vetoes, voided = _given(cycle, units)
    cells = defaultdict(dict)
    for match in matches:
        for unit, cell in figures.get(match.source, ()):
            counts = cell.is_applicable and (unit, "indicator", match.source.code) not in voided
            cells[unit][match.leaf.code] = replace(cell, is_applicable=counts)
    points = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for unit, number, value in adjustments:
        if value > 0:
            points[unit][0] += value
        elif (unit, "adjustment", number) not in voided:
            points[unit][1] += value
    counted = Counter(unit for unit, number in vetoes if (unit, "veto", number) not in voided)
    return [TrialUnit(key, cells[key], *points[key], counted[key]) for key in units]


def _real(cycle, units) -> tuple[Run | None, dict[int, RunUnit]]:
    """The published run, else the latest, with the results of the units; None where there is no result (1 query)."""
    latest = Run.objects.system().filter(cycle=cycle).order_by("-pk").values("pk")[:1]
    rows = RunUnit.objects.system().filter(run=cycle.published_run_id or Subquery(latest), unit__in=units)
    rows = list(rows.select_related("run").defer(*RunUnit.FIGURES, "notes", "run__parameters", "run__effects"))
    return rows[0].run if rows else None, {row.unit_id: row for row in rows}
