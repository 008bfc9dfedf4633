"""A person who was falsely reported, and the steps that clear them, for the tests of this room."""

from datetime import date

from foundation.casework.services.engine import perform
from tolerance.services.clearance_acts import announce
from tolerance.services.clearances import take_up

FOUND_ON = date(2026, 3, 2)
REPORT = {
    "report_no": "信访〔2026〕7号",
    "summary": "反映其违规插手工程",
    "reported_on": date(2026, 1, 20),
    "finding": "UNTRUE",
    "found_on": FOUND_ON,
    "finding_body": "甲县纪委监委",
}
HARM = {"grounds": ["CL1_PERSONNEL"], "harm": "影响考察", "spread": "UNIT_TEAM"}
PLAN = {"modes": ["MEETING", "WRITTEN"], "scope": "UNIT_TEAM", "text": "经查，反映的问题不属实，予以澄清。"}
APPROVAL = {
    "section_head": "科长",
    "leader_in_charge": "副部长",
    "principal_leader": "部长",
    "approved_on": date(2026, 3, 9),
}
AGREED = {"consent_on": date(2026, 3, 10), "consent_by": "干部监督科", "consent_how": "本人签名同意"}
SAID = {"place": "会议室", "heard_by": "领导班子成员5人", "announced_by": "副部长"}


def taken_up(staff, person, **more):
    return take_up(actor=staff["section"], official=person, **(REPORT | more))


def assessed(staff, person, *, plan=PLAN, **more):
    return perform(taken_up(staff, person, **more), "assess", actor=staff["section"], **HARM, **plan)


def approved(staff, person, **more):
    return perform(assessed(staff, person, **more), "approve", actor=staff["leader"], **APPROVAL)


def announced(staff, person, **more):
    case = perform(approved(staff, person, **more), "consent", actor=staff["section"], **AGREED)
    for mode, day in (("WRITTEN", 11), ("MEETING", 12)):
        announce(actor=staff["section"], case=case, mode=mode, held_on=date(2026, 3, day), **SAID)
    return case


def cleared(staff, person, **more):
    end = {"cleared_on": date(2026, 3, 12), "document_no": "鹤组澄〔2026〕1号"}
    return perform(announced(staff, person), "clear", actor=staff["section"], **(end | more))
