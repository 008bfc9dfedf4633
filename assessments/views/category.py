"""A category of a year: ranking, heat map, distribution. The address holds year, category, run, order and highlight."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.regulations.services.codes import codes

from .. import charts, selectors
from ..explanations import legend_lines
from .loading import load_cycle, load_run


def _frame(request, county, year, category) -> dict:
    """What the pages of a category share: year, run, category, where they can be switched to."""
    cycle = load_cycle(request, county, year)
    if category not in codes("unit_category"):
        raise Http404
    run = load_run(request, cycle)
    switches = selectors.switches(cycle, category, request.user)
    if category not in {code for code, _label, _size in switches.tabs}:
        raise Http404
    return {"cycle": cycle, "run": run, "category": codes("unit_category")[category], "switches": switches}


def _frame_with_points(request, county, year, category):
    """The same, and the points of the category's units as far as the reader sees them."""
    frame = _frame(request, county, year, category)
    run = frame["run"]
    return frame, selectors.points_of(run, category, request.user) if run else selectors.CategoryPoints([])


@login_required
def ranking(request, county, year, category):
    """Ranking of one category with tie notes, bottom marks and the rank of the year before."""
    frame = _frame(request, county, year, category)
    run = frame["run"]
    rows = selectors.ranking_rows(run, category, request.user) if run else []
    context = frame | {
        "rows": rows,
        "axis": charts.totals_axis(rows),
        "is_whole": bool(rows) and len(rows) == rows[0].n,
        "legend": legend_lines(rows[0]) if rows else [],
        "marks": {name for name in ("flagged", "shielded", "mitigated") if any(getattr(row, name) for row in rows)},
    }
    return render(request, "assessments/ranking.html", context)


@login_required
def heat(request, county, year, category):
    """Heat map indicator × unit: points p of every unit the reader sees, sorted by rank or by an indicator."""
    frame, points = _frame_with_points(request, county, year, category)
    context = frame | {
        "points": points,
        "rows": selectors.heat_rows(points, request.GET.get("sort", "")),
        "groups": points.groups(),
        "is_whole": points.is_whole,
        "steps": selectors.heat_legend(),
    }
    return render(request, "assessments/heat.html", context)


@login_required
def distribution(request, county, year, category):
    """How totals and indicators are distributed; only for who sees the whole category, for it tells of everybody in it."""
    frame, points = _frame_with_points(request, county, year, category)
    if points.rows and not points.is_whole:
        raise PermissionDenied
    own = next((row for row in points.rows if row.unit.code == request.GET.get("unit", "")), None)
    measured = selectors.measured_of(points, own.unit_id if own else None, _("Total"))
    chosen = next((each for each in measured if each.code == request.GET.get("by", "")), measured[0])
    columns = selectors.columns_of(points, chosen.code, own.unit_id if own else None)
    label = _("%(name)s: number of units by points") % {"name": chosen.name}
    context = frame | {
        "points": points,
        "is_whole": points.is_whole,
        "own": own,
        "measured": measured,
        "chosen": chosen,
        "columns": columns,
        "chart": charts.histogram_chart(label, columns) if columns else "",
        "axis": charts.points_axis([each.spread for each in measured]),
    }
    return render(request, "assessments/distribution.html", context)
