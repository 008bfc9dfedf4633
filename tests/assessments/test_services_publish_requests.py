"""Publishing by two people: one asks, another signs, and nothing else publishes."""

import ast
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from assessments.choices import CycleStatus
from assessments.models import Collection, Cycle, Measure, Publication, PublishRequest
from assessments.selectors.publishing import base_of
from assessments.services.appeals import file_appeal
from assessments.services.openings import open_preview
from assessments.services.publish_requests import ask_to_publish, confirm, take_step
from assessments.services.publishing import publish, reopen
from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent
from foundation.casework.selectors import waiting_cases
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.regulations.services.overrides import set_override
from tests.contracts.tree import modules
from tests.factories.county import ACTOR, make_small_county
from tests.support.people import make_persona
from tests.support.refusals import refused

LONG_AGO = date(2025, 1, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def office(assessment_office):
    """Who asks."""
    return assessment_office


@pytest.fixture
def leader(department_leader):
    """Who signs."""
    return department_leader


@pytest.fixture
def case(county, office):
    """A request for the run of 2024."""
    return ask_to_publish(county.heard(2024), actor=office, reason="市委常委会审定")


def unpublished():
    return Cycle.objects.get(year=2024).status == CycleStatus.OPEN and not Publication.objects.exists()


# --- asking and signing -----------------------------------------------------------------------------------------------
def test_asking_publishes_nothing_and_waits_for_the_others(case, office, leader):
    assert (case.case_no, case.status, case.signers) == ("FB-A-2024-01", "requested", 2)
    assert unpublished()
    assert [row.case_no for row in waiting_cases(leader)] == [case.case_no]
    assert waiting_cases(office) == []  # who asked has signed
    assert Entry.objects.get(action="assessments.publication.asked").reason == "市委常委会审定"


@pytest.mark.rule("ASM-PUBLISH-SIGNERS")
def test_the_second_signature_publishes_in_the_same_act(case, county, leader):
    done = confirm(case, actor=leader, reason="同意")
    assert done.status == "published"
    cycle = Cycle.objects.get(year=2024)
    assert (cycle.status, cycle.published_run) == (CycleStatus.PUBLISHED, case.run)
    publication = Publication.objects.get()
    assert (publication.actor_name, publication.reason, publication.request_no) == (
        str(leader),
        "市委常委会审定",
        case.case_no,
    )
    assert Measure.objects.get().organization == county.last
    event = CaseEvent.objects.get(case_no=case.case_no, action="confirm")
    assert (event.reason, event.data["opened"]) == ("同意", 1)
    assert Entry.objects.get(action="assessments.run.published").data["request"] == case.case_no


def test_a_second_person_of_the_office_may_sign(case, tree):
    second = make_persona("assessment_office", tree.county_a, username="second")
    assert confirm(case, actor=second).status == "published"


def test_who_asked_does_not_sign(case, office):
    refused(lambda: confirm(case, actor=office), "SIGNER_ASKED")
    refused(lambda: perform(case, "confirm", actor=office), "SIGNER_ASKED")
    assert unpublished()


@pytest.mark.parametrize("persona", ["cadre_section", "supervision_section", "unit_liaison", "auditor", "stranger"])
def test_others_neither_ask_nor_sign(case, personas, persona):
    with pytest.raises(PermissionDenied):
        confirm(case, actor=personas[persona])
    with pytest.raises(PermissionDenied):
        ask_to_publish(case.run, actor=personas[persona], reason="x")
    assert unpublished()


def test_a_leader_signs_and_does_not_ask(county, leader):
    with pytest.raises(PermissionDenied):
        ask_to_publish(county.heard(2024), actor=leader, reason="x")


def test_the_office_of_a_single_unit_does_not_reach_the_county(case, tree):
    clerk = make_persona("assessment_office", tree.finance)
    with pytest.raises(PermissionDenied):
        confirm(case, actor=clerk)
    with pytest.raises(PermissionDenied):
        ask_to_publish(case.run, actor=clerk, reason="x")


@pytest.mark.rule("ASM-PUBLISH-SIGNERS")
def test_where_the_county_wants_three_the_third_publishes(county, office, leader, tree):
    set_override(
        actor=SystemActor("test"), rule_id="ASM-PUBLISH-SIGNERS", value=3, starts_on=LONG_AGO, basis="县考核办法",
        jurisdiction="A",
    )  # fmt: skip
    case = ask_to_publish(county.heard(2024), actor=office, reason="审定")
    refused(lambda: perform(case, "confirm", actor=leader), "MORE_SIGNATURES")
    case = confirm(case, actor=leader)
    assert (case.status, unpublished()) == ("requested", True)
    refused(lambda: confirm(case, actor=leader), "SIGNER_SIGNED")
    third = make_persona("department_leader", tree.county_a, username="third")
    assert confirm(case, actor=third).status == "published"


# --- what stands against it -------------------------------------------------------------------------------------------
def test_a_request_needs_its_decision(county, office):
    run = county.calculated(2024)
    assert refused(lambda: ask_to_publish(run, actor=office, reason=" "), "REASON_MISSING").status == 400


def test_one_request_at_a_time(case, office):
    refused(lambda: ask_to_publish(case.run, actor=office, reason="x"), "REQUEST_OPEN")


def test_an_outdated_run_is_not_asked_for(county, office):
    run = county.calculated(2024)
    county.figures(2024, county.last, G1="84")
    refused(lambda: ask_to_publish(run, actor=office, reason="x"), "RUN_OUTDATED")


def test_a_request_lapses_when_the_inputs_changed(case, county, leader):
    county.figures(2024, county.last, G1="84")
    refused(lambda: confirm(case, actor=leader), "REQUEST_LAPSED")
    case.refresh_from_db()
    assert (case.status, unpublished()) == ("lapsed", True)
    refused(lambda: confirm(case, actor=leader), "CASE_STEP_NOT_HERE")


def test_a_lapsed_request_makes_room_for_the_next(case, county, office, leader):
    county.figures(2024, county.last, G1="84")
    again = ask_to_publish(county.calculated(2024), actor=office, reason="重新审定")
    assert again.case_no == "FB-A-2024-02"
    case.refresh_from_db()
    assert case.status == "lapsed"
    assert confirm(again, actor=leader).status == "published"


def test_refusing_needs_a_reason_and_publishes_nothing(case, leader, office):
    refused(lambda: take_step(case, "refuse", actor=leader), "CASE_NEEDS_REASON")
    assert take_step(case, "refuse", actor=leader, reason="数据待核").status == "refused"
    assert unpublished()
    assert ask_to_publish(case.run, actor=office, reason="已核").status == "requested"


def test_a_request_is_taken_back_by_the_office_only(case, leader, office):
    with pytest.raises(PermissionDenied):
        take_step(case, "withdraw", actor=leader, reason="x")
    assert take_step(case, "withdraw", actor=office, reason="补充材料").status == "withdrawn"


def test_a_published_year_is_not_asked_for_until_it_is_under_correction(county, office, leader):
    run = county.published(2024)
    refused(lambda: ask_to_publish(run, actor=office, reason="x"), "ALREADY_PUBLISHED")
    county.swap_last(2024)
    other = county.calculated(2024)
    refused(lambda: ask_to_publish(other, actor=office, reason="x"), "CYCLE_LOCKED")
    reopen(county.cycles[2024], actor=office, reason="申诉成立")
    confirm(ask_to_publish(other, actor=office, reason="更正"), actor=leader)
    assert Cycle.objects.get(year=2024).published_run == other


@pytest.fixture
def objected(county, tree, office):
    """2024 open to the units, and the finance department objects."""
    opening = open_preview(county.calculated(2024), actor=office, reason="通知")
    liaison = make_persona("unit_liaison", tree.finance)
    return file_appeal(opening, tree.finance, actor=liaison, target="figure:G1", wanted="90", grounds="漏报")


@pytest.fixture
def opened(county, office):
    """2024 open to the units, who may still object."""
    return open_preview(county.calculated(2024), actor=office, reason="通知")


def test_the_running_window_stands_against_it_unless_overridden_with_a_reason(opened, office, leader):
    error = refused(lambda: ask_to_publish(opened.run, actor=office, reason="审定"), "PUBLISHING_OBJECTED")
    assert [reason.code for reason in error.reasons] == ["APPEAL_WINDOW_RUNS"]
    case = ask_to_publish(opened.run, actor=office, reason="审定", override_reason="上级时限")
    assert (case.override_reason, case.overridden) == ("上级时限", [])
    assert confirm(case, actor=leader).status == "published"


def test_a_newer_run_does_not_end_the_window_of_the_opened_one(opened, county, office):
    county.figures(2024, county.last, G1="84")
    newer = county.calculated(2024)
    assert newer != opened.run
    error = refused(lambda: ask_to_publish(newer, actor=office, reason="审定"), "PUBLISHING_OBJECTED")
    assert [reason.code for reason in error.reasons] == ["APPEAL_WINDOW_RUNS"]
    assert ask_to_publish(newer, actor=office, reason="审定", override_reason="上级时限").override_reason == "上级时限"


@pytest.mark.parametrize("why", ["", "上级时限"])
def test_open_appeals_stand_against_it_whatever_the_reason_and_are_named(objected, office, why):
    with override("en"):
        error = refused(
            lambda: ask_to_publish(objected.run, actor=office, reason="审定", override_reason=why),
            "PUBLISHING_OBJECTED",
        )
        text = str(error.message)
    assert [reason.code for reason in error.reasons] == ["APPEALS_OPEN", "APPEAL_WINDOW_RUNS"]
    assert error.reasons[0].facts["appeals"] == [
        {"number": objected.case_no, "unit": "甲县财政局", "target_kind": "figure", "target": "G1", "name": "重点工作", "status": "filed"}
    ]  # fmt: skip
    assert text == (
        f"1 appeal is not decided yet: {objected.case_no} 甲县财政局, figure of an indicator G1 重点工作 (waits for the department's answer). "
        "Have it answered and decide on it first."
    )
    assert not PublishRequest.objects.exists()


def test_an_appeal_that_comes_in_after_the_request_stands_against_the_signature(opened, office, leader, tree):
    case = ask_to_publish(opened.run, actor=office, reason="审定", override_reason="上级时限")
    other = make_persona("unit_liaison", tree.health)
    appeal = file_appeal(opened, tree.health, actor=other, target="figure:G1", wanted="99", grounds="漏报")
    error = refused(lambda: confirm(case, actor=leader), "APPEALS_OPEN")
    assert error.reasons[0].facts["appeals"][0]["number"] == appeal.case_no
    assert unpublished()
    perform(perform(appeal, "answer", actor=ACTOR, reason="核实"), "reject", actor=office, reason="证据不足")
    assert confirm(case, actor=leader).status == "published"


def test_a_decided_appeal_stands_no_longer_against_it(objected, office, tree):
    case = perform(objected, "answer", actor=ACTOR, reason="核实")
    perform(case, "reject", actor=office, reason="证据不足")
    error = refused(lambda: ask_to_publish(objected.run, actor=office, reason="审定"), "PUBLISHING_OBJECTED")
    assert [reason.code for reason in error.reasons] == ["APPEAL_WINDOW_RUNS"]


def test_figures_that_are_not_verified_stand_against_it_unless_answered_for(county, office, leader, tree):
    run = county.heard(2024)
    for department, status in ((tree.finance, "submitted"), (tree.health, "verified")):
        Collection.objects.create(
            case_no=f"SB-{department.code}", status=status, organization=department, cycle=run.cycle,
            opened_on=LONG_AGO, due_on=LONG_AGO,
        )  # fmt: skip
    error = refused(lambda: ask_to_publish(run, actor=office, reason="审定"), "PUBLISHING_OBJECTED")
    assert [(reason.code, reason.facts) for reason in error.reasons] == [
        ("FIGURES_UNVERIFIED", {"departments": ["甲县财政局"]})
    ]
    case = ask_to_publish(run, actor=office, reason="审定", override_reason="数据已由考核办核定")
    assert confirm(case, actor=leader).status == "published"


def test_a_year_that_the_units_were_never_shown_is_not_published_unless_answered_for(county, office, leader):
    run = county.calculated(2024)
    error = refused(lambda: ask_to_publish(run, actor=office, reason="审定"), "PUBLISHING_OBJECTED")
    assert [reason.code for reason in error.reasons] == ["NEVER_OPENED"]
    case = ask_to_publish(run, actor=office, reason="审定", override_reason="已书面征求意见")
    assert case.override_reason == "已书面征求意见"
    assert confirm(case, actor=leader).status == "published"


def test_an_earlier_preview_of_the_year_is_enough(county, office):
    county.heard(2024)
    county.figures(2024, county.last, G1="84")
    assert ask_to_publish(county.calculated(2024), actor=office, reason="审定").status == "requested"


def test_a_preview_of_another_year_is_not(tree, office):
    county = make_small_county(tree.county_a, units=[tree.health, tree.finance], years=(2023, 2024))
    county.heard(2023)
    error = refused(lambda: ask_to_publish(county.calculated(2024), actor=office, reason="审定"), "PUBLISHING_OBJECTED")
    assert [reason.code for reason in error.reasons] == ["NEVER_OPENED"]


def test_a_request_without_objections_keeps_no_override(county, office):
    case = ask_to_publish(county.heard(2024), actor=office, reason="审定", override_reason="多余")
    assert case.override_reason == ""


# --- no other door ----------------------------------------------------------------------------------------------------
def test_nothing_but_the_confirmation_calls_publish():
    callers = set()
    for path, tree in modules():
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] == "publishing"
            for alias in node.names
            if alias.name == "publish"
        }
        callers |= {path} if names else set()
    assert callers == {"assessments/services/publish_requests.py"}


def test_a_new_run_is_compared_with_the_published_else_the_opened_one(county, office):
    first = county.calculated(2024)
    assert base_of(first) is None
    county.figures(2024, county.last, G1="84")
    second = county.calculated(2024)
    assert base_of(second) == first
    open_preview(second, actor=office, reason="x")
    county.figures(2024, county.last, G1="85")
    third = county.calculated(2024)
    county.figures(2024, county.last, G1="86")
    fourth = county.calculated(2024)
    assert base_of(third) == base_of(fourth) == second
    publish(fourth, actor=ACTOR)
    first.cycle.refresh_from_db()
    assert base_of(first) == fourth
    assert PublishRequest.objects.count() == 0
