"""What pages show of prior filings: the desk, stations, timeline, facts."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.models import Deadline

from ..models import PriorFiling
from ..workflows.filing import CLOSED, FILING, FILING_STATES, PATH

VIEW = "tolerance.view_priorfiling"
OFFERED = 100
FACTS = (
    "reform", "basis", "responsible", "decision_record", "breaks_no_ban", "risk_level", "risks", "measures", "filed_on",
    "reviewed_on", "opinion", "ended_on", "result", "filed_by_name",
)  # fmt: skip


def desk_of(user):
    """Filings that the user may see, what is due first in front, then the newest (1 query when read)."""
    clock = Deadline.objects.filter(kind=FILING.kind, case_no=OuterRef("case_no"), closed_at__isnull=True)
    cases = PriorFiling.objects.visible_to(user, VIEW).select_related("organization")
    return cases.annotate(due_on=Subquery(clock.values("due_on")[:1])).order_by("due_on", "-opened_on", "-pk")


def citable_by(user) -> list[PriorFiling]:
    """Filings that the user can cite in an application, the newest first (1 query)."""
    cases = PriorFiling.objects.visible_to(user, VIEW).citable()
    return list(cases.order_by("-opened_on", "-pk")[:OFFERED])


def marks_of(case: PriorFiling) -> list[StepMark]:
    """Stations of the usual way; one that was returned stands before its filing, one that was withdrawn has left it."""
    labels = dict(FILING_STATES)
    if case.status not in PATH:
        kind = "stopped" if case.status in FILING.terminal else "current"
        return [StepMark(labels[PATH[0]], "done"), StepMark(labels[case.status], kind)]
    here, is_over = PATH.index(case.status), case.status == CLOSED
    kinds = ["done" if n < here or is_over else "current" if n == here else "todo" for n in range(len(PATH))]
    return [StepMark(labels[state], kind) for state, kind in zip(PATH, kinds, strict=True)]


def lines_of(case: PriorFiling) -> list[EventLine]:
    """The timeline with the workflow's words (`events_of`)."""
    return event_lines(FILING, case, open=pgettext_lazy("filing", "Drafted"))


def facts_lines(case: PriorFiling) -> list[tuple[Any, Any]]:
    """Label and words of every column that is filled."""
    return [(case._meta.get_field(name).verbose_name, _words(case, name)) for name in FACTS if getattr(case, name)]


def _words(case: PriorFiling, name: str) -> Any:
    value = getattr(case, name)
    if value is True:
        return pgettext_lazy("filing", "stated by the unit")
    if name == "risk_level":
        return case.get_risk_level_display()
    return f"{value:%Y.%m.%d}" if hasattr(value, "isoformat") else value
