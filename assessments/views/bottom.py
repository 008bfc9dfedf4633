"""The bottom-rank page (末位倒逼): who is last, how often, who answers for it, what is proposed."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from .. import selectors
from ..explanations import ladder_line
from .loading import load_cycle, load_run


@login_required
def bottom(request, county, year):
    """Bottom units by category with streaks, exclusions, ladder and liable leaders."""
    cycle = load_cycle(request, county, year)
    run = load_run(request, cycle)
    liable = selectors.liable_of(run, request.user) if run else {}
    context = {
        "cycle": cycle,
        "run": run,
        "rows": selectors.bottom_rows(run, request.user) if run else [],
        "liable": [item for items in liable.values() for item in items],
        "spared": selectors.last_without_bottom(run, request.user) if run else [],
        "ladder": ladder_line(run.parameters) if run else "",
        "sees_leaders": request.user.has_perm("assessments.view_measure"),
    }
    return render(request, "assessments/bottom.html", context)
