"""`perform` is the only way a case moves: every refusal, and what a step leaves behind."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assessments.models import Measure
from foundation.audit.models import Entry
from foundation.casework.flow import Step
from foundation.casework.models import CaseEvent, Deadline
from foundation.casework.registry import kind_of
from foundation.casework.selectors import timeline
from foundation.casework.services.deadlines import open_for_state
from foundation.casework.services.engine import Offer, available, note, open_case, perform
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.regulations.models import CalendarDay
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import rulebook
from tests.support.people import give, make_persona, make_user
from tests.support.tools import talk_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
KIND = "assessments.measure"


def events(case):
    return list(timeline(KIND, case.case_no).values_list("seq", "action", "from_status", "to_status", "reason"))


def refused(case, action, actor, code, **more):
    """The step is refused with this code, and nothing is left behind."""
    before = (Measure.objects.get(pk=case.pk).__dict__ | {"_state": None}, events(case), Entry.objects.count())
    with pytest.raises(DomainError) as caught:
        perform(case, action, actor=actor, **{"reason": "理由", **more})
    assert caught.value.code == code
    after = (Measure.objects.get(pk=case.pk).__dict__ | {"_state": None}, events(case), Entry.objects.count())
    assert after == before
    return caught.value


# --- a step -----------------------------------------------------------------------------------------------------------
def test_a_step_changes_state_and_version_and_leaves_event_clock_and_entry(case, supervision_section):
    changed = perform(case, "review", actor=supervision_section, reason=" 核实无误 ")
    stored = Measure.objects.get(pk=case.pk)
    assert (stored.status, stored.version, stored.closed_at) == ("reviewed", 2, None)
    assert changed == stored
    assert events(case) == [(1, "open", "", "proposed", ""), (2, "review", "proposed", "reviewed", "核实无误")]
    event = CaseEvent.objects.get(case_no=case.case_no, seq=2)
    assert (event.actor_id, event.actor_name) == (supervision_section.pk, str(supervision_section))
    entry = Entry.objects.get(action=f"{KIND}.review")
    assert (entry.actor_id, entry.target_no, entry.reason) == (supervision_section.pk, case.case_no, "核实无误")
    assert entry.org_path == case.organization.path
    assert (entry.data["from"], entry.data["to"]) == ("proposed", "reviewed")


def test_row_history_keeps_every_state(case, supervision_section):
    perform(case, "review", actor=supervision_section, reason="x")
    states = list(case.row_events.order_by("pgh_id").values_list("pgh_label", "status", "version"))
    assert states == [("insert", "proposed", 1), ("update", "reviewed", 2)]


def test_the_whole_way_ends_closed(case, supervision_section, department_leader, cadre_section):
    way = (
        ("review", supervision_section),
        ("approve", department_leader),
        ("execute", cadre_section),
        ("close", cadre_section),
    )
    for action, actor in way:
        if action == "execute":
            talk_for(case)
        perform(case, action, actor=actor, reason="x")
    case.refresh_from_db()
    assert (case.status, case.version) == ("closed", 5)
    assert case.closed_at is not None
    assert [row[1] for row in events(case)] == ["open", "review", "approve", "execute", "close"]
    assert not Deadline.objects.filter(case_no=case.case_no, closed_at=None).exists()


# --- refusals ---------------------------------------------------------------------------------------------------------
def test_without_the_permission_nobody_moves_a_case(
    case, assessment_office, unit_liaison, stranger, supervision_section
):
    perform(case, "review", actor=supervision_section, reason="x")
    for actor in (assessment_office, unit_liaison, stranger, supervision_section):
        with pytest.raises(PermissionDenied):
            perform(case, "approve", actor=actor, reason="x")
    assert Measure.objects.get(pk=case.pk).status == "reviewed"


def test_the_permission_must_hold_at_the_unit_of_the_case(case, tree):
    elsewhere = make_persona("supervision_section", tree.county_b)
    neighbour = make_persona("supervision_section", tree.health)
    with pytest.raises(PermissionDenied):
        perform(case, "review", actor=elsewhere, reason="x")
    with pytest.raises(PermissionDenied):
        perform(case, "review", actor=neighbour, reason="x")
    assert perform(case, "review", actor=make_persona("supervision_section", tree.finance), reason="x").version == 2


def test_a_role_that_ended_yesterday_moves_nothing(case, tree):
    user = make_user("former", home=tree.county_a)
    give(user, "supervision_section", tree.county_a, valid_to=timezone.localdate() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        perform(case, "review", actor=user, reason="x")


def test_an_unknown_step_is_refused(case, supervision_section):
    assert refused(case, "explode", supervision_section, "CASE_UNKNOWN_STEP").status == 400


def test_a_step_that_does_not_lead_on_from_here_is_refused(case, department_leader):
    refused(case, "approve", department_leader, "CASE_STEP_NOT_HERE")


def test_out_of_an_end_no_step_leads(case, supervision_section, department_leader):
    perform(case, "review", actor=supervision_section, reason="x")
    perform(case, "decline", actor=department_leader, reason="x")
    for action, actor in (
        ("approve", department_leader),
        ("decline", department_leader),
        ("review", supervision_section),
    ):
        refused(case, action, actor, "CASE_STEP_NOT_HERE")


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_a_decision_without_reason_is_refused(case, supervision_section, reason):
    refused(case, "review", supervision_section, "CASE_NEEDS_REASON", reason=reason)


def test_the_second_of_two_editors_is_told(case, supervision_section, department_leader):
    seen = case.version
    perform(case, "review", actor=supervision_section, reason="x", expected_version=seen)
    refused(case, "approve", department_leader, "CASE_CHANGED", expected_version=seen)
    assert perform(case, "approve", actor=department_leader, reason="x", expected_version=seen + 1).status == "approved"


def test_who_reviewed_does_not_decide(case, tree):
    both = make_persona("supervision_section", tree.county_a, username="both")
    give(both, "department_leader", tree.county_a)
    perform(case, "review", actor=both, reason="x")
    assert refused(case, "approve", both, "CASE_REFUSED").reasons[0].code == "MEASURE_SAME_PERSON"


def test_a_measure_whose_basis_changed_is_not_approved(case, supervision_section, department_leader):
    perform(case, "review", actor=supervision_section, reason="x")
    Measure.objects.filter(pk=case.pk).update(basis_changed=True)
    assert refused(case, "approve", department_leader, "CASE_REFUSED").reasons[0].code == "MEASURE_BASIS_CHANGED"


def test_a_case_begins_in_a_first_state(case):
    case.pk, case.case_no, case.status = None, "MB-X", "approved"
    with pytest.raises(DomainError) as caught:
        open_case(case, actor=SystemActor("test"))
    assert caught.value.code == "CASE_BAD_START"
    assert not Measure.objects.filter(case_no="MB-X").exists()


# --- buttons ----------------------------------------------------------------------------------------------------------
def test_buttons_are_the_steps_that_the_user_may_take(case, supervision_section, department_leader, assessment_office):
    assert [offer.step.name for offer in available(case, supervision_section)] == ["review"]
    assert available(case, department_leader) == []
    assert available(case, assessment_office) == []  # withdrawing belongs to the service alone
    case = perform(case, "review", actor=supervision_section, reason="x")
    assert [offer.step.name for offer in available(case, department_leader)] == ["approve", "decline"]


def test_a_button_says_what_stands_against_it(case, supervision_section, department_leader):
    case = perform(case, "review", actor=supervision_section, reason="x")
    case.basis_changed = True
    approve, decline = available(case, department_leader)
    assert approve.blocked
    assert [reason.code for reason in approve.reasons] == ["MEASURE_BASIS_CHANGED"]
    assert not decline.blocked


def test_a_step_has_one_button_or_one_for_each_answer():
    step = Step("decide", "Decide", frozenset({"open"}), "done", "x.y")
    assert Offer(step, ()).buttons == [("decide", "Decide", "primary")]
    assert Offer(replace(step, waits=False), ()).buttons == [("decide", "Decide", "")]
    assert Offer(replace(step, waits=False, style="danger"), ()).buttons == [("decide", "Decide", "danger")]
    both = Offer(replace(step, answers=(("yes", "Agree"), ("no", "Disagree"))), ())
    assert both.buttons == [("yes", "Agree", "primary"), ("no", "Disagree", "")]


# --- clocks -----------------------------------------------------------------------------------------------------------
def test_entering_a_state_opens_its_clock_and_leaving_closes_it(case, supervision_section):
    first = Deadline.objects.get(case_no=case.case_no)
    days = int(rulebook(on=timezone.localdate()).value("ASM-MEASURE-REVIEW-DAYS"))
    due = add_working_days(timezone.localdate(), days)
    assert (first.step, first.due_on, first.is_estimated) == ("review", due.date, due.estimated)
    assert (first.rule_id, first.closed_at) == ("ASM-MEASURE-REVIEW-DAYS", None)
    assert first.rulebook_version
    perform(case, "review", actor=supervision_section, reason="x")
    first.refresh_from_db()
    assert first.closed_at is not None
    assert Deadline.objects.get(case_no=case.case_no, closed_at=None).step == "approve"


@pytest.mark.rule("ASM-MEASURE-REVIEW-DAYS")
def test_a_clock_counts_working_days_after_the_day_itself_and_is_not_computed_again(case):
    monday = date(2025, 3, 3)
    clock = open_for_state(kind_of(case).flow, case, today=monday)
    days = int(rulebook(on=monday).value("ASM-MEASURE-REVIEW-DAYS"))
    weeks, rest = divmod(days, 5)
    assert clock.due_on == monday + timedelta(days=7 * weeks + rest)
    CalendarDay.objects.update_or_create(
        pk=clock.due_on, defaults={"is_working": False, "source": "official", "confidence": "verified", "basis": "x"}
    )
    clock.refresh_from_db()
    assert clock.due_on == monday + timedelta(days=7 * weeks + rest)


def test_a_note_moves_nothing(case):
    note(case, actor=SystemActor("test"), action="paper_added", reason="补充材料")
    assert events(case)[-1] == (2, "paper_added", "proposed", "proposed", "补充材料")
    assert Measure.objects.get(pk=case.pk).version == 1
