"""Measures as cases: opened when a run is published, withdrawn when a correction takes their ground away."""

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.casework.models import CaseEvent
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import note, open_case, perform
from foundation.casework.services.notices import settle, tell
from foundation.common.results import Reason
from foundation.regulations.services.rulebook import rulebook

from ..choices import ManualReason
from ..models import Measure
from ..selectors.measures import nameable
from ..workflows import APPROVED, CLOSED, DECLINED, EXECUTED, MANUAL, MEASURE, PROPOSED, REVIEWED, WITHDRAWN
from ..workflows.measure import SET_ASIDE, SHELTERED
from .measure_tools import has_been_carried_out, open_tool, put_tool_back, take_tool_back, tell_tool

UNDECIDED = (MANUAL, PROPOSED, REVIEWED)
DECIDED = (APPROVED, EXECUTED, CLOSED)


def needs_a_person(case, *, actor, official=None, **payload):
    """A measure is proposed for a person: one of the post's holders must be named first (engine §5)."""
    if case.official_id or official is not None:
        return []
    return [Reason("MEASURE_NEEDS_PERSON", text=_("Name the leader first: nobody alone answers for this post."))]


def held_the_post(case, *, actor, official=None, **payload):
    """Named is somebody who led the unit by the case's post, in the assessed year unless nobody did (engine §5)."""
    if official is None or case.official_id or nameable(case).filter(pk=official.pk).exists():
        return []
    return [Reason("MEASURE_NOT_IN_POST", text=_("This person did not hold the post in the assessed year."))]


def has_no_other(case, *, actor, official=None, **payload):
    """One proposal per person and unit (engine §8), also when the person is named by hand."""
    if official is None or case.official_id:
        return []
    same = Measure.objects.system().filter(cycle=case.cycle_id, organization=case.organization_id, official=official)
    other = same.exclude(status__in=[DECLINED, WITHDRAWN]).first()
    if other is None:
        return []
    text = _("Measure %(case_no)s of this unit names the same person already; this post gets none.")
    return [Reason("MEASURE_PERSON_NAMED", {"case_no": other.case_no}, text=text % {"case_no": other.case_no})]


def not_the_reviewer(case, *, actor, **payload):
    """Whoever reviewed does not decide: two pairs of eyes (separation of duties)."""
    reviewed = CaseEvent.objects.filter(kind=MEASURE.kind, case_no=case.case_no, action__in=["review", "propose"])
    if actor.pk is None or not reviewed.filter(actor_id=actor.pk).exists():
        return []
    return [
        Reason(
            "MEASURE_SAME_PERSON",
            text=_("You reviewed this measure. Somebody else must decide on it."),
        )
    ]


def basis_stands(case, *, actor, **payload):
    """Nothing is approved on a ground that the published run has taken away."""
    if not case.basis_changed:
        return []
    return [Reason("MEASURE_BASIS_CHANGED", text=_("The published run no longer justifies this measure."))]


def name_person(case, *, actor, reason, official=None, **payload):
    """Put the chosen leader into the case when it left the person open."""
    if official is not None and case.official_id is None:
        case.official = official
        return {"official": official.pk}
    return {}


def take_back(case, *, actor, reason, **payload):
    """The decision is taken back: nothing waits for its reviewers any more, and what it opened goes with it."""
    settle(_basis_key(case))
    return take_tool_back(case, actor=actor, reason=reason)


def _basis_key(case) -> str:
    """Key of the notice that a decided measure lost its ground."""
    return f"assessments.basis:{case.case_no}"


bind(
    MEASURE,
    Measure,
    url_name="assessments:measure",
    named_by=("official", "post"),
    papers=Papers(
        view="assessments.view_measure",
        add=("assessments.review_measure", "assessments.decide_measure", "assessments.execute_measure"),
    ),
    propose=Handler(input_guards=(needs_a_person, held_the_post, has_no_other), effect=name_person),
    approve=Handler(guards=(not_the_reviewer, basis_stands), effect=open_tool),
    decline=Handler(guards=(not_the_reviewer,)),
    execute=Handler(guards=(has_been_carried_out,)),
    revoke=Handler(effect=take_back),
    set_aside=Handler(effect=take_back),
    **{f"take_up_{state}": Handler(effect=put_tool_back) for state in SET_ASIDE},
)


def _key(measure) -> tuple:
    """What makes two proposals the same: unit and person, or unit and post where the person is open."""
    return (
        (measure.unit_id, "person", measure.official_id)
        if measure.official_id
        else (measure.unit_id, "post", measure.post_id)
    )


def _case_key(case) -> tuple:
    """The same for a case; one that began without a person keeps its post as key after somebody was named."""
    if case.official_id and case.manual_reason not in (ManualReason.EQUAL_DAYS, ManualReason.VACANT):
        return (case.organization_id, "person", case.official_id)
    return (case.organization_id, "post", case.post_id)


def _still_fits(case, target) -> bool:
    if target is None or target.step != case.step:
        return False
    return case.status not in UNDECIDED or target.manual_reason == case.manual_reason


@transaction.atomic
def align(run, *, actor) -> dict:
    """Make the cycle's measures fit a newly published run (engine §5). Nothing is deleted.

    Undecided measures that are no longer justified are withdrawn, decided ones are marked "basis changed" and their
    reviewers told; a declined one stays declined while its ground is the same. What is newly justified is opened.
    Returns how many were opened, withdrawn, marked.
    """
    wanted = {_key(m): m for m in run.measures.select_related("unit", "post", "official")}
    counts = {"opened": 0, "withdrawn": 0, "marked": 0}
    cases = Measure.objects.system().filter(cycle=run.cycle).exclude(status=WITHDRAWN)
    for case in cases.select_for_update(of=("self",)).select_related("organization").order_by("pk"):
        key = _case_key(case)
        if _still_fits(case, wanted.get(key)):
            wanted.pop(key)
            if case.basis_changed:
                _mark(case, run, actor, changed=False)
        elif case.status == SHELTERED:
            wanted.pop(
                key, None
            )  # the decision on tolerance stands in its place; its reversal takes the measure up again
        elif case.status in UNDECIDED:
            perform(
                case, "withdraw", actor=actor, reason=_("Run %(run)s no longer justifies it.") % {"run": run.number}
            )
            counts["withdrawn"] += 1
        elif case.status in DECIDED:
            wanted.pop(key, None)
            if not case.basis_changed:
                _mark(case, run, actor, changed=True)
                counts["marked"] += 1
    taken = Measure.objects.system().filter(cycle=run.cycle).count()
    for offset, measure in enumerate(sorted(wanted.values(), key=lambda m: (m.unit.code, m.post.sort))):
        _open(run, measure, taken + offset + 1, actor)
        counts["opened"] += 1
    return counts


def _open(run, measure, number, actor):
    book = rulebook(on=timezone.localdate(), jurisdiction=run.cycle.jurisdiction.code)
    case = Measure(
        case_no=f"MB-{run.cycle.jurisdiction.code}-{run.cycle.year}-{number:03d}",
        status=MANUAL if measure.manual_reason else PROPOSED,
        organization=measure.unit,
        opened_on=timezone.localdate(),
        cycle=run.cycle,
        run=run,
        post=measure.post,
        official=measure.official,
        days=measure.days,
        step=measure.step,
        manual_reason=measure.manual_reason,
    )
    open_case(case, actor=actor, data={"run": run.number, "step": measure.step, "rulebook": book.version})


def _mark(case, run, actor, *, changed: bool):
    """Say that a decided measure lost its ground, or has it again."""
    Measure.objects.system().filter(pk=case.pk).update(basis_changed=changed, version=F("version") + 1)
    note(case, actor=actor, action="basis_changed" if changed else "basis_restored", data={"run": run.number})
    tell_tool(case, actor=actor, stands=not changed, run=run.number)
    key = _basis_key(case)
    if not changed:
        settle(key)
        return
    tell(
        key=key,
        message="assessments.basis_changed",
        params={"case_no": case.case_no},
        organization=case.organization,
        permission="assessments.review_measure",
        severity="orange",
        url=reverse("assessments:measure", args=[case.case_no]),
    )
