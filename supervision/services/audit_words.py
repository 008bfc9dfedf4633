"""The audit entry of an act about a person, the same for all kinds of cases of supervision."""

from foundation.audit.services.entries import record
from foundation.casework.registry import kind_of


def person_entry(actor, action: str, case, **data) -> None:
    """Write the entry: the case, the person, the unit."""
    record(
        actor=actor,
        action=action,
        target_kind=kind_of(case).flow.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=getattr(case, "summary", "")[:300],
        data={"official": case.official_id, **data},
    )
