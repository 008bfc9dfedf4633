"""Effects of tolerance decisions on assessments: how they come in from files until the cases themselves are kept here."""

from datetime import date

from foundation.exchange.registered import Registered
from foundation.organizations.models import Organization

from ..models import AssessmentEffect

KEY = ("case_no", "organization_id", "year", "effect", "target_kind", "target")


def _wanted(organization, rows) -> dict[tuple, dict]:
    """What the rows say, by key: a case, unit, year, effect and target name one effect."""
    units = Registered(Organization.objects.system().below(organization).values_list("code", "pk"))
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
        wanted[tuple(values[name] for name in KEY)] = values
    return wanted


def _stored(organization) -> dict[tuple, AssessmentEffect]:
    effects = AssessmentEffect.objects.system().filter(organization__path__startswith=organization.path)
    return {tuple(getattr(effect, name) for name in KEY): effect for effect in effects}


def apply_rows(organization, rows, changes):
    """Create or update effects."""
    changes.merge(AssessmentEffect, _stored(organization), _wanted(organization, rows))


def years_changed(organization, rows) -> set[int]:
    """Assessment years in which the rows would change anything."""
    stored = _stored(organization)
    return {
        values["year"]
        for key, values in _wanted(organization, rows).items()
        if key not in stored or any(getattr(stored[key], name) != value for name, value in values.items())
    }
