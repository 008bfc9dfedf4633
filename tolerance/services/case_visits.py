"""Return visits of cases of fault tolerance (容错回访): planned through supervision for each official, their result comes back.

A case about units alone has its visit typed when it is closed; so has one that was decided before visits were planned.
"""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.common.dates import add_months
from foundation.common.results import Reason
from officials.models import Official
from supervision.choices import VisitPurpose, VisitResult
from supervision.models import Revisit
from supervision.services.revisits import plan_revisit
from supervision.workflows.revisit import MADE, PLANNED

from ..models import CaseParty, ToleranceCase
from ..workflows import TOLERANCE
from ..workflows.tolerance_case import FILED
from .case_law import book_of

RULE = "TOL-REVISIT-MONTHS"
OFFICE = "zh-hans"
WORST_FIRST = (VisitResult.POOR, VisitResult.FAIR, VisitResult.GOOD)


def visits_of(case: ToleranceCase) -> list[Revisit]:
    """The visits of a case, read once for this object (1 query)."""
    if case.known_visits is None:
        rows = Revisit.objects.system().filter(source_kind=TOLERANCE.kind, source_no=case.case_no)
        case.known_visits = list(rows.select_related("official").order_by("planned_on", "pk"))
    return case.known_visits


def made_visits(case: ToleranceCase) -> list[Revisit]:
    """Those that were made."""
    return [visit for visit in visits_of(case) if visit.status == MADE]


def plan_visits(case: ToleranceCase, *, actor) -> list[str]:
    """Plan the visit to each official of a decided case (TOL-REVISIT-MONTHS after the decision); in the transaction of the step.

    Who lies in the trash has no visit. Returns the numbers of the visits.
    """
    about = CaseParty.objects.system().filter(case=case, official__isnull=False).values("official")
    people = Official.objects.system().filter(pk__in=about, trashed_at__isnull=True).order_by("pk")
    due_on = add_months(case.decided_on, int(book_of(case, case.decided_on).value(RULE)))
    with override(OFFICE):  # what stays in the record is said in the language of the office
        matter = _("visit after a decision on tolerance: %(matter)s") % {"matter": case.title_text}
    return [
        plan_revisit(
            actor=actor,
            official=one,
            due_on=due_on,
            source_kind=TOLERANCE.kind,
            source_no=case.case_no,
            purpose=VisitPurpose.TOLERANCE,
            summary=matter,
            unit=case.organization,
        ).case_no
        for one in people
    ]


def lapse_visits(case: ToleranceCase, *, actor) -> list[str]:
    """Visits to come lapse with the decision that asked for them; what was made stays. Returns their numbers."""
    ordered = SystemActor(str(actor), actor.pk)
    waiting = [visit for visit in visits_of(case) if visit.status == PLANNED]
    for visit in waiting:
        perform(visit, "lapse", actor=ordered, reason=_("The decision on tolerance was reversed."))
    return [visit.case_no for visit in waiting]


def visit_is_made(case, *, actor, **payload):
    """Guard: no visit of the case still waits (TOL-REVISIT-MONTHS)."""
    waiting = [visit for visit in visits_of(case) if visit.status == PLANNED]
    if not waiting:
        return []
    words = {
        "case_no": waiting[0].case_no,
        "name": waiting[0].official.name,
        "day": f"{waiting[0].planned_on:%Y.%m.%d}",
    }
    text = _("The visit %(case_no)s to %(name)s, planned for %(day)s, is still to be made: record it there, its result comes here.")  # fmt: skip
    return [Reason(RULE, {"visit": waiting[0].case_no}, book_of(case, case.decided_on).cite(RULE), text % words)]


def unless_visited(guard):
    """The guard asks only where no visit of supervision was made: then the visit is typed."""

    def asks(case, *, actor, **payload):
        return [] if made_visits(case) else guard(case, actor=actor, **payload)

    return asks


def take_results(case: ToleranceCase) -> dict:
    """Day, visitors and finding of the case by the visits made: the last day, everybody, the worst finding. Empty without one."""
    made = made_visits(case)
    if not made:
        return {}
    case.visited_on = max(visit.visited_on for visit in made)
    case.visitors = "、".join(dict.fromkeys(name for visit in made for name in visit.visitors))[:200]
    case.visit_finding = min((visit.result for visit in made), key=WORST_FIRST.index)
    return {"visits": [visit.case_no for visit in made], "finding": case.visit_finding}


def follow_case_visits(*, actor) -> int:
    """Close filed cases all of whose visits have been made, as the nightly sweep does. Returns how many. Idempotent."""
    visits = Revisit.objects.system().filter(source_kind=TOLERANCE.kind, source_no=OuterRef("case_no"))
    cases = ToleranceCase.objects.system().filter(status=FILED)
    cases = cases.filter(Exists(visits.filter(status=MADE)), ~Exists(visits.filter(status=PLANNED)))
    number = 0
    for case in cases.order_by("pk"):
        perform(case, "close", actor=actor, reason=_("The visit has been made."))
        number += 1
    return number
