"""A decision above is taken back or put back: what becomes of what it opened, in each state."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Deadline
from foundation.casework.selectors.inbox import waiting_cases
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from officials.models import Official, RatingConstraint, Restriction
from officials.services.people import identity_values
from supervision.models import AdjustmentLead, Admonishment, Hold, Reminder, Revisit
from supervision.services.leads import open_lead
from supervision.services.sources import reinstate_by_source, withdraw_by_source
from supervision.services.tools import open_approved
from supervision.workflows import HOLD, REMINDER
from tests.support.people import make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
OFFICE = SystemActor("office")
SOURCE = {"source_kind": "assessments.measure", "source_no": "MB-A-2025-001"}
TALK = {"mode": "TALK", "talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "指出问题"}
TALKED = date(2026, 3, 2)


@pytest.fixture
def person(tree):
    return Official.objects.create(home=tree.finance, **identity_values("440784197805069119", "曾启辉"))


def opened(person, model):
    return open_approved(actor=OFFICE, model=model, official=person, summary="列末位", **SOURCE)


def delivered(person):
    approval = {"approved_by": "县委书记", "approved_on": TALKED, "approval_no": "鹤组〔2026〕1号"}
    case = perform(opened(person, Admonishment), "approve", actor=OFFICE, **approval)
    return perform(case, "deliver", actor=OFFICE, held_on=TALKED, **TALK)


def uncorrected(person):
    case = perform(delivered(person), "examine", actor=OFFICE, examined_on=date(2026, 3, 5), examination="检查")
    case = perform(case, "report", actor=OFFICE, reported_on=date(2026, 8, 28), rectification="整改")
    found = {"checked_on": date(2026, 9, 3), "consequence": "ORG_TRANSFER"}
    return perform(case, "not_corrected", actor=OFFICE, reason="问题依旧", **found)


def withdraw(actor=OFFICE):
    return withdraw_by_source(actor=actor, reason="容错认定", **SOURCE)


def reinstate():
    return reinstate_by_source(actor=OFFICE, reason="认定撤销", **SOURCE)


def clocks(case) -> list:
    return list(Deadline.objects.filter(case_no=case.case_no, closed_at=None).values_list("step", "due_on"))


def test_what_is_not_carried_out_is_withdrawn_waits_for_nobody_and_comes_back(person, tree):
    case = opened(person, Reminder)
    section = make_persona("supervision_section", tree.county_a)
    assert [row.case_no for row in waiting_cases(section)] == [case.case_no]
    assert (withdraw().moved, Reminder.objects.get().status) == ([case.case_no], "withdrawn")
    assert waiting_cases(section) == []
    assert "withdrawn" not in REMINDER.open_states()
    assert (reinstate().moved, Reminder.objects.get().status) == ([case.case_no], "approved")
    assert [row.case_no for row in waiting_cases(section)] == [case.case_no]


def test_a_talk_that_was_held_comes_back_with_its_clock_from_the_day_of_the_talk(person):
    case = perform(opened(person, Reminder), "hold", actor=OFFICE, held_on=TALKED, **TALK)
    assert clocks(case) == [("check", date(2026, 9, 2))]
    withdraw()
    assert clocks(case) == []
    reinstate()
    assert (Reminder.objects.get().status, clocks(case)) == ("held", [("check", date(2026, 9, 2))])


@pytest.mark.rule("SUP-REPEATED-TALKS")
def test_a_withdrawn_talk_does_not_count_as_repeated(person):
    perform(opened(person, Reminder), "hold", actor=OFFICE, held_on=TALKED, **TALK)
    withdraw()
    other = open_approved(
        actor=OFFICE, model=Reminder, official=person, summary="x", source_kind="x.y", source_no="Z-1"
    )
    perform(other, "hold", actor=OFFICE, held_on=date(2026, 5, 4), **TALK)
    assert CaseEvent.objects.get(case_no=other.case_no, action="hold").data["talks"] == 1


def test_a_delivered_admonishment_restricts_nothing_while_withdrawn_and_the_same_days_afterwards(person):
    case = delivered(person)
    assert withdraw().moved == [case.case_no]
    row, bound = Restriction.objects.get(), RatingConstraint.objects.get()
    assert (row.lifted_on, row.lift_reason, bound.lifted_on) == (timezone.localdate(), "容错认定", timezone.localdate())
    assert reinstate().moved == [case.case_no]
    row.refresh_from_db()
    bound.refresh_from_db()
    assert (row.lifted_on, row.starts_on, row.ends_on, bound.lifted_on) == (None, TALKED, date(2026, 9, 1), None)
    assert Admonishment.objects.get().status == "delivered"


def test_an_ended_admonishment_keeps_its_state_loses_its_effects_and_takes_its_lead_along(person):
    case = uncorrected(person)
    lead = AdjustmentLead.objects.get()
    answer = withdraw()
    assert (answer.noted, answer.moved) == ([case.case_no], [lead.case_no])
    assert (Admonishment.objects.get().status, AdjustmentLead.objects.get().status) == ("uncorrected", "withdrawn")
    assert RatingConstraint.objects.get().lifted_on == timezone.localdate()
    entry = Entry.objects.get(action="supervision.tool.source_withdrawn")
    assert (entry.target_no, entry.reason, entry.data["lifted"]) == (case.case_no, "容错认定", 2)
    answer = reinstate()
    assert (answer.noted, answer.moved) == ([case.case_no], [lead.case_no])
    assert (AdjustmentLead.objects.get().status, RatingConstraint.objects.get().lifted_on) == ("open", None)


def test_a_hold_after_an_ended_admonishment_ends_with_it_and_is_not_put_back(person):
    case = uncorrected(person)
    hold = Hold.objects.create(
        case_no="ZH-1",
        status="proposed",
        organization=person.home,
        opened_on=TALKED,
        official=person,
        summary="期满影响使用",
        source_kind="supervision.admonishment",
        source_no=case.case_no,
        kind="ADMONISH",
        blocks=["POST"],
        period_ended_on=date(2026, 9, 1),
        review_on=date(2027, 3, 1),
    )
    withdraw()
    hold.refresh_from_db()
    ended = hold.status
    assert ended not in HOLD.open_states()
    reinstate()
    hold.refresh_from_db()
    assert hold.status == ended


def test_withdrawing_twice_changes_nothing_more(person):
    uncorrected(person)
    withdraw()
    answer = withdraw()
    assert (answer.noted, answer.moved) == ([], [])
    assert CaseEvent.objects.filter(action="source_withdrawn").count() == 1


def test_a_lead_that_was_taken_up_is_not_called_back_but_it_is_noted(person):
    lead = open_lead(actor=OFFICE, official=person, summary="x", source="RANKING", evidence={}, **SOURCE)
    perform(lead, "take_up", actor=OFFICE, reason="启动调整程序")
    answer = withdraw()
    assert (answer.moved, answer.noted) == ([], [lead.case_no])
    assert AdjustmentLead.objects.get().status == "taken_up"


def test_what_was_revoked_by_hand_stays_revoked(person):
    perform(opened(person, Reminder), "revoke", actor=OFFICE, reason="更正")
    assert (withdraw().moved, reinstate().moved, Reminder.objects.get().status) == ([], [], "revoked")


def test_who_belongs_to_no_unit_is_kept_by_the_unit_of_the_decision_to_the_end(person, tree):
    Official.objects.filter(pk=person.pk).update(home=None)
    about = {"model": Admonishment, "official": person, "summary": "列末位", "unit": tree.health, **SOURCE}
    case = open_approved(actor=OFFICE, **about)
    today = timezone.localdate()
    approval = {"approved_by": "县委书记", "approved_on": today, "approval_no": "鹤组〔2026〕1号"}
    case = perform(case, "approve", actor=OFFICE, **approval)
    case = perform(case, "deliver", actor=OFFICE, held_on=today, **TALK)
    kept = {case.organization_id, *Revisit.objects.values_list("organization", flat=True)}
    assert Revisit.objects.exists()
    assert kept == {tree.health.pk}
    case = perform(case, "examine", actor=OFFICE, examined_on=today, examination="检查")
    case = perform(case, "report", actor=OFFICE, reported_on=today, rectification="整改")
    perform(case, "not_corrected", actor=OFFICE, reason="x", checked_on=today, consequence="ORG_TRANSFER")
    assert AdjustmentLead.objects.get().organization == tree.health


def test_visits_of_an_admonishment_taken_back_lapse_and_are_planned_again(person):
    today = timezone.localdate()
    approval = {"approved_by": "县委书记", "approved_on": today, "approval_no": "鹤组〔2026〕1号"}
    case = perform(opened(person, Admonishment), "approve", actor=OFFICE, **approval)
    perform(case, "deliver", actor=OFFICE, held_on=today, **TALK)
    planned = Revisit.objects.filter(status="planned")
    days = set(planned.values_list("planned_on", flat=True))
    assert days
    withdraw()
    assert not planned.exists()
    reinstate()
    assert set(planned.values_list("planned_on", flat=True)) == days


def test_it_asks_for_a_reason(person):
    opened(person, Reminder)
    for act in (withdraw_by_source, reinstate_by_source):
        with pytest.raises(DomainError) as refused:
            act(actor=OFFICE, reason=" ", **SOURCE)
        assert (refused.value.code, refused.value.status) == ("REASON_MISSING", 400)
    assert Reminder.objects.get().status == "approved"


def test_who_may_not_revoke_withdraws_nothing_at_all(person, tree):
    opened(person, Reminder)
    open_lead(actor=OFFICE, official=person, summary="x", source="RANKING", evidence={}, **SOURCE)
    with pytest.raises(PermissionDenied):
        withdraw(actor=make_persona("supervision_section", tree.county_a))
    assert (Reminder.objects.get().status, AdjustmentLead.objects.get().status) == ("approved", "open")
