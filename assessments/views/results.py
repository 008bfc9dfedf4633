"""A unit's result: "how my score came", its years, its strengths and gaps."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from foundation.common.scoping import scope_of
from foundation.common.templatetags.ui import rounded
from foundation.regulations.services.codes import codes

from .. import charts, selectors
from ..explanations import all_lines, step_lines
from ..formulas import figure
from ..models import RunUnit
from .loading import load_cycle, load_run


def _frame(request, county, year, code) -> dict:
    """What the tabs of a unit share: year, run, its result in it."""
    cycle = load_cycle(request, county, year)
    run = load_run(request, cycle)
    query = RunUnit.objects.select_related("unit", "run", "scheme")
    row = query.get_visible(user=request.user, perm=selectors.VIEW, run=run, unit__code=code)
    row.run = run
    return {"cycle": cycle, "run": run, "row": row, "category": codes("unit_category").get(row.category)}


@login_required
def unit_result(request, county, year, code):
    """How the score of a unit came, to the last digit."""
    frame = _frame(request, county, year, code)
    run, row = frame["run"], frame["row"]
    groups = selectors.explained(row)
    places = row.notes["places"]
    exact = row.base + row.bonus + row.deduction
    points = [line.point for group in groups for line in group.lines]
    weights = sum(Decimal(point["weight"]) for point in points)
    counted = sum(Decimal(point["weight"]) for point in points if point["state"] == "counted")
    context = frame | {
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
        "liable": selectors.liable_of(run, request.user, row.unit_id).get(row.unit_id, []),
        "opening": (opening := selectors.opening_of(run)),
        "may_appeal": bool(opening) and scope_of(request.user, "assessments.file_appeal").covers(row.unit.path),
    }
    return render(request, "assessments/unit_result.html", context)


@login_required
def unit_years(request, county, year, code):
    """Rank and total of a unit over all published years."""
    cycle = load_cycle(request, county, year)
    lines = selectors.years_of_unit(code, cycle.jurisdiction, request.user)
    if not lines:
        raise Http404
    unit = lines[-1].row.unit
    context = {"cycle": cycle, "unit": unit, "lines": lines, "charts": charts.years_charts(str(unit), lines)}
    return render(request, "assessments/unit_years.html", context)


@login_required
def unit_gaps(request, county, year, code):
    """Strengths and gaps: points lost per indicator, and against the category for who sees the whole of it."""
    frame = _frame(request, county, year, code)
    gaps = selectors.gaps_of(frame["row"], request.user)
    distances = [abs(line.gap.to_median) for line in gaps.lines if line.gap and line.gap.to_median is not None]
    context = frame | {"gaps": gaps, "limit": max(distances, default=0)}
    return render(request, "assessments/unit_gaps.html", context)
