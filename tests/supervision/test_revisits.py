"""Return visits: planned from periods, moved and dropped with them, made by a team, followed by the next."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Deadline
from foundation.casework.selectors.inbox import waiting_cases
from foundation.casework.services.engine import perform
from foundation.common.dates import add_months
from foundation.common.results import DomainError
from supervision.models import Revisit
from supervision.services.handlings import enter
from supervision.services.revisits import plan_revisit, plan_visit
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def person(tree):
    return make_person("麦荣俊", tree.finance)


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a)


@pytest.fixture
def leader(tree):
    return make_persona("department_leader", tree.county_a)


def decided(person, section, leader, day, kind="GOV_DEMERIT", document="鹤监〔2026〕1号", **more):
    case = enter(
        actor=section, official=person, kind=kind, document_no=document, body="SUPERVISORY_COMMISSION",
        body_level="COUNTY", body_name="市监委", decided_on=day, effective_on=day, summary="履职不力", helper_name="何主任", **more,
    )  # fmt: skip
    return perform(case, "confirm", actor=leader)


def visits(case):
    return list(Revisit.objects.filter(source_no=case.case_no).order_by("sequence"))


def days(case, status="planned"):
    return [visit.planned_on for visit in visits(case) if visit.status == status]


def made(visit, section, **more):
    found = {
        "visited_on": timezone.localdate(),
        "visitors": ["甲", "乙"],
        "heard": "表现好",
        "inspected": "完成",
        "talked": "认识深",
        "result": "GOOD",
    }
    return perform(visit, "make", actor=section, **(found | more))


@pytest.mark.rule("SUP-REVISIT")
def test_a_confirmed_decision_plans_visits_after_three_months_every_six_and_before_the_end(
    person, section, leader, today
):
    case = decided(person, section, leader, today)
    # 12 months: after 3 and 9, and 30 days before the last day
    last = add_months(today, 12) - timedelta(days=31)
    assert days(case) == [add_months(today, 3), add_months(today, 9), last]
    assert {(visit.helper_name, visit.purpose, visit.summary) for visit in visits(case)} == {
        ("何主任", "PERIOD", "履职不力")
    }
    assert Deadline.objects.filter(kind="supervision.revisit", closed_at=None).count() == 3
    assert Entry.objects.filter(action="supervision.revisit.planned").count() == 3


def test_days_that_had_passed_when_the_decision_was_entered_are_not_planned(person, section, leader, today):
    day = add_months(today, -7)
    case = decided(person, section, leader, day)
    assert days(case) == [add_months(day, 9), add_months(day, 12) - timedelta(days=31)]
    assert [visit.sequence for visit in visits(case)] == [1, 2]


def test_a_revoked_decision_asks_for_no_visits_any_more(tree, person, section, leader, today):
    case = decided(person, section, leader, today)
    second = make_persona("department_leader", tree.county_a, username="second")
    perform(case, "revoke", actor=second, reason="复核撤销", revoked_by="市监委复1号")
    assert {visit.status for visit in visits(case)} == {"cancelled"}
    assert not Deadline.objects.filter(kind="supervision.revisit", closed_at=None).exists()
    lapsed = CaseEvent.objects.filter(kind="supervision.revisit", action="lapse")
    assert {event.actor_name for event in lapsed} == {str(second)}


def test_visits_of_a_later_decision_move_when_an_earlier_one_is_revoked(tree, person, section, leader, today):
    party = {"kind": "PTY_WARN", "body": "DISCIPLINE_COMMISSION"}
    first = add_months(today, -2)
    rows = []
    for day, document in ((first, "鹤纪〔2026〕1号"), (today, "鹤纪〔2026〕2号")):
        case = enter(
            actor=section, official=person, document_no=document, body_level="COUNTY", body_name="市纪委", decided_on=day,
            effective_on=day, summary="问题", **party,
        )  # fmt: skip
        rows.append(perform(case, "confirm", actor=leader))
    own_last = add_months(today, 12) - timedelta(days=31)
    assert own_last not in days(rows[1])  # ten months of the first are added (R-DIS-20)
    perform(rows[0], "revoke", actor=leader, reason="撤销", revoked_by="市纪委")
    assert days(rows[1]) == [add_months(today, 3), add_months(today, 9), own_last]


def test_a_visit_is_made_by_two_who_hear_look_and_talk(person, section, leader, today):
    visit = visits(decided(person, section, leader, today))[0]
    with pytest.raises(DomainError) as refused:
        perform(visit, "make", actor=section, visited_on=today + timedelta(days=1), visitors=["甲"])
    found = {(reason.code, reason.facts["field"]) for reason in refused.value.reasons}
    assert found == {
        ("FACT_MISSING", "heard"),
        ("FACT_MISSING", "inspected"),
        ("FACT_MISSING", "talked"),
        ("FACT_MISSING", "result"),
        ("DAY_IN_FUTURE", "visited_on"),
        ("VISITORS_TOO_FEW", "visitors"),
    }
    visit = made(visit, section, suggestion="正常使用")
    assert (visit.status, visit.visitors, visit.result, visit.suggestion) == ("made", ["甲", "乙"], "GOOD", "正常使用")


def test_the_next_visit_is_moved_to_the_day_that_was_agreed(person, section, leader, today):
    case = decided(person, section, leader, today)
    agreed = today + timedelta(days=200)
    made(visits(case)[0], section, next_on=agreed)
    assert days(case)[0] == agreed
    clock = Deadline.objects.get(case_no=visits(case)[1].case_no, closed_at=None)
    assert clock.due_on == agreed


def test_while_no_end_is_known_each_visit_plans_the_next(person, section, leader, today):
    start = add_months(today, -4)
    case = enter(
        actor=section, official=person, kind="PTY_PROBATION", document_no="鹤纪〔2026〕3号", body="DISCIPLINE_COMMISSION", body_level="COUNTY",
        body_name="市纪委", decided_on=start, effective_on=start, summary="问题", probation_months=12,
    )  # fmt: skip
    perform(case, "confirm", actor=leader)
    assert days(case) == [add_months(start, 9)]  # the one after three months had passed
    made(visits(case)[0], section)
    assert days(case) == [add_months(today, 6)]
    assert [visit.sequence for visit in visits(case)] == [1, 2]


def test_another_room_plans_a_visit_once(person, section, today):
    asked = {"source_kind": "tolerance.clearance", "source_no": "CQ-1", "purpose": "CLEARANCE", "summary": "澄清后回访"}
    first = plan_revisit(actor=section, official=person, due_on=today + timedelta(days=30), **asked)
    again = plan_revisit(actor=section, official=person, due_on=today + timedelta(days=90), **asked)
    second = plan_revisit(actor=section, official=person, due_on=add_months(today, 6), sequence=2, **asked)
    assert (again.pk, again.planned_on, second.sequence) == (first.pk, today + timedelta(days=30), 2)
    assert Entry.objects.filter(action="supervision.revisit.planned").count() == 2
    with pytest.raises(ValueError, match="HOLIDAY"):
        plan_revisit(actor=section, official=person, due_on=today, **(asked | {"purpose": "HOLIDAY"}))


def test_after_a_clearance_a_talk_is_enough(person, section, today):
    asked = {"source_kind": "tolerance.clearance", "source_no": "CQ-1", "purpose": "CLEARANCE", "summary": "澄清后回访"}
    visit = plan_revisit(actor=section, official=person, due_on=today, **asked)
    assert made(visit, section, heard="", inspected="").status == "made"


def test_a_visit_stands_in_the_inbox_thirty_days_before_its_day(person, section, today):
    near = plan_visit(actor=section, official=person, planned_on=today + timedelta(days=29), summary="了解情况")
    plan_visit(actor=section, official=person, planned_on=today + timedelta(days=40), summary="了解情况")
    assert [row.case_no for row in waiting_cases(section)] == [near.case_no]


def test_a_visit_is_planned_for_a_day_to_come_inside_the_own_units(tree, person, section, today):
    with pytest.raises(DomainError) as refused:
        plan_visit(actor=section, official=person, planned_on=date(2026, 1, 5), summary=" ")
    assert [reason.facts["field"] for reason in refused.value.reasons] == ["summary", "planned_on"]
    with pytest.raises(PermissionDenied):
        plan_visit(
            actor=make_persona("supervision_section", tree.county_b), official=person, planned_on=today, summary="x"
        )


def test_pages_plan_record_and_list_a_visit(person, section, today):
    client = client_of(section)
    base = "/supervision/talks-and-letters/"
    address = f"{base}revisits/new/{person.pk}/"
    assert address in client.get(f"/officials/{person.pk}/").content.decode()
    sent = {"planned_on": today, "helper_name": "何主任", "summary": "了解整改"}
    assert client.post(address, sent).status_code == 302
    visit = Revisit.objects.get()
    page = client.get(f"{base}case/{visit.case_no}/")
    names = [bound.name for bound in page.context["form"].visible_fields()]
    assert names == [
        "visited_on",
        "visitors",
        "talked",
        "result",
        "heard",
        "inspected",
        "helper_name",
        "suggestion",
        "next_on",
        "reason",
    ]
    said = {"step": "make", "version": visit.version, "visited_on": today, "talked": "稳定", "result": "FAIR"}
    answer = client.post(f"{base}case/{visit.case_no}/step/", said | {"visitors": "张三"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["visitors"])
    assert client.post(f"{base}case/{visit.case_no}/step/", said | {"visitors": "张三、 李四"}).status_code == 302
    listed = client.get(f"{base}revisits/?year={today.year}&name=荣俊").content.decode()
    assert "张三、李四" in listed
