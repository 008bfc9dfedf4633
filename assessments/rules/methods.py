"""The scoring methods and what may be said about each (assessment engine §2 table, §8). Pure."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

METHODS = ("direct", "completion", "efficacy", "rank", "grade", "pass")
DIRECTIONS = ("higher", "lower")
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "direct": (),
    "completion": ("cap",),
    "efficacy": ("best", "worst"),
    "rank": ("step", "floor"),
    "grade": ("table",),
    "pass": ("threshold",),
}
NEEDED: Mapping[str, tuple[str, ...]] = {"rank": ("step",), "pass": ("threshold",)}
METHOD_PARAMETERS = tuple(dict.fromkeys(name for names in ALLOWED.values() for name in names))
NUMBERS = tuple(name for name in METHOD_PARAMETERS if name != "table")
HUNDRED = Decimal(100)  # points of an indicator at full marks; also percent
CAP_MOST = Decimal(120)  # highest cap of a completion, in points


def number_of(value: object) -> Decimal | None:
    """A finite number below 10¹⁵ given as text or number, else None."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 15 else None


def are_reversed(best: Decimal, worst: Decimal, direction: str) -> bool:
    """Does the best bound of an efficacy coefficient lie on the worse side?"""
    return (best < worst) if direction == "higher" else (best > worst)
