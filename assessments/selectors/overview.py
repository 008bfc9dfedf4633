"""What the home page says about the yearly assessment, whether the user looks after one county or after all of a nation."""

from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Subquery

from ..models import Cycle, Measure, Run, RunUnit
from ..workflows import MEASURE
from .cycles import VIEW


@dataclass(frozen=True)
class YearState:
    """One year of the user's counties. `cycle` is the year of the one county, None where there are several."""

    year: int
    counties: int
    published: int
    cycle: Cycle | None


def years_of(user) -> list[YearState]:
    """The years of the user's counties, the latest first (2 queries, however many counties).

    The one county's cycle tells when it was published and how many calculations the user may see.
    """
    mine = Cycle.objects.visible_to(user, "assessments.view_cycle")
    counts = mine.order_by("-year").values_list("year").annotate(counties=Count("pk"), published=Count("published_run"))
    counts = list(counts)
    alone = [year for year, counties, _published in counts if counties == 1]
    found = mine.filter(year__in=alone).select_related("jurisdiction").annotate(published_on=Max("publications__at"))
    runs = Run.objects.visible_to(user, VIEW).filter(cycle=OuterRef("pk")).order_by().values("cycle")
    found = found.annotate(run_count=Subquery(runs.annotate(n=Count("pk")).values("n")))
    cycles = {cycle.year: cycle for cycle in found} if alone else {}
    return [YearState(year, counties, published, cycles.get(year)) for year, counties, published in counts]


def ranked_in(year: int, user):
    """Units in the published results of a year."""
    runs = Cycle.objects.visible_to(user, "assessments.view_cycle").filter(year=year).values("published_run")
    return RunUnit.objects.visible_to(user, VIEW).filter(run__in=runs)


def open_measures(user):
    """Measures that still wait for somebody."""
    mine = Measure.objects.visible_to(user, "assessments.view_measure")
    return mine.filter(status__in=MEASURE.open_states())
