"""The assessment semantics once more, from the page alone, in `fractions.Fraction`: slow, small, exact.

Every function names the section of the semantics it reads. Points and weights are fractions; rounding happens in
`rounded` and nowhere else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from .spec import DEFAULT_GRADES, County, Indicator, Scheme, Score

STEPS = ("none", "reminder_talk", "admonishment", "post_adjustment")
HIGHEST_CAP = 120


class Refusal(NamedTuple):
    """Why the run refuses; unit or indicator is empty where the fault lies in the scheme alone."""

    code: str
    category: str
    unit: str
    indicator: str


@dataclass
class Point:
    """One applicable (unit, indicator): everything exact."""

    unit: str
    indicator: str
    group: str
    raw: object
    target: object
    p: Fraction
    weight: Fraction
    effective_weight: Fraction = Fraction(0)

    @property
    def contribution(self) -> Fraction:
        return self.effective_weight * self.p / 100


@dataclass
class UnitResult:
    """One line of the result; names as in the expected files."""

    category: str
    unit: str
    base: Fraction
    bonus: Fraction
    deduction: Fraction
    vetoes: int
    total: Fraction
    groups: dict[str, Fraction]
    rank: int = 0
    n: int = 0
    grade: str = ""
    flagged: int = 0
    shielded: int = 0
    mitigated: int = 0
    streak: int = 0
    flags_in_window: int = 0
    step: str = "none"


@dataclass(frozen=True)
class Measure:
    """One line of the measures: a proposal, or a post left to a manual decision with its reason."""

    year: int
    unit: str
    post: str
    person: str
    days: int
    step: str
    status: str
    reason: str


@dataclass
class Outcome:
    """Either refusals, or results, points and measures."""

    refusals: list[Refusal] = field(default_factory=list)
    units: dict[str, UnitResult] = field(default_factory=dict)
    points: dict[tuple[str, str], Point] = field(default_factory=dict)
    measures: list[Measure] = field(default_factory=list)


def rounded(value: Fraction, places: int) -> Fraction:
    """Half-up (ties away from zero) of the value quantized to 25 places half-even (§8 Rounding)."""
    exact = Fraction(round(abs(value) * 10**25), 10**25)
    size = Fraction(floor(exact * 10**places + Fraction(1, 2)), 10**places)
    return size if value >= 0 else -size


def assess(county: County) -> Outcome:
    """§1–§5 for one cycle: refuse with every reason, or calculate everything."""
    applicable = {unit: _applicable(county, unit) for unit in sorted(county.units)}
    refusals = _refusals(county, applicable)
    if refusals:
        return Outcome(refusals=refusals)
    outcome = Outcome()
    for category in sorted(set(county.units.values())):
        members = [unit for unit in sorted(county.units) if county.units[unit] == category]
        scheme = county.schemes[category]
        points = _points(scheme, {unit: applicable[unit] for unit in members})
        outcome.points.update({(point.unit, point.indicator): point for point in points})
        results = [_unit_result(county, unit, [point for point in points if point.unit == unit]) for unit in members]
        _rank(scheme, results)
        _grade(scheme, results)
        _flag(scheme, results)
        for result in results:
            _climb(county, result)
        outcome.units.update({result.unit: result for result in sorted(results, key=lambda r: (r.rank, r.unit))})
    for unit in sorted(outcome.units):
        outcome.measures += _measures(county, outcome.units[unit])
    return outcome


# --- inputs -----------------------------------------------------------------------------------------------------------


def _effects(county: County, unit: str, effect: str):
    """Effective tolerance decisions on this unit and year (§4, §8 Tolerance)."""
    return [e for e in county.effects if e.is_effective and (e.unit, e.year, e.effect) == (unit, county.year, effect)]


def _voided(county: County, unit: str, kind: str) -> set[str]:
    return {e.target for e in _effects(county, unit, "void") if e.target_kind == kind}


def _applicable(county: County, unit: str) -> dict[str, Score]:
    """Scores of the indicators that apply: neither 不适用 nor voided (§2, §4). A missing one is an empty score."""
    scores = county.scores.get(unit, {})
    voided = _voided(county, unit, "indicator")
    codes = [indicator.code for indicator in county.schemes[county.units[unit]].indicators]
    kept = {code: scores.get(code, Score()) for code in codes if code not in voided}
    return {code: score for code, score in kept.items() if score.is_applicable}


def _refusals(county: County, applicable: dict[str, dict[str, Score]]) -> list[Refusal]:
    """Every reason at once (§2 gaps, §8 Refusals)."""
    found = []
    for category in sorted(set(county.units.values())):
        scheme = county.schemes[category]
        if sum(Fraction(indicator.weight) for indicator in scheme.indicators) != 100:
            found.append(Refusal("weights_not_100", category, "", ""))
        for indicator in scheme.indicators:
            if indicator.method == "completion" and Fraction(indicator.params.get("cap", 100)) > HIGHEST_CAP:
                found.append(Refusal("cap_too_high", category, "", indicator.code))
            if indicator.method == "efficacy" and ("best" in indicator.params) != ("worst" in indicator.params):
                found.append(Refusal("bounds_incomplete", category, "", indicator.code))
    for unit, scores in applicable.items():
        category = county.units[unit]
        if not scores:
            found.append(Refusal("no_applicable_indicator", category, unit, ""))
        for indicator in county.schemes[category].indicators:
            if indicator.code in scores:
                codes = _faults(indicator, scores[indicator.code])
                found += [Refusal(code, category, unit, indicator.code) for code in codes]
    return found


def _faults(indicator: Indicator, score: Score) -> list[str]:
    faults = []
    if indicator.method == "grade":
        if not score.word:
            faults.append("missing_figure")
        elif score.word not in indicator.params.get("table", DEFAULT_GRADES):
            faults.append("unknown_grade")
    elif score.figure is None:
        faults.append("missing_figure")
    elif indicator.method == "direct" and not 0 <= Fraction(score.figure) <= 100:
        faults.append("direct_out_of_range")
    if indicator.method == "completion":
        if score.target is None:
            faults.append("missing_target")
        elif Fraction(score.target) <= 0:
            faults.append("target_not_positive")
    return faults


# --- §2 points --------------------------------------------------------------------------------------------------------


def _points(scheme: Scheme, applicable: dict[str, dict[str, Score]]) -> list[Point]:
    points = []
    for indicator in scheme.indicators:
        scores = {unit: scores[indicator.code] for unit, scores in applicable.items() if indicator.code in scores}
        figures = {unit: Fraction(score.figure) for unit, score in scores.items() if score.figure is not None}
        for unit, score in scores.items():
            raw = score.word if indicator.method == "grade" else score.figure
            p = _method(indicator, unit, score, figures)
            target = score.target if indicator.method == "completion" else None
            points.append(Point(unit, indicator.code, indicator.group, raw, target, p, Fraction(indicator.weight)))
    shares = defaultdict(Fraction)
    for point in points:
        shares[point.unit] += point.weight
    for point in points:
        point.effective_weight = point.weight * 100 / shares[point.unit]
    return points


def _method(indicator: Indicator, unit: str, score: Score, figures: dict[str, Fraction]) -> Fraction:
    """p of one unit for one indicator; `figures` are the category's applicable ones (§2 table, §8 Points)."""
    params = indicator.params
    higher = indicator.direction == "higher"
    if indicator.method == "grade":
        return Fraction(params.get("table", DEFAULT_GRADES)[score.word])
    raw = figures[unit]
    if indicator.method == "direct":
        return raw
    if indicator.method == "completion":
        cap, target = Fraction(params.get("cap", 100)), Fraction(score.target)
        if not higher and raw <= 0:
            return cap
        rate = raw / target if higher else target / raw
        return min(max(rate * 100, Fraction(0)), cap)
    if indicator.method == "efficacy":
        fixed = "best" in params
        best = Fraction(params["best"]) if fixed else (max if higher else min)(figures.values())
        worst = Fraction(params["worst"]) if fixed else (min if higher else max)(figures.values())
        if best == worst:
            return Fraction(100)
        p = 60 + 40 * (raw - worst) / (best - worst)
        return min(max(p, Fraction(0)), Fraction(100)) if fixed else p
    if indicator.method == "rank":
        better = sum(1 for other in figures.values() if (other > raw if higher else other < raw))
        return max(100 - Fraction(params["step"]) * better, Fraction(params.get("floor", 60)))
    if indicator.method == "pass":
        threshold = Fraction(params["threshold"])
        return Fraction(100 if (raw >= threshold if higher else raw <= threshold) else 0)
    raise ValueError(f"no such method: {indicator.method}")


def _unit_result(county: County, unit: str, points: list[Point]) -> UnitResult:
    """Base, adjustments after void and cap, total rounded once (§2, §4, §8)."""
    scheme = county.schemes[county.units[unit]]
    base = sum((point.contribution for point in points), Fraction(0))
    groups = defaultdict(Fraction)
    for point in points:
        groups[point.group] += point.contribution
    spared = _voided(county, unit, "adjustment")
    own = [(a.number, Fraction(a.points)) for a in county.adjustments if a.unit == unit]
    bonus = sum((points for _, points in own if points > 0), Fraction(0))
    deduction = sum((points for number, points in own if points < 0 and number not in spared), Fraction(0))
    bonus = min(bonus, Fraction(scheme.bonus_cap))
    deduction = max(deduction, Fraction(scheme.deduction_cap))
    forgiven = _voided(county, unit, "veto")
    vetoes = sum(1 for veto in county.vetoes if veto.unit == unit and veto.number not in forgiven)
    return UnitResult(
        category=county.units[unit],
        unit=unit,
        base=base,
        bonus=bonus,
        deduction=deduction,
        vetoes=vetoes,
        total=rounded(base + bonus + deduction, scheme.places),
        groups=dict(groups),
        shielded=int(bool(_effects(county, unit, "shield"))),
        mitigated=int(bool(_effects(county, unit, "mitigate"))),
    )


# --- §3 ranking, grades, bottom ---------------------------------------------------------------------------------------


def _rank(scheme: Scheme, results: list[UnitResult]) -> None:
    """Competition rank; larger keys are better, equal keys share the rank (§3, §8 Vetoes, Ties)."""

    def key(result: UnitResult):
        parts = [not (scheme.veto_effect == "rank_last" and result.vetoes), result.total]
        for breaker in scheme.tie_breakers:
            if breaker["by"] == "group":
                parts.append(rounded(result.groups.get(breaker["group"], Fraction(0)), scheme.places))
            else:
                parts.append(-abs(result.deduction))
        return tuple(parts)

    for result in results:
        result.n = len(results)
        result.rank = 1 + sum(1 for other in results if key(other) > key(result))


def _grade(scheme: Scheme, results: list[UnitResult]) -> None:
    sharing = Counter(result.rank for result in results)
    quota = max(floor(Fraction(scheme.excellent_share) * len(results)), scheme.excellent_min)
    for result in results:
        last_place = result.rank + sharing[result.rank] - 1
        excellent = last_place <= quota and result.total >= Fraction(scheme.excellent_line) and not result.vetoes
        capped = bool(result.vetoes) and scheme.veto_effect == "cap_grade"
        if excellent:
            result.grade = "优秀"
        elif result.total >= Fraction(scheme.good_line) and not capped:
            result.grade = "良好"
        elif result.total >= Fraction(scheme.pass_line):
            result.grade = "一般"
        else:
            result.grade = "较差"


def _flag(scheme: Scheme, results: list[UnitResult]) -> None:
    """Bottom rule (§3, §8 Bottom)."""
    size = len(results)
    if size < scheme.min_class_size:
        return
    value = Fraction(scheme.bottom_value)
    last = ceil(value * size / 100) if scheme.bottom_mode == "last_percent" else int(value)
    for result in results:
        behind = sum(1 for other in results if other.rank > result.rank)
        not_ahead = sum(1 for other in results if other.rank >= result.rank)
        in_last = behind < last if scheme.bottom_ties == "all" else not_ahead <= last
        exempt = scheme.exempt_line is not None and result.total >= Fraction(scheme.exempt_line)
        result.flagged = int(in_last and not exempt)


def _climb(county: County, result: UnitResult) -> None:
    """Streak, window, ladder, tolerance (§3, §4, §8 Streak and window)."""
    past = county.history.get(result.unit, {})
    carries = county.schemes[result.category].carry_streak_over_category_change
    counted = {year for year, was in past.items() if year < county.year and was.flagged and not was.shielded}
    if result.flagged and not result.shielded:
        counted.add(county.year)
    year = county.year
    while year in counted:
        elsewhere = year < county.year and past[year].category not in (None, result.category)
        if elsewhere and not carries:
            break
        result.streak += 1
        year -= 1
    ladder = county.ladder
    result.flags_in_window = sum(1 for year in counted if year > county.year - ladder.window_years)
    if not result.flagged or result.shielded:
        return
    rungs = [rung for rung in ladder.by_streak if rung <= result.streak]
    severity = STEPS.index(ladder.by_streak[max(rungs)]) if rungs else 0
    if result.flags_in_window >= ladder.window_flags:
        severity = max(severity, STEPS.index(ladder.window_step))
    result.step = STEPS[max(severity - result.mitigated, 0)]


# --- §5 people --------------------------------------------------------------------------------------------------------


def _days(county: County, starts_on: date, ends_on: date | None) -> int:
    """Days of a spell inside the year, both ends counted."""
    first = max(starts_on, date(county.year, 1, 1))
    last = min(ends_on or date.max, date(county.year, 12, 31))
    return max((last - first).days + 1, 0)


def _measures(county: County, result: UnitResult) -> list[Measure]:
    """Per principal post the holder with the most days; one proposal per person and unit (§5, §8 People)."""
    if result.step == "none":
        return []
    rows = []
    for post in county.posts:
        if post.unit == result.unit and post.is_principal:
            held = Counter()
            for spell in post.spells:
                held[spell.person] += _days(county, spell.starts_on, spell.ends_on)
            most = max(held.values(), default=0)
            people = sorted(person for person, days in held.items() if days == most) if most else []
            reason = {0: "vacant", 1: ""}.get(len(people), "equal_days")
            if not reason and most < county.min_tenure_days:
                reason = "short_tenure"
            person = people[0] if len(people) == 1 else ""
            status = "manual" if reason else "proposal"
            rows.append(Measure(county.year, result.unit, post.title, person, most, result.step, status, reason))
    kept = []
    for row in sorted(rows, key=lambda row: (row.status == "manual", -row.days)):
        if not row.person or row.person not in {other.person for other in kept}:
            kept.append(row)
    return [row for row in rows if any(row is other for other in kept)]
