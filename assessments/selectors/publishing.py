"""Publishing: what stands against it, who has signed, which run a new one is compared with."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.casework.case_lines import EventLine, event_lines
from foundation.casework.selectors import events_of
from foundation.common.lists import clauses, words
from foundation.common.results import Reason

from ..models import Collection, Cycle, Opening, Publication, PublishRequest, Run
from ..workflows.collection import VERIFIED
from ..workflows.publish_request import PUBLISH_REQUEST
from .appeals import OpenAppeal, told_open
from .cycles import VIEW

VIEW_REQUEST = "assessments.view_publishrequest"


APPEALS_OPEN = "APPEALS_OPEN"
NEVER_OPENED = "NEVER_OPENED"
NAMED = 10  # appeals or departments in one sentence


def objections(run: Run, today, *, is_answered_for=False) -> list[Reason]:
    """What stands against publishing a run: open appeals of the year (1 query), and, unless the asker answers for it, figures
    that were asked for and are not verified, a year that the units were never shown, and a window that runs on.

    A decision on an appeal changes the inputs, which publishing locks: so it comes first. The window is the year's: a newer
    run than the opened one does not end it. A correction needs no preview: the units saw the result it corrects.
    """
    found = []
    opening = Opening.objects.system().current().filter(cycle=run.cycle_id, due_on__gte=today)
    asked = Collection.objects.system().filter(cycle=run.cycle_id).exclude(status=VERIFIED)
    departments = asked.order_by("organization__path").values("organization__name")
    told = Exists(Opening.objects.system().filter(cycle=run.cycle_id)) | Exists(
        Publication.objects.filter(cycle=run.cycle_id)
    )
    appeals, unverified, due_on, was_told = (
        Cycle.objects.system()
        .filter(pk=run.cycle_id)
        .values_list(
            ArraySubquery(told_open(run.cycle)),
            ArraySubquery(departments),
            Subquery(opening.values("due_on")[:1]),
            ExpressionWrapper(told, BooleanField()),
        )
        .get()
    )
    if appeals:
        text = ngettext(
            "%(n)d appeal is not decided yet: %(appeals)s. Have it answered and decide on it first.",
            "%(n)d appeals are not decided yet: %(appeals)s. Have them answered and decide on them first.",
            len(appeals),
        ) % {"n": len(appeals), "appeals": clauses((OpenAppeal(**told) for told in appeals), NAMED)}
        found.append(Reason(APPEALS_OPEN, {"appeals": appeals}, text=text))
    if unverified and not is_answered_for:
        text = ngettext(
            "The figures of %(n)d department are not verified: %(departments)s.",
            "The figures of %(n)d departments are not verified: %(departments)s.",
            len(unverified),
        ) % {"n": len(unverified), "departments": words(unverified, NAMED)}
        found.append(Reason("FIGURES_UNVERIFIED", {"departments": unverified}, text=text))
    if not was_told and not is_answered_for:
        text = _("The units were not shown a preview of this year yet. Open the run to them, so that they may object.")
        found.append(Reason(NEVER_OPENED, text=text))
    if due_on and not is_answered_for:
        text = _("The units may object until %(day)s.") % {"day": f"{due_on:%Y.%m.%d}"}
        found.append(Reason("APPEAL_WINDOW_RUNS", {"until": due_on.isoformat()}, text=text))
    return found


def appeals_in(reasons) -> list[OpenAppeal]:
    """The appeals that `objections` name."""
    return [OpenAppeal(**told) for reason in reasons if reason.code == APPEALS_OPEN for told in reason.facts["appeals"]]


def signed_by(case: PublishRequest) -> list[int | None]:
    """Numbers of the users who signed after the asker."""
    return [event.actor_id for event in events_of(PUBLISH_REQUEST, case) if event.action in ("sign", "confirm")]


def request_events(case: PublishRequest) -> list[EventLine]:
    """The timeline of a request with the workflow's words (1 query)."""
    return event_lines(PUBLISH_REQUEST, case, open=_("Asked to publish"))


def base_of(run: Run, user=None) -> Run | None:
    """The run with which a new one is compared: the published one, else the one opened before it, else the one before it.

    None for the first run of a cycle, and where the `user`, when one is given, may not see the base (1 query).
    """
    cycle = run.cycle
    if cycle.published_run_id and cycle.published_run_id != run.pk:
        runs = Run.objects.system().filter(pk=cycle.published_run_id)
    else:
        runs = Run.objects.system().filter(cycle=cycle, pk__lt=run.pk)
    told = Opening.objects.system().filter(run=OuterRef("pk")), Publication.objects.filter(run=OuterRef("pk"))
    runs = runs.annotate(was_told=Exists(told[0]) | Exists(told[1])).order_by("-was_told", "-pk")
    if user is None:
        return runs.first()
    seen = Run.objects.visible_to(user, VIEW).filter(pk=OuterRef("pk"))
    base = runs.annotate(is_seen=Exists(seen)).first()
    return base if base and base.is_seen else None
