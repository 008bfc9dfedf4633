"""Cases of a county counted for its leaders in one query: measures, submissions of figures, appeals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Value
from django.db.models.functions import Greatest

from foundation.casework.flow import Workflow
from foundation.casework.models import Deadline
from foundation.organizations.models import Organization

from ..choices import CycleStatus
from ..models import Appeal, Collection, Cycle, Measure
from ..workflows import COLLECTION, MEASURE, STATES, SUBMITTED, VERIFIED
from ..workflows.appeal import APPEAL
from .appeals import VIEW_APPEAL
from .collection_board import WITH_DEPARTMENT
from .collections import VIEW as VIEW_COLLECTION

VIEW_MEASURE = "assessments.view_measure"


@dataclass(frozen=True)
class CaseCount:
    """Cases of one kind, year and state; `overdue` of them should have moved on before today."""

    kind: str
    year: int
    year_status: str
    status: str
    count: int
    overdue: int


def case_counts(county: Organization, user, on: date) -> list[CaseCount]:
    """The cases that the user sees, of all years of a county (1 query).

    A measure or appeal is overdue when the due day of its open clock is past, a submission when its department's last day is.
    """

    def counted(cases, flow: Workflow, late):
        cases = cases.filter(cycle__jurisdiction=county).order_by().annotate(kind=Value(flow.kind))
        columns = cases.values_list("kind", "cycle__year", "cycle__status", "status")
        return columns.annotate(n=Count("pk"), late=Count("pk", filter=late))

    def clock_is_past(flow: Workflow):
        clocks = Deadline.objects.filter(kind=flow.kind, closed_at__isnull=True, due_on__lt=on)
        return Q(case_no__in=clocks.values("case_no"))

    measures = Measure.objects.visible_to(user, VIEW_MEASURE)
    submissions = Collection.objects.visible_to(user, VIEW_COLLECTION)
    appeals = Appeal.objects.visible_to(user, VIEW_APPEAL)
    is_late = Q(status__in=WITH_DEPARTMENT) & Q(last__lt=on)
    submissions = submissions.alias(last=Greatest("due_on", "released_until"))
    queries = [
        counted(measures, MEASURE, clock_is_past(MEASURE)),
        counted(submissions, COLLECTION, is_late),
        counted(appeals, APPEAL, clock_is_past(APPEAL)),
    ]
    return [CaseCount(*row) for row in queries[0].union(*queries[1:], all=True)]


@dataclass(frozen=True)
class MeasureState:
    """Measures of a year in one state, and how many of them are overdue."""

    code: str
    label: str
    count: int
    overdue: int


def measure_states(counts: Sequence[CaseCount], cycle: Cycle) -> list[MeasureState]:
    """Measures of a year by state in the order of the workflow."""
    mine = {each.status: each for each in counts if each.kind == MEASURE.kind and each.year == cycle.year}
    return [MeasureState(code, label, mine[code].count, mine[code].overdue) for code, label in STATES if code in mine]


@dataclass(frozen=True)
class SubmissionCounts:
    """Submissions of figures in a year: all, those that wait to be verified, the verified, and the overdue ones."""

    year: int
    cases: int
    submitted: int
    verified: int
    overdue: int


def submission_counts(counts: Sequence[CaseCount], cycle: Cycle) -> SubmissionCounts | None:
    """Of the year, or, when this one is locked, of the latest open one; None where no department was asked."""
    asked = [each for each in counts if each.kind == COLLECTION.kind and each.year_status != CycleStatus.PUBLISHED]
    years = {each.year for each in asked}
    if not years:
        return None
    year = cycle.year if cycle.year in years else max(years)
    asked = [each for each in asked if each.year == year]
    return SubmissionCounts(
        year,
        cases=sum(each.count for each in asked),
        submitted=sum(each.count for each in asked if each.status == SUBMITTED),
        verified=sum(each.count for each in asked if each.status == VERIFIED),
        overdue=sum(each.overdue for each in asked),
    )


def open_appeals_of(counts: Sequence[CaseCount]) -> tuple[int, int]:
    """Appeals that still wait for somebody, and the overdue ones among them."""
    waiting = [each for each in counts if each.kind == APPEAL.kind and each.status in APPEAL.open_states()]
    return sum(each.count for each in waiting), sum(each.overdue for each in waiting)
