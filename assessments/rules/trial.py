"""How a scheme would rank given figures: points, totals, ranks, grades, bottom of one category (engine §2, §3, §8). Pure.

The semantics are those of the yearly calculation, without its memory: no streaks, no measures, nothing stored.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from .figures import Entered
from .scoring import HUNDRED, PointRule, check_usable, compute_point

ROUNDED_AT = 25


@dataclass(frozen=True)
class TrialLeaf:
    """An indicator of the scheme that has figures."""

    code: str
    group: str
    weight: Decimal
    rule: PointRule


@dataclass(frozen=True)
class TrialUnit:
    """A unit with its figures by indicator code, its adjustments that count, and how many vetoes count."""

    key: Any
    cells: Mapping[str, Entered]
    bonuses: Decimal = Decimal(0)
    deductions: Decimal = Decimal(0)
    vetoes: int = 0


@dataclass
class TrialResult:
    """One line of a trial. `left_out` has (indicator, why) of every figure that could not be used; its weight was shared out."""

    key: Any
    base: Fraction
    bonus: Fraction
    deduction: Fraction
    total: Decimal
    vetoes: int
    groups: dict[str, Fraction]
    left_out: tuple[tuple[str, str], ...] = ()
    rank: int = 0
    n: int = 0
    grade: str = ""
    flagged: bool = False
    keys: tuple = field(default=(), repr=False)


def rounded(value: Fraction, places: int) -> Decimal:
    """The exact value quantized to 25 places half-even, then half-up to `places` (§8 'Rounding')."""
    exact = Fraction(round(abs(value) * 10**ROUNDED_AT), 10**ROUNDED_AT)
    size = Decimal(floor(exact * 10**places + Fraction(1, 2))).scaleb(-places)
    return size if value >= 0 else -size


def compute_trial(
    parameters: Mapping[str, Any], leaves: Sequence[TrialLeaf], units: Sequence[TrialUnit]
) -> tuple[list[TrialResult], list[Any]]:
    """Results in the order of ranks, and the keys of units to which no indicator with figures applies (they have no rank).

    `parameters` are the scheme's by field name (caps, lines, shares, bottom rule, tie-breakers).
    """
    counted = {unit.key: _counted(leaves, unit) for unit in units}
    pools = {
        leaf.code: [counted[unit.key][0][leaf.code].figure for unit in units if leaf.code in counted[unit.key][0]]
        for leaf in leaves
    }
    results, without = [], []
    for unit in units:
        cells, left_out = counted[unit.key]
        if cells:
            results.append(_result(parameters, leaves, unit, cells, left_out, pools))
        else:
            without.append(unit.key)
    _rank(parameters, results)
    _grade(parameters, results)
    _flag(parameters, results)
    return sorted(results, key=lambda result: (result.rank, str(result.key))), without


def _counted(leaves, unit) -> tuple[dict[str, Entered], tuple[tuple[str, str], ...]]:
    cells, left_out = {}, []
    for leaf in leaves:
        entered = unit.cells.get(leaf.code, Entered(None, "", None, True))
        if not entered.is_applicable:
            continue
        why = check_usable(leaf.rule, entered)
        if why:
            left_out.append((leaf.code, why))
        else:
            cells[leaf.code] = entered
    return cells, tuple(left_out)


def _result(parameters, leaves, unit, cells, left_out, pools) -> TrialResult:
    weights = sum((Fraction(leaf.weight) for leaf in leaves if leaf.code in cells), Fraction(0))
    groups: dict[str, Fraction] = defaultdict(Fraction)
    for leaf in leaves:
        if leaf.code in cells:
            p = compute_point(leaf.rule, cells[leaf.code], pools[leaf.code]).p
            groups[leaf.group] += Fraction(leaf.weight) * p / weights
    base = sum(groups.values(), Fraction(0))
    bonus = min(Fraction(unit.bonuses), Fraction(parameters["bonus_cap"]))
    deduction = max(Fraction(unit.deductions), Fraction(parameters["deduction_cap"]))
    total = rounded(base + bonus + deduction, parameters["places"])
    return TrialResult(unit.key, base, bonus, deduction, total, unit.vetoes, dict(groups), left_out)


def _rank(parameters, results) -> None:
    """Competition rank; tie-breakers in their order, units still equal share the rank."""
    for result in results:
        behind = parameters["veto_effect"] == "rank_last" and result.vetoes > 0
        keys: list = [not behind, result.total]
        for breaker in parameters["tie_breakers"]:
            if breaker["by"] == "group":
                keys.append(rounded(result.groups.get(breaker["group"], Fraction(0)), parameters["places"]))
            else:
                keys.append(-abs(result.deduction))
        result.keys = tuple(keys)
    for result in results:
        result.n = len(results)
        result.rank = 1 + sum(1 for other in results if other.keys > result.keys)


def _grade(parameters, results) -> None:
    sharing = Counter(result.rank for result in results)
    seats = max(floor(Fraction(parameters["excellent_share"]) * len(results)), parameters["excellent_min"])
    for result in results:
        fits = result.rank + sharing[result.rank] - 1 <= seats
        is_capped = result.vetoes > 0 and parameters["veto_effect"] == "cap_grade"
        if fits and result.total >= parameters["excellent_line"] and not result.vetoes:
            result.grade = "优秀"
        elif result.total >= parameters["good_line"] and not is_capped:
            result.grade = "良好"
        elif result.total >= parameters["pass_line"]:
            result.grade = "一般"
        else:
            result.grade = "较差"


def _flag(parameters, results) -> None:
    size = len(results)
    if size < parameters["min_class_size"]:
        return
    value = Fraction(parameters["bottom_value"])
    last = ceil(value * size / HUNDRED) if parameters["bottom_mode"] == "last_percent" else value
    for result in results:
        behind = sum(1 for other in results if other.rank > result.rank)
        not_ahead = sum(1 for other in results if other.rank >= result.rank)
        is_last = behind < last if parameters["bottom_ties"] == "all" else not_ahead <= last
        line = parameters["exempt_line"]
        result.flagged = is_last and not (line is not None and result.total >= line)
