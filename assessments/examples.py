"""Worked examples of the scheme editor: each method with numbers, computed by the rules of the calculation.

The numbers are a real unit's of the year before where it reported any under the indicator's code, else made up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from foundation.common.lists import words

from .formulas import figure, worked
from .rules.figures import Entered
from .rules.scoring import PointRule, check_usable, compute_point
from .rules.trial import rounded
from .selectors.past_figures import PastFigures

SHOWN_PLACES = 4
AGAINST_OTHERS = ("efficacy", "rank")  # methods that look at the whole category


@dataclass(frozen=True)
class Example:
    """`given`: the figures of the example in words; `formula`: the method with them; `points`; `share` of the total.

    `is_real`: they are a unit's of the year before.
    """

    given: str
    formula: str
    points: str
    share: str = ""
    is_real: bool = False


def _real(rule: PointRule, past: PastFigures) -> tuple[str, Entered, Sequence[Decimal]] | None:
    """The unit in the middle with its figure and those of the category; None where the method can use none of them."""
    usable = [(unit, entered) for unit, entered in past.figures if not check_usable(rule, entered)]
    if not usable:
        return None
    if rule.method == "grade":
        order = sorted(usable, key=lambda one: compute_point(rule, one[1], ()).p)
    else:
        order = sorted(usable, key=lambda one: one[1].figure)
    unit, entered = order[len(order) // 2]
    return unit, entered, [other.figure for _unit, other in usable if rule.method in AGAINST_OTHERS]


def _samples(rule: PointRule) -> tuple[Entered, Sequence[Decimal]]:
    """A figure with the figures of the category (its own too), chosen so that the method shows what it does."""
    number = rule.number
    if rule.method == "grade":
        words_of_table = list(rule.table)
        return Entered(None, words_of_table[min(1, len(words_of_table) - 1)] if words_of_table else "", None, True), ()
    if rule.method == "completion":
        return Entered(Decimal("92") if rule.is_higher else Decimal("125"), "", Decimal(100), True), ()
    if rule.method == "efficacy" and number("best") is not None and number("worst") is not None:
        best, worst = Decimal(rule.params["best"]), Decimal(rule.params["worst"])
        return Entered(worst + (best - worst) * Decimal("0.75"), "", None, True), ()
    if rule.method == "efficacy":
        figures = [Decimal(98), Decimal(92), Decimal(80)]
        return Entered(figures[1], "", None, True), figures
    if rule.method == "rank":
        figures = [Decimal(98), Decimal(95), Decimal(95), Decimal(88)]
        return Entered(figures[3] if rule.is_higher else figures[0], "", None, True), figures
    if rule.method == "pass":
        return Entered(Decimal(str(rule.params["threshold"])), "", None, True), ()
    return Entered(Decimal("92.5"), "", None, True), ()


def example_for(
    rule: PointRule, weight: Decimal | None, name: str = "", past: PastFigures | None = None
) -> Example | None:
    """The example of an indicator; None while a parameter is missing. Nothing of it is stored.

    `past`: what units reported under its code the year before; `name`: of the indicator now.
    """
    if (rule.method == "pass" and rule.number("threshold") is None) or (
        rule.method == "rank" and rule.number("step") is None
    ):
        return None
    real = _real(rule, past) if past else None
    entered, figures = real[1:] if real else _samples(rule)
    if check_usable(rule, entered):
        return None
    point = compute_point(rule, entered, figures)
    shown = {
        "state": "counted",
        "method": rule.method,
        "raw": entered.word or _text(entered.figure),
        "target": _text(entered.target),
        "p": str(rounded(point.p, SHOWN_PLACES)),
        "best": _fraction(point.best),
        "worst": _fraction(point.worst),
        "direction": rule.direction,
        **{name: rule.params.get(name) for name in ("cap", "step", "floor", "threshold")},
        "place": point.place,
    }
    share = point.p * Fraction(weight) / 100 if weight else None
    return Example(
        given=_reported(rule, real, point, name, past) if real else _given(rule, entered, figures),
        formula=_formula(rule, {key: value for key, value in shown.items() if value is not None}),
        points=figure(rounded(point.p, SHOWN_PLACES)),
        is_real=real is not None,
        share=f"{figure(shown['p'])} × {figure(weight)} % = {figure(rounded(share, SHOWN_PLACES))}" if weight else "",
    )


def _formula(rule, shown) -> str:
    """The method with the example's figures, up to the sign before the points; a grade needs none."""
    if rule.method == "grade":
        return ""
    formula = worked(shown)
    return f"{formula} {'→' if rule.method == 'pass' else '='}" if formula else ""


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(rounded(value, SHOWN_PLACES))


def _reported(rule, real, point, name, past) -> str:
    """Year, unit and figure; what the indicator was called then, where it was called otherwise; the place where it counts."""
    unit, entered, figures = real
    parts = [_given(rule, entered, ())]
    if point.place:
        parts.append(_("rank %(place)d of %(n)d") % {"place": point.place, "n": len(figures)})
    if name and name != past.name:
        parts.append(_("then called “%(name)s”") % {"name": past.name})
    return _("%(year)d, %(unit)s: %(figures)s") % {"year": past.year, "unit": unit, "figures": words(parts)}


def _given(rule, entered, figures) -> str:
    raw = entered.word or figure(entered.figure)
    if rule.method == "completion":
        return _("figure %(raw)s, target %(target)s") % {"raw": raw, "target": figure(entered.target)}
    if rule.method == "grade":
        return _("grade %(raw)s") % {"raw": raw}
    if figures:
        all_figures = words(figure(value) for value in figures)
        return _("figure %(raw)s, the category's figures %(all)s") % {"raw": raw, "all": all_figures}
    return _("figure %(raw)s") % {"raw": raw}
