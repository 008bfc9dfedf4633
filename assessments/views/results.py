"""Rankings and "how my score came"."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from foundation.common.scoping import scope_of
from foundation.common.templatetags.ui import rounded
from foundation.regulations.services.codes import codes

from .. import selectors
from ..explanations import all_lines, legend_lines, step_lines
from ..formulas import figure
from ..models import RunUnit
from .loading import load_cycle, load_run


@login_required
def ranking(request, county, year, category):
    """Ranking of one category with tie notes and bottom marks."""
    cycle = load_cycle(request, county, year)
    if category not in codes("unit_category"):
        raise Http404
    run = load_run(request, cycle)
    tabs = selectors.category_tabs(cycle)
    if category not in {code for code, _label, _size in tabs}:
        raise Http404
    rows = selectors.ranking_rows(run, category, request.user) if run else []
    context = {
        "cycle": cycle,
        "run": run,
        "category": codes("unit_category")[category],
        "tabs": tabs,
        "rows": rows,
        "highest": max((row.total for row in rows), default=0),
        "legend": legend_lines(rows[0]) if rows else [],
        "marks": {name for name in ("flagged", "shielded", "mitigated") if any(getattr(row, name) for row in rows)},
    }
    return render(request, "assessments/ranking.html", context)


@login_required
def unit_result(request, county, year, code):
    """How the score of a unit came, to the last digit."""
    cycle = load_cycle(request, county, year)
    run = load_run(request, cycle)
    query = RunUnit.objects.select_related("unit", "run", "scheme")
    row = query.get_visible(user=request.user, perm=selectors.VIEW, run=run, unit__code=code)
    row.run = run
    groups = selectors.explained(row)
    places = row.notes["places"]
    exact = row.base + row.bonus + row.deduction
    points = [line.point for group in groups for line in group.lines]
    weights = sum(Decimal(point["weight"]) for point in points)
    counted = sum(Decimal(point["weight"]) for point in points if point["state"] == "counted")
    context = {
        "cycle": cycle,
        "run": run,
        "row": row,
        "category": codes("unit_category").get(row.category),
        "groups": groups,
        "lines": [*all_lines(row), *step_lines(row, run.parameters)],
        "deduction": rounded(-row.deduction, 2),
        "caps": {
            "bonus": figure(row.notes["bonus_cap"]),
            "deduction": figure(row.notes["deduction_cap"]),
            "bonuses": figure(row.notes["bonuses"]),
            "deductions": figure(row.notes["deductions"]),
        },
        "exact": rounded(exact, 10),
        "shown": rounded(row.total, places),
        "weight_sum": figure(weights),
        "weight_counted": figure(counted),
        "weight_shared": figure(weights - counted) if counted != weights else "",
        "history": selectors.history_of(row.unit, cycle, request.user),
        "liable": selectors.liable_of(run, request.user).get(row.unit_id, []),
        "opening": (opening := selectors.opening_of(run)),
        "may_appeal": bool(opening) and scope_of(request.user, "assessments.file_appeal").covers(row.unit.path),
    }
    return render(request, "assessments/unit_result.html", context)
