"""The desk of sanctioned officials (受处分干部跟踪): one row for each decision, with period, visits, conditions and reuse."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.common.scoping import scope_of
from officials.models import Restriction

from ..choices import VisitResult
from ..models import Handling, ReuseProposal, Revisit
from ..rules.kinds import FAMILY_OF
from ..rules.reuse import FAILS, Condition, VisitFact
from ..workflows import HANDLING, REUSE_STATES
from ..workflows.handling import IN_FORCE, LIFTED
from ..workflows.reuse import OPEN, REUSED, WAITING
from .reuse_facts import OF_REUSE

VIEW, VIEW_CASE = "supervision.view_handling", "supervision.view_reuseproposal"
RUNNING, ENDED = "running", "ended"
PERIODS = {
    RUNNING: pgettext_lazy("influence period", "running"),
    ENDED: pgettext_lazy("influence period", "ended"),
}
NONE, PROPOSED = "none", "proposed"
REUSES = {
    NONE: pgettext_lazy("reuse", "not proposed"),
    PROPOSED: pgettext_lazy("reuse", "proposal under way"),
    WAITING: pgettext_lazy("reuse", "waits for the selection procedure"),
    REUSED: pgettext_lazy("reuse", "used again"),
}
OVERDUE, NEVER, BAD = "overdue", "never", "bad"
VISITS = {
    OVERDUE: _("a visit is overdue"),
    NEVER: _("never visited"),
    BAD: _("last visit not good"),
}
SORTS = {
    "latest": (_("decided last"), ("-effective_on", "-pk")),
    "ends": (_("ending first"), (F("until").asc(nulls_last=True), "pk")),
    "unit": (_("by unit"), ("organization__path", "official__sort_key", "pk")),
}


@dataclass(frozen=True)
class DeskLine:
    """A row of the desk: the decision, the person's visits since it, the conditions for a post at the same level."""

    case: Handling
    is_running: bool
    visits: tuple[VisitFact, ...]
    day: date
    conditions: tuple[Condition, ...]

    @property
    def made(self) -> list[VisitFact]:
        """Visits that were made, the earliest first."""
        return [one for one in self.visits if one.result]

    @property
    def planned(self) -> list[VisitFact]:
        """Visits that wait, the earliest first."""
        return [one for one in self.visits if not one.result]

    @property
    def last(self) -> VisitFact | None:
        """The last visit made."""
        return self.made[-1] if self.made else None

    @property
    def next(self) -> VisitFact | None:
        """The next visit, or the one that is overdue."""
        return self.planned[0] if self.planned else None

    @property
    def is_late(self) -> bool:
        """Has the day of a planned visit passed?"""
        return bool(self.next and self.next.on < self.day)

    @property
    def last_word(self) -> Any:
        """What the last visit found, in words."""
        return VisitResult(self.last.result).label if self.last else ""

    @property
    def against(self) -> list:
        """What the record says against it, in words."""
        return [reason for one in self.conditions if one.state == FAILS for reason in one.reasons]

    @property
    def reuse_label(self) -> Any:
        """Where the reuse stands, in words."""
        return dict(REUSE_STATES).get(self.case.reuse_status, "")


def sanctioned(user, day: date, *, period="", family="", kind="", visits="", reuse="", unit="", name="", sort="latest"):
    """Decisions in force or lifted of people whose files are open to the user, narrowed and in order (1 query when read)."""
    rows = Handling.objects.visible_to(user, VIEW).filter(
        status__in=(IN_FORCE, LIFTED), official__trashed_at__isnull=True
    )
    rows = _annotated(rows, day)
    if period:
        rows = rows.filter(is_running=period == RUNNING)
    if family:
        rows = rows.filter(kind__in=[one for one, of in FAMILY_OF.items() if of == family])
    if kind:
        rows = rows.filter(kind=kind)
    if unit:
        rows = rows.filter(Q(organization__name__icontains=unit) | Q(organization__short_name__icontains=unit))
    if name:
        rows = rows.filter(official__name__icontains=name)
    if visits:
        rows = rows.filter(**{OVERDUE: {"is_late": True}, NEVER: {"last_result": None}}.get(visits, {}))
        rows = rows.filter(last_result__in=("FAIR", "POOR")) if visits == BAD else rows
    if reuse:
        rows = rows.filter(**REUSE_IS[reuse])
    return rows.select_related("official", "organization").order_by(*SORTS[sort][1])


REUSE_IS = {
    NONE: {"reuse_status": None},
    PROPOSED: {"reuse_status__in": [state for state in OPEN if state != WAITING]},
    WAITING: {"reuse_status": WAITING},
    REUSED: {"reuse_status": REUSED},
}


def _annotated(rows, day: date):
    periods = Restriction.objects.system().standing().filter(source_kind=HANDLING.kind, source_no=OuterRef("case_no"))
    proposals = ReuseProposal.objects.system().filter(source_no=OuterRef("case_no"), status__in=(*OPEN, REUSED))
    latest = proposals.order_by("-pk")
    visits = Revisit.objects.system().filter(official=OuterRef("official_id"), purpose__in=OF_REUSE)
    made = visits.filter(status="made", visited_on__gte=OuterRef("effective_on")).order_by("-visited_on", "-case_no")
    return rows.with_last_days().annotate(
        is_running=Exists(periods.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))),
        is_late=Exists(visits.filter(status="planned", planned_on__lt=day)),
        last_result=Subquery(made.values("result")[:1]),
        reuse_status=Subquery(latest.values("status")[:1]),
        reuse_no=Subquery(latest.values("case_no")[:1]),
        reuse_mode=Subquery(latest.values("mode")[:1]),
        reused_on=Subquery(latest.values("reused_on")[:1]),
    )


def desk_figures(rows) -> dict[str, int]:
    """Counts of what the filter shows (1 query): decisions, people, running, late visits, and where reuses stand."""
    return rows.order_by().aggregate(
        decisions=Count("pk"),
        people=Count("official_id", distinct=True),
        running=Count("pk", filter=Q(is_running=True)),
        late=Count("pk", filter=Q(is_late=True)),
        proposed=Count("pk", filter=Q(**REUSE_IS[PROPOSED])),
        waiting=Count("pk", filter=Q(**REUSE_IS[WAITING])),
        reused=Count("pk", filter=Q(**REUSE_IS[REUSED])),
    )


def proposals_for(user):
    """Proposals that the user may see, open ones first, then the newest."""
    rows = ReuseProposal.objects.visible_to(user, VIEW_CASE).select_related("official", "organization")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "-opened_on", "-pk")


def may_see(user) -> bool:
    """Does the user see the desk itself, or only the proposals?"""
    return bool(scope_of(user, VIEW))
