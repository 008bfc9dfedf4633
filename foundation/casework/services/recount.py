"""Open deadlines follow the calendar: when days of it change, what was counted over them is counted anew."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from foundation.audit.services.entries import record
from foundation.common.tasks import enqueue
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import rulebook

from ..models import Deadline
from ..registry import CaseKind, kind_named
from .deadlines import county_of

WORKING_DAYS = "working_days"


@transaction.atomic
def recount(*, actor, first: date, last: date) -> dict[str, int]:
    """Count the open deadlines anew that run over days from `first` to `last`, and those that were only estimated.

    The number of days is that of the rulebook on the day the clock began. A day that a case fixed for itself stays, and so
    does what is not counted in working days. One audit entry when any deadline was looked at; the alerts of the kinds of
    cases that moved follow. Returns how many were looked at and how many moved.
    """
    touched = Q(starts_on__lt=last, due_on__gte=first) | Q(is_estimated=True)
    clocks = Deadline.objects.select_for_update().filter(touched, closed_at__isnull=True).order_by("pk")
    by_kind: dict[str, list[Deadline]] = {}
    for clock in clocks:
        by_kind.setdefault(clock.kind, []).append(clock)
    looked_at, moved = 0, {}
    for name, rows in by_kind.items():
        counted = list(_counted(kind_named(name), rows))
        changed = [clock for clock, due in counted if _moves(clock, due)]
        Deadline.objects.bulk_update(changed, ["due_on", "is_estimated"], batch_size=500)
        looked_at += len(counted)
        if changed:
            moved[name] = [clock.case_no for clock in changed]
    if looked_at:
        record(
            actor=actor,
            action="casework.deadlines.recounted",
            target_kind="deadlines",
            target_no=f"{first}..{last}"[:80],
            data={"looked_at": looked_at, "moved": moved},
        )
    for name in moved:
        enqueue("casework.sweep_kind", f"deadline.{name}")
    return {"looked_at": looked_at, "moved": sum(map(len, moved.values()))}


def _counted(kind: CaseKind | None, clocks):
    """Each clock that follows the calendar with the day on which it is due now."""
    if kind is None:
        return
    rows = kind.model.objects.system().filter(case_no__in=[clock.case_no for clock in clocks])
    rows = rows.select_related("organization__jurisdiction", *kind.places(), *kind.named_by)
    cases = {case.case_no: case for case in rows}
    for clock in clocks:
        case = cases.get(clock.case_no)
        if case is None or case.own_date(clock.step) is not None:
            continue
        rule = rulebook(on=clock.starts_on, jurisdiction=county_of(case)).rules.get(clock.rule_id)
        if rule is not None and rule.unit == WORKING_DAYS:
            yield clock, add_working_days(clock.starts_on, int(rule.value))


def _moves(clock: Deadline, due) -> bool:
    """Take over the new day; does anything change?"""
    before = clock.due_on, clock.is_estimated
    clock.due_on, clock.is_estimated = due.date, due.estimated
    return before != (clock.due_on, clock.is_estimated)
