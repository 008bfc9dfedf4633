"""Rectification after admonishments and reminder talks: told thirty days before its day, once, settled when it is there."""

from datetime import date

import pytest

from foundation.casework.models import Notice
from foundation.casework.services.engine import perform
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
