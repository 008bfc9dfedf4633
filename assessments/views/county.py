"""The county's year for leaders, and units side by side."""

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import charts, selectors
from ..choices import Grade
from ..models import Cycle
from .loading import load_cycle, load_run


@login_required
@permission_required("assessments.view_cycle", raise_exception=True)
def overview_latest(request):
    """To the latest year with a result of the user's one county; to the list of years where there are several."""
    cycles = Cycle.objects.visible_to(request.user, "assessments.view_cycle").select_related("jurisdiction")
    cycles = list(cycles.order_by("-year", "jurisdiction__path")[:20])
    if not cycles or len({cycle.jurisdiction_id for cycle in cycles}) > 1:
        return redirect("assessments:cycle-list")
    shown = next((cycle for cycle in cycles if cycle.published_run_id), cycles[0])
    return redirect("assessments:overview", shown.jurisdiction.code, shown.year)


@login_required
def overview(request, county, year):
    """State of the year, categories, grades, movers, measures: one page."""
    cycle = load_cycle(request, county, year)
    run = load_run(request, cycle)
    found = selectors.county_year(run, cycle, request.user) if run else selectors.CountyYear([], [], [])
    counts = selectors.case_counts(cycle.jurisdiction, request.user, timezone.localdate())
    facts = selectors.YearFacts(cycle, run, found, counts, request.user)
    context = {
        "cycle": cycle,
        "run": run,
        "year": found,
        "tiles": selectors.county_tiles(facts),
        "measures": selectors.measure_states(counts, cycle),
        "grades": Grade.choices,
        "sees_leaders": request.user.has_perm("assessments.view_measure"),
    }
    return render(request, "assessments/overview.html", context)


def _faults(chosen, found) -> list[str]:
    """What stands against comparing the chosen units."""
    unknown = [code for code in chosen if code not in {row.unit.code for row in found}]
    faults = []
    if unknown:
        faults.append(
            _("Not among the results that you may see: %(codes)s. Choose from the list.")
            % {"codes": ", ".join(unknown)}
        )
    if not selectors.FEWEST <= len(chosen) <= selectors.MOST:
        text = _("Choose %(fewest)d to %(most)d units; you chose %(n)d.")
        faults.append(text % {"fewest": selectors.FEWEST, "most": selectors.MOST, "n": len(chosen)})
    return faults


@login_required
def compare(request, county, year):
    """Two to six units side by side (`?unit=…&unit=…`), also of different categories, then with a warning."""
    cycle = load_cycle(request, county, year)
    run = load_run(request, cycle)
    chosen = list(dict.fromkeys(code for code in request.GET.getlist("unit") if code))
    points = selectors.points_of_units(run, chosen, request.user) if run and chosen else selectors.CategoryPoints([])
    faults = _faults(chosen, points.rows) if chosen else []
    rows = [] if faults else points.rows
    years = selectors.years_of_units([row.unit_id for row in rows], cycle.jurisdiction, request.user)
    context = {
        "cycle": cycle,
        "run": run,
        "chosen": chosen,
        "faults": faults,
        "choices": selectors.choices_of(run, request.user) if run else [],
        "several": selectors.several_categories(rows),
        **_side_by_side(rows, points, years),
    }
    return render(request, "assessments/compare.html", context)


def _side_by_side(rows, points, years) -> dict:
    if not rows:
        return {"rows": []}
    every = sorted({line.year for lines in years.values() for line in lines}, reverse=True)
    by_unit = {unit: {line.year: line for line in lines} for unit, lines in years.items()}
    return {
        "rows": rows,
        "groups": selectors.group_lines(points),
        "indicators": selectors.indicator_lines(points),
        "chart": charts.units_chart(years, {row.unit_id: str(row.unit) for row in rows}),
        "years": [(year, [by_unit.get(row.unit_id, {}).get(year) for row in rows]) for year in every],
    }
