"""Return visits (回访): planned from influence periods and by decisions of rooms above, made by a team, followed by the next."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case, perform
from foundation.common.actors import SystemActor
from foundation.common.dates import add_months
from foundation.common.results import Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from officials.models import Official, Restriction

from ..choices import VisitPurpose
from ..models import Admonishment, Handling, Revisit
from ..rules.duties import NOT_VISITED, revisit_days
from ..workflows import ADMONISHMENT, HANDLING, REVISIT
from ..workflows.revisit import FOLLOW_UP, PLANNED
from .influence import county_of
from .tool_cases import new_case, person_of, refuse, summary_missing, writes
from .tool_guards import facts_fit

LEAD_DAYS = 30
"""A visit stands in inboxes from so many days before its day on."""


@transaction.atomic
def plan_revisit(
    *,
    actor,
    official: Official,
    due_on: date,
    source_kind: str,
    source_no: str,
    purpose: str,
    summary: str,
    sequence: int = 1,
    helper_name: str = "",
    unit: Organization | None = None,
) -> Revisit:
    """Plan a visit that a decision asks for: the one of this source, purpose and sequence, opened once.

    The decision's service has checked who decides, so nothing is asked here; the act is the decision's, the visit is named in
    an entry of its own. Asked again it answers the visit that stands, unchanged. `unit` keeps the visit of a person who belongs
    to none. Raises DomainError for a person in the trash, or without a unit where none is given; ValueError for an unknown
    purpose.
    """
    person = person_of(official, needs_unit=unit is None)
    source = {
        "source_kind": source_kind,
        "source_no": source_no,
        "purpose": VisitPurpose(purpose),
        "sequence": sequence,
    }
    known = Revisit.objects.system().filter(official=person, **source).first()
    return known or _open(actor, person, due_on, summary, helper_name, unit=unit, **source)


@transaction.atomic
def plan_visit(*, actor, official: Official, planned_on: date, summary: str, helper_name: str = "") -> Revisit:
    """Plan a visit that no decision asks for.

    Raises PermissionDenied outside the actor's units; DomainError (400, by field) without a matter or for a day that has passed.
    """
    person = person_of(official)
    require(actor, FOLLOW_UP, person.org_path)
    wrong = summary_missing(summary)
    if planned_on < timezone.localdate():
        text = _("This day has passed. Choose today or a later day.")
        wrong.append(Reason("DAY_PASSED", {"field": "planned_on"}, text=text))
    refuse(wrong, "VISIT_REFUSED")
    return _open(actor, person, planned_on, summary, helper_name)


def _open(actor, person: Official, planned_on: date, summary: str, helper_name: str, unit=None, **source) -> Revisit:
    plan = {"planned_on": planned_on, "helper_name": helper_name.strip(), **source}
    case = new_case(Revisit, person, actor=actor, status=PLANNED, summary=summary, unit=unit, **plan)
    told = {"official": person.pk, "planned_on": planned_on.isoformat(), "source_no": case.source_no}
    open_case(case, actor=actor, reason=case.summary, data=told)
    record(
        actor=actor,
        action="supervision.revisit.planned",
        target_kind=REVISIT.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=case.summary[:300],
        data=told,
    )
    return case


def follow_period(case: Handling | Admonishment, *, actor) -> None:
    """Make the visits to come what the decision's periods ask for now (SUP-REVISIT): new ones, other days, those that lapse.

    Called when periods begin, move or end before their time. What was made or is overdue stays; days that had passed when the
    decision was entered are history. `actor` is named as who ordered it.
    """
    kind = HANDLING.kind if isinstance(case, Handling) else ADMONISHMENT.kind
    today, ordered = timezone.localdate(), SystemActor(str(actor), actor.pk)
    known = Revisit.objects.system().filter(source_kind=kind, source_no=case.case_no, purpose=VisitPurpose.PERIOD)
    made_until = known.filter(status="made").aggregate(last=Max("planned_on"))["last"] or date.min
    days = [day for day in _days_of(case, kind, today) if day >= today and day > made_until]
    waiting = list(known.filter(status=PLANNED, planned_on__gte=today).order_by("planned_on", "pk"))
    for visit, day in zip(waiting, days, strict=False):
        if visit.planned_on != day:
            perform(visit, "move", actor=ordered, reason=_("The influence period changed."), planned_on=day)
    for visit in waiting[len(days) :]:
        perform(visit, "lapse", actor=ordered, reason=_("The influence period changed."))
    if case.official.trashed_at is None:
        _plan_days(case, kind, days[len(waiting) :], actor=actor)


def _days_of(case: Handling | Admonishment, kind: str, today: date) -> Iterable[date]:
    """Days of the visits of a decision, by the periods that stand and the rulebook of the day they began."""
    rows = Restriction.objects.system().of_decision(kind, case.case_no).standing()
    periods = [(row.starts_on, row.ends_on) for row in rows if row.kind not in NOT_VISITED]
    if not periods:
        return ()
    ends = [ends_on for _starts_on, ends_on in periods]
    starts_on, ends_on = min(starts for starts, _ends in periods), None if None in ends else max(ends)
    plan = _plan(case, starts_on)
    days = revisit_days(starts_on, ends_on, plan)
    return days if ends_on else (_first_from(today, days[0], plan["every_months"]),)


def _first_from(today: date, first: date, every_months: int) -> date:
    """Without a known end one visit waits at a time: the first whose day has not passed."""
    steps = 0
    while (day := add_months(first, steps * every_months)) < today:
        steps += 1
    return day


def _plan(case, day: date) -> dict:
    return rulebook(on=day, jurisdiction=county_of(case)).value("SUP-REVISIT")


def _plan_days(case, kind: str, days: Iterable[date], *, actor) -> None:
    source = {"source_kind": kind, "source_no": case.case_no, "purpose": VisitPurpose.PERIOD}
    known = Revisit.objects.system().filter(official=case.official_id, **source)
    last = known.aggregate(last=Max("sequence"))["last"] or 0
    for sequence, day in enumerate(days, start=last + 1):
        plan_revisit(
            actor=actor,
            official=case.official,
            due_on=day,
            summary=case.summary,
            sequence=sequence,
            helper_name=getattr(case, "helper_name", ""),
            unit=case.organization,
            **source,
        )


def enough_visitors(case, *, actor, visitors=(), **payload):
    """A visit is made by a team (SUP-REVISIT: two at least)."""
    team = _plan(case, timezone.localdate())["team"]
    if not visitors or len(set(visitors)) >= team:
        return []
    text = _("A visit is made by at least %(team)d. Name each of them.") % {"team": team}
    cite = rulebook(on=timezone.localdate(), jurisdiction=county_of(case)).cite("SUP-REVISIT")
    return [Reason("VISITORS_TOO_FEW", {"field": "visitors", "team": team}, cite, text)]


_facts = writes("make")


def _made(case, *, actor, reason="", next_on=None, **payload):
    """What was found stands in the case; the next visit is moved to its day, or planned where none waits."""
    told = _facts(case, actor=actor, reason=reason, next_on=next_on, **payload)
    following = Revisit.objects.system().filter(status=PLANNED, official=case.official_id).exclude(pk=case.pk)
    following = following.filter(source_kind=case.source_kind, source_no=case.source_no, purpose=case.purpose)
    waiting = following.order_by("planned_on", "pk").first() if case.source_no else None
    day = next_on or (None if waiting else _after_open_period(case))
    if day is None:
        return told
    if waiting is not None:
        if waiting.planned_on != day:
            perform(
                waiting,
                "move",
                actor=actor,
                reason=_("As recorded with %(case_no)s.") % {"case_no": case.case_no},
                planned_on=day,
            )
        return told | {"next": waiting.case_no}
    source = {name: getattr(case, name) for name in ("source_kind", "source_no", "purpose")}
    sequence = case.sequence + 1
    if case.source_no:
        sequence = (
            Revisit.objects.system().filter(official=case.official_id, **source).aggregate(n=Max("sequence"))["n"] + 1
        )
    person = person_of(case.official)
    opened = _open(actor, person, day, case.summary, case.helper_name, sequence=sequence, **source)
    return told | {"next": opened.case_no}


def _after_open_period(case) -> date | None:
    """The next day where a period without a known end runs on: at the interval of SUP-REVISIT after this visit."""
    if case.purpose != VisitPurpose.PERIOD:
        return None
    rows = Restriction.objects.system().of_decision(case.source_kind, case.source_no).standing()
    latest = rows.order_by(F("ends_on").desc(nulls_first=True)).first()
    if latest is None or latest.ends_on is not None:
        return None
    return add_months(case.visited_on, _plan(case, latest.starts_on)["every_months"])


bind(
    REVISIT,
    Revisit,
    url_name="supervision:tool",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="supervision.view_revisit", add=(FOLLOW_UP,)),
    waits_before=("planned_on", LEAD_DAYS),
    make=Handler(input_guards=(facts_fit("make"), enough_visitors), effect=_made),
    move=Handler(input_guards=(facts_fit("move"),), effect=writes("move")),
)
