"""Words for schemes: faults with their place, fields, and what a change of a scheme changed. Made late, in the reader's language."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.common.lists import words

from .choices import BottomMode, BottomTies, Direction, Method, VetoEffect
from .formulas import figure
from .rules.scheme_faults import Fault
from .rules.schemes import Change, Content

FIELDS = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Indicator"),
    "group": gettext_lazy("Group"),
    "weight": gettext_lazy("Weight"),
    "unit_of_measure": gettext_lazy("Unit of measure"),
    "responsible": gettext_lazy("Responsible department"),
    "method": gettext_lazy("Method"),
    "direction": gettext_lazy("Direction"),
    "params": gettext_lazy("Parameters"),
    "cap": gettext_lazy("Cap of the points"),
    "best": gettext_lazy("Best value"),
    "worst": gettext_lazy("Worst value"),
    "step": gettext_lazy("Points lost per rank"),
    "floor": gettext_lazy("Floor of the points"),
    "threshold": gettext_lazy("Threshold"),
    "table": gettext_lazy("Points by grade"),
    "bonus_cap": gettext_lazy("Cap of bonuses"),
    "deduction_cap": gettext_lazy("Cap of deductions"),
    "veto_effect": gettext_lazy("Effect of a veto"),
    "places": gettext_lazy("Decimal places of the total"),
    "excellent_share": gettext_lazy("Share of 优秀"),
    "excellent_min": gettext_lazy("At least so many 优秀"),
    "excellent_line": gettext_lazy("Line of 优秀"),
    "good_line": gettext_lazy("Line of 良好"),
    "pass_line": gettext_lazy("Line of 一般"),
    "bottom_mode": gettext_lazy("Bottom rule"),
    "bottom_value": gettext_lazy("N or percent"),
    "min_class_size": gettext_lazy("Smallest category with a bottom"),
    "exempt_line": gettext_lazy("Exempting line"),
    "bottom_ties": gettext_lazy("Ties at the bottom"),
    "tie_breakers": gettext_lazy("Tie-breakers"),
}
FAULTS = {
    "CODE_TWICE": gettext_lazy("The code “%(value)s” occurs twice. Give one of the indicators another code."),
    "NAME_TWICE": gettext_lazy("“%(value)s” occurs twice in the group. Rename one of them or remove it."),
    "VALUE_MISSING": gettext_lazy("Code, group and name must not be empty."),
    "WEIGHT_RANGE": gettext_lazy("The weight must be greater than 0 and at most 100; “%(value)s” is not."),
    "WEIGHT_TOO_LONG": gettext_lazy("The weight “%(value)s” has more than 5 decimal places. Shorten it."),
    "METHOD_UNKNOWN": gettext_lazy("“%(value)s” is no scoring method."),
    "PARAMETER_UNKNOWN": gettext_lazy("This method has no parameter “%(value)s”. Remove it."),
    "NOT_A_NUMBER": gettext_lazy("“%(value)s” is no number. Enter digits only."),
    "CAP_RANGE": gettext_lazy("The cap must be greater than 0 and at most 120; “%(value)s” is not."),
    "STEP_RANGE": gettext_lazy("The points lost per rank must be greater than 0; “%(value)s” is not."),
    "FLOOR_RANGE": gettext_lazy("The floor must lie between 0 and 100; “%(value)s” does not."),
    "BOUNDS_INCOMPLETE": gettext_lazy("Give both best and worst, or neither."),
    "BOUNDS_REVERSED": gettext_lazy("The best value %(best)s is worse than the worst %(worst)s. Exchange them or the direction."),
    "TABLE_WRONG": gettext_lazy("Write grades with points between 0 and 100, as in (优=100，良=85，中=70，差=50)."),
    "LINES_ORDER": gettext_lazy("The line of 优秀 must not lie below that of 良好, nor that below 一般."),
    "BONUS_CAP_SIGN": gettext_lazy("The cap of bonuses must not be negative."),
    "DEDUCTION_CAP_SIGN": gettext_lazy("The cap of deductions must not be positive: write −10 for at most ten points off."),
    "SHARE_RANGE": gettext_lazy("The share of 优秀 lies between 0 % and 100 %."),
    "PLACES_RANGE": gettext_lazy("A total has 0 to 6 decimal places."),
    "BOTTOM_RANGE": gettext_lazy("The bottom rule cannot take “%(value)s”: units from 0 up, or percent from 0 to 100."),
    "BOTTOM_NOT_WHOLE": gettext_lazy("“The last N” counts whole units; “%(value)s” is none."),
    "NO_INDICATORS": gettext_lazy("The scheme has no indicator yet."),
    "WEIGHTS_TOO_SMALL": gettext_lazy("The weights sum to %(sum)s; %(difference)s are missing to exactly 100."),
    "WEIGHTS_TOO_LARGE": gettext_lazy("The weights sum to %(sum)s; that is %(difference)s more than exactly 100."),
    "PARAMETER_MISSING": gettext_lazy("The parameter is missing. Fill it in."),
    "RESPONSIBLE_MISSING": gettext_lazy("Nobody submits the figures yet. Name the responsible department."),
    "RESPONSIBLE_UNKNOWN": gettext_lazy("There is no unit “%(value)s” in this county. Choose one from the list."),
    "TIE_GROUP_UNKNOWN": gettext_lazy("The tie-breaker names the group “%(value)s”, which no indicator has."),
    "NO_SCHEME": gettext_lazy("%(units)d units of this category are assessed this year, but it has no scheme. Add one."),
}  # fmt: skip
CHOICES: Mapping[str, Mapping] = {
    "method": dict(Method.choices),
    "direction": dict(Direction.choices),
    "veto_effect": dict(VetoEffect.choices),
    "bottom_mode": dict(BottomMode.choices),
    "bottom_ties": dict(BottomTies.choices),
}
CHANGES = {
    "added": pgettext_lazy("indicator", "added"),
    "dropped": pgettext_lazy("indicator", "dropped"),
    "changed": pgettext_lazy("indicator", "changed"),
    "moved": pgettext_lazy("indicator", "order changed"),
    "parameter": pgettext_lazy("indicator", "parameter of the scheme"),
}


def fault_text(fault: Fault) -> str:
    """What is wrong and what to do."""
    return str(FAULTS[fault.code]) % fault.facts


def fault_place(fault: Fault, content: Content | None) -> str:
    """Where it is wrong: indicator and field, or the scheme's parameter."""
    parts = []
    if fault.place and content:
        leaf = content.leaves[fault.place - 1]
        parts.append(" ".join(filter(None, (leaf.code, leaf.name))) or _("row %(n)d") % {"n": fault.place})
    if fault.name in FIELDS:
        parts.append(str(FIELDS[fault.name]))
    return " · ".join(parts)


def table_text(table: Mapping) -> str:
    """A grade table as it is typed: 优=100，良=85."""
    return "，".join(f"{word}={points}" for word, points in table.items())


def tie_text(breakers: Iterable[Mapping]) -> str:
    """Tie-breakers in their order."""
    named = [
        _("points of “%(group)s”") % {"group": item["group"]} if item["by"] == "group" else _("the smaller deduction")
        for item in breakers
    ]
    return words(named) or _("none: equal totals share the rank")


def params_text(params: Mapping) -> str:
    """Parameters of a method in words."""
    return words(
        f"{FIELDS[name]} {table_text(value) if name == 'table' else figure(value)}" for name, value in params.items()
    )


def value_text(name: str, value, departments: Mapping | None = None) -> str:
    """A value of a scheme or indicator as people read it."""
    if value is None or value in ("", {}):
        return "—"
    if name == "params":
        return params_text(value)
    if name == "tie_breakers":
        return tie_text(value)
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    if name == "excellent_share":
        return f"{figure(Decimal(str(value)) * 100)} %"
    if name == "responsible":
        return str((departments or {}).get(value, value))
    return figure(value) if isinstance(value, Decimal | int) else str(value)


def change_text(change: Change, departments: Mapping | None = None) -> str:
    """One change in one line: `G101 重点工作：权重 12 → 10`."""
    label = " ".join(filter(None, (change.code, change.name)))
    if change.kind == "moved":
        return _("The order of the indicators changed")
    if change.kind == "dropped":
        return _("%(leaf)s: dropped, weight %(weight)s") % {"leaf": label, "weight": figure(change.before)}
    if change.kind == "added":
        return _("%(leaf)s: added, weight %(weight)s") % {"leaf": label, "weight": figure(change.after)}
    sides = {
        "field": FIELDS[change.field],
        "before": value_text(change.field, change.before, departments),
        "after": value_text(change.field, change.after, departments),
    }
    if change.kind == "parameter":
        return _("%(field)s: %(before)s → %(after)s") % sides
    return _("%(leaf)s, %(field)s: %(before)s → %(after)s") % {"leaf": label, **sides}
