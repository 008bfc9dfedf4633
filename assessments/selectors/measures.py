"""The measure as a case: stations, timeline, clock, holders of the post."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.models import Deadline
from foundation.casework.selectors import events_of
from foundation.common.dates import year_bounds
from officials.models import Official, PostHolding

from ..choices import ManualReason
from ..models import Measure, RunMeasure, RunUnit
from ..workflows import APPROVED, CLOSED, DECLINED, EXECUTED, MANUAL, MEASURE, PROPOSED, REVIEWED, STATES, WITHDRAWN

_PATH = (PROPOSED, REVIEWED, APPROVED, EXECUTED, CLOSED)


def measure_events(case: Measure) -> list[EventLine]:
    """The timeline of a measure with the workflow's words (1 query)."""
    return event_lines(MEASURE, case, open=_("Opened by the published run"))


def measure_steps(case: Measure) -> list[StepMark]:
    """Stations from proposal to closing; where the case ended early, the rest is stopped (`events_of`)."""
    return step_marks(case, {event.to_status for event in events_of(MEASURE, case)})


def step_marks(case: Measure, reached: set[str]) -> list[StepMark]:
    """The same from the states that the case has been in."""
    labels = dict(STATES)
    marks = [] if case.status != MANUAL else [StepMark(labels[MANUAL], "current")]
    for state in _PATH:
        kind = "current" if state == case.status else "done" if state in reached else "todo"
        if case.status == CLOSED and state == CLOSED:
            kind = "done"
        marks.append(StepMark(labels[state], kind))
    if case.status in (DECLINED, WITHDRAWN):
        marks = [mark for mark in marks if mark.state == "done"] + [StepMark(labels[case.status], "stopped")]
    return marks


def deadline_of(case: Measure):
    """The open clock of a measure, None when none runs (1 query)."""
    return Deadline.objects.filter(kind=MEASURE.kind, case_no=case.case_no, closed_at__isnull=True).first()


def nameable(case: Measure):
    """Officials who may be named for a measure that left the person open: holders of the post in the assessed year, and
    of a post that nobody held in it, whoever held it before or since.
    """
    held = PostHolding.objects.system().filter(post=case.post_id)
    if case.manual_reason != ManualReason.VACANT:
        held = held.during(*year_bounds(case.cycle.year))
    return Official.objects.system().filter(pk__in=held.values("official"))


def result_of(case: Measure) -> RunUnit | None:
    """The unit's result in the measure's run, with `holders`: of the post in the year, as the run counted them (1 query)."""
    holders = RunMeasure.objects.filter(run=OuterRef("run"), unit=OuterRef("unit"), post=case.post_id)
    found = RunUnit.objects.system().filter(run=case.run_id, unit=case.organization_id).defer(*RunUnit.FIGURES)
    return found.annotate(holders=Subquery(holders.values("candidates")[:1])).first()


def candidates_of(result: RunUnit | None) -> list[tuple[Official, int]]:
    """The `holders` of `result_of` as people with their days (1 query)."""
    held = (result and result.holders) or []
    people = Official.objects.system().in_bulk([holder["official"] for holder in held])
    return [(people[holder["official"]], holder["days"]) for holder in held if holder["official"] in people]
