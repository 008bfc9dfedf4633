"""Clocks of cases: opened when a state is entered, computed once by rule and calendar, closed when it is left."""

from datetime import date, timedelta

from django.utils import timezone

from foundation.common.dates import add_months
from foundation.regulations.choices import Unit
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import rulebook

from ..models import Deadline


def county_of(case) -> str:
    """Code of the county whose own settings hold for a case."""
    unit = case.organization
    return unit.jurisdiction.code if unit.jurisdiction_id else unit.code


def open_for_state(flow, case, today=None):
    """Open the clock of the state a case has just entered, if its workflow names a rule for it or the case its own day.

    Working days count from the day after the event (rule D-3); days and months are calendar days and months, without a
    shift for holidays (D-4). The event is today, or the day that the case names (`CaseBase.clock_start`); a date of its
    own for the step stands in place of the rule's (`CaseBase.own_date`), and another rule where the case names one that is in
    force on the day of the event (`CaseBase.clock_rule`). Returns the deadline or None.
    """
    step = next((s for s in flow.from_state(case.status) if s.is_clocked), None)
    own = case.own_date(step.name) if step else None
    if step is None or not (own or step.deadline_rule):
        return None
    start = case.clock_start(step.name) or today or timezone.localdate()
    book = rulebook(on=start, jurisdiction=county_of(case))
    other = case.clock_rule(step.name)
    rule_id = other if other in book else step.deadline_rule
    due_on, is_estimated = (own, False) if own else last_day(book.get(rule_id), start)
    return Deadline.objects.create(
        kind=flow.kind,
        case_no=case.case_no,
        step=step.name,
        starts_on=start,
        due_on=due_on,
        rule_id=rule_id,
        rulebook_version=book.version,
        is_estimated=is_estimated,
    )


def last_day(rule, start) -> tuple[date, bool]:
    """Last day of a rule's period after an event on `start`, and whether it rests on an estimated calendar."""
    if rule.unit == Unit.MONTHS:
        return add_months(start, int(rule.value)), False
    if rule.unit == Unit.DAYS:
        return start + timedelta(days=int(rule.value)), False
    due = add_working_days(start, int(rule.value))
    return due.date, due.estimated


def move(flow, case):
    """Close the clocks of the state that was left and open that of the state now entered."""
    Deadline.objects.filter(kind=flow.kind, case_no=case.case_no, closed_at__isnull=True).update(
        closed_at=timezone.now()
    )
    if case.status not in flow.terminal:
        open_for_state(flow, case)
