"""Cycles and runs by API: results, explanation, publishing, reopening, difference, refusals."""

import pytest
from django.urls import reverse

from assessments.models import Cycle, Measure, Publication, Score
from assessments.services.calculation import calculate
from assessments.services.publishing import publish, reopen
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from tolerance.models import AssessmentEffect

from ..support.people import key_client_of, make_persona

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test")
HEARD = "heard in writing"


def get(user, name, *args, **query):
    answer = key_client_of(user).get(reverse(f"v1:{name}", args=args), query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(user, name, *args, **values):
    return key_client_of(user).post(reverse(f"v1:{name}", args=args), values)


def test_a_run_tells_where_it_comes_from(run, assessment_office):
    shown = get(assessment_office, "run", run.number)
    assert shown["number"] == "A-2024-01"
    assert shown["cycle"] == "A-2024"
    assert shown["digest"] == run.digest
    assert (shown["is_published"], shown["is_current"], shown["publications"]) == (False, True, [])
    assert shown["units"] == 4
    assert shown["parameters"]["min_tenure_days"] == 183
    assert shown["started_at"].endswith("+08:00")


def test_a_run_whose_inputs_changed_is_not_current(run, assessment_office):
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E1").update(figure=61)
    assert get(assessment_office, "run", run.number)["is_current"] is False


def test_results_come_in_rank_order_with_exact_totals(run, assessment_office):
    rows = get(assessment_office, "run-units", run.number)["results"]
    # 0.5·completion + 0.3·satisfaction + 0.2·grade points
    assert [(row["unit"], row["rank"], row["total"]) for row in rows] == [
        ("A-FIN", 1, "99.15"),
        ("A-HEA", 2, "91.5"),
        ("A-GUL", 3, "81.68"),
        ("A-SHA", 4, "65"),
    ]
    assert rows[2]["base"] == "81.675"
    assert [row["flagged"] for row in rows] == [False, False, False, True]
    assert rows[3]["step"] == "reminder_talk"


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ({"flagged": "true"}, ["A-SHA"]),
        ({"step": "none"}, ["A-FIN", "A-HEA", "A-GUL"]),
        ({"category": "KEY"}, []),
        ({"grade": "优秀"}, ["A-FIN"]),
        ({"unit": "A-GUL", "shielded": "false"}, ["A-GUL"]),
    ],
)
def test_results_are_filtered(run, assessment_office, query, units):
    assert [row["unit"] for row in get(assessment_office, "run-units", run.number, **query)["results"]] == units


def test_the_explanation_has_every_indicator_and_the_notes(run, assessment_office):
    shown = get(assessment_office, "run-unit", run.number, "A-GUL")
    assert [(p["code"], p["raw"], p["p"], p["contribution"]) for p in shown["points"]] == [
        ("E1", "80", "80", "40"),
        ("E2", "82.25", "82.25", "24.675"),
        ("E3", "良", "85", "17"),
    ]
    assert shown["notes"]["bottom_n"] == 1
    assert (shown["run"], shown["cycle"], shown["of"]) == (run.number, "A-2024", 4)


def test_what_a_run_would_propose_is_a_preview(run, supervision_section):
    rows = get(supervision_section, "run-measures", run.number)["results"]
    assert [(row["unit"], row["official_name"], row["days"], row["step"]) for row in rows] == [
        ("A-SHA", "李四", 366, "reminder_talk")
    ]
    assert Measure.objects.system().count() == 0


def test_publishing_is_asked_by_one_signed_by_another_and_recorded(run, assessment_office, department_leader):
    answer = post(assessment_office, "run-publish", run.number, reason="meeting of 8 March", override_reason=HEARD)
    assert (answer.status_code, answer.json()["status"]) == (201, "requested")
    number = answer.json()["case_no"]
    assert answer["Location"].endswith(reverse("v1:publish-request", args=[number]))
    assert not Publication.objects.exists()
    own = post(assessment_office, "publish-request-steps", number, step="confirm", version=1)
    assert (own.status_code, own.json()["reasons"][0]["code"]) == (409, "SIGNER_ASKED")
    stale = post(department_leader, "publish-request-steps", number, step="confirm", version=7)
    assert (stale.status_code, stale.json()["code"]) == (412, "CASE_CHANGED")
    signed = post(department_leader, "publish-request-steps", number, step="confirm", version=1)
    assert (signed.status_code, signed.json()["status"]) == (200, "published"), signed.content
    assert signed.json()["outcome"] == {"opened": 1, "withdrawn": 0, "marked": 0, "already": False}
    assert [event["action"] for event in signed.json()["timeline"]] == ["open", "confirm"]
    cycle = Cycle.objects.system().get(pk=run.cycle_id)
    assert (cycle.status, cycle.published_run_id) == ("published", run.pk)
    assert Publication.objects.get().reason == "meeting of 8 March"
    assert Measure.objects.system().get().status == "proposed"
    entry = Entry.objects.get(action="assessments.run.published")
    assert (entry.actor_id, entry.target_no) == (department_leader.pk, run.number)
    shown = get(assessment_office, "run", run.number)
    assert shown["is_published"] is True
    assert (shown["publications"][0]["by"], shown["publications"][0]["request"]) == (str(department_leader), number)


def test_a_run_that_no_unit_was_shown_is_not_published_without_a_word_on_it(run, assessment_office):
    answer = post(assessment_office, "run-publish", run.number, reason="x")
    assert (answer.status_code, answer.json()["code"]) == (409, "PUBLISHING_OBJECTED")
    assert [reason["code"] for reason in answer.json()["reasons"]] == ["NEVER_OPENED"]


def test_what_is_published_or_asked_for_is_not_asked_for_again(run, assessment_office):
    assert post(assessment_office, "run-publish", run.number, reason="x", override_reason=HEARD).status_code == 201
    again = post(assessment_office, "run-publish", run.number, reason="x")
    assert (again.status_code, again.json()["code"]) == (409, "REQUEST_OPEN")
    publish(run, actor=ACTOR)
    done = post(assessment_office, "run-publish", run.number, reason="x")
    assert (done.status_code, done.json()["code"]) == (409, "ALREADY_PUBLISHED")


def test_a_run_with_outdated_inputs_is_not_published(run, assessment_office):
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E1").update(figure=61)
    answer = post(assessment_office, "run-publish", run.number, reason="x")
    assert (answer.status_code, answer.json()["code"]) == (409, "RUN_OUTDATED")
    assert not Publication.objects.exists()


@pytest.mark.parametrize("values", [{"reason": "x" * 301}, {"reason": " "}, {}])
def test_an_endless_or_missing_reason_is_malformed(run, assessment_office, values):
    answer = post(assessment_office, "run-publish", run.number, **values)
    assert (answer.status_code, list(answer.json())) == (400, ["reason"])


def test_a_published_year_is_reopened_with_a_reason(run, assessment_office):
    publish(run, actor=ACTOR)
    refused = post(assessment_office, "cycle-reopen", "A-2024", reason=" ")
    assert (refused.status_code, list(refused.json())) == (400, ["reason"])
    answer = post(assessment_office, "cycle-reopen", "A-2024", reason="appeal of Shaping")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["published_run"]) == ("correcting", run.number)
    assert Entry.objects.get(action="assessments.cycle.reopened").reason == "appeal of Shaping"
    again = post(assessment_office, "cycle-reopen", "A-2024", reason="once more")
    assert (again.status_code, again.json()["code"]) == (409, "CYCLE_NOT_PUBLISHED")


@pytest.mark.parametrize(
    ("name", "args", "values"),
    [
        ("run-publish", ("A-2024-01",), {"reason": "x"}),
        ("run-open", ("A-2024-01",), {"reason": "x"}),
        ("cycle-reopen", ("A-2024",), {"reason": "x"}),
    ],
)
def test_the_offices_role_at_a_single_department_does_not_reach_the_county(run, tree, name, args, values):
    publish(run, actor=ACTOR)
    small = make_persona("assessment_office", tree.finance)
    assert post(small, name, *args, **values).status_code == 403
    assert Cycle.objects.system().get(pk=run.cycle_id).status == "published"


@pytest.fixture
def second_run(run, assessed):
    """A correction: Shaping overtakes Gulao."""
    publish(run, actor=ACTOR)
    reopen(assessed.cycle, actor=ACTOR, reason="appeal")
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E1").update(figure=100)
    return calculate(assessed.cycle, actor=ACTOR).run


def test_the_difference_tells_ranks_totals_and_measures(run, second_run, assessment_office):
    shown = get(assessment_office, "run-difference", run.number, to=second_run.number, changed="true")
    assert (shown["before"], shown["after"], shown["changed"]) == (run.number, second_run.number, 2)
    by_unit = {row["unit"]: row for row in shown["units"]}
    assert set(by_unit) == {"A-SHA", "A-GUL"}
    assert (by_unit["A-SHA"]["total_change"], by_unit["A-SHA"]["rank_change"]) == ("20", 1)
    assert by_unit["A-GUL"]["before"]["flagged"] is False
    assert by_unit["A-GUL"]["after"]["flagged"] is True
    assert [row["official_name"] for row in shown["disappearing"]] == ["李四"]
    assert [(row["unit"], row["manual_reason"]) for row in shown["appearing"]] == []


def test_all_units_are_compared_unless_only_changes_are_asked_for(run, second_run, assessment_office):
    assert len(get(assessment_office, "run-difference", run.number, to=second_run.number)["units"]) == 4


@pytest.mark.parametrize("query", [{}, {"to": "B-2024-01"}, {"to": ""}, {"to": "A-2024-01", "changed": "much"}])
def test_a_difference_needs_a_second_visible_run(run, assessment_office, query):
    answer = key_client_of(assessment_office).get(reverse("v1:run-difference", args=[run.number]), query)
    assert answer.status_code == 400
    assert set(answer.json()) <= {"to", "changed"}


def test_a_liaison_does_not_compare_with_a_draft(run, second_run, unit_liaison):
    answer = key_client_of(unit_liaison).get(reverse("v1:run-difference", args=[run.number]), {"to": second_run.number})
    assert (answer.status_code, list(answer.json())) == (400, ["to"])


def test_tolerance_decisions_of_other_units_are_not_told_to_a_liaison(assessed, tree, unit_liaison, assessment_office):
    for unit in (tree.finance, tree.health):
        AssessmentEffect.objects.create(
            case_no=f"RC-{unit.code}", organization=unit, year=2024, effect="shield", decision="免予追究",
            decided_on="2024-12-01", decided_by="组织部",
        )  # fmt: skip
    run = calculate(assessed.cycle, actor=ACTOR).run
    publish(run, actor=ACTOR)
    assert [e["case"] for e in get(unit_liaison, "run", run.number)["effects"]] == ["RC-A-FIN"]
    assert len(get(assessment_office, "run", run.number)["effects"]) == 2


def test_refusals_name_unit_indicator_and_department(assessed, assessment_office, unit_liaison):
    assert get(assessment_office, "cycle-refusals", "A-2024") == {"count": 0, "gaps": 0, "results": []}
    Score.objects.system().filter(unit__code="A-SHA", indicator__code="E1").update(figure=None)
    Score.objects.system().filter(unit__code="A-HEA", indicator__code="E3").update(word="很好")
    found = get(assessment_office, "cycle-refusals", "A-2024")
    assert (found["count"], found["gaps"]) == (2, 1)
    assert found["results"][1].pop("text")
    assert found["results"][1] == {
        "code": "GAP_RAW",
        "is_gap": True,
        "unit": "A-SHA",
        "unit_name": "沙坪街道",
        "category": "ECONOMIC",
        "indicator": "E1",
        "indicator_name": "税收收入",
        "responsible": "A-FIN",
        "responsible_name": "甲县财政局",
        "value": "",
    }
    mine = get(unit_liaison, "cycle-refusals", "A-2024")
    assert [(row["unit"], row["indicator"]) for row in mine["results"]] == [("A-SHA", "E1")]


def test_a_cycle_and_a_scheme_are_told_with_what_is_in_them(assessed, assessment_office):
    assert get(assessment_office, "cycle", "A-2024") == {
        "id": "A-2024",
        "jurisdiction": "A",
        "jurisdiction_name": "甲县",
        "year": 2024,
        "status": "open",
        "published_run": None,
        "schemes": [{"id": "A-2024-ECONOMIC", "category": "ECONOMIC", "indicators": 3}],
    }
    scheme = get(assessment_office, "scheme", "A-2024-ECONOMIC")
    assert (scheme["excellent_share"], scheme["exempt_line"], scheme["bottom_mode"]) == ("0.3", None, "last_n")
    assert [(leaf["code"], leaf["weight"], leaf["responsible"]) for leaf in scheme["indicators"]] == [
        ("E1", "50", "A-FIN"),
        ("E2", "30", "A-HEA"),
        ("E3", "20", "A-HEA"),
    ]


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("cycle-list", {"year": 2024, "status": "open"}, 1),
        ("cycle-list", {"jurisdiction": "B"}, 0),
        ("scheme-list", {"cycle": "A-2024", "category": "ECONOMIC"}, 1),
        ("scheme-list", {"year": 2023}, 0),
        ("indicator-list", {"method": "grade"}, 1),
        ("indicator-list", {"responsible": "A-HEA", "year": 2024}, 2),
        ("indicator-list", {"code": "E1", "cycle": "A-2023"}, 0),
        ("run-list", {"is_published": "false", "cycle": "A-2024"}, 1),
        ("run-list", {"is_published": "true"}, 0),
    ],
)
def test_lists_are_filtered(run, assessment_office, name, query, expected):
    assert len(get(assessment_office, name, **query)["results"]) == expected
