"""What the addresses of shelter lead to, a row of every table of it that the admin shows, and informers under lock."""

from datetime import date

from foundation.common.actors import SystemActor
from officials.models import Official
from tolerance.models import CaseBallot, CaseVerifier, DecidedEffect
from tolerance.services.applications import draft
from tolerance.services.complaints import register
from tolerance.services.filings import draft_filing
from tolerance.services.identities import Identity, keep_identity
from tolerance.services.identity_requests import answer, ask

DAY = date(2025, 3, 15)
VALUES = {"applicant_kind": "UNIT", "title_text": "x", "event_on": DAY, "summary": "x"}


def sheltered(liaison, unit, neighbour, person) -> dict:
    """Numbers of a draft of the liaison's department and of one of another department."""
    about = Official.objects.get(pk=person)
    own = draft(actor=liaison, organization=unit, units=[unit], officials=[about], **VALUES)
    other = draft(actor=SystemActor("test"), organization=neighbour, units=[neighbour], **VALUES)
    filed = draft_filing(actor=liaison, organization=unit, title_text="x", reform="x")
    CaseVerifier.objects.create(case=own, name="x")
    CaseBallot.objects.create(case=own, sort=1, name="x", vote="FOR")
    DecidedEffect.objects.create(
        case_kind="tolerance.case", case_no=own.case_no, organization=unit, kind="shield", target="x", label="x",
        before="x", after="x", rule_id="TOL-SITUATIONS",
    )  # fmt: skip
    return {"filing": filed.case_no, "tolerance": own.case_no, "tolerance neighbour": other.case_no}


INFORMERS = (
    Identity("欧阳若楠", "440784198812120021", "13928190417", "鹤山市沙坪水厂", "沙坪街道前进路917号"),
    Identity("尉迟砚秋", "440784197506170033", "075088203917", "址山镇五金商会", "址山镇昆仑北路203号"),
    Identity("令狐景澄", "", "18620417739", "", "雅瑶镇陈山村八队41号"),
)
"""People planted behind every answer of the matrix: `leaks` looks for each of their words."""


def reported(clerk, head, unit, person) -> dict:
    """A report about the person that the clearance names, with informers, and a request of the clerk that the head approved."""
    about = Official.objects.get(pk=person)
    given = {"kind": "NAMED", "channel": "LETTER", "received_on": DAY, "matter": "x", "officials": [about]}
    case = register(actor=clerk, organization=unit, number="R-1", **given)
    for identity in INFORMERS:
        keep_identity(actor=clerk, complaint=case, identity=identity)
    asked = ask(actor=clerk, complaint=case, purpose="x")
    approved = answer(asked, "approve", actor=head)
    return {"complaint": case.case_no, "identity request": approved.case_no}
