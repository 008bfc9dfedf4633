"""Appeals: what a unit may object to, who answers, the case with its stations."""

from dataclasses import dataclass

from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.case_lines import EventLine, StepMark, event_lines
from foundation.casework.models import Deadline
from foundation.casework.selectors import events_of

from ..choices import AppealTarget
from ..models import Appeal, Cycle, Item, Opening, Run, RunUnit
from ..rules.appeals import read_value
from ..workflows.appeal import ACCEPTED, ANSWERED, APPEAL, FILED, LATE, REFUSED, REJECTED, STATES, WITHDRAWN
from .results import explained

VIEW_APPEAL = "assessments.view_appeal"


@dataclass(frozen=True)
class Objectionable:
    """Something in a result that the unit may object to. `stated` is what stands there, empty where nothing applies."""

    kind: str
    code: str
    name: str
    stated: str
    responsible: object

    @property
    def key(self) -> str:
        """As the form names it: `figure:G101`."""
        return f"{self.kind}:{self.code}"

    @property
    def line(self) -> str:
        """As a list of choices prints it: code, name and what stands there."""
        return " ".join(filter(None, (self.code, self.name, self.stated and f"（{self.stated}）")))


def objectionable(row: RunUnit) -> list[Objectionable]:
    """Figures, adjustments and vetoes of a result, in the order in which the result shows them (2 queries).

    The department responsible for the indicator answers, of an adjustment or veto the one that proposed it; the office does
    for what the unit itself submits and for what no department does.
    """
    office = row.run.cycle.jurisdiction
    found = []
    for group in explained(row):
        for line in group.lines:
            answers = line.indicator.responsible if line.indicator and line.indicator.responsible_id else office
            found.append(
                Objectionable(
                    AppealTarget.FIGURE,
                    line.point["code"],
                    line.indicator.name if line.indicator else line.point["name"],
                    read_value(str(line.point.get("raw") or "")),
                    office if answers.pk == row.unit_id else answers,
                )
            )
    items = Item.objects.system().filter(cycle=row.run.cycle_id, unit=row.unit_id).exclude(number="")
    proposers = {item.number: item.organization for item in items.select_related("organization")}
    for kind, listed in ((AppealTarget.ADJUSTMENT, "adjustments"), (AppealTarget.VETO, "vetoes")):
        for item in row.notes[listed] or ():
            answers = proposers.get(item["number"], office)
            stated = read_value(item.get("points", ""))
            answers = office if answers.pk == row.unit_id else answers
            found.append(Objectionable(kind, item["number"], item["ground"], stated, answers))
    return found


def current_opening(cycle: Cycle) -> Opening | None:
    """The opening that holds now, None when no run is opened (1 query)."""
    return Opening.objects.system().current().filter(cycle=cycle).select_related("run").first()


def opening_of(run: Run) -> Opening | None:
    """The opening that holds now, when it is this run that is open and the year is not published (1 query)."""
    if run.cycle.is_locked:
        return None
    return Opening.objects.system().current().filter(run=run).first()


def appeals_for(user):
    """Appeals that the user's units filed or must answer, the latest first."""
    found = Appeal.objects.visible_to(user, VIEW_APPEAL)
    return found.select_related("organization", "responsible", "cycle__jurisdiction", "run").order_by("-pk")


def open_appeals(cycle: Cycle):
    """Appeals of a cycle on which nothing is decided yet."""
    return Appeal.objects.system().filter(cycle=cycle, status__in=APPEAL.open_states()).order_by("pk")


@dataclass(frozen=True)
class OpenAppeal:
    """An appeal on which nothing is decided yet: its number, the unit, what it is against, and whom it waits for."""

    number: str
    unit: str
    target_kind: str
    target: str
    name: str
    status: str

    @property
    def against(self) -> str:
        """What kind of thing it is, its code or number, its name."""
        return f"{AppealTarget(self.target_kind).label} {self.target} {self.name}"

    @property
    def state(self):
        """The state in words."""
        return dict(STATES)[self.status]

    def __str__(self):
        return _("%(number)s %(unit)s, %(against)s (%(state)s)") % {
            "number": self.number, "unit": self.unit, "against": self.against, "state": self.state,
        }  # fmt: skip


def told_open(cycle: Cycle):
    """The open appeals of a cycle as JSON, each for `OpenAppeal`: a query, or a column of another one."""
    told = JSONObject(
        number="case_no",
        unit="organization__name",
        target_kind="target_kind",
        target="target",
        name="target_name",
        status="status",
    )
    return open_appeals(cycle).values_list(told, flat=True)


def open_appeal_lines(cycle: Cycle) -> list[OpenAppeal]:
    """The open appeals of a cycle, the oldest first (1 query)."""
    return [OpenAppeal(**told) for told in told_open(cycle)]


def actors_of(case, *actions: str) -> set[int]:
    """Numbers of the users who took these steps of a case (1 query, none where the page has read the timeline)."""
    return {event.actor_id for event in events_of(APPEAL, case) if event.action in actions} - {None}


def appeal_deadline(case: Appeal):
    """The open clock of an appeal, None when none runs (1 query)."""
    return Deadline.objects.filter(kind=APPEAL.kind, case_no=case.case_no, closed_at__isnull=True).first()


def appeal_events(case: Appeal) -> list[EventLine]:
    """The timeline of an appeal with the workflow's words (1 query)."""
    return event_lines(APPEAL, case, open=_("Filed by the unit"))


def appeal_steps(case: Appeal) -> list[StepMark]:
    """Stations from filing to the decision; where the case ended early, the rest is stopped."""
    labels = dict(STATES)
    path = [LATE] if case.late_reason else []
    path += [FILED, ANSWERED]
    ended = case.status not in APPEAL.open_states()
    place = len(path) if ended else path.index(case.status)
    marks = [StepMark(labels[state], _state(number, place)) for number, state in enumerate(path)]
    if case.status in (REFUSED, WITHDRAWN):
        answered = 1 if case.agrees is not None else 0
        marks = marks[: answered + (1 if case.late_reason else 0)]
        return [*marks, StepMark(labels[case.status], "stopped")]
    last = {ACCEPTED: "done", REJECTED: "done"}.get(case.status, "todo")
    return [*marks, StepMark(labels[case.status] if ended else pgettext_lazy("appeal", "decided"), last)]


def _state(number: int, place: int) -> str:
    return "done" if number < place else "current" if number == place else "todo"
