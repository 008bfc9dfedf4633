"""Holds after expiry (期满影响使用, R-DIS-31): somebody whose period has ended is kept back with a reason and a day of review."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case, perform
from foundation.common.actors import SystemActor
from foundation.common.results import Reason
from foundation.common.scoping import require
from foundation.regulations.services.rulebook import rulebook
from officials.choices import Nature
from officials.models import Official
from officials.services.restrictions import RestrictionSpec, impose, lift

from ..models import Hold
from ..rules.lifting import check_hold
from ..selectors.holds import decisions_to_hold
from ..workflows import HOLD
from ..workflows.handling import CONFIRM, ENTER
from ..workflows.hold import PROPOSED
from .influence import county_of
from .tool_cases import new_case, person_of, refuse, summary_missing, writes
from .tool_guards import facts_fit, not_the_proposer

RULE = "R-DIS-31"
FIELD_OF = {"HOLD_WITHIN_PERIOD": "decision", "HOLD_WITHOUT_REASON": "summary", "HOLD_WITHOUT_REVIEW": "review_on"}


@transaction.atomic
def propose_hold(
    *, actor, official: Official, decision: str, review_on: date | None, summary: str, document_no: str = ""
) -> Hold:
    """Propose to keep a person back after the period of `decision` (number of a handling or admonishment); `summary`: why.

    It holds nobody before somebody else has confirmed it. Raises PermissionDenied outside the actor's units; DomainError (400,
    by field) for a decision without a known end or with a hold already, without a reason, for a review before the hold begins.
    """
    person = person_of(official)
    require(actor, ENTER, person.org_path)
    found = decisions_to_hold(person).get(decision)
    wrong = summary_missing(summary)
    if found is None:
        text = _("Choose a decision of this person whose period has a known end.")
        refuse([*wrong, Reason("DECISION_MISSING", {"field": "decision"}, text=text)], "HOLD_REFUSED")
    facts = {
        "source_kind": found.source_kind,
        "source_no": decision,
        "kind": found.kind,
        "blocks": found.blocks,
        "period_ended_on": found.ends_on,
        "review_on": review_on,
        "document_no": document_no.strip(),
    }
    case = new_case(Hold, person, actor=actor, status=PROPOSED, summary=summary, **facts)
    open_holds = Hold.objects.system().filter(official=person, source_no=decision, status__in=HOLD.open_states())
    if standing := open_holds.first():
        text = _("There is a hold after this decision already: %(case_no)s.") % {"case_no": standing.case_no}
        wrong.append(Reason("HOLD_STANDS", {"field": "decision"}, text=text))
    refuse([*wrong, *(reason for reason in hold_stands(case, actor=actor) if not wrong)], "HOLD_REFUSED")
    told = {"official": person.pk, "decision": decision, "review_on": review_on.isoformat()}
    open_case(case, actor=actor, reason=case.summary, data=told)
    record(
        actor=actor,
        action="supervision.hold.proposed",
        target_kind=HOLD.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=person.home.path,
        reason=case.summary[:300],
        data=told,
    )
    return case


def begins_on(case: Hold) -> date:
    """A hold begins after the period, and not before it was confirmed."""
    return max(case.period_ended_on + timedelta(days=1), timezone.localdate())


def hold_stands(case, *, actor, **payload):
    """The rule lets people be held, with a reason and a day of review after the beginning (职务与职级并行规定 第21条)."""
    rule = rulebook(on=timezone.localdate(), jurisdiction=county_of(case)).get(RULE)
    if not rule.value:
        return [Reason("HOLD_NOT_ALLOWED", {}, rule.cite, _("The rulebook does not let people be held after expiry."))]
    verdict = check_hold(case.period_ended_on, begins_on(case), case.summary, case.review_on, rule.cite)
    return [Reason(r.code, {"field": FIELD_OF[r.code]}, r.cite, TEXTS[r.code]()) for r in verdict.reasons]


TEXTS = {
    "HOLD_WITHIN_PERIOD": lambda: _("The period still runs; a hold begins after it."),
    "HOLD_WITHOUT_REASON": lambda: _("Say why the person is held: it stands beside the name."),
    "HOLD_WITHOUT_REVIEW": lambda: _("Name a day of review after the hold begins."),
}


_confirmed, _extended = writes("confirm"), writes("extend")


def _begin(case, *, actor, reason="", **payload):
    told = _confirmed(case, actor=actor, reason=reason, **payload)
    starts_on = begins_on(case)
    _impose(case, starts_on)
    return told | {"starts_on": starts_on.isoformat()}


def _impose(case: Hold, starts_on: date) -> None:
    spec = RestrictionSpec(
        kind=case.kind,
        starts_on=starts_on,
        ends_on=None,
        blocks=case.blocks,
        rule_ids=[RULE],
        nature=Nature.HOLD,
        review_on=case.review_on,
        explanation={"after": case.source_no},
    )
    impose(
        official=case.official,
        source_kind=HOLD.kind,
        source_no=case.case_no,
        text=case.summary,
        rulebook_version=rulebook(on=timezone.localdate(), jurisdiction=county_of(case)).version,
        periods=[spec],
    )
    case.starts_on = starts_on


def _extend(case, *, actor, reason="", **payload):
    told = _extended(case, actor=actor, reason=reason, **payload)
    _impose(case, case.starts_on)
    return told


def _end(case, *, actor, reason="", **payload):
    today = timezone.localdate()
    number = lift(source_kind=HOLD.kind, source_no=case.case_no, on=today, by=f"{case.case_no} {actor}", reason=reason)
    return {"lifted": number}


def drop_holds(*, actor, source_kind: str, source_no: str, reason: str) -> int:
    """Holds after a decision that was revoked end with it. Returns how many; each step is recorded."""
    ordered = SystemActor(str(actor), actor.pk)
    holds = Hold.objects.system().filter(source_kind=source_kind, source_no=source_no, status__in=HOLD.open_states())
    holds = list(holds.order_by("pk"))
    for case in holds:
        perform(case, "lapse", actor=ordered, reason=reason)
    return len(holds)


bind(
    HOLD,
    Hold,
    url_name="supervision:tool",
    named_by=("official",),
    begun_by="proposed_by_id",
    titled_by="official__name",
    papers=Papers(view="supervision.view_hold", add=(ENTER, CONFIRM)),
    confirm=Handler(guards=(not_the_proposer,), input_guards=(facts_fit("confirm"), hold_stands), effect=_begin),
    decline=Handler(guards=(not_the_proposer,)),
    extend=Handler(input_guards=(facts_fit("extend"),), effect=_extend),
    lift=Handler(effect=_end),
    lapse=Handler(effect=_end),
)
