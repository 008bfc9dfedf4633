"""Reminder talks, inquiry letters, admonishments and talks as cases: chain, facts, clocks, what follows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import CaseEvent, Deadline, Notice
from foundation.casework.selectors.inbox import waiting_cases
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from foundation.regulations.services.calendar import add_working_days
from officials.models import Official, RatingConstraint, Restriction
from officials.services.people import identity_values
from supervision.models import AdjustmentLead, Admonishment, Inquiry, Reminder
from supervision.services.talks import plan_talk, settle_issue
from supervision.services.tools import propose
from tests.support.people import give, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
TALK = {"mode": "TALK", "talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "指出问题"}


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def staff(tree):
    return {
        "section": make_persona("supervision_section", tree.county_a),
        "leader": make_persona("department_leader", tree.county_a),
        "second": make_persona("department_leader", tree.county_a, username="second"),
    }


@pytest.fixture
def person(tree):
    return Official.objects.create(home=tree.finance, **identity_values("440784197805069119", "曾启辉"))


def proposed(staff, person, model, **more):
    if model is Admonishment:
        more = {"situations": ["ADM3"]} | more
    return propose(actor=staff["section"], model=model, official=person, summary="工作推进缓慢", source="CHECK", **more)


def delivered(staff, person, held_on):
    case = proposed(staff, person, Admonishment)
    perform(case, "review", actor=staff["leader"])
    perform(case, "agree", actor=staff["second"])
    approval = {"approved_by": "县委书记", "approved_on": held_on, "approval_no": "鹤组〔2026〕1号"}
    perform(case, "approve", actor=staff["section"], **approval)
    return perform(case, "deliver", actor=staff["section"], held_on=held_on, **TALK)


def reasons(refused) -> dict:
    return {reason.facts.get("field", reason.code): reason.code for reason in refused.value.reasons}


def test_numbers_count_by_county_and_year_and_each_kind_by_itself(staff, person):
    year = timezone.localdate().year
    numbers = [proposed(staff, person, model).case_no for model in (Reminder, Reminder, Inquiry, Admonishment)]
    assert numbers == [f"TX-A-{year}-001", f"TX-A-{year}-002", f"HX-A-{year}-001", f"JM-A-{year}-001"]


def test_one_entry_names_who_proposed_what_about_whom(staff, person):
    case = proposed(staff, person, Reminder)
    entry = Entry.objects.get(action="supervision.tool.proposed")
    assert (entry.target_no, entry.data["official"], entry.reason) == (case.case_no, person.pk, "工作推进缓慢")


def test_a_case_kept_on_paper_is_taken_over_on_its_own_day(staff, person):
    case = proposed(staff, person, Reminder, on=date(2024, 5, 6))
    assert (case.case_no, case.opened_on) == ("TX-A-2024-001", date(2024, 5, 6))
    talk = {"topic": "YEARLY", "planned_on": date(2024, 5, 6), "summary": "年度谈话", "on": date(2024, 5, 6)}
    assert plan_talk(actor=staff["section"], official=person, **talk).case_no == "TH-A-2024-001"


def test_nothing_is_taken_over_from_a_day_to_come_nor_by_others(staff, person):
    with pytest.raises(DomainError) as refused:
        proposed(staff, person, Reminder, on=ago(-1))
    assert reasons(refused) == {"on": "DAY_IN_FUTURE"}
    talk = {"topic": "YEARLY", "planned_on": ago(9), "summary": "年度谈话"}
    with pytest.raises(PermissionDenied):
        plan_talk(actor=staff["leader"], official=person, on=ago(9), **talk)
    assert plan_talk(actor=staff["leader"], official=person, **talk).opened_on == ago(0)


@pytest.mark.parametrize(
    ("more", "field"), [({"summary": " "}, "summary"), ({"situations": []}, "situations"), ({"situations": ["X"]}, "situations")]
)  # fmt: skip
def test_a_proposal_without_matter_or_situation_is_refused_at_its_field(staff, person, more, field):
    given = {"summary": "问题", "situations": ["ADM1"]} | more
    with pytest.raises(DomainError) as refused:
        propose(actor=staff["section"], model=Admonishment, official=person, **given)
    assert list(reasons(refused)) == [field]
    assert not Admonishment.objects.exists()


def test_nobody_proposes_outside_the_own_units(tree, staff, person):
    elsewhere = make_persona("supervision_section", tree.county_b)
    with pytest.raises(PermissionDenied):
        propose(actor=elsewhere, model=Reminder, official=person, summary="问题")


@pytest.mark.rule("R-1.43")
def test_who_proposed_does_not_approve(tree, person):
    both = make_persona("supervision_section", tree.county_a)
    case = propose(actor=both, model=Reminder, official=person, summary="问题")
    give(both, "department_leader", tree.county_a)
    both = type(both).objects.get(pk=both.pk)
    with pytest.raises(DomainError) as refused:
        perform(case, "approve", actor=both)
    assert list(reasons(refused)) == ["TOOL_SAME_PERSON"]


def test_who_reviewed_does_not_agree(staff, person):
    case = proposed(staff, person, Admonishment)
    perform(case, "review", actor=staff["leader"])
    with pytest.raises(DomainError) as refused:
        perform(case, "agree", actor=staff["leader"])
    assert list(reasons(refused)) == ["TOOL_SAME_REVIEWER"]
    assert perform(case, "agree", actor=staff["second"]).status == "agreed"


def test_the_approval_of_the_committee_names_who_when_and_the_document(staff, person):
    case = proposed(staff, person, Admonishment)
    perform(case, "review", actor=staff["leader"])
    perform(case, "agree", actor=staff["second"])
    with pytest.raises(DomainError) as refused:
        perform(case, "approve", actor=staff["section"])
    assert list(reasons(refused)) == ["approved_by", "approved_on", "approval_no"]


def test_a_talk_needs_talkers_recorder_place_and_content_a_letter_its_number(staff, person):
    case = proposed(staff, person, Reminder)
    perform(case, "approve", actor=staff["leader"])
    with pytest.raises(DomainError) as refused:
        perform(case, "hold", actor=staff["section"], mode="TALK", held_on=ago(-1))
    assert reasons(refused) == {
        "talkers": "FACT_MISSING",
        "recorder": "FACT_MISSING",
        "place": "FACT_MISSING",
        "content": "FACT_MISSING",
        "held_on": "DAY_IN_FUTURE",
    }
    with pytest.raises(DomainError) as refused:
        perform(case, "hold", actor=staff["section"], mode="LETTER", held_on=ago(0))
    assert list(reasons(refused)) == ["document_no"]
    case = perform(case, "hold", actor=staff["section"], mode="LETTER", held_on=ago(1), document_no="鹤组提〔2026〕2号")
    assert (case.status, case.document_no, case.held_on) == ("held", "鹤组提〔2026〕2号", ago(1))


@pytest.mark.rule("R-1.41-RECHECK")
def test_a_reminder_is_checked_six_months_after_the_talk_and_restricts_nothing(staff, person):
    case = proposed(staff, person, Reminder)
    perform(case, "approve", actor=staff["leader"])
    perform(case, "hold", actor=staff["section"], held_on=date(2026, 1, 15), **TALK)
    assert Deadline.objects.get(case_no=case.case_no, closed_at=None).due_on == date(2026, 7, 15)
    assert not Restriction.objects.exists()
    case = perform(case, "check", actor=staff["section"], reason="已整改", checked_on=ago(0), rectification="到位")
    assert (case.status, case.rectification) == ("closed", "到位")


def sent(staff, person, received_on):
    case = proposed(staff, person, Inquiry)
    perform(case, "approve", actor=staff["leader"])
    letter = {"document_no": "鹤组函〔2026〕3号", "held_on": received_on, "received_on": received_on}
    return perform(case, "send", actor=staff["section"], **letter)


@pytest.mark.rule("R-1.42")
def test_a_late_reply_needs_a_reason_and_the_last_day_counts(staff, person):
    case = sent(staff, person, date(2026, 3, 2))
    due = add_working_days(date(2026, 3, 2), 15).date
    assert Deadline.objects.get(case_no=case.case_no, closed_at=None).due_on == due
    late = {"replied_on": due + timedelta(days=1), "reply": "说明"}
    with pytest.raises(DomainError) as refused:
        perform(case, "reply", actor=staff["section"], **late)
    assert reasons(refused) == {"late_reason": "LATE_WITHOUT_REASON"}
    assert refused.value.reasons[0].cite.law
    assert perform(case, "reply", actor=staff["section"], late_reason="住院", **late).late_reason == "住院"
    other = sent(staff, person, date(2026, 3, 2))
    assert perform(other, "reply", actor=staff["section"], replied_on=due, reply="说明").status == "replied"


def test_an_unclear_reply_is_asked_again_by_a_second_letter_that_begins_empty(staff, person):
    case = sent(staff, person, date(2026, 3, 2))
    perform(case, "reply", actor=staff["section"], replied_on=date(2026, 3, 9), reply="含糊")
    case = perform(case, "ask_again", actor=staff["section"], reason="未说明去向")
    assert (case.round, case.status, case.reply, case.received_on) == (2, "approved", "", None)
    assert CaseEvent.objects.get(case_no=case.case_no, action="ask_again").data["letter"]["reply"] == "含糊"


@pytest.mark.rule("R-1.41-SELF_EXAM")
@pytest.mark.rule("R-1.40")
def test_delivering_an_admonishment_begins_its_period_and_its_clocks(staff, person):
    case = delivered(staff, person, date(2026, 3, 2))
    (row,) = Restriction.objects.filter(official=person)
    assert (row.source_no, row.starts_on, row.ends_on) == (case.case_no, date(2026, 3, 2), date(2026, 9, 1))
    assert RatingConstraint.objects.get(official=person).year == 2026
    clock = Deadline.objects.get(case_no=case.case_no, closed_at=None)
    assert (clock.step, clock.due_on) == ("examine", date(2026, 3, 9))


def test_a_late_self_examination_needs_a_reason(staff, person):
    case = delivered(staff, person, date(2026, 3, 2))
    late = {"examined_on": date(2026, 3, 10), "examination": "检查"}
    with pytest.raises(DomainError) as refused:
        perform(case, "examine", actor=staff["section"], **late)
    assert reasons(refused) == {"late_reason": "LATE_WITHOUT_REASON"}
    assert perform(case, "examine", actor=staff["section"], late_reason="出差", **late).status == "examined"


def test_days_run_forward(staff, person):
    case = delivered(staff, person, date(2026, 3, 2))
    with pytest.raises(DomainError) as refused:
        perform(case, "examine", actor=staff["section"], examined_on=date(2026, 3, 1), examination="检查")
    assert reasons(refused) == {"examined_on": "DAY_TOO_EARLY"}


def reported(staff, person):
    case = delivered(staff, person, date(2026, 3, 2))
    perform(case, "examine", actor=staff["section"], examined_on=date(2026, 3, 5), examination="检查")
    return perform(case, "report", actor=staff["section"], reported_on=date(2026, 8, 28), rectification="整改")


@pytest.mark.rule("R-1.44")
def test_what_is_not_corrected_opens_a_lead_with_its_evidence(staff, person):
    case = reported(staff, person)
    found = {"checked_on": date(2026, 9, 3), "consequence": "ORG_TRANSFER"}
    perform(case, "not_corrected", actor=staff["section"], reason="问题依旧", **found)
    lead = AdjustmentLead.objects.get(official=person)
    assert (lead.source_no, lead.status) == (case.case_no, "open")
    assert lead.evidence["consequence"] == "ORG_TRANSFER"
    assert lead.evidence["finding"] == "问题依旧"
    assert lead.evidence["checked_on"] == "2026-09-03"


def test_only_consequences_of_the_rule_are_taken(staff, person):
    case = reported(staff, person)
    found = {"checked_on": date(2026, 9, 3), "consequence": "PTY_EXPEL"}
    with pytest.raises(DomainError) as refused:
        perform(case, "not_corrected", actor=staff["section"], reason="问题依旧", **found)
    assert reasons(refused) == {"consequence": "CONSEQUENCE_UNKNOWN"}
    assert not AdjustmentLead.objects.exists()


def test_revoking_lifts_what_it_restricted(staff, person):
    case = delivered(staff, person, date(2026, 3, 2))
    perform(case, "revoke", actor=staff["second"], reason="复核撤销")
    row = Restriction.objects.get(official=person)
    assert (row.lifted_on, row.lift_reason) == (timezone.localdate(), "复核撤销")
    assert RatingConstraint.objects.get(official=person).lifted_on == timezone.localdate()


@pytest.mark.rule("SUP-REPEATED-TALKS")
def test_a_second_talk_within_twelve_months_is_told(staff, person):
    for number, held_on in enumerate((ago(700), ago(300), ago(180))):
        case = proposed(staff, person, Reminder)
        perform(case, "approve", actor=staff["leader"])
        perform(case, "hold", actor=staff["section"], held_on=held_on, **TALK)
        assert Notice.objects.filter(message="supervision.repeated_talks").count() == (number == 2)
    assert Notice.objects.get(message="supervision.repeated_talks").params["count"] == 2


def test_talks_of_years_ago_are_counted_but_not_told(staff, person):
    for held_on in (ago(900), ago(800)):
        case = proposed(staff, person, Reminder)
        perform(case, "approve", actor=staff["leader"])
        perform(case, "hold", actor=staff["section"], held_on=held_on, **TALK)
    assert CaseEvent.objects.filter(action="hold").latest("pk").data["talks"] == 2
    assert not Notice.objects.filter(message="supervision.repeated_talks").exists()


def test_a_talk_stays_open_until_its_issues_are_settled(staff, person):
    plan = {"topic": "DIFFICULTY", "planned_on": ago(1), "summary": "了解困难"}
    case = plan_talk(actor=staff["section"], official=person, **plan)
    said = {name: value for name, value in TALK.items() if name != "mode"}
    perform(case, "hold", actor=staff["section"], held_on=ago(0), issues=["住房", " ", "两地分居"], **said)
    with pytest.raises(DomainError) as refused:
        perform(case, "close", actor=staff["section"])
    assert refused.value.reasons[0].facts["count"] == 2
    for issue in case.issues.all():
        settle_issue(actor=staff["section"], issue=issue, settled_on=ago(0), answer="已协调")
    assert perform(case, "close", actor=staff["section"]).status == "closed"


def test_an_unknown_occasion_of_a_talk_is_refused(staff, person):
    with pytest.raises(DomainError) as refused:
        plan_talk(actor=staff["section"], official=person, topic="X", planned_on=ago(0), summary="问题")
    assert reasons(refused) == {"topic": "TOPIC_UNKNOWN"}


def test_the_inbox_reads_all_kinds_about_people_in_one_query(staff, person, django_assert_max_num_queries):
    proposed(staff, person, Reminder)
    proposed(staff, person, Inquiry)
    proposed(staff, person, Admonishment)
    plan_talk(actor=staff["section"], official=person, topic="OTHER", planned_on=date(2026, 1, 5), summary="问题")
    with django_assert_max_num_queries(12):  # one for each kind of the other rooms, and the user's rights
        rows = waiting_cases(staff["leader"])
    assert [row.title for row in rows] == [person.name] * 4
    assert rows[0].due_on == date(2026, 1, 5)
    assert [row.steps for row in rows if row.case_no.startswith("TX")] == [("批准", "不予提醒")]
