"""The tracker of measures: where each stands, by when the next step is due in working days, and who must take it."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from foundation.accounts.roles import all_roles
from foundation.casework.case_lines import StepMark
from foundation.casework.models import CaseEvent, Deadline
from foundation.regulations.services.calendar import working_days_between

from ..models import Cycle, Measure
from ..workflows import MEASURE
from .measures import step_marks

VIEW_MEASURE = "assessments.view_measure"


@dataclass(frozen=True)
class Tracked:
    """One measure. `days` are working days until the due day, negative when it has passed; None without a clock."""

    case: Measure
    steps: list[StepMark]
    due_on: date | None
    days: int | None
    actors: list[str]

    @property
    def is_overdue(self) -> bool:
        """Has the due day passed?"""
        return self.days is not None and self.days < 0

    @property
    def days_over(self) -> int:
        """Working days since the due day."""
        return -self.days if self.is_overdue else 0


def actors_of(status: str) -> list[str]:
    """Names of the roles that may take a step from a state of the workflow."""
    needed = {step.permission for step in MEASURE.from_state(status) if not step.automatic}
    return [role.label for role in all_roles() if needed & role.permissions]


def tracked_measures(cycle: Cycle, user, on: date) -> list[Tracked]:
    """Measures of a year that the user may see: the first due first, closed ones last (1 query)."""
    events = CaseEvent.objects.filter(kind=MEASURE.kind, case_no=OuterRef("case_no")).order_by("seq")
    clocks = Deadline.objects.filter(kind=MEASURE.kind, case_no=OuterRef("case_no"), closed_at__isnull=True)
    cases = Measure.objects.visible_to(user, VIEW_MEASURE).filter(cycle=cycle)
    cases = cases.select_related("organization", "official", "post").annotate(
        reached=ArraySubquery(events.values("to_status")),
        due_on=Subquery(clocks.order_by("due_on").values("due_on")[:1]),
    )
    rows = [_tracked(case, on) for case in cases]
    return sorted(rows, key=lambda row: (row.case.status in MEASURE.terminal, row.due_on or date.max, row.case.case_no))


def _tracked(case, on) -> Tracked:
    days = None if case.due_on is None else working_days_between(on, case.due_on)
    return Tracked(case, step_marks(case, set(case.reached)), case.due_on, days, actors_of(case.status))
