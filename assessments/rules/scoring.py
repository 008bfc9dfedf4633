"""From a figure to points, one indicator of one category at a time (assessment engine §2, §8 'Points'). Pure, exact.

The yearly calculation does the same inside the database; here it serves the worked examples of the scheme editor and the
trial calculation. Everything is a fraction, so nothing is rounded before the end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .figures import Entered

HUNDRED, SIXTY, FORTY = Fraction(100), Fraction(60), Fraction(40)


@dataclass(frozen=True)
class PointRule:
    """Method, direction and parameters of an indicator, the rulebook's defaults filled in where it has none of its own."""

    method: str
    direction: str = "higher"
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_higher(self) -> bool:
        """Is more better?"""
        return self.direction == "higher"

    def number(self, name: str) -> Fraction | None:
        """A parameter as an exact number, None when it is not given."""
        value = self.params.get(name)
        return None if value in (None, "") else Fraction(str(value))

    @property
    def table(self) -> Mapping[str, Any]:
        """Points by grade word."""
        return self.params.get("table") or {}


def with_defaults(method: str, direction: str, params: Mapping, *, cap, floor, table: Mapping) -> PointRule:
    """The rule of an indicator with the rulebook's cap, floor and grade table where it names none."""
    filled = {"cap": str(cap), "floor": str(floor), "table": dict(table)} | dict(params)
    return PointRule(method, direction, filled)


def check_usable(rule: PointRule, entered: Entered) -> str:
    """Why a figure cannot be turned into points by this rule: a code, empty when it can (§8 'Refusals')."""
    if rule.method == "grade":
        if not entered.word:
            return "GAP_RAW"
        return "" if entered.word in rule.table else "UNKNOWN_GRADE"
    if entered.figure is None:
        return "GAP_RAW"
    if rule.method == "direct" and not 0 <= entered.figure <= 100:
        return "DIRECT_OUT_OF_RANGE"
    if rule.method == "completion":
        if entered.target is None:
            return "GAP_TARGET"
        return "" if entered.target > 0 else "TARGET_NOT_POSITIVE"
    if (rule.method == "rank" and rule.number("step") is None) or (
        rule.method == "pass" and rule.number("threshold") is None
    ):
        return "PARAMETER_MISSING"
    return ""


@dataclass(frozen=True)
class Point:
    """Points of one figure with what they were taken against: extremes (`efficacy`), place (`rank`)."""

    p: Fraction
    best: Fraction | None = None
    worst: Fraction | None = None
    place: int | None = None


def compute_point(rule: PointRule, entered: Entered, figures: Iterable[Decimal]) -> Point:
    """Points 0–100 (completion up to its cap) of a usable figure; `figures` are all that count in the category, its own too.

    Raises ValueError for a method that does not exist.
    """
    if rule.method == "grade":
        return Point(Fraction(str(rule.table[entered.word])))
    raw = Fraction(entered.figure)
    if rule.method == "direct":
        return Point(raw)
    if rule.method == "completion":
        return Point(_completion(rule, raw, Fraction(entered.target)))
    if rule.method == "efficacy":
        return _efficacy(rule, raw, [Fraction(value) for value in figures])
    if rule.method == "rank":
        better = sum(1 for other in figures if (other > entered.figure if rule.is_higher else other < entered.figure))
        return Point(max(HUNDRED - rule.number("step") * better, rule.number("floor")), place=better + 1)
    if rule.method == "pass":
        threshold = rule.number("threshold")
        return Point(HUNDRED if (raw >= threshold if rule.is_higher else raw <= threshold) else Fraction(0))
    raise ValueError(rule.method)


def _completion(rule: PointRule, raw: Fraction, target: Fraction) -> Fraction:
    cap = rule.number("cap")
    if not rule.is_higher and raw <= 0:
        return cap
    rate = raw / target if rule.is_higher else target / raw
    return min(max(rate * HUNDRED, Fraction(0)), cap)


def _efficacy(rule: PointRule, raw: Fraction, figures: list[Fraction]) -> Point:
    best, worst = rule.number("best"), rule.number("worst")
    is_fixed = best is not None and worst is not None
    if not is_fixed:
        best, worst = max(figures), min(figures)
        if not rule.is_higher:
            best, worst = worst, best
    if best == worst:
        return Point(HUNDRED, best, worst)
    p = SIXTY + FORTY * (raw - worst) / (best - worst)
    return Point(min(max(p, Fraction(0)), HUNDRED) if is_fixed else p, best, worst)
