"""Proposals of reuse (重新使用建议): drafted, checked, heard by the discipline commission, agreed, handed over; reuses of earlier years."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import note, open_case
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from officials.models import Official
from officials.selectors.restrictions import facts_of

from ..models import Handling, ReuseProposal
from ..rules.reuse import ATTESTED, earliest_reuse
from ..workflows import HANDLING, REUSE
from ..workflows.handling import IN_FORCE, LIFTED
from ..workflows.reuse import AGREE, DRAFT, OPEN, OPINE, PROPOSE, REUSED
from .influence import county_of
from .reuse_conditions import conditions_hold, conditions_of, findings_of, law_on, opinion_is_good
from .reuse_words import in_words
from .tool_cases import new_case, person_of, refuse, summary_missing, writes
from .tool_guards import facts_fit, not_the_proposer

AFTER_THE_DRAFT = ("asked_on", "opinion_on", "discussed_on", "handed_over_on", "checked_on")
WORDS_AFTER_THE_DRAFT = ("request_no", "opinion", "opinion_by", "opinion_no", "minutes_no")


def decisions_to_reuse(official: Official):
    """Handlings and sanctions of a person that are or were in force, the latest in effect first (1 query)."""
    rows = Handling.objects.system().filter(official=official, status__in=(IN_FORCE, LIFTED))
    return rows.order_by("-effective_on", "-pk")


def _chosen(person: Official, decision: str, mode: str, wrong: list[Reason]) -> Handling | None:
    found = decisions_to_reuse(person).select_related("organization__jurisdiction").filter(case_no=decision).first()
    if found is None:
        text = _("Choose a decision in force or lifted of this person.")
        wrong.append(Reason("DECISION_MISSING", {"field": "decision"}, text=text))
        return None
    if mode not in law_on(timezone.localdate(), county_of(found)).modes:
        text = _("The rulebook does not know this mode of reuse (SUP-REUSE-MODES).")
        wrong.append(Reason("MODE_UNKNOWN", {"field": "mode"}, text=text))
    return found


def _post_missing(post_text: str) -> list[Reason]:
    if post_text.strip():
        return []
    text = _("Name the post: whether it suits and is needed is one of the conditions.")
    return [Reason("TEXT_MISSING", {"field": "post_text"}, text=text)]


def _kept(statements: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Statements as the case keeps them: those that the law asks for, with anything said."""
    said = {
        code: {name: str(given.get(name, "")).strip()[:2000] for name in ("text", "evidence")}
        for code, given in statements.items()
        if code in ATTESTED
    }
    return {code: given for code, given in said.items() if any(given.values())}


@transaction.atomic
def draft_reuse(
    *, actor, official: Official, decision: str, mode: str, post_text: str, summary: str, statements=None
) -> ReuseProposal:
    """Draft the proposal to use a person again after `decision` (number of a handling); `statements`: {condition: {text, evidence}}.

    Nothing is checked against the record yet: the draft shows what stands against it, the step `check` refuses. Raises
    PermissionDenied outside the actor's units; DomainError (400, by field) for an unknown decision or mode, without post or
    grounds, and while another proposal about the person is open.
    """
    person = person_of(official)
    require(actor, PROPOSE, person.org_path)
    wrong = [*summary_missing(summary), *_post_missing(post_text)]
    found = _chosen(person, decision, mode, wrong)
    standing = ReuseProposal.objects.system().filter(official=person, status__in=OPEN).first()
    if standing:
        text = _("There is an open proposal about this person already: %(case_no)s.") % {"case_no": standing.case_no}
        wrong.append(Reason("REUSE_STANDS", {"field": "decision"}, text=text))
    refuse(wrong, "REUSE_REFUSED")
    fields = {"mode": mode, "post_text": post_text.strip(), "statements": _kept(statements or {})}
    case = new_case(
        ReuseProposal,
        person,
        actor=actor,
        status=DRAFT,
        summary=summary,
        source_kind=HANDLING.kind,
        source_no=found.case_no,
        **fields,
    )
    _open(case, actor, "supervision.reuse.drafted")
    return case


def _open(case: ReuseProposal, actor, action: str) -> None:
    told = {"official": case.official_id, "decision": case.source_no, "mode": case.mode}
    open_case(case, actor=actor, reason=case.summary[:300], data=told)
    record(
        actor=actor,
        action=action,
        target_kind=REUSE.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=case.summary[:300],
        data=told,
    )


@transaction.atomic
def amend_draft(
    *, actor, case: ReuseProposal, mode: str, post_text: str, summary: str, statements=None, expected_version=None
) -> ReuseProposal:
    """Change a draft. Raises DomainError when it is none any more or somebody else changed it first, else as `draft_reuse`."""
    query = ReuseProposal.objects.system().select_for_update(of=("self",))
    locked = query.select_related("organization__jurisdiction", "official").get(pk=case.pk)
    require(actor, PROPOSE, locked.organization.path)
    if locked.status != DRAFT:
        raise DomainError("CASE_STEP_NOT_HERE", _("This is no draft any more. Take it back to the draft first."))
    if expected_version is not None and locked.version != expected_version:
        raise DomainError("CASE_CHANGED", _("Somebody changed this draft while you were writing. Look at it again."))
    wrong = [*summary_missing(summary), *_post_missing(post_text)]
    _chosen(locked.official, locked.source_no, mode, wrong)
    refuse(wrong, "REUSE_REFUSED")
    locked.mode, locked.post_text, locked.summary = mode, post_text.strip(), summary.strip()
    locked.statements = _kept(statements or {})
    locked.version += 1
    locked.save()
    note(locked, actor=actor, action="amended", data={"mode": mode})
    record(
        actor=actor,
        action="supervision.reuse.amended",
        target_kind=REUSE.kind,
        target_no=locked.case_no,
        target_label=locked.case_no,
        org_path=locked.organization.path,
        data={"mode": mode},
    )
    return locked


@transaction.atomic
def enter_reused(
    *,
    actor,
    official: Official,
    decision: str,
    mode: str,
    reused_on: date,
    post_text: str,
    document_no: str,
    summary: str,
    own_words: str = "",
) -> ReuseProposal:
    """Enter a reuse that was decided before the system came (补录), on its own day; it ends where it begins.

    Of the conditions the period alone is looked at, as it stood on that day: the others were judged on paper. Raises
    DomainError (400, by field) for a day on which a period barred the mode, a day to come, or a reuse entered already.
    """
    person = person_of(official)
    require(actor, PROPOSE, person.org_path)
    wrong = [*summary_missing(summary), *_post_missing(post_text)]
    found = _chosen(person, decision, mode, wrong)
    if reused_on > timezone.localdate():
        wrong.append(Reason("DAY_IN_FUTURE", {"field": "reused_on"}, text=_("This day lies in the future.")))
    if ReuseProposal.objects.system().filter(source_no=decision, reused_on=reused_on).exists():
        text = _("This reuse is in the record already.")
        wrong.append(Reason("REUSE_KNOWN", {"field": "reused_on"}, text=text))
    refuse(wrong, "REUSE_REFUSED")
    periods = [one for one in facts_of([person.pk], reused_on).get(person.pk, ()) if one.nature == "period"]
    begun = [one for one in periods if one.starts_on <= reused_on]
    barred = earliest_reuse(begun, mode, reused_on, law_on(reused_on, county_of(found)))
    refuse(
        [Reason(one.code, one.facts | {"field": "reused_on"}, one.cite, one.text) for one in in_words(barred.reasons)],
        "REUSE_REFUSED",
    )
    fields = {
        "mode": mode,
        "post_text": post_text.strip(),
        "reused_on": reused_on,
        "document_no": document_no.strip(),
        "own_words": own_words.strip(),
        "closed_at": timezone.now(),
    }
    case = new_case(
        ReuseProposal,
        person,
        actor=actor,
        status=REUSED,
        summary=summary,
        on=reused_on,
        source_kind=HANDLING.kind,
        source_no=found.case_no,
        **fields,
    )
    _open(case, actor, "supervision.reuse.entered")
    return case


def _checked(case, *, actor, reason="", **payload):
    found = conditions_of(case)
    case.findings, case.checked_on = findings_of(found), timezone.localdate()
    return {"official": case.official_id, "conditions": {one.code: one.state for one in found}}


def _handed_over(case, *, actor, reason="", **payload):
    case.handed_over_on = timezone.localdate()
    return _checked(case, actor=actor)


def _amended(case, *, actor, reason="", **payload):
    """What followed the draft is asked for anew; the timeline keeps what was said."""
    said = {"opinion": case.opinion, "opinion_no": case.opinion_no}
    for name in AFTER_THE_DRAFT:
        setattr(case, name, None)
    for name in WORDS_AFTER_THE_DRAFT:
        setattr(case, name, "")
    case.findings = []
    return said


def _taken_up(case, *, actor, reason="", reused_on=None, document_no="", **payload):
    case.reused_on, case.document_no = reused_on or timezone.localdate(), document_no.strip()
    return {"official": case.official_id, "reused_on": case.reused_on.isoformat()}


bind(
    REUSE,
    ReuseProposal,
    url_name="supervision:reuse",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="supervision.view_reuseproposal", add=(PROPOSE, OPINE, AGREE)),
    check=Handler(guards=(conditions_hold,), effect=_checked),
    ask=Handler(guards=(conditions_hold,), input_guards=(facts_fit("ask"),), effect=writes("ask")),
    opine=Handler(guards=(not_the_proposer,), input_guards=(facts_fit("opine"),), effect=writes("opine")),
    agree=Handler(
        guards=(not_the_proposer, opinion_is_good, conditions_hold),
        input_guards=(facts_fit("agree"),),
        effect=writes("agree"),
    ),
    decline=Handler(guards=(not_the_proposer,)),
    hand_over=Handler(guards=(opinion_is_good, conditions_hold), effect=_handed_over),
    recheck=Handler(guards=(conditions_hold,), effect=_checked),
    amend=Handler(effect=_amended),
    take_up=Handler(guards=(opinion_is_good, conditions_hold), effect=_taken_up),
)
