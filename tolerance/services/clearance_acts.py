"""What is recorded beside the steps of a clearance: where it was said, and that its certificate was filed."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.services.engine import note
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from supervision.services.tool_cases import refuse

from ..models import Clearance, ClearanceAnnouncement
from ..rules.clearance import check_consent
from ..rules.informer_words import check_texts
from ..secret_words import words_about
from ..workflows.clearance import APPROVED, CARRY_OUT, CLEARANCE, CLEARED, CONSENT_OK, REVISITED
from .clearance_law import in_words, law_of


def _locked(actor, case: Clearance, states) -> Clearance:
    query = Clearance.objects.system().select_for_update(of=("self",))
    locked = query.select_related("organization__jurisdiction", "official").get(pk=case.pk)
    require(actor, CARRY_OUT, locked.organization.path)
    if locked.status not in states:
        raise DomainError(
            "CASE_STEP_NOT_HERE",
            _("This step is not possible any more: the case has moved on. Look at the timeline for who did what."),
        )
    return locked


@transaction.atomic
def announce(
    *, actor, case: Clearance, mode: str, held_on: date, place: str, heard_by: str, announced_by: str
) -> ClearanceAnnouncement:
    """Record that a clearance was carried out by one of its modes: when, where, before whom, by whom.

    Raises PermissionDenied outside the actor's units; DomainError where the case does not stand there, and (400, by field)
    without consent where the mode needs it (R-CLR-06), for a mode that was not approved, for what is missing, or for a text that
    names the informer (R-CLR-08).
    """
    locked = _locked(actor, case, {APPROVED, CONSENT_OK})
    said = {"place": place.strip(), "heard_by": heard_by.strip(), "announced_by": announced_by.strip()}
    refuse(_against(locked, mode, held_on, said), "ANNOUNCEMENT_REFUSED")
    sort = ClearanceAnnouncement.objects.system().filter(clearance=locked).count() + 1
    row = ClearanceAnnouncement.objects.create(clearance=locked, sort=sort, mode=mode, held_on=held_on, **said)
    _tell(locked, actor, "announced", {"mode": mode, "held_on": held_on.isoformat()})
    return row


def _against(case: Clearance, mode: str, held_on: date, said: dict) -> list[Reason]:
    law, today = law_of(case), timezone.localdate()
    found = in_words(check_consent([mode], case.consent == "GIVEN", law).reasons, "mode")
    if mode not in case.modes:
        text = _("This mode was not approved for the case.")
        found.append(Reason("R-CLR-05", {"field": "mode"}, law.cites.get("R-CLR-05"), text))
    if held_on > today:
        found.append(Reason("DAY_IN_FUTURE", {"field": "held_on"}, text=_("This day lies in the future.")))
    if case.approved_on and held_on < case.approved_on:
        text = _("Nothing is announced before the approval of %(day)s.") % {"day": f"{case.approved_on:%Y.%m.%d}"}
        found.append(Reason("DAY_TOO_EARLY", {"field": "held_on"}, text=text))
    for name, value in said.items():
        if not value:
            found.append(Reason("FACT_MISSING", {"field": name}, text=_("The record of the announcement needs this.")))
    words = words_about(case.source_no)
    return [*found, *in_words(check_texts(said, words, law.cites.get("R-CLR-08")).reasons)]


@transaction.atomic
def file_certificate(*, actor, case: Clearance, certificate_no: str, certificate_on: date) -> Clearance:
    """The certificate of clearance (澄清证明) lies in the person's record of integrity (廉政档案).

    Raises PermissionDenied outside the actor's units; DomainError before the person is cleared, and (400, by field) without
    number or for an impossible day.
    """
    locked = _locked(actor, case, {CLEARED, REVISITED})
    found = []
    if not certificate_no.strip():
        text = _("Give the number of the certificate.")
        found.append(Reason("FACT_MISSING", {"field": "certificate_no"}, text=text))
    if certificate_on > timezone.localdate():
        found.append(Reason("DAY_IN_FUTURE", {"field": "certificate_on"}, text=_("This day lies in the future.")))
    if locked.cleared_on and certificate_on < locked.cleared_on:
        text = _("The certificate follows the clearance of %(day)s.") % {"day": f"{locked.cleared_on:%Y.%m.%d}"}
        found.append(Reason("DAY_TOO_EARLY", {"field": "certificate_on"}, text=text))
    refuse(found, "CERTIFICATE_REFUSED")
    locked.certificate_no, locked.certificate_on = certificate_no.strip(), certificate_on
    locked.save()
    _tell(locked, actor, "certified", {"certificate_no": locked.certificate_no})
    return locked


def _tell(case: Clearance, actor, action: str, data: dict) -> None:
    note(case, actor=actor, action=action, data=data)
    record(
        actor=actor,
        action="tolerance.clearance.announced" if action == "announced" else "tolerance.clearance.certified",
        target_kind=CLEARANCE.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        data=data,
    )
