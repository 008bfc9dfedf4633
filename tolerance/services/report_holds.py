"""A person is held back while a report is being verified (举报待核): a decision of its own, with a reason and a day of review.

Holds are neither sanctions nor periods: they end when the report is cleared (`kinds_holds`), or when whoever set one lifts it.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.regulations.services.rulebook import rulebook
from officials.choices import Nature
from officials.models import Official, Restriction
from officials.services.restrictions import RestrictionSpec, impose, lift_row
from supervision.services.tool_cases import person_of, refuse

from ..workflows.clearance import PROPOSE

REPORT = "tolerance.report"
"""`source_kind` of holds that follow from a report; `source_no` is its number in the register."""
KIND = "PENDING_REPORT"  # of table hold_kind
BLOCKS = ("IMPORTANT_LATERAL", "POST", "RANK")


@transaction.atomic
def hold_for_report(
    *, actor, official: Official, report_no: str, reason: str, starts_on: date, review_on: date
) -> Restriction:
    """Hold a person back from promotion, rank and important use until a report is settled (并行规定 art. 21: under investigation).

    Asked again for the same report it moves the day of review. Raises PermissionDenied outside the actor's units; DomainError
    (400, by field) without number or reason, for a day to come, or a day of review that is not after it.
    """
    person = person_of(official)
    require(actor, PROPOSE, person.org_path)
    refuse(_wrong(report_no, reason, starts_on, review_on), "HOLD_REFUSED")
    county = person.home.jurisdiction or person.home
    book = rulebook(on=starts_on, jurisdiction=county.code)
    rows = impose(
        official=person,
        source_kind=REPORT,
        source_no=report_no.strip(),
        text=reason.strip(),
        rulebook_version=book.version,
        periods=[
            RestrictionSpec(KIND, starts_on, None, BLOCKS, ("R-DIS-31",), nature=Nature.HOLD, review_on=review_on)
        ],
    )
    _told(actor, person, "tolerance.hold.set", report_no, reason, review_on=review_on.isoformat())
    return rows[0]


@transaction.atomic
def release_hold(*, actor, hold: Restriction, reason: str) -> Restriction:
    """Lift a hold without a clearance: the report was settled otherwise, or the review found no need of it.

    Raises PermissionDenied outside the actor's units; DomainError without a reason, or when it is lifted already.
    """
    require(actor, PROPOSE, hold.official.org_path)
    if not reason.strip():
        text = _("Give the reason for this decision: it stays in the record.")
        raise DomainError("TEXT_MISSING", text, [Reason("TEXT_MISSING", {"field": "reason"}, text=text)], status=400)
    if not lift_row(hold, on=timezone.localdate(), by=str(actor), reason=reason.strip()):
        raise DomainError("HOLD_LIFTED", _("This hold is lifted already."))
    _told(actor, hold.official, "tolerance.hold.released", hold.source_no, reason)
    hold.refresh_from_db()
    return hold


def _wrong(report_no, reason, starts_on, review_on) -> list[Reason]:
    found, today = [], timezone.localdate()
    for name, value in (("report_no", report_no), ("reason", reason)):
        if not value.strip():
            found.append(Reason("TEXT_MISSING", {"field": name}, text=_("This is needed for a hold.")))
    if starts_on > today:
        found.append(Reason("DAY_IN_FUTURE", {"field": "starts_on"}, text=_("This day lies in the future.")))
    if review_on <= starts_on:
        text = _("A hold is reviewed after it has begun. Choose a later day.")
        found.append(Reason("R-DIS-31", {"field": "review_on"}, text=text))
    return found


def _told(actor, person, action, report_no, reason, **data):
    record(
        actor=actor,
        action=action,
        target_kind="officials.official",
        target_no=str(person.pk),
        target_label=report_no.strip(),
        org_path=person.org_path,
        reason=reason.strip()[:300],
        data={"official": person.pk, "report_no": report_no.strip(), **data},
    )
