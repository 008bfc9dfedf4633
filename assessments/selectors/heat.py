"""The heat map indicator × unit of a category, and how its totals and indicators are distributed."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.common.templatetags.ui import rounded

from ..formulas import figure
from ..models import RunUnit
from ..rules.distribution import Class, Spread, heat_edges, heat_step, histogram, spread
from .points import CategoryPoints, Head, Point

TOTAL = "total"
DASH = "—"


@dataclass(frozen=True)
class Cell:
    """One field of the heat map: the point, and its step of colour (None where the indicator does not count).

    `title`: unit, indicator and all figures in words; `shown`: the points in the field.
    """

    head: Head
    point: Point | None
    step: int | None
    title: str
    shown: str


@dataclass(frozen=True)
class HeatRow:
    """One unit of the heat map."""

    row: RunUnit
    cells: list[Cell]


def heat_rows(points: CategoryPoints, sort: str = "") -> list[HeatRow]:
    """Units with their fields, by rank or by an indicator (`T01` the lowest first, `-T01` the highest first).

    Units for which the sorting indicator does not count come last, either way. An unknown key sorts by rank.
    """
    words = (
        _(
            "%(unit)s · %(name)s: raw %(raw)s, target %(target)s, points %(p)s, weight %(weight)s, contribution %(contribution)s"
        ),
        _("does not count"),
    )
    rows = [
        HeatRow(
            row,
            [_cell(str(row.unit), head, points.cells.get((row.unit_id, head.code)), words) for head in points.heads],
        )
        for row in points.rows
    ]
    key, falling = sort.lstrip("-"), sort.startswith("-")
    if key == "rank" and falling:
        return rows[::-1]
    places = {head.code: number for number, head in enumerate(points.heads)}
    if key not in places:
        return rows
    known = [row for row in rows if row.cells[places[key]].step is not None]
    unknown = [row for row in rows if row.cells[places[key]].step is None]
    return [*sorted(known, key=lambda row: row.cells[places[key]].point.p, reverse=falling), *unknown]


def _cell(unit: str, head: Head, point: Point | None, words: tuple[str, str]) -> Cell:
    figures, nothing = words
    if point is None or not point.is_counted:
        return Cell(head, point, None, f"{unit} · {head.name}: {nothing}", DASH)
    title = figures % {
        "unit": unit,
        "name": head.name,
        "raw": point.raw,
        "target": point.target or DASH,
        "p": figure(point.p),
        "weight": figure(point.effective_weight),
        "contribution": figure(point.contribution),
    }
    return Cell(head, point, heat_step(point.p), title, rounded(point.p, 0 if point.p == int(point.p) else 1))


def heat_legend() -> list[tuple[int, str]]:
    """Steps of the colour with the points that they stand for."""
    words = [
        f"< {high}" if low is None else f"≥ {low}" if high is None else f"{low}–{high}" for low, high in heat_edges()
    ]
    return list(enumerate(words))


@dataclass(frozen=True)
class Measured:
    """What can be looked at on the page of distributions: the total, or an indicator, with its five figures."""

    code: str
    name: str
    weight: Decimal | None
    spread: Spread | None
    own: Decimal | None


def values_of(points: CategoryPoints, code: str) -> dict[int, Decimal]:
    """Totals, or points of an indicator, by unit."""
    if code == TOTAL:
        return {row.unit_id: row.total for row in points.rows}
    return points.counted(code)


def measured_of(points: CategoryPoints, unit_id: int | None, total_name: str) -> list[Measured]:
    """The total and every indicator with lowest, quarters, middle, highest, and the value of the unit in question."""
    heads = [(TOTAL, total_name, None), *((head.code, head.name, head.weight) for head in points.heads)]
    return [
        Measured(code, name, weight, spread(values.values()), values.get(unit_id))
        for code, name, weight, values in ((*head, values_of(points, head[0])) for head in heads)
    ]


@dataclass(frozen=True)
class Column:
    """One class of the histogram with its units in rank order."""

    reach: Class
    units: list[RunUnit]
    is_own: bool


def columns_of(points: CategoryPoints, code: str, unit_id: int | None) -> list[Column]:
    """The histogram of the total or an indicator."""
    by_id = {row.unit_id: row for row in points.rows}
    return [
        Column(each, [by_id[key] for key in each.members], unit_id in each.members)
        for each in histogram(values_of(points, code))
    ]
