"""What a proposal of a bonus, deduction or veto must be. Pure."""

from datetime import date
from decimal import Decimal

PLACES, MOST = 4, Decimal(100)


def fits(size: Decimal) -> bool:
    """Can points of this size (without sign) be given? Above 0, at most 100, at most 4 decimal places."""
    return 0 < size <= MOST and -size.normalize().as_tuple().exponent <= PLACES


def check_item(item: str, points: Decimal | None, occurred_on: date, year: int, today: date) -> list[tuple[str, str]]:
    """Everything wrong with a proposal as (code, field); `points` is the size without sign, none for a veto."""
    faults = []
    if item == "veto":
        if points is not None:
            faults.append(("VETO_HAS_NO_POINTS", "points"))
    elif points is None:
        faults.append(("POINTS_MISSING", "points"))
    elif not fits(points):
        faults.append(("POINTS_RANGE", "points"))
    if occurred_on.year != year:
        faults.append(("DATE_OUTSIDE_YEAR", "occurred_on"))
    elif occurred_on > today:
        faults.append(("DATE_IN_FUTURE", "occurred_on"))
    return faults


def signed(item: str, points: Decimal | None) -> Decimal | None:
    """Points as they are stored: above 0 for a bonus, below for a deduction, none for a veto."""
    if points is None:
        return None
    return points if item == "bonus" else -points
