"""The story of a cycle's runs: calculated, opened, objected to, signed, published; and the one act that comes next."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.casework.case_lines import StepMark
from foundation.common.templatetags.ui import ymd, ymd_hm

from ..models import Appeal, Cycle, Opening, Publication, PublishRequest, Run
from ..workflows.appeal import APPEAL
from ..workflows.publish_request import REQUESTED
from .cycles import VIEW

SHOWN = 20
CALCULATE, OPEN, APPEALS, WAIT, ASK, SIGN, NOTHING = "calculate", "open", "appeals", "wait", "ask", "sign", ""


def story_of(cycle: Cycle, user):
    """Runs of a cycle that the user may see, the latest first, with opening, publication and request (1 query)."""
    openings = Opening.objects.system().filter(run=OuterRef("pk")).order_by("-pk")
    publications = Publication.objects.filter(run=OuterRef("pk")).order_by("-pk")
    requests = PublishRequest.objects.system().filter(run=OuterRef("pk")).order_by("-pk")
    found = Run.objects.visible_to(user, VIEW).filter(cycle=cycle).defer("parameters", "effects")
    return found.annotate(
        opened_on=Subquery(openings.values("opened_on")[:1]),
        due_on=Subquery(openings.values("due_on")[:1]),
        opening_ended_at=Subquery(openings.values("ended_at")[:1]),
        published_at=Subquery(publications.values("at")[:1]),
        published_by=Subquery(publications.values("actor_name")[:1]),
        published_for=Subquery(publications.values("reason")[:1]),
        request_no=Subquery(requests.values("case_no")[:1]),
        request_status=Subquery(requests.values("status")[:1]),
    ).order_by("-pk")[:SHOWN]


@dataclass(frozen=True)
class AppealCounts:
    """How many appeals a cycle has, and how many wait for a decision."""

    all: int
    open: int


def appeal_counts(cycle: Cycle, user) -> AppealCounts:
    """Counts of the appeals that the user may see (1 query)."""
    mine = Appeal.objects.visible_to(user, "assessments.view_appeal").filter(cycle=cycle)
    found = mine.aggregate(all=Count("pk"), open=Count("pk", filter=Q(status__in=APPEAL.open_states())))
    return AppealCounts(**found)


def line_of(run: Run, story) -> Run:
    """The run's own line of the story."""
    return next((line for line in story if line.pk == run.pk), run)


def base_in(run: Run, story) -> Run | None:
    """The run that a new one is compared with: the published one, else the one told before it, else the one before it."""
    cycle = run.cycle
    published = next((line for line in story if line.pk == cycle.published_run_id), None)
    if published is not None and published.pk != run.pk:
        return published
    earlier = [line for line in story if line.pk < run.pk]
    told = [line for line in earlier if line.opened_on or line.published_at]
    return next(iter(told or earlier), None)


def is_window_running(line: Run, today) -> bool:
    """May units still object to what this run of the story shows? The last day counts."""
    return bool(line.due_on and not line.opening_ended_at and today <= line.due_on)


def next_act(line: Run, cycle: Cycle, counts: AppealCounts, *, is_current: bool, today) -> str:
    """The one act that comes next for a run, empty when there is none."""
    if cycle.is_locked:
        return NOTHING
    if not is_current:
        return CALCULATE
    if line.request_status == REQUESTED:
        return SIGN
    if cycle.published_run_id == line.pk:
        return ASK
    if not line.opened_on or line.opening_ended_at:
        return OPEN
    if counts.open:
        return APPEALS
    return WAIT if today <= line.due_on else ASK


def run_stations(line: Run, cycle: Cycle, counts: AppealCounts, *, is_current: bool, today) -> list[StepMark]:
    """The stations of a run: calculated, opened, appeals, sign-off, published."""
    is_published = cycle.published_run_id == line.pk and cycle.is_locked
    act = NOTHING if is_published else next_act(line, cycle, counts, is_current=is_current, today=today)
    marks = [StepMark(pgettext("run", "Calculated"), "done", ymd_hm(line.finished_at))]
    if act == CALCULATE:
        return [*marks, StepMark(_("The inputs changed since"), "stopped")]
    until = _("until %(day)s") % {"day": ymd(line.due_on)} if line.opened_on else ""
    marks.append(StepMark(_("Opened to the units"), _opened(line, act, is_published), until))
    number = _("%(open)d open of %(all)d") % {"open": counts.open, "all": counts.all} if line.opened_on else ""
    over = is_published or (act in (ASK, SIGN) and not counts.open)
    is_on = act in (APPEALS, WAIT) or (act == SIGN and counts.open)
    state = "done" if line.opened_on and over else "current" if is_on else "todo"
    marks.append(StepMark(_("Appeals"), state, number))
    signing = "done" if is_published else "current" if act in (ASK, SIGN) else "todo"
    marks.append(StepMark(_("Sign-off"), signing, line.request_no if act == SIGN else ""))
    day = ymd_hm(line.published_at) if line.published_at else ""
    label = pgettext("run", "Published")
    return [*marks, StepMark(label, "done" if is_published else "todo", day)]


def _opened(line, act, is_published) -> str:
    if line.opened_on and not (act == OPEN and line.opening_ended_at):
        return "done"
    return "todo" if is_published or act != OPEN else "current"
