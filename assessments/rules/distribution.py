"""How figures of a category lie: middle, quarters, classes for a histogram, steps of a heat map. Exact decimals."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

HEAT_STEPS = 7
NICE = (Decimal("0.01"), Decimal("0.02"), Decimal("0.05"), Decimal("0.1"), Decimal("0.2"), Decimal("0.5"), Decimal(1),
        Decimal(2), Decimal(5), Decimal(10), Decimal(20), Decimal(50))  # fmt: skip


def median(values) -> Decimal | None:
    """The middle value, of an even number the mean of the two middle ones; None of no values."""
    return quantile(values, Decimal("0.5"))


def quantile(values, share: Decimal) -> Decimal | None:
    """The value below which `share` of the values lie, linear between neighbours (as spreadsheets' QUARTILE.INC)."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@dataclass(frozen=True)
class Spread:
    """Five figures of a set of values, and how many there are."""

    count: int
    low: Decimal
    first: Decimal
    middle: Decimal
    third: Decimal
    high: Decimal


def spread(values) -> Spread | None:
    """Lowest, quarters, middle, highest; None of no values."""
    values = list(values)
    if not values:
        return None
    first, middle, third = (quantile(values, Decimal(share)) for share in ("0.25", "0.5", "0.75"))
    return Spread(len(values), min(values), first, middle, third, max(values))


def _floor(value: Decimal, step: Decimal) -> Decimal:
    """Which multiple of the step lies at or below the value (decimals divide towards zero, this does not)."""
    return (value / step).to_integral_value(ROUND_FLOOR)


def nice_step(low: Decimal, high: Decimal, most: int) -> Decimal:
    """The smallest round step that needs at most `most` classes from `low` to `high`."""
    return next((step for step in NICE if classes_needed(low, high, step) <= most), NICE[-1])


def classes_needed(low: Decimal, high: Decimal, step: Decimal) -> int:
    """How many classes [k·step, (k+1)·step) the values from `low` to `high` touch."""
    return int(_floor(high, step) - _floor(low, step)) + 1


@dataclass(frozen=True)
class Class:
    """One column of a histogram: values from `low` up to, not including, `high`; `members` are their keys."""

    low: Decimal
    high: Decimal
    members: tuple


def histogram(values: dict, most: int = 10) -> list[Class]:
    """Classes of equal round width over `values` (key → figure), empty ones between them included."""
    if not values:
        return []
    step = nice_step(min(values.values()), max(values.values()), most)
    start = _floor(min(values.values()), step) * step
    count = classes_needed(min(values.values()), max(values.values()), step)
    found: list[list] = [[] for _ in range(count)]
    for key, value in values.items():
        found[int((value - start) // step)].append(key)
    return [Class(start + step * number, start + step * (number + 1), tuple(keys)) for number, keys in enumerate(found)]


def heat_step(points: Decimal) -> int:
    """Which of the heat map's steps points p have: 0 below 50, then one step for each ten, the last from 100."""
    return min(max(int(points // 10) - 4, 0), HEAT_STEPS - 1)


def heat_edges() -> list[tuple[int | None, int | None]]:
    """From and below of each step, None at the open ends."""
    return [(None, 50), *((low, low + 10) for low in range(50, 100, 10)), (100, None)]
