"""A unit's figures as an explanation: what a run stores in columns, put together per indicator. Pure."""

from decimal import ROUND_HALF_UP, Context, Decimal

STATES = {"c": "counted", "n": "not_applicable", "v": "void"}
SHARED = ("code", "name", "group", "method", "direction", "weight", "cap", "step", "floor", "threshold")
_EXACT = Context(prec=90, rounding=ROUND_HALF_UP)
_PLACES = Decimal("1e-25")


def text(value: Decimal) -> str:
    """A number rounded half-up to 25 places, without trailing zeros and never in scientific notation."""
    rounded = _EXACT.quantize(value, _PLACES)
    return f"{rounded.normalize(_EXACT):f}" if rounded else "0"


def explained_points(indicators, states, figures, words, targets, points, ranks, weight_counted) -> list[dict]:
    """Per indicator of a result: what stands in the scheme, then state, raw, target, p, effective weight, contribution.

    The lists run parallel to `indicators`. Effective weight is weight ÷ the weights that apply × 100, contribution is
    p × effective weight ÷ 100 (assessment engine §2); both are rounded to 25 places for showing, never calculated with.
    """
    found = []
    columns = zip(indicators, states, figures, words, targets, points, ranks, strict=True)
    for leaf, state, figure, word, target, p, rank in columns:
        point = {key: leaf[key] for key in SHARED if key in leaf} | {"state": STATES[state]}
        if word is not None or figure is not None:
            point["raw"] = text(figure) if word is None else word
        if target is not None:
            point["target"] = text(target)
        if state == "c":
            weight = Decimal(leaf["weight"])
            point["effective_weight"] = text(_EXACT.divide(weight * 100, weight_counted))
            point["p"] = text(p)
            point["contribution"] = text(_EXACT.divide(_EXACT.multiply(weight, p), weight_counted))
            point |= {key: leaf[key] for key in ("best", "worst") if key in leaf}
            if rank is not None:
                point["place"] = rank
        found.append(point)
    return found
