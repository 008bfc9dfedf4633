"""Who has read a confidential case: noted by looking, one row for a reader, shown to those who may know, kept for a time."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import CaseReading
from foundation.casework.services.readings import forget_readings, note_reading
from foundation.casework.tasks import forget_readings as nightly
from foundation.common.actors import SystemActor
from supervision.models import Inquiry
from supervision.services.handlings import enter
from supervision.services.tools import propose
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona
from tests.support.queries import assert_query_baseline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ADDRESS = "/supervision/talks-and-letters/case/{}/"


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a, username="section")


@pytest.fixture
def leader(tree):
    return make_persona("department_leader", tree.county_a, username="leader")


@pytest.fixture
def letter(tree, section):
    person = make_person("倪若川", tree.finance, managed_by="县级党委管理干部")
    return propose(actor=section, model=Inquiry, official=person, summary="信访反映的问题")


def later(row, **ago):
    """Put a row back in time."""
    CaseReading.objects.filter(pk=row.pk).update(last_at=timezone.now() - timedelta(**ago))


def test_looking_at_a_case_is_noted_with_name_time_and_number(section, leader, letter):
    address = ADDRESS.format(letter.case_no)
    assert client_of(section).get(address).status_code == 200
    assert client_of(leader).get(address).status_code == 200
    rows = CaseReading.objects.order_by("pk").values_list("kind", "case_no", "reader_id", "reader_name", "times")
    assert list(rows) == [
        ("supervision.inquiry", letter.case_no, section.pk, str(section), 1),
        ("supervision.inquiry", letter.case_no, leader.pk, str(leader), 1),
    ]


def test_loading_again_within_a_minute_is_the_same_look_later_another_one(section, letter):
    browser, address = client_of(section), ADDRESS.format(letter.case_no)
    for _time in range(3):
        browser.get(address)
    row = CaseReading.objects.get()
    assert row.times == 1
    first_at = row.first_at
    later(row, minutes=2)
    browser.get(address)
    row.refresh_from_db()
    assert (row.times, row.first_at) == (2, first_at)
    assert row.last_at > first_at


def test_only_those_who_may_know_see_the_readers(section, leader, letter):
    address = ADDRESS.format(letter.case_no)
    assert 'id="readers"' not in client_of(section).get(address).content.decode()
    page = client_of(leader).get(address).content.decode()
    panel = page[page.index('id="readers"') :]
    assert "谁看过" in panel
    assert str(section) in panel
    assert str(leader) in panel


def test_who_is_turned_away_has_read_nothing(tree, letter):
    stranger = make_persona("supervision_section", tree.county_b, username="elsewhere")
    assert client_of(stranger).get(ADDRESS.format(letter.case_no)).status_code == 404
    assert not CaseReading.objects.exists()


def test_a_decision_is_noted_as_well(section, leader, letter):
    decided = date(2026, 3, 2)
    case = enter(
        actor=section, official=letter.official, kind="GOV_WARN", document_no="鹤监〔2026〕1号", body="SUPERVISORY_COMMISSION",
        body_level="COUNTY", body_name="鹤山市监委", decided_on=decided, effective_on=decided, summary="监管不力",
    )  # fmt: skip
    browser, address = client_of(leader), f"/supervision/handlings/{case.case_no}/"
    page = browser.get(address)
    assert 'id="readers"' in page.content.decode()
    assert CaseReading.objects.get().kind == "supervision.handling"
    with assert_query_baseline("supervision:handling"):
        browser.get(address)


def test_the_page_of_a_case_keeps_its_bound_for_those_who_see_the_readers(leader, letter):
    browser, address = client_of(leader), ADDRESS.format(letter.case_no)
    browser.get(address)
    with assert_query_baseline("supervision:tool"):
        browser.get(address)


def test_noting_is_one_statement(section, letter, django_assert_num_queries):
    with django_assert_num_queries(1):
        note_reading(reader=section, kind="supervision.inquiry", case_no=letter.case_no)
    with django_assert_num_queries(1):
        note_reading(reader=section, kind="supervision.inquiry", case_no=letter.case_no)


def test_nobody_turns_a_reading_into_somebody_else_s(section, leader, letter):
    note_reading(reader=section, kind="supervision.inquiry", case_no=letter.case_no)
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseReading.objects.update(reader_id=leader.pk)
    assert CaseReading.objects.get().reader_id == section.pk


def test_a_page_whose_reading_cannot_be_noted_is_not_shown(section, letter):
    browser = client_of(section)
    browser.raise_request_exception = False
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE casework_casereading RENAME TO casework_casereading_gone")
        answer = browser.get(ADDRESS.format(letter.case_no))
        transaction.set_rollback(True)
    assert answer.status_code == 500
    assert "信访反映的问题" not in answer.content.decode()


@pytest.mark.rule("CASE-READINGS-MONTHS")
def test_readings_older_than_three_years_are_deleted_with_one_entry(section, leader, letter):
    for reader, days in ((section, 1097), (leader, 1094)):
        note_reading(reader=reader, kind="supervision.inquiry", case_no=letter.case_no)
        later(CaseReading.objects.get(reader_id=reader.pk), days=days)
    assert forget_readings(actor=SystemActor("test"), day=timezone.localdate()) == 1
    assert CaseReading.objects.get().reader_id == leader.pk
    entry = Entry.objects.get(action="casework.readings.forgotten")
    assert entry.data == {"rows": 1, "months": 36}
    assert nightly() == 0
    assert Entry.objects.filter(action="casework.readings.forgotten").count() == 1


def test_auditors_find_readings_by_case_and_reader(section, letter):
    note_reading(reader=section, kind="supervision.inquiry", case_no=letter.case_no)
    auditor = client_of(make_persona("auditor"))
    page = auditor.get(f"/admin/casework/casereading/?q={letter.case_no}").content.decode()
    assert str(section) in page
    assert "函询" in page
    assert auditor.get("/admin/casework/casereading/?q=HX-9").content.decode().count(str(section)) == 0
