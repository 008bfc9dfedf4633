"""What the office does around a submission beside its steps: release after the deadline, remind, object to a figure, sweep."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.casework.services import deadlines
from foundation.casework.services.engine import note
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.regulations.services.calendar import working_days_between
from foundation.regulations.services.rulebook import rulebook

from ..models import Collection, FigureRemark
from ..rules.collection import compute_urgency
from ..selectors.collections import sheet_of
from ..workflows import COLLECTION, FILLING, RETURNED, SUBMITTED
from . import collection_notices as notices

VERIFY = "assessments.verify_collection"
WITH_DEPARTMENT = (FILLING, RETURNED)


def _lock(actor, collection: Collection) -> Collection:
    rows = Collection.objects.system().select_for_update(of=("self",))
    locked = rows.select_related("organization__jurisdiction", "cycle__jurisdiction").get(pk=collection.pk)
    require(actor, VERIFY, locked.organization.path)
    return locked


def _record(actor, case, action: str, reason="", **data):
    record(
        actor=actor,
        action=action,
        target_kind=COLLECTION.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=reason,
        data=data,
    )


@transaction.atomic
def release(*, actor, collection: Collection, until: date, reason: str) -> Collection:
    """Let a department enter figures until a later day (逾期放行).

    Raises PermissionDenied for who is not the office; DomainError without a reason, for a day that is past or not later
    than the one that holds, and when the submission is not with the department.
    """
    case = _lock(actor, collection)
    reason = (reason or "").strip()
    if not reason:
        raise DomainError(
            "REASON_MISSING", _("Say why the department gets more time: it stays in the record."), status=400
        )
    if case.status not in WITH_DEPARTMENT:
        raise DomainError("NOT_WITH_DEPARTMENT", _("The figures are not with the department: return them first."))
    if until < timezone.localdate() or until <= case.last_day:
        text = _("Choose a day from today on that lies after the present last day, %(day)s.")
        raise DomainError("RELEASE_TOO_EARLY", text % {"day": f"{case.last_day:%Y.%m.%d}"}, status=400)
    case.released_until = until
    case.version += 1
    case.save(update_fields=["released_until", "version"])
    note(case, actor=actor, action="released", reason=reason, data={"until": str(until)})
    deadlines.move(COLLECTION, case)
    notices.in_time_again(case)
    _record(actor, case, "assessments.collection.released", reason, until=str(until))
    return case


@transaction.atomic
def remind(*, actor, collection: Collection) -> Collection:
    """Remind a department by a notice. Raises DomainError when nothing is asked of it."""
    case = _lock(actor, collection)
    if case.status not in WITH_DEPARTMENT:
        raise DomainError("NOTHING_TO_REMIND", _("The figures are submitted: there is nothing to remind of."))
    gaps = len(sheet_of(case).gaps)
    notices.remind(case, gaps)
    note(case, actor=actor, action="reminded")
    _record(actor, case, "assessments.collection.reminded", gaps=gaps)
    return case


@transaction.atomic
def object_to(*, actor, collection: Collection, unit, indicator, text: str) -> FigureRemark:
    """Write down what is wrong with one submitted figure; the department reads it when the figures are returned.

    Raises PermissionDenied for who is not the office, DomainError for an empty remark, a figure that the department
    does not submit, or a submission that is not being verified.
    """
    case = _lock(actor, collection)
    text = (text or "").strip()
    if not text:
        raise DomainError("REMARK_MISSING", _("Write what is wrong with the figure."), status=400)
    if case.status != SUBMITTED:
        raise DomainError("NOT_BEING_VERIFIED", _("Remarks are made while submitted figures are being verified."))
    if not any(unit.pk == one.pk and indicator.pk == leaf.pk for one, leaf in sheet_of(case).places()):
        raise DomainError("PART_UNKNOWN", _("This submission has no such figure."), status=400)
    remark = FigureRemark.objects.create(
        collection=case,
        unit=unit,
        indicator=indicator,
        text=text[:500],
        made_at=timezone.now(),
        made_by_name=str(actor),
    )
    place = f"{unit.code}/{indicator.code}"
    note(case, actor=actor, action="remark", reason=text[:500], data={"place": place})
    _record(actor, case, "assessments.collection.remarked", text[:500], place=place)
    return remark


@transaction.atomic
def sweep(today: date) -> dict:
    """Tell departments whose day comes or has passed, and the office how many are late. Done twice, it tells once."""
    cases = Collection.objects.system().filter(status__in=WITH_DEPARTMENT, cycle__status__in=["open", "correcting"])
    late, cycles, counts = {}, {}, {"due": 0, "overdue": 0}
    for case in cases.select_related("organization", "cycle__jurisdiction").order_by("pk"):
        book = rulebook(on=today, jurisdiction=case.cycle.jurisdiction.code)
        left = working_days_between(today, case.last_day)
        urgency = (
            "overdue"
            if today > case.last_day
            else compute_urgency(True, left, int(book.value("ASM-COLLECT-REMIND-DAYS")))
        )
        if urgency == "overdue":
            notices.overdue(case)
            counts["overdue"] += 1
            late[case.cycle_id] = late.get(case.cycle_id, 0) + 1
        elif urgency == "soon":
            notices.due_soon(case)
            counts["due"] += 1
        cycles[case.cycle_id] = case.cycle
    for key, cycle in cycles.items():
        notices.tell_office(cycle, late.get(key, 0))
    return counts
