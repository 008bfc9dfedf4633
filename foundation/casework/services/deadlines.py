"""Clocks of cases: opened when a state is entered, computed once in working days, closed when it is left."""

from django.utils import timezone

from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import rulebook

from ..models import Deadline


def county_of(case) -> str:
    """Code of the county whose own settings hold for a case."""
    unit = case.organization
    return unit.jurisdiction.code if unit.jurisdiction_id else unit.code


def open_for_state(flow, case, today=None):
    """Open the clock of the state a case has just entered, if its workflow names a rule for it.

    Day one is the working day after today (rule D-3), unless the case has a date of its own for this step
    (`CaseBase.own_date`). Returns the deadline or None.
    """
    step = next((s for s in flow.from_state(case.status) if s.deadline_rule), None)
    if step is None:
        return None
    start = today or timezone.localdate()
    book = rulebook(on=start, jurisdiction=county_of(case))
    due = add_working_days(start, int(book.value(step.deadline_rule)))
    own = case.own_date(step.name)
    return Deadline.objects.create(
        kind=flow.kind,
        case_no=case.case_no,
        step=step.name,
        starts_on=start,
        due_on=own or due.date,
        rule_id=step.deadline_rule,
        rulebook_version=book.version,
        is_estimated=due.estimated and own is None,
    )


def move(flow, case):
    """Close the clocks of the state that was left and open that of the state now entered."""
    Deadline.objects.filter(kind=flow.kind, case_no=case.case_no, closed_at__isnull=True).update(
        closed_at=timezone.now()
    )
    if case.status not in flow.terminal:
        open_for_state(flow, case)
