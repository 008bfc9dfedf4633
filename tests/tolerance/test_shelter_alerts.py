"""What hangs in shelter is told of: drafts whose window closes, certificates, visits, holds without a ground any more."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation.casework.services.engine import perform
from foundation.organizations.models import Organization
from foundation.regulations.services.rulebook import rulebook
from supervision.models import Revisit
from tests.support.people import client_of
from tests.tolerance.support import Office
from tolerance.services.clearance_acts import file_certificate
from tolerance.services.report_holds import hold_for_report
from tolerance.services.shelter_alerts import find_certificates, find_drafts, find_groundless, find_unvisited

from .clearing import REPORT, cleared, taken_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
DAY = date(2026, 4, 1)


def told(find, tree, day=DAY):
    county = Organization.objects.get(pk=tree.county_a.pk)  # as a sweep loads it: what is read for it is kept on it
    return [(fact.key, fact.due_on, fact.severity) for fact in find(day, rulebook(on=day), county)]


def held(staff, person, report_no=REPORT["report_no"]):
    days = {"starts_on": date(2026, 1, 21), "review_on": date(2026, 4, 21)}
    return hold_for_report(actor=staff["section"], official=person, report_no=report_no, reason="举报待核", **days)


@pytest.mark.rule("TOL-APPLY-DAYS")
def test_a_draft_after_a_notice_is_due_ten_working_days_later_until_it_is_submitted(tree):
    office = Office(tree)
    office.drafted(title_text="没有通知")
    # Monday 2 March 2026: no holiday until Friday 13 March; ten working days from the 3rd on end on Monday the 16th
    case = office.drafted(notice_on=date(2026, 3, 2), late_reason="材料不齐")
    due = date(2026, 3, 16)
    assert told(find_drafts, tree, due) == [(case.case_no, due, "yellow")]
    assert told(find_drafts, tree, date(2026, 3, 17)) == [(case.case_no, due, "red")]
    perform(case, "submit", actor=office["liaison"])
    assert told(find_drafts, tree) == []


def test_a_certificate_is_due_by_the_first_visit_until_it_is_filed(tree, staff, person):
    case = cleared(staff, person)  # on 12 March; the first visit is 30 days later
    assert told(find_certificates, tree) == [(case.case_no, date(2026, 4, 11), "yellow")]
    assert [colour for _key, _day, colour in told(find_certificates, tree, date(2026, 4, 12))] == ["red"]
    file_certificate(actor=staff["section"], case=case, certificate_no="1号", certificate_on=date(2026, 3, 13))
    assert told(find_certificates, tree) == []


@pytest.mark.rule("CLR-REVISIT")
def test_a_cancelled_visit_is_told_of_while_none_stands_for_it(tree, staff, person):
    case = cleared(staff, person)
    first, second = Revisit.objects.filter(source_no=case.case_no).order_by("sequence")
    assert told(find_unvisited, tree) == []
    perform(first, "cancel", actor=staff["section"], reason="出差")
    assert told(find_unvisited, tree) == [], "the second visit still stands"
    perform(second, "cancel", actor=staff["section"], reason="出差")
    first_day, second_day = (f"{case.case_no}:1", date(2026, 4, 11)), (f"{case.case_no}:2", date(2026, 9, 12))
    assert told(find_unvisited, tree) == [(*first_day, "orange"), (*second_day, "orange")]
    assert told(find_unvisited, tree, date(2026, 5, 6)) == [(*first_day, "red"), (*second_day, "orange")]


def test_a_hold_is_told_of_once_its_report_is_settled_otherwise(tree, staff, person):
    held(staff, person)
    held(staff, person, "另一件")
    case = taken_up(staff, person)
    assert told(find_groundless, tree) == []
    refused = {"explained_on": date(2026, 3, 3), "explained_by": "科长", "explanation": "未造成影响"}
    perform(case, "reject", actor=staff["section"], reason="未造成影响", refusal="NCL1", **refused)
    (found,) = told(find_groundless, tree)
    assert found == (f"{person.pk}:{REPORT['report_no']}", date(2026, 4, 21), "orange")


# --- the page that the alerts lead to ---------------------------------------------------------------------------------
def test_the_section_releases_a_hold_on_its_page(tree, staff, person):
    hold = held(staff, person)
    address, client = reverse("clearances:hold", args=[hold.pk]), client_of(staff["section"])
    assert REPORT["report_no"] in client.get(address).content.decode()
    assert client.post(address, {"result": "RELEASE"}).status_code == 422
    assert client.post(address, {"result": "RELEASE", "reason": "不予澄清，已说明"}).status_code == 302
    hold.refresh_from_db()
    assert (hold.lifted_on is not None, hold.lift_reason) == (True, "不予澄清，已说明")
    after = client.get(address)
    assert (after.context["form"], "不予澄清，已说明" in after.content.decode()) == (None, True)


def test_the_section_keeps_a_hold_until_another_day(tree, staff, person):
    hold = held(staff, person)
    address, client = reverse("clearances:hold", args=[hold.pk]), client_of(staff["section"])
    asked = {"result": "KEEP", "reason": "仍在核查"}
    assert client.post(address, asked).context["form"].errors.keys() == {"review_on"}
    later = hold.review_on + timedelta(days=60)
    assert client.post(address, asked | {"review_on": later.isoformat()}).status_code == 302
    hold.refresh_from_db()
    assert (hold.review_on, hold.lifted_on) == (later, None)


def test_a_leader_reads_the_hold_and_does_not_review_it(tree, staff, person):
    address = reverse("clearances:hold", args=[held(staff, person).pk])
    client = client_of(staff["leader"])
    assert client.get(address).context["form"] is None
    assert client.post(address, {"result": "RELEASE", "reason": "x"}).status_code == 403
