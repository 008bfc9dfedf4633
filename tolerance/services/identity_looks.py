"""Looking at who made a report, for minutes, by an approved request (R-CON-04): the only place where an identity is opened."""

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from foundation.audit.services.entries import record
from foundation.casework.services.engine import note, perform
from foundation.common.actors import SystemActor
from foundation.common.crypto import decrypt
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from ..models import IdentityRequest, ReporterIdentity
from ..models.identities import CIPHERS
from ..rules.identity import check_looking
from ..workflows.complaint import VIEW
from ..workflows.identity import APPROVED, IDENTITY, OPEN
from .identities import Identity
from .identity_requests import person_of, refusals_kept, refuse, rule_of

GRANT = "app.identity_grant"
"""Setting of the transaction that names the request; the database looks up whether it stands open."""
CLOCK = SystemActor("sweep")


@sensitive_variables()
def look(*, actor, case: IdentityRequest) -> list[Identity]:
    """Who made the report, for who asked, while the approved time runs; the first look opens it, each look is an entry.

    Raises DomainError for everybody else, before the approval and after the end, and PermissionDenied for who may not see the
    report any more. What is refused is kept.
    """
    close_ended(only=case)
    with refusals_kept(actor, case.complaint, case.case_no, "look"), transaction.atomic():
        rows = IdentityRequest.objects.system().select_for_update(of=("self",))
        locked = rows.select_related("complaint__county", "complaint__organization", "organization").get(pk=case.pk)
        _check(locked, actor)
        if locked.status == APPROVED:
            locked = perform(locked, "look", actor=actor, reason=locked.purpose)
        else:
            locked.views += 1
            locked.save()
            note(locked, actor=actor, action="looked", reason=locked.purpose)
            record(
                actor=actor,
                action="tolerance.identity.looked",
                target_kind=IDENTITY.kind,
                target_no=locked.case_no,
                target_label=locked.complaint.number,
                org_path=locked.organization.path,
                reason=locked.purpose,
                data={"report": locked.complaint.case_no, "views": locked.views},
            )
        return _read(locked)


def _check(case: IdentityRequest, actor) -> None:
    if not scope_of(actor, VIEW).covers(case.organization.path):
        raise PermissionDenied(VIEW)
    rule = rule_of(case.complaint)
    verdict = check_looking(
        person_of(actor, case.complaint),
        asked_by=case.asked_by_id,
        approvals=case.approvals,
        needed=int(rule.value),
        until=case.valid_until or case.use_until,
        now=timezone.now(),
        cite=rule.cite,
    )
    refuse(verdict)
    if case.status not in (APPROVED, OPEN):
        raise DomainError("IDENTITY_REFUSED", str(case.get_status_display()))


@sensitive_variables()
def _read(case: IdentityRequest) -> list[Identity]:
    """Read and decrypt within this transaction alone; the setting is taken back before anything else is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [GRANT, case.case_no])
        rows = list(ReporterIdentity.objects.filter(complaint=case.complaint_id).order_by("registered_at"))
        cursor.execute("SELECT set_config(%s, '', true)", [GRANT])
    return [
        Identity(**{column.removesuffix("_cipher"): _open(getattr(row, column)) for column in CIPHERS}) for row in rows
    ]


@sensitive_variables()
def _open(value) -> str:
    return decrypt(value) if bytes(value) else ""


def close_ended(*, only: IdentityRequest | None = None) -> int:
    """Close views whose time is over and let unused approvals lapse; returns how many. `only`: this request."""
    now = timezone.now()
    rows = IdentityRequest.objects.system().filter(status__in=[OPEN, APPROVED])
    rows = rows.filter(pk=only.pk) if only else rows
    ended = [one for one in rows if (one.valid_until if one.status == OPEN else one.use_until) <= now]
    for one in ended:
        perform(one, "close" if one.status == OPEN else "lapse", actor=CLOCK)
    return len(ended)
