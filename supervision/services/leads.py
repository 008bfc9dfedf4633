"""Leads for the adjustment of a leader (能上能下线索): opened by decisions, kept with their evidence, never a finding."""

from django.db import transaction

from foundation.audit.services.entries import record
from foundation.casework.registry import Papers, bind
from foundation.casework.services.engine import open_case
from foundation.organizations.models import Organization
from officials.models import Official

from ..choices import Source
from ..models import AdjustmentLead
from ..workflows.lead import LEAD, OPEN
from .tool_cases import new_case, person_of


@transaction.atomic
def open_lead(
    *,
    actor,
    official: Official,
    summary: str,
    source: str,
    source_kind: str,
    source_no: str,
    evidence: dict,
    unit: Organization | None = None,
) -> AdjustmentLead:
    """The lead of a decision about a person; asked again for the same source it answers the one that stands.

    `evidence`: facts as JSON, named as the decision's columns; `unit` keeps the lead of a person who belongs to none. Raises
    DomainError for a person in the trash, or without a unit where none is given.
    """
    person = person_of(official, needs_unit=unit is None)
    known = (
        AdjustmentLead.objects.system().filter(official=person, source_kind=source_kind, source_no=source_no).first()
    )
    if known is not None:
        return known
    case = new_case(
        AdjustmentLead,
        person,
        actor=actor,
        status=OPEN,
        summary=summary,
        unit=unit,
        source=Source(source),
        source_kind=source_kind,
        source_no=source_no,
        evidence=evidence,
    )
    open_case(case, actor=actor, reason=case.summary, data={"official": person.pk, "source_no": source_no})
    record(
        actor=actor,
        action="supervision.lead.opened",
        target_kind=LEAD.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=case.summary[:300],
        data={"official": person.pk, "source_kind": source_kind, "source_no": source_no},
    )
    return case


bind(
    LEAD,
    AdjustmentLead,
    url_name="supervision:tool",
    named_by=("official",),
    titled_by="official__name",
    papers=Papers(view="supervision.view_adjustmentlead", add=("supervision.review_tool",)),
)
