"""Badges beside a name: what daily supervision has under way, together with periods and measures in one statement."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from officials.badges import badges_of, row_badges_of
from officials.services.restrictions import RestrictionSpec, impose
from supervision.models import Admonishment, Inquiry, Reminder
from supervision.services.tools import propose
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a)


@pytest.fixture
def person(tree, section):
    person = make_person("麦荣俊", tree.finance)
    ends_on = timezone.localdate() + timedelta(days=30)
    spec = RestrictionSpec("GOV_WARN", ends_on - timedelta(days=180), ends_on, ["POST"], ["R-DIS-GOV_WARN"])
    impose(official=person, source_kind="supervision.handling", source_no="CL-1", text="x", rulebook_version="v", periods=[spec])  # fmt: skip
    propose(actor=section, model=Reminder, official=person, summary="问题")
    propose(actor=section, model=Inquiry, official=person, summary="问题")
    propose(actor=section, model=Admonishment, official=person, summary="问题", situations=["ADM3"])
    return person


def test_open_cases_stand_beside_the_period_in_one_statement(person, section):
    with CaptureQueriesContext(connection) as asked:
        found = row_badges_of([person.pk], timezone.localdate(), section)[person.pk]
    # what else is asked reads the user's rights and the code table, on a page once for everything
    assert len([query for query in asked if "badge_person" in query["sql"]]) == 1
    assert [badge.kind for badge in found] == ["red", "orange", "yellow", "yellow"]
    assert found[1].url.startswith("/supervision/talks-and-letters/case/JM-")


def test_who_may_not_see_the_cases_sees_no_badge_of_them(tree, person):
    office = make_persona("assessment_office", tree.county_a)
    assert badges_of([person.pk], timezone.localdate(), office)[person.pk] == []


def test_settled_cases_say_nothing(tree, section):
    other = make_person("冼某", tree.finance)
    Reminder.objects.create(case_no="TX-9", status="closed", summary="x", official=other, organization=tree.finance, opened_on=timezone.localdate())  # fmt: skip
    assert badges_of([other.pk], timezone.localdate(), section)[other.pk] == []


def test_roster_and_person_page_show_them(person, section):
    client = client_of(section)
    (line,) = [line for line in client.get("/officials/").context["people"] if line["id"] == person.pk]
    assert len(line["badges"]) == 4
    assert len(client.get(f"/officials/{person.pk}/").context["badges"]) >= 4
