"""Pages of talks and letters: new ones from a person, steps with their fields, what was typed stays."""

import pytest
from django.utils import timezone

from officials.models import Official
from officials.services.people import identity_values
from supervision.models import Admonishment, Reminder, Talk
from supervision.services.tools import propose
from tests.support.people import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ADDRESS = "/supervision/talks-and-letters/"


@pytest.fixture
def person(tree):
    return Official.objects.create(home=tree.finance, **identity_values("440784197805069119", "曾启辉"))


@pytest.fixture
def section(supervision_section):
    return client_of(supervision_section)


def test_an_admonishment_is_proposed_from_the_page_of_the_person(section, person):
    page = section.get(f"/officials/{person.pk}/").content.decode()
    assert f"{ADDRESS}admonishments/new/{person.pk}/" in page
    sent = {"source": "CHECK", "mode": "TALK", "situations": ["ADM3"], "summary": "履责不力"}
    answer = section.post(f"{ADDRESS}admonishments/new/{person.pk}/", sent)
    case = Admonishment.objects.get(official=person)
    assert answer.headers["Location"] == f"{ADDRESS}case/{case.case_no}/"
    assert (case.situations, case.summary) == (["ADM3"], "履责不力")


def test_a_refused_proposal_keeps_what_was_typed(section, person):
    sent = {"source": "CHECK", "mode": "TALK", "summary": "履责不力"}
    answer = section.post(f"{ADDRESS}admonishments/new/{person.pk}/", sent)
    assert answer.status_code == 422
    assert "履责不力" in answer.content.decode()
    assert list(answer.context["form"].errors) == ["situations"]
    assert not Admonishment.objects.exists()


def test_a_step_shows_only_what_it_asks_for_and_says_at_the_field_what_is_missing(
    section, person, supervision_section, department_leader
):
    case = propose(actor=supervision_section, model=Reminder, official=person, summary="问题")
    leader = client_of(department_leader)
    page = leader.get(f"{ADDRESS}case/{case.case_no}/")
    assert [bound.name for bound in page.context["form"].visible_fields()] == ["reason"]
    case.refresh_from_db()
    assert (
        leader.post(f"{ADDRESS}case/{case.case_no}/step/", {"step": "approve", "version": case.version}).status_code
        == 302
    )
    page = section.get(f"{ADDRESS}case/{case.case_no}/?step=hold")
    names = ["mode", "held_on", "talkers", "recorder", "place", "content", "document_no", "reason"]
    assert [bound.name for bound in page.context["form"].visible_fields()] == names
    case.refresh_from_db()
    typed = {
        "step": "hold",
        "version": case.version,
        "mode": "TALK",
        "held_on": timezone.localdate(),
        "talkers": "部长甲",
    }
    answer = section.post(f"{ADDRESS}case/{case.case_no}/step/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["recorder", "place", "content"]
    assert "部长甲" in answer.content.decode()


def test_the_list_narrows_by_state_year_unit_and_name(section, person, supervision_section):
    case = propose(actor=supervision_section, model=Reminder, official=person, summary="问题")
    year = timezone.localdate().year
    for query, is_there in (
        (f"status=open&year={year}&unit={person.home.name[:2]}&name=启辉", True),
        ("status=closed", False),
        ("year=2001", False),
        ("unit=没有", False),
    ):
        page = section.get(f"{ADDRESS}reminders/?{query}").content.decode()
        assert (case.case_no in page) is is_there


def test_a_talk_is_planned_held_and_its_issue_settled(section, person):
    sent = {"source": "OTHER", "topic": "DIFFICULTY", "planned_on": timezone.localdate(), "summary": "了解困难"}
    section.post(f"{ADDRESS}talks/new/{person.pk}/", sent)
    case = Talk.objects.get(official=person)
    said = {"talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "谈了", "issues": "住房\n"}
    sent = said | {"step": "hold", "version": case.version, "held_on": timezone.localdate()}
    assert section.post(f"{ADDRESS}case/{case.case_no}/step/", sent).status_code == 302
    issue = case.issues.get()
    assert "住房" in section.get(f"{ADDRESS}case/{case.case_no}/").content.decode()
    address = f"{ADDRESS}issues/{issue.pk}/settle/"
    assert section.post(address, {"answer": "", "settled_on": timezone.localdate()}).status_code == 422
    assert section.post(address, {"answer": "已安排", "settled_on": timezone.localdate()}).status_code == 302
    issue.refresh_from_db()
    assert issue.answer == "已安排"


def test_what_is_no_talk_or_letter_is_not_found(section):
    assert section.get(f"{ADDRESS}case/ZZ-1/").status_code == 404
    assert section.get(f"{ADDRESS}nothing/").status_code == 404
