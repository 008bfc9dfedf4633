"""Effects of tolerance decisions on assessments: how they come in from files until the cases themselves are kept here."""

from datetime import date

from foundation.organizations.models import Organization

from ..models import AssessmentEffect


def apply_rows(organization, rows, changes):
    """Create or update effects; a case, unit, year, effect and target name one."""
    units = dict(Organization.objects.system().below(organization).values_list("code", "pk"))
    names = ("case_no", "organization_id", "year", "effect", "target_kind", "target")
    wanted = {}
    for row in rows:
        v = row.values
        values = {
            "case_no": v["case_no"],
            "organization_id": units[v["unit"]],
            "year": v["year"],
            "effect": v["effect"],
            "target_kind": v["target_kind"] or "",
            "target": v["target"] or "",
            "decision": v["decision"],
            "situation": v["situation"] or "",
            "decided_on": date.fromisoformat(v["decided_on"]),
            "decided_by": v["decided_by"],
            "matter": v["matter"] or "",
            "is_effective": v["is_effective"],
        }
        wanted[tuple(values[name] for name in names)] = values
    stored = AssessmentEffect.objects.system().filter(organization__path__startswith=organization.path)
    existing = {tuple(getattr(effect, name) for name in names): effect for effect in stored}
    changes.merge(AssessmentEffect, existing, wanted)
