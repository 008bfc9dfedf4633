"""Openings and appeals by API: opening, filing, answering, deciding, and what each refuses."""

import pytest
from django.urls import reverse

from assessments.models import Appeal, Opening
from foundation.casework.models import Notice

from ..support.people import key_client_of, make_persona

pytestmark = pytest.mark.django_db
SOUND = {"unit": "A-SHA", "target": "figure:E1", "wanted": "90", "grounds": "漏报"}


@pytest.fixture
def filer(assessed):
    """The liaison of Shaping."""
    return make_persona("unit_liaison", assessed.units["A-SHA"])


@pytest.fixture
def opened(run, assessment_office):
    """The run of 2024, open to the units."""
    answer = post(assessment_office, "run-open", run.number, reason="通知")
    assert answer.status_code == 201, answer.content
    return answer.json()


def post(user, name, *args, **values):
    return key_client_of(user).post(reverse(f"v1:{name}", args=args), values)


def get(user, name, *args, **query):
    answer = key_client_of(user).get(reverse(f"v1:{name}", args=args), query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_opening_tells_the_last_day_and_shows_the_unit_its_result(opened, run, filer, assessment_office):
    assert (opened["run"], opened["cycle"], opened["ended_at"]) == (run.number, "A-2024", None)
    assert opened["due_on"] == Opening.objects.get().due_on.isoformat()
    assert [row["unit"] for row in get(filer, "run-units", run.number)["results"]] == ["A-SHA"]
    assert [row["run"] for row in get(filer, "opening-list", is_current="true")["results"]] == [run.number]
    again = post(assessment_office, "run-open", run.number, reason="x")
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY_OPENED")


def test_an_appeal_is_filed_answered_and_accepted(opened, filer, unit_liaison, assessment_office):
    answer = post(filer, "cycle-appeals", "A-2024", **SOUND)
    assert answer.status_code == 201, answer.content
    case = answer.json()
    assert (case["status"], case["stated"], case["wanted"], case["responsible"]) == ("filed", "60", "90", "A-FIN")
    assert answer["Location"].endswith(reverse("v1:appeal", args=[case["case_no"]]))
    assert [step["step"] for step in case["steps"]] == ["withdraw"]
    answered = post(
        unit_liaison, "appeal-steps", case["case_no"], step="answer", agrees=False, value="85", reason="部分", version=1
    )
    assert (answered.status_code, answered.json()["answered"]) == (200, "85"), answered.content
    accepted = post(
        assessment_office, "appeal-steps", case["case_no"], step="accept", value="85", reason="核定", version=2
    )
    assert (accepted.json()["status"], accepted.json()["settled"]) == ("accepted", "85")
    assert get(assessment_office, "score", "A-2024", "A-SHA", "E1")["figure"] == "85"
    assert Notice.objects.filter(message="assessments.rerun").exists()


def test_neither_asking_nor_signing_publishes_over_an_open_appeal(
    opened, run, filer, assessment_office, department_leader
):
    override = {"reason": "审定", "override_reason": "时限"}
    request = post(assessment_office, "run-publish", run.number, **override).json()["case_no"]
    case = post(filer, "cycle-appeals", "A-2024", **SOUND).json()["case_no"]
    named = {"number": case, "target_kind": "figure", "target": "E1", "status": "filed"}
    signed = post(department_leader, "publish-request-steps", request, step="confirm", version=1)
    withdrawn = post(assessment_office, "publish-request-steps", request, step="withdraw", reason="x", version=1)
    assert withdrawn.status_code == 200, withdrawn.content
    for answer in (signed, post(assessment_office, "run-publish", run.number, **override)):
        assert answer.status_code == 409
        reason = answer.json()["reasons"][0]
        assert reason["code"] == "APPEALS_OPEN"
        assert [{key: told[key] for key in named} for told in reason["facts"]["appeals"]] == [named]
        assert case in reason["text"]


@pytest.mark.parametrize(
    ("values", "status", "code"),
    [
        ({"wanted": ""}, 400, "APPEAL_WANTED_ONE"),
        ({"target": "figure:NO"}, 400, "APPEAL_UNKNOWN_TARGET"),
        ({"wanted": "优"}, 400, "FIGURE_EXPECTED"),
        ({"unit": "A-GUL"}, 404, "not_found"),
    ],
)
def test_what_does_not_fit_is_refused(opened, filer, values, status, code):
    answer = post(filer, "cycle-appeals", "A-2024", **SOUND | values)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Appeal.objects.exists()


def test_without_an_opened_run_there_is_nothing_to_object_to(run, filer):
    assert post(filer, "cycle-appeals", "A-2024", **SOUND).status_code == 404


def test_a_step_needs_its_permission_its_version_and_its_place(opened, filer, unit_liaison, assessment_office):
    number = post(filer, "cycle-appeals", "A-2024", **SOUND).json()["case_no"]
    assert post(filer, "appeal-steps", number, step="answer", reason="x", version=1).status_code == 403
    assert post(unit_liaison, "appeal-steps", number, step="answer", reason="x").status_code == 428
    stale = post(unit_liaison, "appeal-steps", number, step="answer", reason="x", version=9)
    assert (stale.status_code, stale.json()["code"]) == (412, "CASE_CHANGED")
    early = post(assessment_office, "appeal-steps", number, step="accept", reason="x", version=1)
    assert (early.status_code, early.json()["code"]) == (409, "CASE_STEP_NOT_HERE")


@pytest.mark.parametrize(
    ("query", "expected"), [({}, 1), ({"is_open": "true"}, 1), ({"status": "accepted"}, 0), ({"unit": "A-SHA"}, 1)]
)
def test_appeals_are_listed_and_filtered(opened, filer, query, expected):
    post(filer, "cycle-appeals", "A-2024", **SOUND)
    assert len(get(filer, "appeal-list", **query)["results"]) == expected


def test_an_appeal_of_others_is_not_found(opened, filer, assessed, tree):
    number = post(filer, "cycle-appeals", "A-2024", **SOUND).json()["case_no"]
    other = make_persona("unit_liaison", assessed.units["A-GUL"])
    assert get(other, "appeal-list")["results"] == []
    assert key_client_of(other).get(reverse("v1:appeal", args=[number])).status_code == 404
