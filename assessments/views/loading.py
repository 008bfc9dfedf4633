"""Loading what a page is about: found inside the user's scope, or not found."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404

from ..models import Cycle
from ..selectors import shown_run


def load_cycle(request, county: str, year: int, perm: str = "assessments.view_cycle") -> Cycle:
    """The cycle of a county and year, with `years`: all years of the county, the latest first.

    Raises Http404 outside the user's scope, PermissionDenied without the permission.
    """
    years = Cycle.objects.system().filter(jurisdiction=OuterRef("jurisdiction")).order_by("-year").values("year")
    query = Cycle.objects.select_related("jurisdiction", "published_run").annotate(years=ArraySubquery(years))
    return query.get_visible(user=request.user, perm=perm, jurisdiction__code=county, year=year)


def load_run(request, cycle: Cycle, story=None):
    """The run the page shows (`?run=number`), None when the cycle has none yet. Raises Http404 for one out of sight.

    `story`: the runs of the cycle where the page shows them (`story_of`).
    """
    number = request.GET.get("run", "")
    run = shown_run(cycle, request.user, number, story)
    if number and run is None:
        raise Http404
    if run:
        run.cycle = cycle
    return run
