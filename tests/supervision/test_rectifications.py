"""Rectification after admonishments and reminder talks: told thirty days before its day, once, settled when it is there."""

from datetime import date

import pytest

from foundation.casework.models import Deadline, Notice
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.regulations.services.overrides import set_override
from supervision.models import Reminder
from supervision.services.rectifications import remind_rectifications
from supervision.services.tools import propose
from tests.factories.people import make_person
from tests.support.people import make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a)


@pytest.fixture
def held(tree, section):
    """A reminder talk of 15 January 2026: to be checked by 15 July."""
    person = make_person("曾启辉", tree.finance)
    case = propose(actor=section, model=Reminder, official=person, summary="工作推进缓慢", source="CHECK")
    perform(case, "approve", actor=make_persona("department_leader", tree.county_a))
    said = {"mode": "TALK", "talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "指出问题"}
    return perform(case, "hold", actor=section, held_on=date(2026, 1, 15), **said)


@pytest.mark.rule("SUP-RECTIFY-REMINDER-DAYS")
def test_a_rectification_is_told_thirty_days_before_its_day_and_once(held):
    assert remind_rectifications(day=date(2026, 6, 14)) == 0
    assert [remind_rectifications(day=date(2026, 6, day)) for day in (15, 16, 17)] == [1, 0, 0]
    notice = Notice.objects.get(message="supervision.rectification")
    assert notice.params == {"case_no": held.case_no, "day": "2026.07.15"}
    assert notice.organization_id == held.organization_id


def test_the_reminder_is_settled_when_the_check_is_there(held, section):
    remind_rectifications(day=date(2026, 6, 20))
    facts = {"checked_on": date(2026, 7, 1), "rectification": "到位"}
    perform(held, "check", actor=section, reason="已整改", **facts)
    assert remind_rectifications(day=date(2026, 7, 2)) == 0
    assert Notice.objects.get(message="supervision.rectification").resolved_at is not None


@pytest.mark.rule("SUP-INSPECTION-MONTHS")
def test_what_an_inspection_found_is_rectified_within_the_time_of_its_own_regulation(tree, section):
    county = tree.county_a
    set_override(
        actor=SystemActor("test"),
        rule_id="SUP-INSPECTION-MONTHS",
        value=3,
        starts_on=date(2025, 1, 1),
        basis="市委巡察整改通知",
        jurisdiction=county.code,
    )
    leader = make_persona("department_leader", county)
    said = {"mode": "TALK", "talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "指出问题"}
    found = {}
    for source in ("INSPECTION", "CHECK"):
        person = make_person(f"某{source}", tree.finance)
        case = propose(actor=section, model=Reminder, official=person, summary="整改不力", source=source)
        perform(case, "approve", actor=leader)
        perform(case, "hold", actor=section, held_on=date(2026, 1, 15), **said)
        clock = Deadline.objects.get(case_no=case.case_no, step="check")
        found[source] = (clock.due_on, clock.rule_id)
    # three months from 15 January, where the general rule gives six
    assert found["INSPECTION"] == (date(2026, 4, 15), "SUP-INSPECTION-MONTHS")
    assert found["CHECK"] == (date(2026, 7, 15), "R-1.41-RECHECK")
    assert remind_rectifications(day=date(2026, 3, 16)) == 1
    assert Notice.objects.get(message="supervision.rectification").params["day"] == "2026.04.15"


def test_before_that_regulation_the_general_time_holds(tree, section):
    case = propose(
        actor=section, model=Reminder, official=make_person("某", tree.finance), summary="x", source="INSPECTION",
        on=date(2023, 3, 1),
    )  # fmt: skip
    perform(case, "approve", actor=make_persona("department_leader", tree.county_a))
    said = {"mode": "TALK", "talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "指出问题"}
    perform(case, "hold", actor=section, held_on=date(2023, 3, 1), **said)
    clock = Deadline.objects.get(case_no=case.case_no, step="check")
    assert (clock.due_on, clock.rule_id) == (date(2023, 9, 1), "R-1.41-RECHECK")
