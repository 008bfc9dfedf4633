"""Handlings and sanctions: entered from the document, confirmed by a second person, then they restrict; lifted, revoked.

Every step is one transaction: the case, its restrictions in the record, the bounds on ratings, one audit entry.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case, perform
from foundation.common.dates import add_months
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.regulations.services.codes import codes
from foundation.regulations.services.rulebook import UnknownRule, rulebook
from officials.models import Official, Restriction

from ..models import Handling
from ..rules.periods import Period
from ..workflows import HANDLING
from ..workflows.handling import ENTER, ENTERED
from .alerts import raise_duties
from .appeals import answer_fits, appeal_fits, appeal_waits, may_appeal, told_answer, told_appeal
from .holds import drop_holds
from .influence import county_of, later_decisions, periods_of, take_back, write_influence
from .revisits import follow_period
from .tool_cases import next_case_no, person_of
from .verdicts import entry_refusals, notices_of

__all__ = ["Entry", "enter", "lift_ended", "notices_of", "preview"]

Entry = dict  # fields of Handling as its form cleaned them


def not_who_entered(case, *, actor, **payload):
    """Whoever entered a decision does not confirm it: two pairs of eyes."""
    if actor.pk is None or case.proposed_by_id != actor.pk:
        return []
    return [Reason("HANDLING_SAME_PERSON", text=_("You entered this decision. Somebody else must confirm it."))]


def entry_stands(case, *, actor, **payload):
    """Nothing comes into force against the rules, also when they were changed after it was entered."""
    return entry_refusals(case)


def is_probation(case, *, actor, **payload):
    """Rights are restored only after a probation within the Party, once (D-2)."""
    if case.kind == "PTY_PROBATION" and case.rights_restored_on is None:
        return []
    return [Reason("HANDLING_NO_PROBATION", text=_("Only a probation within the Party has rights to be restored."))]


def restored_in_time(case, *, actor, restored_on=None, **payload):
    """The day on which rights are restored is given, and lies at the end of the probation or after it (art. 12)."""
    rule = rulebook(on=case.effective_on, jurisdiction=county_of(case)).get("R-DIS-PTY_PROBATION")
    if restored_on is None:
        return [
            Reason(
                "RESTORED_ON_MISSING", {"field": "restored_on"}, text=_("Give the day on which rights were restored.")
            )
        ]
    first = add_months(case.effective_on, case.probation_months or 0)
    if restored_on < first:
        text = _("The probation runs until %(day)s; rights can be restored from %(day)s on.") % {
            "day": f"{first:%Y.%m.%d}"
        }
        return [Reason("R-DIS-PTY_PROBATION", {"field": "restored_on", "from": first.isoformat()}, rule.cite, text)]
    return []


def period_is_over(case, *, actor, **payload):
    """A period is lifted when it has ended; before that only by revoking the decision (政务处分法 art. 26)."""
    day = timezone.localdate()
    rows = case.known_restrictions
    if rows is None:
        rows = Restriction.objects.system().of_decision(HANDLING.kind, case.case_no)
    running = [row for row in rows if row.lifted_on is None and (row.ends_on is None or row.ends_on >= day)]
    if not running:
        return []
    last = max((row.ends_on for row in running if row.ends_on), default=None)
    text = (
        _("The period runs until %(day)s; before that a decision ends by being revoked only.")
        % {"day": f"{last:%Y.%m.%d}"}
        if last
        else _("The period has no end yet; it ends by being revoked, or when rights are restored.")
    )
    return [Reason("HANDLING_RUNNING", {"ends_on": last and last.isoformat()}, text=text)]


def named_authority(case, *, actor, revoked_by="", **payload):
    """Who revokes a decision is named: body and number of the document."""
    if revoked_by.strip():
        return []
    text = _("Name the body and the document that revoke the decision.")
    return [Reason("REVOKED_BY_MISSING", {"field": "revoked_by"}, text=text)]


def _come_into_force(case, *, actor, reason, **payload):
    periods = write_influence(case)
    raise_duties(case, periods, day=timezone.localdate())
    _visit(case, actor)
    case.rulebook_version = rulebook(on=case.effective_on, jurisdiction=county_of(case)).version
    return {"official": case.official_id, "kind": case.kind, "periods": [_told(period) for period in periods]}


def _restore(case, *, actor, reason, restored_on, **payload):
    case.rights_restored_on = restored_on
    Handling.objects.system().filter(pk=case.pk).update(rights_restored_on=restored_on)
    periods = write_influence(case)
    _visit(case, actor)
    return {"restored_on": restored_on.isoformat(), "periods": [_told(period) for period in periods]}


def _revoke(case, *, actor, reason, revoked_by, **payload):
    case.revoked_by = revoked_by.strip()
    number = take_back(case, on=timezone.localdate(), by=case.revoked_by, reason=reason)
    _visit(case, actor)
    drop_holds(actor=actor, source_kind=HANDLING.kind, source_no=case.case_no, reason=_("The decision was revoked."))
    return {"revoked_by": case.revoked_by, "rows": number}


def _visit(case, actor):
    """Return visits follow the periods of the decision, and those of later ones that moved with it."""
    for decision in (case, *later_decisions(case)):
        follow_period(decision, actor=actor)


def _told(period: Period) -> dict:
    return {
        "part": period.part,
        "from": period.starts_on.isoformat(),
        "until": period.ends_on.isoformat() if period.ends_on else None,
        "rules": list(period.rule_ids),
    }


bind(
    HANDLING,
    Handling,
    url_name="supervision:handling",
    named_by=("official",),
    begun_by="proposed_by_id",
    titled_by="official__name",
    papers=Papers(view="supervision.view_handling", add=(ENTER, "supervision.confirm_handling")),
    confirm=Handler(guards=(not_who_entered,), input_guards=(entry_stands,), effect=_come_into_force),
    restore=Handler(guards=(is_probation,), input_guards=(restored_in_time,), effect=_restore),
    lift=Handler(guards=(period_is_over,)),
    appeal=Handler(guards=(may_appeal,), input_guards=(appeal_fits,), effect=told_appeal),
    answer_appeal=Handler(guards=(appeal_waits,), input_guards=(answer_fits,), effect=told_answer),
    revoke=Handler(guards=(not_who_entered,), input_guards=(named_authority,), effect=_revoke),
)


def draft(official: Official, values: Entry) -> Handling:
    """The decision as it would be entered, not saved. Raises DomainError for an unknown kind."""
    if values["kind"] not in codes("handling_type"):
        raise DomainError("KIND_UNKNOWN", _("This kind of handling is not in the code table."), status=400)
    return Handling(
        status=ENTERED,
        organization=official.home,
        official=official,
        opened_on=timezone.localdate(),
        former_post=official.post_text[:500],
        former_level=official.level,
        **values,
    )


def preview(official: Official, values: Entry) -> tuple[tuple[Period, ...], list[Reason], list[Reason]]:
    """What entering would restrict, what stands against it, and what should be noticed; nothing is written."""
    case = draft(official, values)
    refusals = entry_refusals(case)
    try:
        periods = periods_of(case)
    except (UnknownRule, ValueError) as error:
        text = _("No rule of this kind was in force on %(day)s: %(error)s") % {
            "day": f"{case.effective_on:%Y.%m.%d}",
            "error": error,
        }
        return (), refusals or [Reason("KIND_WITHOUT_RULE", {"field": "effective_on"}, text=text)], []
    return periods, refusals, notices_of(case, periods)


@transaction.atomic
def enter(*, actor, official: Official, **values) -> Handling:
    """Enter a decision from its document; it restricts nobody before somebody else has confirmed it.

    Raises PermissionDenied outside the actor's units, DomainError with every refusal at once: effect before decision,
    another period than the rule's without a reason, a body without authority, an entry that exists already; DomainError for a
    person in the trash or without a unit.
    """
    locked = person_of(official)
    require(actor, ENTER, locked.org_path)
    case = draft(locked, values)
    refusals = entry_refusals(case)
    if refusals:
        raise DomainError("HANDLING_REFUSED", refusals[0].text, refusals, status=400)
    case.case_no = next_case_no(Handling, locked.home, case.decided_on)
    case.proposed_by_id, case.proposed_by_name = actor.pk, str(actor)
    open_case(case, actor=actor, reason=case.document_no, data={"official": locked.pk, "kind": case.kind})
    record(
        actor=actor,
        action="supervision.handling.entered",
        target_kind=HANDLING.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=locked.org_path,
        reason=case.document_no,
        data={"official": locked.pk, "kind": case.kind},
    )
    return case


def lift_ended(*, actor, day: date) -> int:
    """Lift what has ended by itself (政务处分法 art. 26): decisions in force all of whose periods are over. Returns how many."""
    running = (
        Restriction.objects.system().filter(source_kind=HANDLING.kind).exclude(ends_on__lt=day).values("source_no")
    )
    ended = Handling.objects.system().filter(status="in_force").exclude(case_no__in=running)
    with_period = Restriction.objects.system().filter(source_kind=HANDLING.kind).values("source_no")
    number = 0
    for case in ended.filter(case_no__in=with_period).order_by("pk"):
        perform(case, "lift", actor=actor, reason=_("The influence period has ended."))
        number += 1
    return number
