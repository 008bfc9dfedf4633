"""Asking to see who made a report, and the answer of somebody else (R-CON-04, house reading 25); looking: `identity_looks`.

Every answer is kept: approvals, refusals, each look, and each try that the rules refused, with an entry of its own that stays
although the act did not happen.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.choices import Duty
from foundation.accounts.roles import ROLES
from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, bind
from foundation.casework.services.engine import note, open_case, perform
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import scope_of
from foundation.regulations.services.rulebook import rulebook
from supervision.services.tool_cases import PREFIXES, next_case_no

from ..models import Complaint, IdentityRequest
from ..rules import identity as rules
from ..selectors.complaints import is_concerned
from ..workflows.complaint import VIEW
from ..workflows.identity import ASK, ASKED, IDENTITY
from .complaint_guards import no_informer
from .complaint_law import in_words

PREFIXES[IdentityRequest] = "SF"  # 身份


def person_of(actor, complaint: Complaint) -> rules.Person:
    """What the rules ask about somebody: of the office, handler, administrator, concerned."""
    duties = {ROLES[code].duty for code in getattr(actor, "role_codes", ()) if code in ROLES}
    is_system = bool(getattr(actor, "is_system", False))
    return rules.Person(
        pk=actor.pk,
        is_office=scope_of(actor, ASK).covers(complaint.organization.path),
        is_handler=actor.pk is not None and complaint.handler_id == actor.pk,
        is_administrator=is_system or bool(duties - {Duty.BUSINESS}),
        is_concerned=is_concerned(actor, complaint),
    )


def rule_of(complaint: Complaint):
    """R-CON-04 as it holds today in the county of the report."""
    return rulebook(on=timezone.localdate(), jurisdiction=complaint.county.code).get(rules.RULE)


@contextmanager
def refusals_kept(actor, complaint: Complaint, case_no: str, act: str):
    """What the rules or missing rights refuse is written down, in a transaction of its own, and refused all the same."""
    try:
        yield
    except (DomainError, PermissionDenied) as error:
        codes = [one.code for one in getattr(error, "reasons", ())] or [getattr(error, "code", "PERMISSION")]
        with transaction.atomic():
            record(
                actor=actor,
                action="tolerance.identity.denied",
                target_kind=IDENTITY.kind,
                target_no=case_no,
                target_label=complaint.number,
                org_path=complaint.organization.path,
                data={"act": act, "codes": codes, "report": complaint.case_no},
            )
        raise


def refuse(verdict, field: str = "") -> None:
    """Raise DomainError with every reason of a verdict that does not allow it."""
    if not verdict.allowed:
        reasons = in_words(verdict.reasons, field)
        raise DomainError("IDENTITY_REFUSED", reasons[0].text, reasons)


def may_ask(actor, complaint: Complaint) -> bool:
    """Is there an identity that the actor might ask for? The reason is still to be given."""
    return complaint.informers > 0 and rules.check_asking(person_of(actor, complaint), "x").allowed


def ask(*, actor, complaint: Complaint, purpose: str) -> IdentityRequest:
    """Ask to see who made a report, with the reason.

    Raises PermissionDenied for who may not see the report; DomainError for administrators, for who is concerned, for who is
    neither of the office nor the handler, without a reason, for a reason that names the informer, or while an earlier request of
    the same person stands.
    """
    with refusals_kept(actor, complaint, complaint.case_no, "ask"), transaction.atomic():
        if not scope_of(actor, VIEW).covers(complaint.organization.path):
            raise PermissionDenied(VIEW)
        refuse(rules.check_asking(person_of(actor, complaint), purpose, rule_of(complaint).cite), "purpose")
        named = no_informer(complaint, actor=actor, reason=purpose)
        if named:
            raise DomainError("IDENTITY_REFUSED", named[0].text, named)
        case = IdentityRequest(
            case_no=next_case_no(IdentityRequest, complaint.organization, timezone.localdate()),
            status=ASKED,
            organization=complaint.organization,
            opened_on=timezone.localdate(),
            complaint=complaint,
            purpose=purpose.strip(),
            asked_by_id=actor.pk,
            asked_by_name=str(actor),
        )
        open_case(case, actor=actor, reason=case.purpose, data={"report": complaint.case_no})
        told(case, actor, "tolerance.identity.asked", case.purpose)
    return case


def answer(case: IdentityRequest, action: str, *, actor, reason: str = "", expected_version=None, **payload):
    """Take a step of a request: `approve`, `refuse` (with a reason) or `withdraw`; returns the request as it then is.

    R-CON-04 says how many others must approve: until they are complete an approval moves nothing yet. Raises as `perform`; what
    is refused is kept.
    """
    with refusals_kept(actor, case.complaint, case.case_no, action), transaction.atomic():
        if action == "approve" and not _is_last(case):
            return _approve_first(case, actor)
        return perform(case, action, actor=actor, reason=reason, expected_version=expected_version, **payload)


def _is_last(case) -> bool:
    locked = IdentityRequest.objects.system().select_for_update(of=("self",)).get(pk=case.pk)
    return len(locked.approvals) + 1 >= int(rule_of(case.complaint).value)


def _approve_first(case, actor):
    if not scope_of(actor, IDENTITY.step("approve").permission).covers(case.organization.path):
        raise PermissionDenied(IDENTITY.step("approve").permission)
    locked = IdentityRequest.objects.system().select_for_update(of=("self",)).get(pk=case.pk)
    reasons = may_answer(locked, actor=actor)
    if locked.status != ASKED:
        reasons = [Reason("ANSWERED", text=_("This request is answered already."))]
    if reasons:
        raise DomainError("IDENTITY_REFUSED", reasons[0].text, reasons)
    _approved(locked, actor=actor)
    locked.version += 1
    locked.save()
    note(locked, actor=actor, action="approved_first")
    told(locked, actor, "tolerance.identity.approved_first", "")
    return locked


def told(case: IdentityRequest, actor, action: str, reason: str) -> None:
    """The entry of an act that is no step of the workflow."""
    record(
        actor=actor,
        action=action,
        target_kind=IDENTITY.kind,
        target_no=case.case_no,
        target_label=case.complaint.number,
        org_path=case.organization.path,
        reason=reason,
        data={"report": case.complaint.case_no, "views": case.views},
    )


# --- guards and effects -----------------------------------------------------------------------------------------------
def may_answer(case, *, actor, **payload):
    """Another person than who asked, each once, no administrator, nobody whom the report is about."""
    person = person_of(actor, case.complaint)
    cite = rule_of(case.complaint).cite
    return in_words(rules.check_answering(person, case.asked_by_id, case.approvals, cite).reasons)


def only_who_asked(case, *, actor, **payload):
    """A request is withdrawn by who made it."""
    if actor.pk is not None and actor.pk == case.asked_by_id:
        return []
    return [Reason("NOT_WHO_ASKED", {"rule_id": rules.RULE}, text=_("Only who asked may withdraw the request."))]


def nothing_named(case, *, actor, reason="", **payload):
    """No reason names who reported."""
    return no_informer(case.complaint, actor=actor, reason=reason)


def _answered(case, actor):
    case.answered_by_name = "、".join(filter(None, [case.answered_by_name, str(actor)]))[:250]
    case.answered_at = timezone.now()


def _approved(case, *, actor, **payload):
    _answered(case, actor)
    case.approvals = [*case.approvals, actor.pk]
    book = rulebook(on=timezone.localdate(), jurisdiction=case.complaint.county.code)
    case.use_until = case.answered_at + timedelta(hours=int(book.value("CLR-IDENTITY-OPEN-HOURS")))
    return {"report": case.complaint.case_no, "approvals": case.approvals}


def _refused(case, *, actor, **payload):
    _answered(case, actor)
    return {"report": case.complaint.case_no}


def _opened(case, *, actor, **payload):
    """The minutes run from the first look (CLR-IDENTITY-VIEW-MINUTES)."""
    book = rulebook(on=timezone.localdate(), jurisdiction=case.complaint.county.code)
    case.opened_at = timezone.now()
    case.valid_until = rules.open_until(case.opened_at, int(book.value("CLR-IDENTITY-VIEW-MINUTES")))
    case.views = 1
    return {"report": case.complaint.case_no, "views": 1}


bind(
    IDENTITY,
    IdentityRequest,
    url_name="complaints:request",
    named_by=("complaint",),
    begun_by="asked_by_id",
    titled_by="complaint__number",
    approve=Handler((may_answer,), (nothing_named,), _approved),
    refuse=Handler((may_answer,), (nothing_named,), _refused),
    withdraw=Handler((only_who_asked,), (nothing_named,)),
    look=Handler(effect=_opened),
)
