"""Liable leaders of a run, with the case that was opened for each."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.db.models.lookups import IsNull

from foundation.common.scoping import scope_of
from officials.models import Official

from ..models import Measure, Run, RunMeasure


@dataclass
class Liable:
    """A leader whom a run names, with the case that was opened, if any: its number, status and whether its basis changed.

    `candidates` are the holders with their days where the run could name nobody alone.
    """

    measure: RunMeasure
    case: Measure | None
    candidates: list


def _case_of(run: Run):
    """The latest case of the year for the same unit and post, and the same person where the run names one."""
    same = Measure.objects.system().filter(cycle=run.cycle_id, organization=OuterRef("unit"), post=OuterRef("post"))
    same = same.filter(Q(official=OuterRef("official")) | Q(IsNull(OuterRef("official"), True)))
    seen = JSONObject(case_no="case_no", status="status", basis_changed="basis_changed")
    return Subquery(same.order_by("-pk").values(seen=seen)[:1])


def liable_of(run: Run, user, unit=None) -> dict[int, list[Liable]]:
    """Liable leaders of a run, or of one unit in it, by unit id; nothing without the right to see measures.

    1 query, and one more where a post was left to a manual decision.
    """
    scope = scope_of(user, "assessments.view_measure")
    if not scope:
        return {}
    rows = RunMeasure.objects.filter(run=run).select_related("unit", "post", "official")
    if unit:
        rows = rows.filter(unit=unit)
    rows = rows.annotate(seen_case=_case_of(run)).order_by("unit__code", "post__sort")
    rows = [row for row in rows if scope.covers(row.unit.path)]
    wanted = {candidate["official"] for row in rows if row.official_id is None for candidate in row.candidates}
    people = Official.objects.system().in_bulk(wanted) if wanted else {}
    found = defaultdict(list)
    for row in rows:
        case = Measure(**row.seen_case) if row.seen_case else None
        candidates = [(people[c["official"]], c["days"]) for c in row.candidates if c["official"] in people]
        found[row.unit_id].append(Liable(row, case, candidates))
    return dict(found)
