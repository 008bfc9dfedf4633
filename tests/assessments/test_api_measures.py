"""Measures by API: the case, its steps with reasons, versions, and what a step leaves behind."""

import pytest
from django.urls import reverse

from assessments.models import Measure
from assessments.services.calculation import calculate
from assessments.services.publishing import publish
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Deadline
from foundation.common.actors import SystemActor
from officials.models import Official, PostHolding

from ..support.people import key_client_of, make_persona
from ..support.scoped import ScopedApi
from ..support.tools import talk_for

pytestmark = pytest.mark.django_db
CASE = "MB-A-2024-001"


@pytest.fixture
def measure(run) -> Measure:
    """The reminder talk for the leader of Shaping, proposed."""
    publish(run, actor=SystemActor("test"))
    return Measure.objects.system().get()


def show(user, case_no=CASE):
    return key_client_of(user).get(reverse("v1:measure", args=[case_no]))


def take(user, step, *, reason="discussed", headers=None, **values):
    address = reverse("v1:measure-steps", args=[CASE])
    return key_client_of(user).post(address, {"step": step, "reason": reason, **values}, headers=headers)


def test_a_measure_is_told_with_clock_steps_and_timeline(measure, supervision_section):
    answer = show(supervision_section)
    shown = answer.json()
    assert answer["ETag"] == '"1"'
    assert (shown["case_no"], shown["status"], shown["step"]) == (CASE, "proposed", "reminder_talk")
    assert (shown["unit"], shown["official_name"], shown["cycle"]) == ("A-SHA", "李四", "A-2024")
    assert [(offer["step"], offer["enabled"]) for offer in shown["steps"]] == [("review", True)]
    assert [(event["action"], event["by"]) for event in shown["timeline"]] == [("open", "test")]
    assert shown["due_on"] == Deadline.objects.get(case_no=CASE, closed_at=None).due_on.isoformat()


def test_steps_are_offered_to_who_may_take_them(measure, department_leader, assessment_office):
    assert show(department_leader).json()["steps"] == []
    assert show(assessment_office).json()["steps"] == []


def test_a_step_moves_the_case_and_is_recorded(measure, supervision_section):
    answer = take(supervision_section, "review", headers={"If-Match": '"1"'}, reason="facts checked")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["version"], answer["ETag"]) == ("reviewed", 2, '"2"')
    measure.refresh_from_db()
    assert measure.status == "reviewed"
    event = CaseEvent.objects.get(case_no=CASE, action="review")
    assert (event.reason, event.actor_id) == ("facts checked", supervision_section.pk)
    entry = Entry.objects.get(action="assessments.measure.review")
    assert (entry.target_no, entry.data["to"]) == (CASE, "reviewed")
    assert Deadline.objects.filter(case_no=CASE, closed_at=None).count() == 1


def test_a_whole_case_from_proposal_to_closing(measure, supervision_section, department_leader, cadre_section):
    for version, (user, step) in enumerate(
        [
            (supervision_section, "review"),
            (department_leader, "approve"),
            (cadre_section, "execute"),
            (cadre_section, "close"),
        ],
        start=1,
    ):
        if step == "execute":
            talk_for(measure)
        answer = take(user, step, version=version)
        assert answer.status_code == 200, answer.content
    assert answer.json()["status"] == "closed"
    assert [event["seq"] for event in answer.json()["timeline"]] == [1, 2, 3, 4, 5]


def test_who_reviewed_does_not_decide(measure, tree):
    both = make_persona("supervision_section", tree.county_a)
    leader = make_persona("department_leader", tree.county_a)
    both.grants.create(
        group=leader.grants.get().group, duty="business", organization=tree.county_a,
        valid_from="2020-01-01", reason="test", granted_by="test",
    )  # fmt: skip
    both.forget_grants()
    assert take(both, "review", version=1).status_code == 200
    offers = {offer["step"]: offer for offer in show(both).json()["steps"]}
    assert offers["approve"]["enabled"] is False
    assert offers["approve"]["reasons"][0]["code"] == "MEASURE_SAME_PERSON"
    answer = take(both, "approve", version=2)
    assert (answer.status_code, answer.json()["code"]) == (409, "CASE_REFUSED")
    assert answer.json()["reasons"][0]["code"] == "MEASURE_SAME_PERSON"
    assert answer.json()["reasons"][0]["text"]
    measure.refresh_from_db()
    assert measure.status == "reviewed"


def test_a_step_from_another_state_is_refused(measure, department_leader):
    answer = take(department_leader, "approve", version=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "CASE_STEP_NOT_HERE")


@pytest.mark.parametrize("seen", [{"version": 7}, {"headers": {"If-Match": '"7"'}}, {"headers": {"If-Match": '"x"'}}])
def test_another_version_than_the_one_seen_is_refused(measure, supervision_section, seen):
    answer = take(supervision_section, "review", **seen)
    assert (answer.status_code, answer.json()["code"]) == (412, "CASE_CHANGED")
    assert not CaseEvent.objects.filter(action="review").exists()


def test_without_a_version_nothing_is_decided(measure, supervision_section):
    answer = take(supervision_section, "review")
    assert (answer.status_code, answer.json()["code"]) == (428, "VERSION_MISSING")
    several = take(supervision_section, "review", headers={"If-Match": '"1", "2"'})
    assert several.status_code == 412
    anything = take(supervision_section, "review", headers={"If-Match": "*"})
    assert anything.status_code == 412


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"step": "withdraw", "version": 1}, "step"),  # belongs to publishing, not to people
        ({"step": "jump", "version": 1}, "step"),
        ({"step": "review", "version": "one"}, "version"),
        ({"step": "review", "version": 1, "official": 0}, "official"),
        ({"version": 1}, "step"),
    ],
)
def test_malformed_steps_name_the_field(measure, supervision_section, assessment_office, values, field):
    address = reverse("v1:measure-steps", args=[CASE])
    for user in (supervision_section, assessment_office):
        answer = key_client_of(user).post(address, {"reason": "x", **values})
        assert (answer.status_code, list(answer.json())) == (400, [field])


def test_a_step_needs_a_reason(measure, supervision_section):
    answer = take(supervision_section, "review", reason="", version=1)
    assert (answer.status_code, answer.json()["code"]) == (400, "CASE_NEEDS_REASON")


def test_a_manual_case_is_proposed_for_a_holder_of_the_post_alone(tree, assessed, supervision_section):
    first = PostHolding.objects.system().get(post__organization__code="A-SHA")
    PostHolding.objects.filter(pk=first.pk).update(ends_on="2024-07-01")  # 183 days each
    person = Official.objects.create(
        name="赵六", id_cipher=b"x", id_hash="hash-z", id_masked="4407", home=assessed.units["A-SHA"]
    )
    PostHolding.objects.create(official=person, post=first.post, starts_on="2024-07-02")
    publish(calculate(assessed.cycle, actor=SystemActor("test")).run, actor=SystemActor("test"))
    shown = show(supervision_section).json()
    assert (shown["status"], shown["manual_reason"], shown["official"]) == ("manual", "equal_days", None)
    assert {(row["name"], row["days"]) for row in shown["candidates"]} == {("李四", 183), ("赵六", 183)}
    nobody = take(supervision_section, "propose", version=1)
    assert (nobody.status_code, nobody.json()["reasons"][0]["code"]) == (409, "MEASURE_NEEDS_PERSON")
    other = Official.objects.system().get(name="王五")
    wrong = take(supervision_section, "propose", version=1, official=other.pk)
    assert (wrong.status_code, list(wrong.json())) == (400, ["official"])
    answer = take(supervision_section, "propose", version=1, official=person.pk)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["status"], answer.json()["official_name"]) == ("proposed", "赵六")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, 1),
        ({"year": 2024, "status": "proposed", "is_open": "true"}, 1),
        ({"is_open": "false"}, 0),
        ({"step": "admonishment"}, 0),
        ({"unit": "A-SHA", "basis_changed": "false"}, 1),
        ({"cycle": "A-2023"}, 0),
        ({"jurisdiction": "B"}, 0),
    ],
)
def test_measures_are_filtered(measure, supervision_section, query, expected):
    rows = key_client_of(supervision_section).get(reverse("v1:measure-list"), query).json()["results"]
    assert len(rows) == expected


class TestMeasure(ScopedApi):
    permission = "assessments.view_measure"

    @pytest.fixture(autouse=True)
    def _published(self, run):
        publish(run, actor=SystemActor("test"))

    def own(self, tree):
        return reverse("v1:measure", args=[CASE])

    def foreign(self, tree):
        return reverse("v1:measure", args=["MB-B-2024-001"])


def test_a_measure_of_another_unit_is_not_found(tree, run):
    publish(run, actor=SystemActor("test"))
    elsewhere = make_persona("supervision_section", tree.finance)
    assert show(elsewhere).status_code == 404
    assert take(elsewhere, "review", version=1).status_code == 404
