"""Applications for fault tolerance (§1.7): drafted by the unit, for a cadre or itself, or begun ex officio; submitted."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.services.engine import open_case
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes
from officials.models import Official
from supervision.services.tool_cases import PREFIXES, next_case_no, refuse

from ..choices import Applicant
from ..models import CaseParty, CasePoint, ToleranceCase
from ..workflows import TOLERANCE
from ..workflows.tolerance_case import APPLY, DRAFT
from .case_law import TABLES
from .filings import citation_refusals, points_with_filing

PREFIXES[ToleranceCase] = "RC"  # 容错
TEXTS = (
    "applicant_kind", "title_text", "event_on", "summary", "loss_yuan", "is_collective", "decision_record", "inquiry_no",
    "notice_on", "late_reason", "years", "claimed", "file_no", "filing",
)  # fmt: skip
"""Columns that an application brings."""


@transaction.atomic
def draft(
    *,
    actor,
    organization: Organization,
    officials: Iterable[Official] = (),
    units: Iterable[Organization] = (),
    points: Mapping[str, tuple[str, str]] = {},
    on: date | None = None,
    **values,
) -> ToleranceCase:
    """Begin a case with what is known; nothing is asked for yet, `submit` asks for it.

    `points`: code → (answer, evidence) as the applicant states them. `on`: the day of a case that was kept on paper before and is
    taken over (needs `tolerance.import_effects`). Raises PermissionDenied outside the actor's units,
    DomainError (400, by field) without anybody whom it is about, for people or units of another county, for unknown situations.
    """
    require(actor, APPLY, organization.path)
    if on is not None:
        require(actor, "tolerance.import_effects", organization.path)
    people, about = list(officials), list(units)
    refuse(_parties_fit(organization, people, about), "APPLICATION_REFUSED")
    refuse(_situations_fit(values.get("claimed", ())), "APPLICATION_REFUSED")
    refuse(_filing_fits(organization, values), "APPLICATION_REFUSED")
    today = on or timezone.localdate()
    case = ToleranceCase(
        case_no=next_case_no(ToleranceCase, organization, today),
        status=DRAFT,
        organization=organization,
        opened_on=today,
        applied_by_id=actor.pk,
        applied_by_name=str(actor),
        **{name: values[name] for name in TEXTS if name in values},
    )
    open_case(case, actor=actor, reason=case.title_text, data={"kind": case.applicant_kind})
    _write_parts(case, people, about, points_with_filing(points, case.filing))
    _record(case, actor, "tolerance.case.drafted", people, about)
    return case


@transaction.atomic
def amend(
    *,
    actor,
    case: ToleranceCase,
    officials: Iterable[Official],
    units: Iterable[Organization],
    points: Mapping[str, tuple[str, str]],
    expected_version: int | None = None,
    **values,
) -> ToleranceCase:
    """Change a draft. Raises DomainError when it was submitted meanwhile or somebody else changed it first."""
    locked = (
        ToleranceCase.objects.system().select_for_update(of=("self",)).select_related("organization").get(pk=case.pk)
    )
    require(actor, APPLY, locked.organization.path)
    if locked.status != DRAFT:
        raise DomainError(
            "CASE_SUBMITTED", _("This application was submitted; withdraw it and apply again to change it.")
        )
    if expected_version is not None and locked.version != expected_version:
        raise DomainError(
            "CASE_CHANGED", _("Somebody changed this application while you were writing. Look at it again.")
        )
    people, about = list(officials), list(units)
    refuse(_parties_fit(locked.organization, people, about), "APPLICATION_REFUSED")
    refuse(_situations_fit(values.get("claimed", ())), "APPLICATION_REFUSED")
    refuse(_filing_fits(locked.organization, values), "APPLICATION_REFUSED")
    for name in TEXTS:
        if name in values:
            setattr(locked, name, values[name])
    locked.version += 1
    locked.save()
    CaseParty.objects.system().filter(case=locked).delete()
    CasePoint.objects.system().filter(case=locked).delete()
    _write_parts(locked, people, about, points_with_filing(points, locked.filing))
    _record(locked, actor, "tolerance.case.amended", people, about)
    return locked


def _write_parts(case, people, units, points):
    CaseParty.objects.bulk_create(
        [*(CaseParty(case=case, official=one) for one in people), *(CaseParty(case=case, unit=one) for one in units)]
    )
    rows = []
    for table in TABLES:
        for code in codes(table):
            answer, evidence = points.get(code, ("", ""))
            rows.append(CasePoint(case=case, table=table, code=code, stated=answer, evidence=evidence[:500]))
    CasePoint.objects.bulk_create(rows)


def _filing_fits(organization, values) -> list[Reason]:
    """A filing that is cited was accepted before the event and covers it (TOL-PREFILE-CITED)."""
    filing = values.get("filing")
    return citation_refusals(filing, organization, values["event_on"]) if filing else []


def _parties_fit(organization, people, units) -> list[Reason]:
    if not people and not units:
        text = _("Say whom it is about: at least one official or unit.")
        return [Reason("PARTIES_MISSING", {"field": "officials"}, text=text)]
    county = (organization.jurisdiction or organization).path
    strangers = [one.name for one in people if not one.org_path.startswith(county)]
    strangers += [one.name for one in units if not one.path.startswith(county)]
    if strangers:
        text = _("Not of this county: %(names)s.") % {"names": "、".join(strangers)}
        return [Reason("PARTIES_ELSEWHERE", {"field": "officials"}, text=text)]
    return []


def _situations_fit(claimed) -> list[Reason]:
    known = {*codes("tolerance_exempt"), *codes("tolerance_mitigate")}
    wrong = sorted(set(claimed) - known)
    if not wrong:
        return []
    text = _("Unknown situations: %(codes)s.") % {"codes": "、".join(wrong)}
    return [Reason("SITUATIONS_UNKNOWN", {"field": "claimed"}, text=text)]


def _record(case, actor, action, people, units):
    record(
        actor=actor,
        action=action,
        target_kind=TOLERANCE.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=case.title_text,
        data={
            "kind": case.applicant_kind,
            "officials": sorted(one.pk for one in people),
            "units": sorted(one.code for one in units),
            "ex_officio": case.applicant_kind == Applicant.EX_OFFICIO,
        },
    )
