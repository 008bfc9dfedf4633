"""What stands against a step of a talk or letter: who acts (separation of duties), which facts are missing or impossible."""

from django.db.models import DateField
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.casework.models import CaseEvent, Deadline
from foundation.casework.registry import kind_of
from foundation.common.results import Reason
from foundation.regulations.services.rulebook import rulebook

from ..choices import Mode
from ..rules.authority import check_approval
from ..selectors.sources import has_lost_ground
from ..workflows.step_facts import StepFacts, facts_of
from .influence import county_of


def not_the_proposer(case, *, actor, **payload):
    """Whoever proposed does not decide: two pairs of eyes (separation of duties)."""
    if actor.pk is None or actor.pk != case.proposed_by_id:
        return []
    return [Reason("TOOL_SAME_PERSON", text=_("You proposed this. Somebody else must decide on it."))]


def not_the_reviewer(case, *, actor, **payload):
    """Whoever passed it on after review does not agree as well."""
    reviewed = CaseEvent.objects.filter(kind=kind_of(case).flow.kind, case_no=case.case_no, action="review")
    if actor.pk is None or not reviewed.filter(actor_id=actor.pk).exists():
        return []
    return [Reason("TOOL_SAME_REVIEWER", text=_("You reviewed this. Somebody else must agree to it."))]


def ground_stands(case, *, actor, **payload):
    """Nobody is talked to by a decision whose ground is gone (a measure that the published run no longer justifies)."""
    if not has_lost_ground(case):
        return []
    text = _(
        "The decision behind this, %(source_no)s, has lost its ground. Revoke this, or wait until it stands again."
    )
    return [Reason("GROUND_LOST", {"source_no": case.source_no}, text=text % {"source_no": case.source_no})]


def approver_of(handling: str, approver: str):
    """Guard: the head of the department may approve by himself unless R-1.43 asks for the committee's leader."""

    def high_enough(case, *, actor, **payload):
        rule = rulebook(on=timezone.localdate(), jurisdiction=county_of(case)).get("R-1.43")
        verdict = check_approval(handling, approver, rule.value, rule.cite)
        text = _("The main leader of the Party committee must approve this; the department alone cannot.")
        return [Reason(one.code, one.facts, one.cite, text) for one in verdict.reasons]

    return high_enough


def facts_fit(step: str):
    """Guard: the facts of the step are complete and possible, each fault at its field."""

    def fit(case, *, actor, **payload):
        facts = facts_of(case, kind_of(case).flow.kind, step)
        return [*_missing(case, facts, payload), *_impossible(case, facts, payload), *_late(case, step, facts, payload)]

    return fit


def label_of(case, name: str) -> str:
    """How the page calls a column."""
    return str(case._meta.get_field(name).verbose_name)


def _missing(case, facts: StepFacts, payload):
    way = payload.get("mode") or getattr(case, "mode", "")
    needed = (*facts.needed, *(facts.talk if way == Mode.TALK else facts.letter))
    for name in needed:
        if not payload.get(name):
            text = _("This step needs: %(fact)s.") % {"fact": label_of(case, name)}
            yield Reason("FACT_MISSING", {"field": name}, text=text)


def _impossible(case, facts: StepFacts, payload):
    today = timezone.localdate()
    days = {name: payload.get(name) for name in facts.names if isinstance(case._meta.get_field(name), DateField)}
    for name, day in days.items():
        if day and name in facts.ahead:
            if day < today:
                text = _("This day has passed. Choose today or a later day.")
                yield Reason("DAY_PASSED", {"field": name, "day": day, "today": today}, text=text)
        elif day and day > today:
            text = _("This day lies in the future. Record the step once it is done.")
            yield Reason("DAY_IN_FUTURE", {"field": name, "day": day, "today": today}, text=text)
    for name, other in facts.order:
        day, earliest = payload.get(name), payload.get(other) or getattr(case, other)
        if day and earliest and day < earliest:
            words = {"earliest": f"{earliest:%Y.%m.%d}", "fact": label_of(case, other)}
            text = _("This day lies before %(earliest)s (%(fact)s).") % words
            yield Reason("DAY_TOO_EARLY", {"field": name, "day": day, "earliest": earliest}, text=text)


def _late(case, step: str, facts: StepFacts, payload):
    day = payload.get(facts.clocked) if facts.clocked else None
    if not day or (payload.get("late_reason") or "").strip():
        return
    clock = Deadline.objects.filter(
        kind=kind_of(case).flow.kind, case_no=case.case_no, step=step, closed_at__isnull=True
    ).first()
    if clock is None or day <= clock.due_on:
        return
    cite = rulebook(on=clock.starts_on, jurisdiction=county_of(case)).get(clock.rule_id).cite
    known = {"field": "late_reason", "due_on": clock.due_on, "day": day, "rule_id": clock.rule_id}
    text = _("It came after the last day, %(due)s (%(law)s). Say why it is late, and it is taken.")
    yield Reason("LATE_WITHOUT_REASON", known, cite, text % {"due": f"{clock.due_on:%Y.%m.%d}", "law": cite.law})
