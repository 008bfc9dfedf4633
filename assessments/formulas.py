"""The points of one indicator in words and in its own figures. Read from what the run stored, never computed again."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.common.lists import clauses

METHOD_FORMULAS = {
    "direct": gettext_lazy("p = raw (0–100)"),
    "completion": gettext_lazy("p = raw ÷ target × 100, lower is better: target ÷ raw × 100; at most the cap"),
    "efficacy": gettext_lazy("p = 60 + 40 × (raw − worst) ÷ (best − worst)"),
    "rank": gettext_lazy("p = 100 − step × (rank − 1), at least the floor"),
    "grade": gettext_lazy("p = the table's points for the grade"),
    "pass": gettext_lazy("p = 100 when the threshold is met, else 0"),
}


def figure(text) -> str:
    """A stored number without trailing zeros and with a true minus sign."""
    return f"{Decimal(str(text)).normalize():f}".replace("-", "\N{MINUS SIGN}")


def _signed(text) -> str:
    """A number as it stands behind a sign: negative ones in brackets."""
    shown = figure(text)
    return f"({shown})" if shown.startswith("\N{MINUS SIGN}") else shown


def point_data(point: dict) -> str:
    """The figures of one indicator as the formula takes them, to the last digit: raw, target, extremes, rank, p, share."""
    if point["state"] == "void":
        return _("Not counted by a tolerance decision; its weight goes to the other indicators.")
    if point["state"] == "not_applicable":
        return _("Does not apply to the unit; its weight goes to the other indicators.")
    parts = [_("raw %(value)s") % {"value": point["raw"]}]
    for key, text in (
        ("target", _("target %(value)s")),
        ("best", _("best %(value)s")),
        ("worst", _("worst %(value)s")),
    ):
        if point.get(key) is not None:
            parts.append(text % {"value": point[key]})
    if point.get("place"):
        parts.append(_("rank %(value)s") % {"value": point["place"]})
    for key, text in (
        ("cap", _("cap %(value)s")),
        ("step", _("step %(value)s")),
        ("floor", _("floor %(value)s")),
        ("threshold", _("threshold %(value)s")),
    ):
        if point.get(key) is not None:
            parts.append(text % {"value": figure(point[key])})
    if point.get("direction") == "lower":
        parts.append(_("lower is better"))
    parts.append(_("p = %(p)s") % {"p": point["p"]})
    parts.append(_("effective weight %(value)s") % {"value": point["effective_weight"]})
    parts.append(_("contribution = p × effective weight ÷ 100 = %(value)s") % {"value": point["contribution"]})
    return clauses(parts)


def worked(point: dict) -> str:
    """The method's formula with the unit's own figures: `30 ÷ 37 × 100`. Empty where the points are the figure itself."""
    if point["state"] != "counted" or point["method"] == "direct":
        return ""
    return _WORKED[point["method"]](point, point.get("direction") == "lower")


def _completion(point, is_lower):
    raw, target = _signed(point["raw"]), _signed(point["target"])
    if is_lower and Decimal(point["raw"]) <= 0:
        return _("%(raw)s: the cap %(cap)s") % {"raw": figure(point["raw"]), "cap": figure(point["cap"])}
    shown = f"{target} ÷ {raw} × 100" if is_lower else f"{raw} ÷ {target} × 100"
    if Decimal(point["raw"]) < 0:
        return _("%(formula)s, at least %(floor)s") % {"formula": shown, "floor": 0}
    if Decimal(point["p"]) == Decimal(str(point["cap"])):
        return _("%(formula)s, at most %(cap)s") % {"formula": shown, "cap": figure(point["cap"])}
    return shown


def _efficacy(point, _is_lower):
    if Decimal(point["best"]) == Decimal(point["worst"]):
        return _("best and worst are equal: 100")
    raw, best, worst = figure(point["raw"]), figure(point["best"]), _signed(point["worst"])
    shown = f"60 + 40 × ({raw} − {worst}) ÷ ({best} − {worst})"
    low, high = sorted((Decimal(point["best"]), Decimal(point["worst"])))
    if low <= Decimal(point["raw"]) <= high:
        return shown
    limit = figure(point["p"])  # beyond the scheme's fixed bounds the points stop at 0 or 100
    if Decimal(point["p"]) == 100:
        return _("%(formula)s, at most %(cap)s") % {"formula": shown, "cap": limit}
    return _("%(formula)s, at least %(floor)s") % {"formula": shown, "floor": limit} if limit == "0" else shown


def _rank(point, _is_lower):
    if "step" not in point:
        return ""
    shown = f"100 − {figure(point['step'])} × ({point['place']} − 1)"
    if Decimal(point["p"]) == Decimal(str(point["floor"])):
        return _("%(formula)s, at least %(floor)s") % {"formula": shown, "floor": figure(point["floor"])}
    return shown


def _grade(point, _is_lower):
    return f"{point['raw']} → {figure(point['p'])}"


def _pass(point, is_lower):
    if "threshold" not in point:
        return ""
    met = Decimal(point["p"]) > 0
    sign = {(True, True): "≤", (True, False): ">", (False, True): "≥", (False, False): "<"}[is_lower, met]
    return f"{figure(point['raw'])} {sign} {figure(point['threshold'])}"


_WORKED = {"completion": _completion, "efficacy": _efficacy, "rank": _rank, "grade": _grade, "pass": _pass}
