"""What the addresses of shelter lead to, and a row of every table of it that the admin shows."""

from datetime import date

from foundation.common.actors import SystemActor
from officials.models import Official
from tolerance.models import CaseBallot, CaseVerifier, DecidedEffect
from tolerance.services.applications import draft

DAY = date(2025, 3, 15)
VALUES = {"applicant_kind": "UNIT", "title_text": "x", "event_on": DAY, "summary": "x"}


def sheltered(liaison, unit, neighbour, person) -> dict:
    """Numbers of a draft of the liaison's department and of one of another department."""
    about = Official.objects.get(pk=person)
    own = draft(actor=liaison, organization=unit, units=[unit], officials=[about], **VALUES)
    other = draft(actor=SystemActor("test"), organization=neighbour, units=[neighbour], **VALUES)
    CaseVerifier.objects.create(case=own, name="x")
    CaseBallot.objects.create(case=own, sort=1, name="x", vote="FOR")
    DecidedEffect.objects.create(
        case_kind="tolerance.case", case_no=own.case_no, organization=unit, kind="shield", target="x", label="x",
        before="x", after="x", rule_id="TOL-SITUATIONS",
    )  # fmt: skip
    return {"tolerance": own.case_no, "tolerance neighbour": other.case_no}
