"""Charts of the assessment in the words of the trade, drawn by `foundation.common.plots` from what selectors found."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from foundation.common.plots import Series, column_chart, line_chart, ticks
from foundation.common.templatetags.ui import rounded

from .formulas import figure


@dataclass(frozen=True)
class Axis:
    """The axis of a column of row charts; `lines` are drawn through every row, `figures` stand above."""

    low: Decimal
    high: Decimal
    lines: tuple = ()

    @property
    def figures(self) -> list:
        """Ends and lines, each once."""
        return sorted({self.low, self.high, *self.lines})


def tens_around(values) -> tuple[Decimal, Decimal]:
    """The tens below the lowest and above the highest value, never the same."""
    low = (min(values) / 10).to_integral_value(ROUND_FLOOR) * 10
    high = (max(values) / 10).to_integral_value(ROUND_CEILING) * 10
    return low, high if high > low else low + 10


def totals_axis(rows) -> Axis | None:
    """The axis of a ranking: tens around the totals of now and of the year before, with the lines of the grades."""
    if not rows:
        return None
    totals = [row.total for row in rows]
    totals += [row.previous.total for row in rows if getattr(row, "previous", None)]
    notes = rows[0].notes
    lines = [Decimal(notes[key]) for key in ("pass_line", "good_line", "excellent_line")]
    low, high = tens_around(totals)
    return Axis(low, high, tuple(line for line in lines if low < line < high))


def points_axis(spreads) -> Axis:
    """The axis of the indicators' points: from the tens below the lowest to 100 or what exceeds it."""
    known = [each for each in spreads if each]
    low, high = tens_around([Decimal(100), *(each.low for each in known), *(each.high for each in known)])
    return Axis(low, high, (Decimal(100),) if high > 100 else ())


def years_charts(name: str, lines) -> dict:
    """Rank and total of one unit over the years."""
    years = [line.year for line in lines]
    breaks = [
        (place, _("category changed to %(category)s") % {"category": line.category_label})
        for place, line in enumerate(lines)
        if line.category_changed
    ]
    flagged = [line.row.flagged for line in lines]
    ranks = [line.row.rank for line in lines]
    totals = [line.row.total for line in lines]
    worst = max((line.row.n for line in lines), default=1)
    rank_scale = sorted({1, worst, *(tick for tick in ticks(1, worst) if 1 < tick < worst and tick == int(tick))})
    return {
        "rank": line_chart(
            _("%(unit)s: rank by year") % {"unit": name},
            years,
            [Series(name, ranks, [f"{line.row.rank} / {line.row.n}" for line in lines], flagged)],
            rank_scale,
            is_rank=True,
            breaks=breaks,
        ),
        "total": line_chart(
            _("%(unit)s: total by year") % {"unit": name},
            years,
            [Series(name, totals, [rounded(value, 2) for value in totals], flagged)],
            ticks(min(totals, default=0), max(totals, default=0)),
            breaks=breaks,
        ),
    }


def units_chart(lines_by_unit: dict, names: dict) -> str:
    """Totals of several units over the years; empty where nothing was published."""
    years = sorted({line.year for lines in lines_by_unit.values() for line in lines})
    if not years:
        return ""
    series = []
    for unit, name in names.items():
        by_year = {line.year: line.row for line in lines_by_unit.get(unit, [])}
        values = [by_year[year].total if year in by_year else None for year in years]
        flagged = [year in by_year and by_year[year].flagged for year in years]
        series.append(Series(name, values, flagged=flagged))
    known = [value for line in series for value in line.values if value is not None]
    return line_chart(_("Totals by year"), years, series, ticks(min(known), max(known)))


def histogram_chart(label: str, columns) -> str:
    """How many units lie in each class; the one with the unit in question highlighted."""
    return column_chart(label, [(figure(each.reach.low), len(each.units), each.is_own) for each in columns])
