"""Collections as cases: opened for a year in one act, submitted, verified, returned, opened again."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization, UnitCategory
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import rulebook

from ..choices import SchemeState
from ..models import Collection, Cycle, FigureRemark, Indicator, Scheme
from ..selectors.collections import sheet_of
from ..workflows import COLLECTION, FILLING
from . import collection_notices as notices
from .figure_guards import is_office, stands_against

OPEN = "assessments.open_collection"
SHOWN_GAPS = 5


def number_of(cycle: Cycle, department: Organization) -> str:
    """Natural number of a department's submission: `SB-440784-2025-HS-D23`."""
    return f"SB-{cycle.jurisdiction.code}-{cycle.year}-{department.code}"


@transaction.atomic
def open_year(*, actor, cycle: Cycle, due_on: date | None = None, reason="") -> list[Collection]:
    """Open the submission of a year's figures for every department that answers for indicators and has none yet.

    `due_on` is the last day; without one it is counted in working days from today (rule ASM-COLLECT-DAYS). Returns the
    new cases. Raises PermissionDenied for who does not look after the county; DomainError when the year is published,
    has no schemes or one that is not issued, no unit to ask about or nobody left to ask, and for a day that is not after today.
    """
    locked = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=cycle.pk)
    county = locked.jurisdiction
    require(actor, OPEN, county.path)
    today = timezone.localdate()
    if locked.is_locked:
        raise DomainError("CYCLE_LOCKED", _("This year is published. Open it for correction with a reason first."))
    if due_on is not None and due_on <= today:
        raise DomainError("DUE_TOO_EARLY", _("The last day must lie after today. Choose a later one."), status=400)
    departments = _departments_without(locked)
    book = rulebook(on=today, jurisdiction=county.code)
    last = due_on or add_working_days(today, int(book.value("ASM-COLLECT-DAYS"))).date
    opened = []
    for department in departments:
        case = Collection(
            case_no=number_of(locked, department),
            status=FILLING,
            organization=department,
            opened_on=today,
            cycle=locked,
            due_on=last,
        )
        opened.append(open_case(case, actor=actor, reason=reason, data={"due_on": str(last)}))
        notices.opened(case)
    record(
        actor=actor,
        action="assessments.collection.opened",
        target_kind="assessments.cycle",
        target_no=f"{county.code}-{locked.year}",
        target_label=str(locked),
        org_path=county.path,
        reason=reason,
        rulebook_version=book.version,
        data={"due_on": str(last), "departments": [department.code for department in departments]},
    )
    return opened


def _departments_without(cycle: Cycle) -> list[Organization]:
    leaves = Indicator.objects.system().filter(scheme__cycle=cycle)
    if not leaves.exists():
        raise DomainError("NO_SCHEMES", _("This year has no indicators yet. Issue its schemes first."))
    if Scheme.objects.system().filter(cycle=cycle).exclude(state=SchemeState.ISSUED).exists():
        raise DomainError("SCHEMES_NOT_ISSUED", _("Schemes of this year are still drafts. Issue them first."))
    if (
        not UnitCategory.objects.system()
        .filter(organization__jurisdiction=cycle.jurisdiction, year=cycle.year)
        .exists()
    ):
        raise DomainError(
            "NO_UNITS", _("No unit has a category in this year. Import the units with their categories first.")
        )
    asked = leaves.filter(responsible__isnull=False).values("responsible")
    known = Collection.objects.system().filter(cycle=cycle).values("organization")
    found = Organization.objects.system().filter(pk__in=asked).exclude(pk__in=known)
    departments = list(found.select_related("jurisdiction").in_tree_order())
    if not departments:
        raise DomainError("NOBODY_TO_ASK", _("Every department that answers for indicators has been asked already."))
    return departments


def nothing_is_missing(case, *, actor, **payload):
    """A submission is complete: every figure is there or marked 不适用."""
    sheet = case.known_sheet or sheet_of(case)
    if not sheet.gaps:
        return []
    places = [f"{unit} {leaf.code} {leaf.name}" for unit, leaf in sheet.gaps[:SHOWN_GAPS]]
    text = _("%(count)d figures are missing: fill them in or mark them as not applicable. First: %(places)s")
    facts = {"count": len(sheet.gaps), "places": places}
    return [Reason("COLLECTION_GAPS", facts, text=text % {"count": len(sheet.gaps), "places": "; ".join(places)})]


def year_is_open(case, *, actor, **payload):
    """Nothing moves in a published year until it is opened for correction."""
    if not case.cycle.is_locked:
        return []
    return [Reason("CYCLE_LOCKED", text=_("This year is published. Open it for correction with a reason first."))]


def settle_remarks(case, *, actor, reason, **payload):
    """What was objected to counts as settled when the department submits; how late it is stands in the record."""
    today = timezone.localdate()
    open_remarks = FigureRemark.objects.system().filter(collection=case, settled_at__isnull=True)
    settled = open_remarks.update(settled_at=timezone.now())
    notices.submitted(case)
    return {"settled_remarks": settled, "late": today > case.last_day}


def give_new_time(case, *, actor, reason, **payload):
    """A returned submission has its own days for correction; a later day that stood before is kept."""
    today = timezone.localdate()
    book = rulebook(on=today, jurisdiction=case.cycle.jurisdiction.code)
    due = add_working_days(today, int(book.value("ASM-COLLECT-RETURN-DAYS"))).date
    case.due_on = max(case.due_on, due)
    notices.returned(case, reason)
    return {"due_on": str(case.due_on)}


def close_notices(case, *, actor, reason, **payload):
    """Nothing is asked of the department any more."""
    notices.verified(case)
    return {}


def figures_are_open(case, *, actor, part=""):
    """Papers come while the figures may be changed; the office may add them at any time before publishing."""
    reasons = year_is_open(case, actor=actor)
    error = None if is_office(actor, case.cycle) else stands_against(case)
    reasons += [Reason(error.code, text=error.message)] if error else []
    return reasons or _unknown_part(case, part)


def _unknown_part(case, part):
    if not part:
        return []
    if any(part == part_of(unit, leaf) for unit, leaf in (case.known_sheet or sheet_of(case)).places()):
        return []
    return [Reason("PART_UNKNOWN", {"part": part}, text=_("This submission has no such figure."))]


def part_of(unit, leaf) -> str:
    """The part of a case to which the papers of one figure belong: `town-01/G101`."""
    return f"{unit.code}/{leaf.code}"


bind(
    COLLECTION,
    Collection,
    url_name="assessments:collection",
    named_by=("cycle",),
    papers=Papers(
        view="assessments.view_collection",
        add=("assessments.submit_collection", "assessments.verify_collection"),
        guards=(figures_are_open,),
    ),
    submit=Handler(guards=(year_is_open, nothing_is_missing), effect=settle_remarks),
    resubmit=Handler(guards=(year_is_open, nothing_is_missing), effect=settle_remarks),
    submit_for=Handler(guards=(year_is_open, nothing_is_missing), effect=settle_remarks),
    verify=Handler(guards=(year_is_open, nothing_is_missing), effect=close_notices),
    send_back=Handler(guards=(year_is_open,), effect=give_new_time),
    reopen=Handler(guards=(year_is_open,), effect=give_new_time),
)
