"""Steps of a tolerance case: what each writes. The decision applies its effects, the reversal takes them back."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.casework.registry import Handler, Papers, bind
from foundation.regulations.services.calendar import add_working_days

from ..choices import Outcome
from ..effect_kinds import Decision
from ..models import CaseBallot, CasePoint, CaseVerifier, ToleranceCase
from ..workflows import TOLERANCE
from ..workflows.tolerance_case import ACCEPT, APPLY, DECIDE, FOLLOW, VERIFY
from . import case_guards as guards
from .case_effects import plan_for
from .case_law import book_of
from .case_visits import lapse_visits, plan_visits, take_results, unless_visited, visit_is_made
from .decided_effects import apply_planned, reverse_applied
from .follow_ups import follow_up
from .named_people import read_ballots, read_people


def _writes(*names, today: str = "", then=None):
    """Effect: the named facts of the payload stand in the case; `today` is the day that is today unless it is given."""

    def effect(case, *, actor, reason="", **payload):
        given = {name: payload[name] for name in names if payload.get(name) not in (None, "")}
        if today:
            given.setdefault(today, timezone.localdate())
        for name, value in given.items():
            setattr(case, name, value)
        told = {name: value.isoformat() for name, value in given.items() if isinstance(value, date)}
        return told | ((then(case, actor=actor, reason=reason, **payload) if then else None) or {})

    return effect


def _assign(case, *, actor, reason, verifiers, **payload):
    people, _unclear = read_people(verifiers, guards.county_path(case), "verifiers")
    CaseVerifier.objects.system().filter(case=case).delete()
    CaseVerifier.objects.bulk_create(
        CaseVerifier(case=case, name=one.name, post=one.post[:200], official=one.official) for one in people
    )
    return {"verifiers": len(people)}


def _report(case, *, actor, reason, points, **payload):
    rows = {row.code: row for row in CasePoint.objects.system().filter(case=case)}
    for code, (answer, finding) in points.items():
        if code in rows:
            rows[code].found, rows[code].finding = answer, finding[:500]
    CasePoint.objects.bulk_update(rows.values(), ["found", "finding"])
    for name in ("exempting", "mitigating", "excluding"):
        setattr(case, name, sorted(payload.get(name) or ()))
    return {"exempting": case.exempting, "mitigating": case.mitigating, "excluding": case.excluding}


def _extend(case, *, actor, reason, **payload):
    clock = guards.clock_of(case)
    days = int(book_of(case, case.accepted_on).value("TOL-VERIFY-LONGER-DAYS"))
    case.verify_until = add_working_days(clock.due_on, days).date
    return {"verify_until": case.verify_until.isoformat()}


def decision_of(case, *, reason="", by="") -> Decision:
    """The decision of a case, as the effects are told of it; `by` names a later decision that reverses it."""
    return Decision(
        case_kind=TOLERANCE.kind,
        case_no=case.case_no,
        outcome=case.outcome,
        word=case.word,
        decided_on=case.decided_on,
        decided_by=by or case.body_name,
        situation="、".join(case.exempting if case.outcome == Outcome.EXEMPT else case.mitigating),
        matter=case.title_text,
        reason=reason,
    )


def _decide(case, *, actor, reason, ballots, effects=(), **payload):
    people, _unclear = read_ballots(ballots, guards.county_path(case), "ballots")
    CaseBallot.objects.system().filter(case=case).delete()
    CaseBallot.objects.bulk_create(
        CaseBallot(case=case, sort=place, name=one.name, post=one.post[:200], vote=one.vote)
        for place, one in enumerate(people, start=1)
    )
    case.rulebook_version = book_of(case, case.decided_on).version
    plan_for(case, case.outcome, effects)
    decision = decision_of(case, reason=reason)
    rows = apply_planned(decision, actor=actor)
    return {
        "outcome": case.outcome,
        "word": case.word,
        "document": case.document_no,
        "effects": [f"{row.kind}|{row.target}" for row in rows],
        "visits": plan_visits(case, actor=actor),
        **follow_up(decision, rows, actor=actor),
    }


def _reverse(case, *, actor, reason, review_document_no="", **payload):
    decision = decision_of(case, reason=reason, by=review_document_no)
    rows = reverse_applied(decision, actor=actor)
    return {
        "effects": [f"{row.kind}|{row.target}" for row in rows],
        "visits": lapse_visits(case, actor=actor),
        **follow_up(decision, rows, actor=actor),
    }


def _close(case, *, actor, reason, **payload):
    case.closed_at = timezone.now()
    return take_results(case)


NEEDS_DOCUMENT = guards.needs(review_document_no=_("Give the number of the decision that reverses this one."))

bind(
    TOLERANCE,
    ToleranceCase,
    url_name="tolerance:case",
    titled_by="title_text",
    papers=Papers(view="tolerance.view_tolerancecase", add=(APPLY, ACCEPT, VERIFY, DECIDE, FOLLOW)),
    submit=Handler(input_guards=(guards.is_complete, guards.in_time), effect=_writes("applied_on", today="applied_on")),
    accept=Handler(
        guards=(guards.not_the_applicant,),
        input_guards=(guards.not_decided_above, guards.days_in_order("accepted_on", "event_on", "applied_on")),
        effect=_writes("accepted_on", today="accepted_on"),
    ),
    reject=Handler(guards=(guards.not_the_applicant,), effect=_writes("is_decided_above")),
    assign=Handler(guards=(guards.not_the_applicant,), input_guards=(guards.verifiers_fit,), effect=_assign),
    extend=Handler(guards=(guards.extended_once,), effect=_extend),
    report=Handler(
        guards=(guards.not_the_applicant,),
        input_guards=(
            guards.needs(report=_("Write what the verification found.")),
            guards.report_is_whole,
            guards.days_in_order("reported_on", "accepted_on"),
        ),
        effect=_writes("report", "reported_on", today="reported_on", then=_report),
    ),
    decide=Handler(
        guards=(guards.not_the_applicant, guards.not_who_reported),
        input_guards=(
            guards.needs(
                meeting_on=_("Give the day of the meeting."),
                ballots=_("Write down each member and the vote."),
                body=_("Say which body decided."),
                body_name=_("Name the body that decided."),
                document_no=_("Give the number of the document."),
                decided_on=_("Give the day of the decision."),
            ),
            guards.days_in_order("meeting_on", "reported_on"),
            guards.days_in_order("decided_on", "reported_on"),
            guards.meeting_carries,
            guards.outcome_fits,
        ),
        effect=_writes(
            "meeting_on", "minutes", "body", "body_name", "outcome", "word", "document_no", "decided_on", then=_decide
        ),
    ),
    send_back=Handler(effect=_writes()),
    feed_back=Handler(
        input_guards=(guards.days_in_order("fed_back_on", "decided_on"),),
        effect=_writes("fed_back_on", "announced_scope", today="fed_back_on"),
    ),
    ask_review=Handler(guards=(guards.review_in_time,), effect=_writes("review_asked_on", today="review_asked_on")),
    uphold=Handler(guards=(guards.not_who_reported,), effect=_writes("review_document_no")),
    reverse=Handler(
        guards=(guards.not_the_applicant, guards.not_who_reported),
        input_guards=(NEEDS_DOCUMENT,),
        effect=_writes("review_document_no", then=_reverse),
    ),
    plan=Handler(
        guards=(guards.correction_asked,),
        input_guards=(guards.needs(correction_plan=_("Write the plan of the correction.")), guards.correction_fits),
        effect=_writes("correction_plan", "correction_due"),
    ),
    accept_correction=Handler(
        input_guards=(guards.correction_is_done, guards.days_in_order("corrected_on", "fed_back_on")),
        effect=_writes("corrected_on", "correction_result", today="corrected_on"),
    ),
    file=Handler(
        guards=(guards.nothing_to_correct,),
        input_guards=(guards.days_in_order("filed_on", "decided_on"),),
        effect=_writes("filed_on", today="filed_on"),
    ),
    close=Handler(
        guards=(visit_is_made,),
        input_guards=(
            unless_visited(guards.needs(visit_finding=_("Say what the visit found."))),
            unless_visited(guards.two_visitors),
            unless_visited(guards.days_in_order("visited_on", "decided_on")),
        ),
        effect=_writes("visited_on", "visitors", "visit_finding", today="visited_on", then=_close),
    ),
)  # fmt: skip
