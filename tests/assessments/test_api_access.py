"""Who gets what from the API of the assessment: every address × persona, with and without the right, inside and outside."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from assessments.models import Measure
from assessments.services.calculation import calculate
from assessments.services.jobs import order
from assessments.services.publishing import publish
from foundation.common.actors import SystemActor

from ..support.people import api_client_of, key_client_of, make_key
from .county import assess_year, make_people

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test")
RUN, DRAFT = "A-2024-01", "A-2025-01"
READS = {  # name: (address, answer to a liaison of finance)
    "cycles": ("cycle-list", (), 200),
    "cycle": ("cycle", ("A-2024",), 200),
    "refusals": ("cycle-refusals", ("A-2024",), 200),
    "schemes": ("scheme-list", (), 200),
    "scheme": ("scheme", ("A-2024-ECONOMIC",), 200),
    "indicators": ("indicator-list", (), 200),
    "scores": ("score-list", (), 200),
    "score": ("score", ("A-2024", "A-FIN", "E3"), 200),
    "calculations": ("calculation-list", (), 200),
    "calculation": ("calculation", ("{order}",), 200),
    "counties": ("calculation-counties", ("{order}",), 200),
    "runs": ("run-list", (), 200),
    "run": ("run", (RUN,), 200),
    "results": ("run-units", (RUN,), 200),
    "result": ("run-unit", (RUN, "A-FIN"), 200),
    "foreign result": ("run-unit", (RUN, "A-SHA"), 404),
    "gaps": ("run-unit-gaps", (RUN, "A-FIN"), 200),
    "foreign gaps": ("run-unit-gaps", (RUN, "A-SHA"), 404),
    "draft gaps": ("run-unit-gaps", (DRAFT, "A-FIN"), 404),
    "distribution": ("run-distribution", (RUN, "ECONOMIC"), 403),
    "draft distribution": ("run-distribution", (DRAFT, "ECONOMIC"), 404),
    "papers": ("case-papers", ("assessments.measure", "MB-A-2024-001"), 403),
    "draft": ("run-unit", (DRAFT, "A-FIN"), 404),
    "drafts": ("run-units", (DRAFT,), 404),
    "draft run": ("run", (DRAFT,), 404),
    "difference": ("run-difference", (RUN,), 200),
    "run measures": ("run-measures", (RUN,), 403),
    "measures": ("measure-list", (), 403),
    "measure": ("measure", ("MB-A-2024-001",), 403),
}
LISTS = ("cycles", "schemes", "indicators", "scores", "calculations", "runs", "measures")
IN_COUNTY = ("assessment_office", "cadre_section", "supervision_section", "department_leader", "auditor")
WITHOUT = ("system_admin", "security_admin", "audit_admin", "stranger")


@pytest.fixture
def county(tree, rulebook):
    """2024 published, 2025 calculated and not published; one order that nobody has worked on."""
    people = make_people(tree)
    year = assess_year(tree, 2024, people=people)
    publish(calculate(year.cycle, actor=ACTOR).run, actor=ACTOR)
    draft = assess_year(tree, 2025, people=people)
    calculate(draft.cycle, actor=ACTOR)
    return order(actor=ACTOR, year=2025, cycles=[draft.cycle])


def address(name, batch):
    url, args, _liaison = READS[name]
    found = reverse(f"v1:{url}", args=[text.format(order=batch.number) for text in args])
    return f"{found}?to={RUN}" if name == "difference" else found


@pytest.mark.parametrize("persona", IN_COUNTY)
def test_the_county_and_the_auditor_read_everything(county, personas, persona):
    client = key_client_of(personas[persona])
    answers = {name: client.get(address(name, county)).status_code for name in READS}
    assert set(answers.values()) == {200}, answers


def test_a_liaison_reads_the_own_unit_alone_and_no_drafts(county, unit_liaison):
    client = key_client_of(unit_liaison)
    answers = {name: client.get(address(name, county)).status_code for name in READS}
    assert answers == {name: row[2] for name, row in READS.items()}
    assert {row["number"] for row in client.get(address("runs", county)).data["results"]} == {RUN}
    assert {row["unit"] for row in client.get(address("results", county)).data["results"]} == {"A-FIN"}
    assert {row["unit"] for row in client.get(address("difference", county)).data["units"]} == {"A-FIN"}


def test_another_county_finds_nothing(county, other_county_office):
    client = key_client_of(other_county_office)
    for name in READS:
        answer = client.get(address(name, county))
        if name in LISTS:
            assert (answer.status_code, answer.data["results"]) == (200, []), name
        else:
            assert answer.status_code == 404, name


@pytest.mark.parametrize("persona", WITHOUT)
def test_without_the_right_everything_is_refused(county, personas, persona):
    client = api_client_of(personas[persona])
    answers = {name: client.get(address(name, county)).status_code for name in READS}
    assert set(answers.values()) == {403}, answers


def test_nobody_signed_in_is_asked_for_a_key(county):
    for name in READS:
        answer = APIClient().get(address(name, county))
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Key realm="api"'), name
        assert answer.json()["code"] == "not_authenticated"


def test_a_key_opens_only_its_scopes(county, assessment_office):
    client = key_client_of(assessment_office, "assessments.view_result")
    assert client.get(address("runs", county)).status_code == 200
    assert client.get(address("cycles", county)).status_code == 403
    assert client.get(address("measure", county)).status_code == 403


def test_a_wrong_key_is_answered_401(county, assessment_office):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Key {make_key(assessment_office, 'assessments.view_cycle')[1]}x")
    answer = client.get(address("cycles", county))
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


ACTS = {
    "publish": ("run-publish", (DRAFT,), {"reason": "x", "override_reason": "x"}, {"assessment_office": 201}),
    "open": ("run-open", (DRAFT,), {"reason": "x"}, {"assessment_office": 201}),
    "reopen": ("cycle-reopen", ("A-2024",), {"reason": "appeal"}, {"assessment_office": 200}),
    "calculate": ("calculation-list", (), {"year": 2024, "jurisdiction": "A"}, {"assessment_office": 202}),
    "review": (
        "measure-steps",
        ("MB-A-2024-001",),
        {"step": "review", "reason": "seen", "version": 1},
        {"supervision_section": 200},
    ),
}
# reading measures is allowed to these, the step is not
NOT_THE_STEP = ("assessment_office", "cadre_section", "department_leader", "auditor")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("persona", [*IN_COUNTY, "unit_liaison", "other_county_office", *WITHOUT])
def test_acts_are_for_their_role_inside_its_county(county, personas, persona, act):
    url, args, values, allowed = ACTS[act]
    answer = key_or_session(personas[persona]).post(reverse(f"v1:{url}", args=args), values)
    expected = allowed.get(persona, 404 if persona == "other_county_office" else 403)
    assert answer.status_code == expected, answer.content


@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_without_signing_in(county, act):
    url, args, values, _allowed = ACTS[act]
    assert APIClient().post(reverse(f"v1:{url}", args=args), values).status_code == 401
    assert Measure.objects.system().get().version == 1


def key_or_session(user):
    """A key for who may have one, else the session."""
    return key_client_of(user) if user.get_all_permissions() else api_client_of(user)


@pytest.mark.parametrize("name", ["cycle", "scheme", "run", "measure", "calculation"])
@pytest.mark.parametrize("text", ["nothing", "A-20245", "A%00", "-", "A-2024-", "%F0%9F%90%BC"])
def test_addresses_that_name_nothing_are_not_found(county, assessment_office, name, text):
    found = address(name, county)
    parts = found.rstrip("/").rpartition("/")
    assert key_client_of(assessment_office).get(f"{parts[0]}/{text}/").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_other_methods_do_not_exist(county, assessment_office, method):
    client = key_client_of(assessment_office)
    for name in ("cycles", "cycle", "run", "measure", "score"):
        assert getattr(client, method)(address(name, county)).status_code == 405, name
