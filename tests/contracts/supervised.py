"""What the addresses of supervision lead to, and a row of every table of it that the admin shows."""

from datetime import date, timedelta

from django.utils import timezone

from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from supervision.models import (
    AdjustmentLead,
    Admonishment,
    Hold,
    Inquiry,
    MatterCheck,
    MatterDraw,
    MatterReport,
    RelationConflict,
    ReuseProposal,
    Revisit,
)
from supervision.services.handlings import enter
from supervision.services.talk_templates import set_outline
from tolerance.models import Clearance, ClearanceAnnouncement, FalseAccusation
from tolerance.services.report_holds import hold_for_report

DAY = date(2025, 3, 15)
ACTOR = SystemActor("test")
DECISION = {
    "kind": "GOV_DEMERIT",
    "body": "SUPERVISORY_COMMISSION",
    "body_level": "COUNTY",
    "body_name": "甲县监委",
    "decided_on": DAY,
    "effective_on": DAY,
    "summary": "x",
}


def make_supervised(person) -> dict:
    """The number of a decision that waits to be confirmed; another one is in force and restricts."""
    confirmed = enter(actor=ACTOR, official=person, document_no="甲监〔2025〕1号", **DECISION)
    perform(confirmed, "confirm", actor=ACTOR)
    waiting = enter(actor=ACTOR, official=person, document_no="甲监〔2025〕2号", **DECISION)
    county = person.home.jurisdiction or person.home
    set_outline(actor=ACTOR, county=county, topic="YEARLY", starts_on=timezone.localdate(), outline="x")
    about = {"organization": person.home, "official": person, "opened_on": DAY}
    Inquiry.objects.create(case_no="HX-1", status="proposed", summary="x", **about)
    Admonishment.objects.create(case_no="JM-1", status="proposed", summary="x", **about)
    Revisit.objects.create(case_no="HF-1", status="planned", planned_on=DAY, **about)
    ended = {"kind": "GOV_WARN", "blocks": ["POST"], "period_ended_on": DAY, "review_on": DAY}
    Hold.objects.create(case_no="ZH-1", status="proposed", summary="x", **ended, **about)
    AdjustmentLead.objects.create(case_no="XS-1", status="open", summary="x", **about)
    given = {"mode": "LOWER", "post_text": "x", "summary": "x", "source_no": confirmed.case_no, "asked_on": DAY}
    ReuseProposal.objects.create(case_no="SY-1", status="draft", **given, **about)
    RelationConflict.objects.create(case_no="HB-1", status="found", rule_id="AV1", **about)
    MatterReport.objects.create(official=person, occasion="ANNUAL", year=2024, due_on=DAY, rule_id="SUP-MATTERS-ANNUAL")
    check = MatterCheck.objects.create(official=person, occasion="RANDOM", year=2024, asked_on=DAY)
    county = person.home.jurisdiction
    MatterDraw.objects.create(organization=county, year=2024, share="0.1", population=["1"], drawn=["1"], seed="x")
    return {"handling": waiting.case_no, "conflict": "HB-1", "reuse": "SY-1", "check": check.pk, **make_cleared(person)}


def make_cleared(person) -> dict:
    """A clearance that was announced once, and an inquiry into a false accusation."""
    about = {"organization": person.home, "official": person, "opened_on": DAY, "summary": "x"}
    case = Clearance.objects.create(case_no="CQ-1", status="proposed", source_no="R-1", **about)
    said = {"mode": "WRITTEN", "held_on": DAY, "place": "x", "heard_by": "x", "announced_by": "x"}
    ClearanceAnnouncement.objects.create(clearance=case, sort=1, **said)
    FalseAccusation.objects.create(case_no="WG-1", status="SUSPECTED", report_no="R-1", signs=["OTHER"], **about)
    days = {"starts_on": DAY, "review_on": DAY + timedelta(days=1)}
    hold = hold_for_report(actor=ACTOR, official=person, report_no="R-1", reason="x", **days)
    return {"clearance": "CQ-1", "accusation": "WG-1", "hold": hold.pk}
