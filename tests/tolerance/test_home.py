"""Tiles of shelter on the home page: each number is worked out by hand here and is the count of the list that it opens."""

import pytest
from django.urls import reverse

from foundation.casework.models import Deadline
from foundation.casework.services.engine import perform
from supervision.services.revisits import plan_visit
from tests.support.people import client_of, make_persona
from tests.tolerance.clearing import taken_up
from tests.tolerance.support import Office, ago
from tolerance.models import ToleranceCase
from tolerance.services.clearances import apply_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
ENGLISH = {"accept-language": "en"}
HOME_QUERIES = 10


@pytest.fixture
def office(tree, person):
    """A draft, an application, one before the meeting that is overdue, one decided for a unit and a person, one refused."""
    person.refresh_from_db()
    office = Office(tree)
    office.drafted(title_text="草稿")
    office.submitted(title_text="新申请")
    late = office.verifying(title_text="久未核实")
    Deadline.objects.filter(case_no=late.case_no, closed_at__isnull=True).update(due_on=ago(1))
    for number in (1, 2):
        decided = office.deliberating(officials=[person], units=[tree.finance], title_text=f"已认定{number}")
        office.decide(decided, document_no=f"甲组容〔2026〕{number}号")
    refused = office.deliberating(units=[tree.health], excluding=("TN1",), exempting=(), found={"G1_LEGAL": "NO"})
    office.decide(refused, outcome="NOT_TOLERATED", word="不予容错", document_no="甲组容〔2026〕9号")
    taken_up({"section": office["section"]}, person)
    apply_for(actor=office["liaison"], official=person, application="请求澄清")
    plan_visit(actor=office["section"], official=person, planned_on=ago(-20), summary="回访")
    plan_visit(actor=office["section"], official=person, planned_on=ago(-31), summary="回访")
    return office


def shelter_tiles(user) -> dict:
    """Label, number, colour and address of the tiles under the heading of shelter."""
    sections = client_of(user).get(reverse("home"), headers=ENGLISH).context["sections"]
    return {
        str(tile.label): (tile.count, tile.severity, tile.url)
        for heading, tiles in sections
        for tile in tiles
        if str(heading) == "Shelter"
    }


def counts(user):
    return {label: count for label, (count, _severity, _url) in shelter_tiles(user).items()}


FAULT_TOLERANCE = {
    "Open cases of fault tolerance": 6,
    "Fault tolerance: applied for": 1,
    "Fault tolerance: being verified": 1,
    "Fault tolerance: decided": 3,
    "Fault tolerance: overdue": 1,
    "Units sheltered this year": 1,
    "Officials sheltered this year": 1,
}
CLEARANCES = {"Open clearances": 2, "Clearances overdue": 1}


@pytest.mark.parametrize("name", ["section", "leader"])
def test_the_office_sees_open_cases_by_station_what_is_overdue_and_whom_it_sheltered(office, name):
    assert counts(office[name]) == FAULT_TOLERANCE | CLEARANCES | {"Return visits due": 1}
    assert shelter_tiles(office[name])["Fault tolerance: overdue"][1] == "red"


def test_the_cadre_section_sees_the_same_as_the_office(office, cadre_section):
    assert counts(cadre_section) == FAULT_TOLERANCE | CLEARANCES | {"Return visits due": 1}


def test_a_liaison_sees_what_the_own_unit_has_applied_for(office, tree):
    own = {
        "Fault tolerance: applications of the unit": 6,
        "Fault tolerance: drafts to submit": 1,
        "Applications for clearance": 1,
    }
    assert counts(office["liaison"]) == own
    assert counts(make_persona("unit_liaison", tree.health)) == dict.fromkeys(own, 0)


def test_who_has_no_part_in_shelter_sees_none(office, assessment_office, system_admin):
    assert (counts(assessment_office), counts(system_admin)) == ({}, {})


def test_every_tile_opens_the_list_that_it_counts(office, cadre_section):
    for user in (office["section"], office["leader"], office["liaison"], cadre_section):
        client = client_of(user)
        for label, (count, _severity, url) in shelter_tiles(user).items():
            answer = client.get(url)
            assert (answer.status_code, answer.context["page"].paginator.count) == (200, count), label
            assert not answer.context["form"].errors, label


def test_a_reversed_decision_shelters_nobody_any_more(office, tree):
    (case, other) = office_cases(office, "decided", "已认定")
    for one in (case, other):
        told = office.told(one)
        perform(told, "reverse", actor=office["leader"], reason="复核撤销", review_document_no="甲组容复〔2026〕1号")
    found = counts(office["section"])
    assert (found["Units sheltered this year"], found["Officials sheltered this year"]) == (0, 0)


def office_cases(office, status, title):
    return list(ToleranceCase.objects.filter(status=status, title_text__startswith=title).order_by("pk"))


@pytest.mark.parametrize("name", ["section", "leader", "liaison"])
def test_the_home_page_asks_at_most_ten_times(office, name, django_assert_max_num_queries):
    client = client_of(office[name])
    client.get(reverse("home"))
    with django_assert_max_num_queries(HOME_QUERIES):
        client.get(reverse("home"))


def test_the_sheltered_stand_once_each_with_all_their_cases(office, tree, person):
    client = client_of(office["section"])
    page = client.get(reverse("tolerance:sheltered", args=["officials"])).content.decode()
    assert page.count(f">{person.name}</a>") == 1
    assert (page.count("已认定1"), page.count("已认定2")) == (1, 1)
    units = client.get(reverse("tolerance:sheltered", args=["units"]), {"first": "2001-01-01", "last": "2001-12-31"})
    assert units.context["page"].paginator.count == 0
    assert client.get(reverse("tolerance:sheltered", args=["people"])).status_code == 404
