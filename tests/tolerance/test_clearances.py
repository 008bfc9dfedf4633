"""Clearances as cases: what is refused with which rule, the chain, the clocks, what follows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import Deadline
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from foundation.regulations.services.calendar import add_working_days
from supervision.models import Revisit
from tests.support.people import give, make_persona
from tolerance.forms.clearances import ClearanceStepForm
from tolerance.models import Clearance
from tolerance.secret_words import add_source, remove_source
from tolerance.services.clearance_acts import announce, file_certificate
from tolerance.services.clearance_effects import follow_visits
from tolerance.services.clearances import apply_for, take_up
from tolerance.workflows.clearance import CLEARANCE

from .clearing import (
    AGREED,
    APPROVAL,
    FOUND_ON,
    HARM,
    PLAN,
    REPORT,
    SAID,
    announced,
    approved,
    assessed,
    cleared,
    taken_up,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


def told(refused) -> dict:
    """Rule (or code) by field."""
    return {
        reason.facts.get("field", reason.code): reason.facts.get("rule_id", reason.code)
        for reason in refused.value.reasons
    }


def refusal(act, *args, **kwargs) -> dict:
    with pytest.raises(DomainError) as refused:
        act(*args, **kwargs)
    assert all(reason.text for reason in refused.value.reasons)
    return told(refused)


@pytest.mark.parametrize("finding", ["UNPROVEN", "NO_CONCLUSION"])
def test_an_unproven_report_is_never_cleared(staff, person, finding):
    case = taken_up(staff, person, finding=finding)
    assert refusal(perform, case, "assess", actor=staff["section"], **HARM, **PLAN) == {"grounds": "NCL2"}
    case.refresh_from_db()
    assert case.status == "proposed"


def test_the_database_itself_clears_nobody_on_an_unproven_report(staff, person):
    case = taken_up(staff, person, finding="UNPROVEN")
    with pytest.raises(IntegrityError), transaction.atomic():
        Clearance.objects.filter(pk=case.pk).update(cleared_on=FOUND_ON)


def test_a_finding_that_changes_after_the_approval_stops_the_clearance(staff, person):
    case = announced(staff, person)
    Clearance.objects.filter(pk=case.pk).update(finding="UNPROVEN")
    end = {"cleared_on": date(2026, 3, 12), "document_no": "鹤组澄〔2026〕1号"}
    with pytest.raises(DomainError) as refused:
        perform(case, "clear", actor=staff["section"], **end)
    assert [reason.code for reason in refused.value.reasons] == ["NCL2"]


def test_an_unproven_report_ends_with_its_ground_and_an_explanation(staff, person):
    case = taken_up(staff, person, finding="UNPROVEN")
    given = {"explained_on": date(2026, 3, 3), "explained_by": "科长", "explanation": "尚不能排除"}
    assert refusal(perform, case, "reject", actor=staff["section"], reason="未查实", refusal="NCL1", **given) == {
        "refusal": "NCL1"
    }
    assert refusal(perform, case, "reject", actor=staff["section"], reason="未查实", refusal="NCL2") == {
        "explained_on": "FACT_MISSING", "explained_by": "FACT_MISSING", "explanation": "FACT_MISSING",
    }  # fmt: skip
    case = perform(case, "reject", actor=staff["section"], reason="未查实", refusal="NCL2", **given)
    assert (case.status, case.refusal, case.explained_on) == ("rejected", "NCL2", date(2026, 3, 3))


@pytest.mark.rule("R-CLR-02")
def test_a_circular_without_the_written_mode_is_refused(staff, person):
    case = taken_up(staff, person)
    plan = PLAN | {"modes": ["CIRCULAR"]}
    assert refusal(perform, case, "assess", actor=staff["section"], **HARM, **plan) == {"modes": "R-CLR-02"}


@pytest.mark.rule("R-CLR-07")
def test_a_scope_wider_than_the_harm_needs_its_reason(staff, person):
    case, plan = taken_up(staff, person), PLAN | {"scope": "PUBLIC"}
    assert refusal(perform, case, "assess", actor=staff["section"], **HARM, **plan) == {"scope_reason": "R-CLR-07"}
    case = perform(case, "assess", actor=staff["section"], scope_reason="网络传播", **HARM, **plan)
    assert (case.scope, case.scope_reason) == ("PUBLIC", "网络传播")


def test_codes_that_nobody_offers_are_refused(staff, person):
    case, plan = taken_up(staff, person), PLAN | {"modes": ["WRITTEN", "X"], "scope": "Y"}
    harm = HARM | {"grounds": ["Z"]}
    assert refusal(perform, case, "assess", actor=staff["section"], **harm, **plan) == {
        "grounds": "CODE_UNKNOWN", "modes": "CODE_UNKNOWN", "scope": "CODE_UNKNOWN",
    }  # fmt: skip


@pytest.mark.rule("R-CLR-05")
def test_a_meeting_needs_the_principal_leader_a_letter_does_not(staff, person):
    case = assessed(staff, person)
    given = APPROVAL | {"principal_leader": " "}
    assert refusal(perform, case, "approve", actor=staff["leader"], **given) == {"principal_leader": "R-CLR-05"}
    other = assessed(staff, person, plan=PLAN | {"modes": ["WRITTEN"]}, report_no="2")
    assert perform(other, "approve", actor=staff["leader"], **given).status == "approved"


@pytest.mark.rule("R-CLR-05")
def test_the_form_asks_for_the_principal_leader_where_the_modes_need_one_and_names_the_rule(staff, person):
    for number, (modes, is_asked) in enumerate(
        [
            (["MEETING", "WRITTEN"], True),
            (["CIRCULAR", "WRITTEN"], True),
            (["MEDIA", "WRITTEN"], True),
            (["WRITTEN"], False),
        ]
    ):
        case = assessed(staff, person, plan=PLAN | {"modes": modes}, report_no=f"R-{number}")
        sent = APPROVAL | {"principal_leader": "", "step": "approve", "version": case.version}
        form = ClearanceStepForm(sent, case=case, flow=CLEARANCE)
        assert form.fields["principal_leader"].required is is_asked
        assert form.fields["section_head"].required
        assert ("R-CLR-05" in str(form.errors.get("principal_leader", ""))) is is_asked


def test_who_proposed_does_not_approve(tree, staff, person):
    case = assessed(staff, person)
    both = staff["section"]
    give(both, "department_leader", tree.county_a)
    both = type(both).objects.get(pk=both.pk)
    assert refusal(perform, case, "approve", actor=both, **APPROVAL) == {
        "CLEARANCE_SAME_PERSON": "CLEARANCE_SAME_PERSON"
    }


@pytest.mark.rule("R-CLR-06")
def test_nothing_is_said_before_others_without_consent(staff, person):
    case = approved(staff, person)
    said = {"held_on": date(2026, 3, 10)} | SAID
    assert refusal(announce, actor=staff["section"], case=case, mode="MEETING", **said) == {"mode": "R-CLR-06"}
    announce(actor=staff["section"], case=case, mode="WRITTEN", **said)
    end = {"cleared_on": date(2026, 3, 12), "document_no": "鹤组澄〔2026〕1号"}
    with pytest.raises(DomainError) as refused:
        perform(case, "clear", actor=staff["section"], **end)
    assert [reason.facts["rule_id"] for reason in refused.value.reasons] == ["R-CLR-06", "R-CLR-02"]


def test_who_does_not_agree_is_cleared_in_writing(staff, person):
    case = approved(staff, person)
    given = {"consent_on": date(2026, 3, 10), "consent_by": "科长"}
    case = perform(case, "go_without", actor=staff["section"], reason="本人不愿公开", **given)
    assert (case.status, case.modes, case.consent) == ("approved", ["WRITTEN"], "REFUSED")
    announce(actor=staff["section"], case=case, mode="WRITTEN", held_on=date(2026, 3, 10), **SAID)
    end = {"cleared_on": date(2026, 3, 10), "document_no": "鹤组澄〔2026〕1号"}
    assert perform(case, "clear", actor=staff["section"], **end).status == "cleared"


def test_announcements_keep_to_what_was_approved_and_to_the_calendar(staff, person):
    case = perform(approved(staff, person), "consent", actor=staff["section"], **AGREED)
    early = {"held_on": date(2026, 3, 8)} | SAID | {"place": " "}
    assert refusal(announce, actor=staff["section"], case=case, mode="CIRCULAR", **early) == {
        "mode": "R-CLR-05", "held_on": "DAY_TOO_EARLY", "place": "FACT_MISSING",
    }  # fmt: skip
    late = SAID | {"held_on": timezone.localdate() + timedelta(days=1)}
    assert refusal(announce, actor=staff["section"], case=case, mode="MEETING", **late) == {"held_on": "DAY_IN_FUTURE"}


def test_nobody_is_cleared_before_every_mode_was_carried_out_and_after_its_last_day(staff, person):
    case = perform(approved(staff, person), "consent", actor=staff["section"], **AGREED)
    announce(actor=staff["section"], case=case, mode="MEETING", held_on=date(2026, 3, 12), **SAID)
    end = {"cleared_on": date(2026, 3, 11), "document_no": "鹤组澄〔2026〕1号"}
    with pytest.raises(DomainError) as refused:
        perform(case, "clear", actor=staff["section"], **end)
    assert {reason.code for reason in refused.value.reasons} == {"MODE_NOT_DONE", "DAY_TOO_EARLY"}


@pytest.mark.rule("CLR-CLEAR-DAYS")
@pytest.mark.rule("CLR-AFTER-APPROVAL-DAYS")
def test_the_days_run_from_the_finding_then_from_the_approval(staff, person):
    case = assessed(staff, person)
    clock = Deadline.objects.get(case_no=case.case_no, closed_at=None)
    assert (clock.starts_on, clock.due_on) == (FOUND_ON, add_working_days(FOUND_ON, 15).date)
    case = perform(case, "approve", actor=staff["leader"], **APPROVAL)
    clock = Deadline.objects.get(case_no=case.case_no, closed_at=None)
    assert (clock.step, clock.due_on) == ("clear", add_working_days(date(2026, 3, 9), 5).date)


def test_a_late_clearance_needs_its_reason(staff, person):
    case = announced(staff, person)
    end = {"cleared_on": date(2026, 4, 20), "document_no": "鹤组澄〔2026〕1号"}
    assert refusal(perform, case, "clear", actor=staff["section"], **end) == {"late_reason": "CLR-CLEAR-DAYS"}
    assert perform(case, "clear", actor=staff["section"], late_reason="本人出差", **end).late_reason == "本人出差"


@pytest.mark.rule("R-CLR-08")
def test_no_text_names_the_informer(staff, person):
    def words(report_no):
        return ["李小强"] if report_no == REPORT["report_no"] else []

    add_source(words)
    try:
        assert refusal(taken_up, staff, person, summary="李小强反映其违规") == {"summary": "R-CLR-08"}
        case = taken_up(staff, person)
        plan = PLAN | {"text": "根据李 小 强的举报"}
        assert refusal(perform, case, "assess", actor=staff["section"], **HARM, **plan) == {"text": "R-CLR-08"}
        case = perform(case, "assess", actor=staff["section"], **HARM, **PLAN)
        case = perform(case, "approve", actor=staff["leader"], **APPROVAL)
        case = perform(case, "consent", actor=staff["section"], **AGREED)
        said = SAID | {"held_on": date(2026, 3, 11), "heard_by": "李小强等5人"}
        assert refusal(announce, actor=staff["section"], case=case, mode="MEETING", **said) == {"heard_by": "R-CLR-08"}
    finally:
        remove_source(words)


@pytest.mark.rule("CLR-REVISIT")
def test_two_visits_follow_and_the_case_closes_with_them(staff, person):
    case = cleared(staff, person)
    visits = Revisit.objects.filter(source_no=case.case_no).order_by("sequence")
    assert [visit.planned_on for visit in visits] == [date(2026, 4, 11), date(2026, 9, 12)]
    assert refusal(perform, case, "visit", actor=staff["section"]) == {"VISIT_TO_COME": "VISIT_TO_COME"}
    assert follow_visits(actor=staff["section"]) == 0
    file_certificate(
        actor=staff["section"], case=case, certificate_no="鹤组澄证〔2026〕1号", certificate_on=date(2026, 3, 13)
    )
    made = {"visitors": ["甲", "乙"], "result": "GOOD", "talked": "工作正常", "heard": "好", "inspected": "好"}
    for visit in visits:
        perform(visit, "make", actor=staff["section"], visited_on=visit.planned_on, **made)
    assert follow_visits(actor=staff["section"]) == 2
    assert follow_visits(actor=staff["section"]) == 0
    case.refresh_from_db()
    assert (case.status, case.certificate_no) == ("closed", "鹤组澄证〔2026〕1号")


@pytest.mark.rule("CLR-REVISIT")
def test_a_cancelled_visit_moves_no_case_by_itself(staff, person):
    case = cleared(staff, person)
    paper = {"certificate_no": "鹤组澄证〔2026〕1号", "certificate_on": date(2026, 3, 13)}
    file_certificate(actor=staff["section"], case=case, **paper)
    first, second = Revisit.objects.filter(source_no=case.case_no).order_by("sequence")
    perform(first, "cancel", actor=staff["section"], reason="本人在外学习")
    assert follow_visits(actor=staff["section"]) == 0
    made = {"visitors": ["甲", "乙"], "result": "GOOD", "talked": "工作正常", "heard": "好", "inspected": "好"}
    perform(second, "make", actor=staff["section"], visited_on=second.planned_on, **made)
    assert follow_visits(actor=staff["section"]) == 1
    assert follow_visits(actor=staff["section"]) == 0
    case.refresh_from_db()
    assert case.status == "revisited", "one of two visits was made: a person decides whether the case is closed"


def test_a_case_is_not_closed_without_its_certificate(staff, person):
    case = cleared(staff, person)
    Revisit.objects.filter(source_no=case.case_no).update(status="cancelled")
    case = perform(case, "visit", actor=staff["section"])
    assert refusal(perform, case, "visit_again", actor=staff["section"]) == {
        "CERTIFICATE_MISSING": "CERTIFICATE_MISSING"
    }
    early = {"certificate_no": " ", "certificate_on": date(2026, 3, 1)}
    assert refusal(file_certificate, actor=staff["section"], case=case, **early) == {
        "certificate_no": "FACT_MISSING", "certificate_on": "DAY_TOO_EARLY",
    }  # fmt: skip


def test_the_unit_applies_for_its_people_and_the_finding_comes_later(staff, person):
    case = apply_for(actor=staff["liaison"], official=person, application="请求澄清")
    assert (case.status, case.finding, case.is_application) == ("proposed", "NO_CONCLUSION", True)
    assert Entry.objects.get(action="tolerance.clearance.applied_for").target_no == case.case_no
    found = {"finding": "UNTRUE", "found_on": FOUND_ON, "finding_body": "甲县纪委监委"}
    case = perform(case, "find", actor=staff["section"], **found)
    assert Deadline.objects.get(case_no=case.case_no, closed_at=None).starts_on == FOUND_ON
    assert perform(case, "assess", actor=staff["section"], **HARM, **PLAN).status == "harm_assessed"


def test_what_a_report_needs_is_asked_at_its_field(staff, person):
    wrong = REPORT | {"report_no": " ", "summary": "", "found_on": None, "finding_body": ""}
    assert refusal(take_up, actor=staff["section"], official=person, **wrong) == {
        "summary": "TEXT_MISSING", "report_no": "TEXT_MISSING", "found_on": "FACT_MISSING", "finding_body": "FACT_MISSING",
    }  # fmt: skip
    backwards = {"reported_on": date(2026, 3, 3)}
    assert refusal(taken_up, staff, person, **backwards) == {"found_on": "DAY_TOO_EARLY"}
    taken_up(staff, person)
    assert refusal(taken_up, staff, person) == {"report_no": "REPORT_TAKEN_UP"}


def test_nobody_acts_outside_the_own_units(tree, staff, person):
    elsewhere = make_persona("supervision_section", tree.county_b)
    with pytest.raises(PermissionDenied):
        take_up(actor=elsewhere, official=person, **REPORT)
    with pytest.raises(PermissionDenied):
        apply_for(actor=make_persona("unit_liaison", tree.health, username="health"), official=person, application="x")
    with pytest.raises(PermissionDenied):
        announce(actor=elsewhere, case=approved(staff, person), mode="WRITTEN", held_on=FOUND_ON, **SAID)
