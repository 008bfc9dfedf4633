"""Clearances of earlier years, taken over one by one from the county's list, each on its own days, as an office takes them over."""

import csv
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from foundation.accounts.models import User
from foundation.casework.services.engine import perform
from foundation.common.crypto import keyed_hash
from officials.models import Official
from supervision.workflows.revisit import PLANNED
from tolerance.models import Clearance
from tolerance.services.clearance_acts import announce, file_certificate
from tolerance.services.clearance_effects import follow_visits, visits_of
from tolerance.services.clearances import take_up
from tolerance.services.report_holds import hold_for_report

from .people import DEMO

GROUNDS = {
    "CL1": ("CL1_PERSONNEL", "干部考察期间收到反映，影响正常选任"),
    "CL2": ("CL2_RIGHTS", "正常工作生活受到干扰"),
    "CL3": ("CL3_REPEATED", "已有明确结论仍被反复举报"),
    "CL4": ("CL4_OTHER", "在单位内造成不良影响"),
}
SCOPES = {"WRITTEN": "PERSON", "IN_PERSON": "PERSON", "MEETING": "UNIT_ALL", "CIRCULAR": "UNIT_ALL"}
REFUSALS = {
    "NCL1": ("UNTRUE", False, "举报失实，但未造成不良影响，已向本人说明。"),
    "NCL2": ("UNPROVEN", False, "反映的问题不能查实又不能排除，已向本人说明。"),
    "NCL3": ("UNTRUE", True, "影响仅由核实中的正常谈话引起，已向本人说明。"),
}
BODY, HELD_FOR = "鹤山市纪委监委", timedelta(days=90)


def take_clearances(tell, path: Path) -> None:
    """Enter what is not there yet; days that differ from the rules, and who is not in the record any more, are named."""
    clerk, leader = (User.objects.get(username=name) for name in ("jiandu", "lingdao"))
    known = set(Clearance.objects.system().values_list("source_no", flat=True))
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["id"] not in known]
    hashes = [keyed_hash(row["id_number"]) for row in rows]
    people = {person.id_hash: person for person in Official.objects.system().filter(id_hash__in=hashes)}
    entered, notes = 0, []
    for row in rows:
        person = people.get(keyed_hash(row["id_number"]))
        if person is None:
            notes.append(f"{row['id']} {row['name']}: not in the record")
            continue
        notes += _take(row, person, clerk, leader)
        entered += 1
    moved = follow_visits(actor=DEMO)
    told = f"; {'; '.join(notes)}" if notes else ""
    tell(f"{path.name}: {entered} cases entered, {moved} moved on after visits{told}")


def _take(row, person, clerk, leader) -> list[str]:
    found_on, reported_on = date.fromisoformat(row["found_false_on"]), date.fromisoformat(row["reported_on"])
    finding = REFUSALS[row["rejection"]][0] if row["rejection"] else "UNTRUE"
    if row["status"] == "cleared":
        hold_for_report(
            actor=clerk,
            official=person,
            report_no=row["id"],
            reason="举报待核，暂缓使用",
            starts_on=reported_on,
            review_on=reported_on + HELD_FOR,
        )
    case = take_up(
        actor=clerk,
        official=person,
        report_no=row["id"],
        summary="群众来信反映的有关问题，已核查。",
        reported_on=reported_on,
        finding=finding,
        found_on=found_on,
        finding_body=BODY,
        on=found_on,
    )
    if row["status"] == "rejected":
        return _reject(case, row["rejection"], clerk, found_on)
    return _clear(case, row, clerk, leader)


def _reject(case, code, clerk, found_on) -> list[str]:
    _finding, routine_only, explanation = REFUSALS[code]
    told = {"explained_on": found_on, "explained_by": "干部监督科", "explanation": explanation}
    perform(case, "reject", actor=clerk, reason=explanation, refusal=code, routine_only=routine_only, **told)
    return []


def _clear(case, row, clerk, leader) -> list[str]:
    cleared_on, modes = date.fromisoformat(row["cleared_on"]), row["mode"].split("+")
    ground, harm = GROUNDS[row["trigger"]]
    scope = max((SCOPES[mode] for mode in modes), key=list(dict.fromkeys(SCOPES.values())).index)
    plan = {"modes": modes, "scope": scope, "text": "经核查，反映的问题不属实，现予澄清。"}
    case = perform(case, "assess", actor=clerk, grounds=[ground], harm=harm, spread=scope, **plan)
    approved_on = max(case.found_on, cleared_on - timedelta(days=3))
    chain = {"section_head": "干部监督科科长", "leader_in_charge": "分管副部长", "principal_leader": "部长"}
    case = perform(case, "approve", actor=leader, approved_on=approved_on, **chain)
    if {"MEETING", "CIRCULAR"} & set(modes):
        agreed = {"consent_on": approved_on, "consent_by": "干部监督科", "consent_how": "本人书面同意"}
        case = perform(case, "consent", actor=clerk, **agreed)
    for mode in modes:
        said = {"place": case.organization.name, "heard_by": "本人及相关范围人员", "announced_by": "分管副部长"}
        announce(actor=clerk, case=case, mode=mode, held_on=cleared_on, **said)
    number = int(row["id"].removeprefix("CQ"))
    end = {"cleared_on": cleared_on, "document_no": f"鹤组澄〔{cleared_on.year}〕{number}号"}
    case = perform(case, "clear", actor=clerk, **end)
    certificate = f"鹤组澄证〔{cleared_on.year}〕{number}号"
    file_certificate(actor=clerk, case=case, certificate_no=certificate, certificate_on=cleared_on)
    return _visit(case, row, clerk)


def _visit(case, row, clerk) -> list[str]:
    """Visits whose days have passed were made on them; a day of the list that is not the rule's is named."""
    visits, today = list(visits_of(case)), timezone.localdate()
    for visit in visits:
        if visit.status == PLANNED and visit.planned_on <= today:
            made = {"heard": "单位反映工作正常", "inspected": "履职情况良好", "talked": "本人情绪稳定，安心工作"}
            team = ["干部监督科甲", "干部监督科乙"]
            perform(visit, "make", actor=clerk, visited_on=visit.planned_on, visitors=team, result="GOOD", **made)
    if visits[0].planned_on.isoformat() == row["revisit_due"]:
        return []
    return [f"{row['id']}: visit {row['revisit_due']} in the list, {visits[0].planned_on} by the rule"]


def begin_clearances(tell) -> None:
    """Cases of these days, so that the board has something to be tried on: one taken up, the others waiting for approval."""
    clerk, today = User.objects.get(username="jiandu"), timezone.localdate()
    closed = Clearance.objects.system().filter(status="rejected").select_related("official__home")
    people = [case.official for case in closed.exclude(official__trashed_at__isnull=False).order_by("case_no")[:3]]
    for number, person in enumerate(people, start=1):
        report = {
            "report_no": f"鹤信访〔{today.year}〕{number}号",
            "summary": "反映其在项目验收中把关不严。",
            "reported_on": today - timedelta(days=40 + number),
            "finding": "UNTRUE",
            "found_on": today - timedelta(days=6 * number),
            "finding_body": BODY,
        }
        hold_for_report(
            actor=clerk,
            official=person,
            report_no=report["report_no"],
            reason="举报待核，暂缓使用",
            starts_on=report["reported_on"],
            review_on=today + timedelta(days=30),
        )
        case = take_up(actor=clerk, official=person, **report)
        if number > 1:
            ground, harm = GROUNDS["CL1"]
            plan = {
                "modes": ["MEETING", "WRITTEN"],
                "scope": "UNIT_TEAM",
                "text": "经核查，反映的问题不属实，现予澄清。",
            }
            perform(case, "assess", actor=clerk, grounds=[ground], harm=harm, spread="UNIT_TEAM", **plan)
    tell(f"clearances under way: {len(people)}")
