"""Publishing: what stands against it, who has signed, which run a new one is compared with."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.casework.models import CaseEvent
from foundation.common.lists import words
from foundation.common.results import Reason

from ..models import Opening, PublishRequest, Run
from ..workflows.publish_request import PUBLISH_REQUEST
from .appeals import open_appeals
from .cases import EventLine, event_lines
from .cycles import VIEW

VIEW_REQUEST = "assessments.view_publishrequest"


def objections(run: Run, today, *, overridden=(), window_overridden=False) -> list[Reason]:
    """What stands against publishing a run, unless it is overridden with a reason: open appeals, a window that runs on.

    `overridden` are the numbers of the appeals that the asker has already answered for (2 queries).
    """
    found = []
    waiting = [
        number for number in open_appeals(run.cycle).values_list("case_no", flat=True) if number not in overridden
    ]
    if waiting:
        text = ngettext(
            "%(n)d appeal is not decided yet: %(numbers)s.",
            "%(n)d appeals are not decided yet: %(numbers)s.",
            len(waiting),
        ) % {"n": len(waiting), "numbers": words(waiting[:5])}
        found.append(Reason("APPEALS_OPEN", {"appeals": waiting}, text=text))
    opening = Opening.objects.system().current().filter(run=run, due_on__gte=today).first()
    if opening and not window_overridden:
        text = _("The units may object until %(day)s.") % {"day": f"{opening.due_on:%Y.%m.%d}"}
        found.append(Reason("APPEAL_WINDOW_RUNS", {"until": opening.due_on.isoformat()}, text=text))
    return found


def signed_by(case: PublishRequest) -> list[int | None]:
    """Numbers of the users who signed after the asker (1 query)."""
    events = CaseEvent.objects.filter(kind=PUBLISH_REQUEST.kind, case_no=case.case_no, action__in=["sign", "confirm"])
    return list(events.order_by("seq").values_list("actor_id", flat=True))


def request_events(case: PublishRequest) -> list[EventLine]:
    """The timeline of a request with the workflow's words (1 query)."""
    return event_lines(PUBLISH_REQUEST, case, open=_("Asked to publish"))


def base_of(run: Run) -> Run | None:
    """The run with which a new one is compared: the published one, else the one opened before it, else the one before it.

    None for the first run of a cycle (at most 3 queries).
    """
    cycle = run.cycle
    if cycle.published_run_id and cycle.published_run_id != run.pk:
        return cycle.published_run
    earlier = Run.objects.system().filter(cycle=cycle, pk__lt=run.pk)
    told = earlier.filter(openings__isnull=False) | earlier.filter(publications__isnull=False)
    return told.order_by("-pk").first() or earlier.order_by("-pk").first()


def visible_base(run: Run, user) -> Run | None:
    """`base_of`, when the user may see it (one query more)."""
    base = base_of(run)
    return base if base and Run.objects.visible_to(user, VIEW).filter(pk=base.pk).exists() else None
