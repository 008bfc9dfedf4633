"""The bottom-rank page (末位倒逼): who is last, how often, who answers for it, what is proposed, what became of it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from .. import selectors
from .loading import load_cycle, load_run


@login_required
def bottom(request, county, year):
    """Bottom units with streaks, exclusions, ladder, liable leaders, and the tracker of measures until they are closed."""
    cycle = load_cycle(request, county, year)
    run = load_run(request, cycle)
    sees_leaders = request.user.has_perm("assessments.view_measure")
    tracked = selectors.tracked_measures(cycle, request.user, timezone.localdate()) if sees_leaders else []
    found = selectors.bottom_page(run, request.user) if run else selectors.BottomPage([], [])
    liable = selectors.liable_of(run, request.user) if run else {}
    context = {
        "cycle": cycle,
        "run": run,
        "rows": found.flagged,
        "excluded": found.excluded,
        "ladder": selectors.ladder_rungs(run, found.flagged) if run else [],
        "liable": [item for items in liable.values() for item in items],
        "tracked": tracked,
        "sees_leaders": sees_leaders,
    }
    return render(request, "assessments/bottom.html", context)
