"""Rectification after admonishments and reminder talks: a reminder some days before its report or check is due.

What an inspection tour (巡视巡察) found is rectified within SUP-INSPECTION-MONTHS, the rest within R-1.41-RECHECK: the clock of the
case takes its rule from where the matter came (`Conversation.clock_rule`).
"""

from datetime import date, timedelta

from django.urls import reverse

from foundation.casework.models import Deadline, Notice
from foundation.casework.services.notices import settle, tell_each
from foundation.regulations.services.rulebook import rulebook

from ..models import Admonishment, Reminder
from ..workflows import ADMONISHMENT, REMINDER
from ..workflows.admonishment import CARRY_OUT
from .influence import county_of

RECTIFIED = {ADMONISHMENT.kind: (Admonishment, "report"), REMINDER.kind: (Reminder, "check")}
"""Kinds of cases with a rectification, and the step whose clock runs until its report or check."""
KEY = "supervision.rectify:"


def remind_rectifications(*, day: date) -> int:
    """Tell who carries them out of rectifications that are due within SUP-RECTIFY-REMINDER-DAYS; once for each day due.

    Reminders whose clock has ended are settled. What is overdue is an alert. Returns how many were told.
    """
    found, standing = {}, set()
    for kind, (model, step) in RECTIFIED.items():
        clocks = {
            clock.case_no: clock
            for clock in Deadline.objects.filter(kind=kind, step=step, closed_at__isnull=True, due_on__gte=day)
        }
        cases = model.objects.system().filter(case_no__in=clocks).select_related("organization__jurisdiction")
        for case in cases.order_by("pk"):
            due_on = clocks[case.case_no].due_on
            days = int(rulebook(on=day, jurisdiction=county_of(case)).value("SUP-RECTIFY-REMINDER-DAYS"))
            key = f"{KEY}{case.case_no}:{due_on:%Y-%m-%d}"
            standing.add(key)
            if due_on - timedelta(days=days) <= day:
                found[key] = {
                    "organization": case.organization,
                    "params": {"case_no": case.case_no, "day": f"{due_on:%Y.%m.%d}"},
                    "url": reverse("supervision:tool", args=[case.case_no]),
                }
    told = Notice.objects.filter(key__startswith=KEY)
    settle(*told.exclude(key__in=standing).values_list("key", flat=True))
    known = set(told.filter(key__in=found).values_list("key", flat=True))
    new = {key: fact for key, fact in found.items() if key not in known}
    tell_each(new, message="supervision.rectification", permission=CARRY_OUT, severity="yellow", resolved_at=None)
    return len(new)
