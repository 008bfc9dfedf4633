"""Proposals of reuse: drafted, checked against the record, heard by the discipline commission, agreed, handed over, blocked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import Alert, Deadline
from foundation.casework.selectors.inbox import waiting_cases
from foundation.casework.services.alert_sweep import sweep
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from foundation.common.dates import add_months
from foundation.common.results import DomainError
from foundation.regulations.services.calendar import add_working_days
from officials.badges import badges_of
from officials.models import AnnualRating
from supervision.models import ReuseProposal, Revisit
from supervision.services.handlings import enter
from supervision.services.reuses import amend_draft, draft_reuse, enter_reused
from supervision.services.revisits import plan_visit
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
SAID = {
    code: {"text": "已妥善处理", "evidence": "考核材料1号"}
    for code in ("MATTER_RESOLVED", "GOOD_CONDUCT", "POST_AND_NEED")
}
OPINION = {"opinion": "AGREE", "opinion_by": "案管室", "opinion_no": "鹤纪函〔2026〕1号"}


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def staff(tree):
    roles = ("cadre_section", "supervision_section", "department_leader", "discipline_commission")
    return {role: make_persona(role, tree.county_a) for role in roles}


@pytest.fixture
def person(tree, today):
    person = make_person("麦荣俊", tree.finance)
    AnnualRating.objects.create(official=person, year=today.year - 1, grade="称职")
    return person


def decided(staff, person, day, kind="GOV_WARN", document="鹤监〔2026〕1号"):
    bodies = {"P": "DISCIPLINE_COMMISSION", "G": "SUPERVISORY_COMMISSION", "O": "PARTY_COMMITTEE"}
    case = enter(
        actor=staff["supervision_section"], official=person, kind=kind, document_no=document, body=bodies[kind[0]],
        body_level="COUNTY", body_name="市监委", decided_on=day, effective_on=day, summary="履职不力", helper_name="何主任",
    )  # fmt: skip
    return perform(case, "confirm", actor=staff["department_leader"])


@pytest.fixture
def decision(staff, person, today):
    """A warning whose six months ended a month ago."""
    return decided(staff, person, add_months(today, -7))


def visited(staff, person, result="GOOD"):
    found = {"heard": "表现好", "inspected": "完成", "talked": "认识深", "visitors": ["甲", "乙"]}
    visit = plan_visit(
        actor=staff["supervision_section"], official=person, planned_on=timezone.localdate(), summary="回访"
    )
    more = {"visited_on": timezone.localdate(), "result": result}
    return perform(visit, "make", actor=staff["supervision_section"], **found, **more)


def drafted(staff, person, decision, **more):
    given = {"mode": "EQUAL_LEVEL", "post_text": "三级主任科员", "summary": "表现突出", "statements": SAID} | more
    return draft_reuse(actor=staff["cadre_section"], official=person, decision=decision.case_no, **given)


def asked(staff, person, decision):
    visited(staff, person)
    case = perform(drafted(staff, person, decision), "check", actor=staff["cadre_section"])
    return perform(case, "ask", actor=staff["cadre_section"], asked_on=timezone.localdate(), request_no="函1号")


def heard(staff, person, decision, **more):
    given = OPINION | {"opinion_on": timezone.localdate(), "reason": "无不同意见"} | more
    return perform(asked(staff, person, decision), "opine", actor=staff["discipline_commission"], **given)


def handed_over(staff, person, decision):
    case = heard(staff, person, decision)
    case = perform(case, "agree", actor=staff["department_leader"], discussed_on=timezone.localdate(), minutes_no="3号")
    return perform(case, "hand_over", actor=staff["cadre_section"])


def told(case, action, actor, **more):
    with pytest.raises(DomainError) as refused:
        perform(case, action, actor=actor, **more)
    return [reason.code for reason in refused.value.reasons]


def test_from_the_draft_to_where_it_waits_and_one_entry_for_each_step(staff, person, decision, today):
    case = handed_over(staff, person, decision)
    assert (case.status, case.handed_over_on, case.closed_at) == ("waiting", today, None)
    assert [one["state"] for one in case.findings] == ["HOLDS"] * 5
    entries = list(
        Entry.objects.filter(target_kind="supervision.reuse").order_by("pk").values_list("action", flat=True)
    )
    assert entries == [f"supervision.reuse.{act}" for act in ("drafted", "check", "ask", "opine", "agree", "hand_over")]
    waiting = [row.case_no for row in waiting_cases(staff["cadre_section"])]
    assert case.case_no in waiting
    taken = perform(case, "take_up", actor=SystemActor("test"), reused_on=today, document_no="鹤组干〔2026〕1号")
    assert (taken.status, taken.reused_on, taken.document_no) == ("reused", today, "鹤组干〔2026〕1号")


def test_without_a_visit_the_conditions_do_not_hold_and_each_refusal_names_its_rule(staff, person, decision):
    case = drafted(staff, person, decision)
    with pytest.raises(DomainError) as refused:
        perform(case, "check", actor=staff["cadre_section"])
    (reason,) = refused.value.reasons
    assert (reason.code, reason.facts["rule_id"]) == ("VISIT_NONE", "SUP-REVISIT")
    assert "SUP-REVISIT" in str(reason.text)
    visited(staff, person, "FAIR")
    assert told(case, "check", staff["cadre_section"]) == ["VISIT_NOT_GOOD"]
    visited(staff, person)
    assert perform(case, "check", actor=staff["cadre_section"]).status == "checked"


def test_what_must_be_attested_is_a_statement_with_evidence(staff, person, decision):
    visited(staff, person)
    case = drafted(staff, person, decision, statements=SAID | {"POST_AND_NEED": {"text": "岗位空缺", "evidence": ""}})
    assert told(case, "check", staff["cadre_section"]) == ["STATEMENT_MISSING"]
    given = {"mode": "EQUAL_LEVEL", "post_text": "三级主任科员", "summary": "表现突出", "statements": SAID}
    case = amend_draft(actor=staff["cadre_section"], case=case, **given)
    assert perform(case, "check", actor=staff["cadre_section"]).status == "checked"


def test_a_running_period_and_a_mode_before_its_day_are_refused_with_the_day(staff, person, today):
    removed = decided(staff, person, add_months(today, -13), "ORG_REMOVE")
    visited(staff, person)
    case = drafted(staff, person, removed, mode="PROMOTE")
    with pytest.raises(DomainError) as refused:
        perform(case, "check", actor=staff["cadre_section"])
    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["PERIOD_RUNNING"]
    first = add_months(add_months(today, -13), 24)
    assert f"{first:%Y.%m.%d}" in str(refused.value.reasons[0].text)
    # a year has passed: a post at the same level is open
    given = {"post_text": "三级主任科员", "summary": "表现突出", "statements": SAID}
    case = amend_draft(actor=staff["cadre_section"], case=case, mode="EQUAL_LEVEL", **given)
    assert perform(case, "check", actor=staff["cadre_section"]).status == "checked"


@pytest.mark.rule("SUP-REUSE-OPINION-DAYS")
def test_the_commission_answers_within_ten_working_days_and_late_is_an_alert(staff, person, decision, today):
    case = asked(staff, person, decision)
    clock = Deadline.objects.get(kind="supervision.reuse", closed_at=None)
    assert (clock.step, clock.due_on, clock.rule_id) == (
        "opine",
        add_working_days(today, 10).date,
        "SUP-REUSE-OPINION-DAYS",
    )
    sweep(clock.due_on + timedelta(days=1))
    assert Alert.objects.filter(url__contains=case.case_no, severity="red").exists()
    assert [row.case_no for row in waiting_cases(staff["discipline_commission"])] == [case.case_no]


def test_only_the_commission_gives_its_opinion_and_an_objection_stops_the_proposal(staff, person, decision, today):
    case = asked(staff, person, decision)
    for role in ("cadre_section", "department_leader", "supervision_section"):
        with pytest.raises(PermissionDenied):
            perform(case, "opine", actor=staff[role], reason="x", opinion_on=today, **OPINION)
    given = OPINION | {"opinion": "OBJECT", "opinion_on": today}
    case = perform(case, "opine", actor=staff["discipline_commission"], reason="仍有反映", **given)
    assert told(case, "agree", staff["department_leader"], discussed_on=today) == ["OPINION_NEGATIVE"]
    case = perform(case, "amend", actor=staff["cadre_section"], reason="补充材料")
    assert (case.status, case.opinion, case.asked_on) == ("draft", "", None)


def test_who_drafted_does_not_agree(tree, staff, person, decision, today):
    case = heard(staff, person, decision)
    ReuseProposal.objects.filter(pk=case.pk).update(proposed_by_id=staff["department_leader"].pk)
    assert told(case, "agree", staff["department_leader"], discussed_on=today) == ["TOOL_SAME_PERSON"]
    case = perform(
        heard_again := ReuseProposal.objects.get(pk=case.pk), "withdraw", actor=staff["cadre_section"], reason="撤回"
    )
    assert (case.status, heard_again.pk) == ("withdrawn", case.pk)


def test_a_new_sanction_is_shown_on_the_waiting_case_and_blocks_it(staff, person, decision, today):
    case = handed_over(staff, person, decision)
    page = client_of(staff["cadre_section"]).get(f"/supervision/reuse/{case.case_no}/")
    assert page.context["stands_against"] == []
    decided(staff, person, today, "PTY_WARN", "鹤纪〔2026〕9号")
    assert told(case, "recheck", staff["cadre_section"]) == ["PERIOD_RUNNING"]
    assert told(case, "take_up", SystemActor("test")) == ["PERIOD_RUNNING"]
    page = client_of(staff["cadre_section"]).get(f"/supervision/reuse/{case.case_no}/")
    assert [reason.code for reason in page.context["stands_against"]] == ["PERIOD_RUNNING"]
    assert "党内警告" in page.content.decode()
    blocked = Alert.objects.filter(kind="supervision.reuse_blocked")
    sweep(today, ["supervision.reuse_blocked"])
    assert [(alert.severity, alert.permission, alert.params["case_no"]) for alert in blocked] == [
        ("orange", "supervision.propose_reuse", case.case_no)
    ]
    perform(case, "withdraw", actor=staff["cadre_section"], reason="新处分")
    sweep(today, ["supervision.reuse_blocked"])
    assert blocked.get().status == "settled"


def test_one_open_proposal_of_a_person(staff, person, decision):
    drafted(staff, person, decision)
    with pytest.raises(DomainError) as refused:
        drafted(staff, person, decision)
    assert [reason.code for reason in refused.value.reasons] == ["REUSE_STANDS"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ReuseProposal.objects.create(
            case_no="SY-X", status="draft", official=person, organization=person.home, opened_on=date(2026, 1, 1),
            mode="LOWER", post_text="x", summary="x",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "field"),
    [({"mode": "SIDEWAYS"}, "mode"), ({"post_text": " "}, "post_text"), ({"summary": ""}, "summary")],
)
def test_a_draft_without_mode_post_or_grounds_is_refused_at_its_field(staff, person, decision, more, field):
    with pytest.raises(DomainError) as refused:
        drafted(staff, person, decision, **more)
    assert [reason.facts["field"] for reason in refused.value.reasons] == [field]


def test_nobody_drafts_outside_the_own_units(tree, staff, person, decision):
    elsewhere = make_persona("cadre_section", tree.county_b)
    with pytest.raises(PermissionDenied):
        drafted({"cadre_section": elsewhere}, person, decision)


def test_a_reuse_of_earlier_years_ends_where_it_begins_and_not_within_the_period(staff, person, today):
    decision = decided(staff, person, date(2022, 3, 10), "GOV_DEMERIT")  # to 9 March 2023
    given = {
        "actor": staff["cadre_section"], "official": person, "decision": decision.case_no, "mode": "EQUAL_LEVEL",
        "post_text": "副局长", "document_no": "鹤组干〔2023〕1号", "summary": "影响期满，表现突出", "own_words": "平级任职",
    }  # fmt: skip
    with pytest.raises(DomainError) as refused:
        enter_reused(reused_on=date(2023, 3, 9), **given)
    assert [reason.code for reason in refused.value.reasons] == ["PERIOD_RUNNING"]
    case = enter_reused(reused_on=date(2023, 3, 10), **given)
    assert (case.status, case.opened_on, case.own_words) == ("reused", date(2023, 3, 10), "平级任职")
    assert case.closed_at is not None
    with pytest.raises(DomainError) as refused:
        enter_reused(reused_on=date(2023, 3, 10), **given)
    assert [reason.code for reason in refused.value.reasons] == ["REUSE_KNOWN"]
    badges = badges_of([person.pk], today, staff["cadre_section"])[person.pk]
    assert any("2023.03.10" in str(badge.text) and case.case_no in badge.url for badge in badges)


def test_the_badge_tells_where_an_open_proposal_stands(staff, person, decision, today):
    handed_over(staff, person, decision)
    texts = {badge.url: badge.kind for badge in badges_of([person.pk], today, staff["cadre_section"])[person.pk]}
    assert [kind for url, kind in texts.items() if "/supervision/reuse/" in url] == ["blue"]


def test_the_desk_counts_and_narrows(tree, staff, person, decision, today):
    other = make_person("冼某", tree.health)
    running = decided(staff, other, add_months(today, -2), "PTY_SERIOUS", "鹤纪〔2026〕2号")
    client = client_of(staff["cadre_section"])
    page = client.get("/supervision/reuse/")
    assert page.context["figures"] == {
        "decisions": 2, "people": 2, "running": 1, "late": 0, "proposed": 0, "waiting": 0, "reused": 0,
    }  # fmt: skip
    lines = {line.case.case_no: line for line in page.context["lines"]}
    states = [one.state for one in lines[decision.case_no].conditions]
    assert states == ["HOLDS", "OPEN", "FAILS", "OPEN", "HOLDS"]  # never visited
    assert [one.state for one in lines[running.case_no].conditions][0] == "FAILS"
    assert len(lines[running.case_no].planned) == 4  # after 3, 9 and 15 months, and 30 days before the end
    assert lines[running.case_no].case.helper_name == "何主任"

    def found(**asked):
        return [line.case.case_no for line in client.get("/supervision/reuse/", asked).context["lines"]]

    assert found(period="running") == [running.case_no]
    assert found(period="ended") == [decision.case_no]
    assert found(family="PARTY") == [running.case_no]
    assert found(name="麦") == [decision.case_no]
    assert found(unit="卫生") == [running.case_no]
    assert set(found(visits="never")) == {running.case_no, decision.case_no}
    assert found(reuse="waiting") == []
    visited(staff, person, "POOR")
    assert found(visits="bad") == [decision.case_no]
    Revisit.objects.filter(official=other, sequence=1).update(planned_on=today - timedelta(days=1))
    assert found(visits="overdue") == [running.case_no]


def test_the_desk_follows_a_proposal_and_goes_out_as_a_workbook(staff, person, decision):
    handed_over(staff, person, decision)
    client = client_of(staff["cadre_section"])
    page = client.get("/supervision/reuse/", {"reuse": "waiting"})
    assert (page.context["figures"]["waiting"], len(page.context["lines"])) == (1, 1)
    file = client.get("/supervision/reuse/file/", {"reuse": "waiting"})
    assert file.content[:2] == b"PK"
    entry = Entry.objects.get(action="supervision.reuse.exported")
    assert (entry.data["rows"], entry.data["keys"]) == (1, [person.pk])


def test_the_commission_sees_what_it_was_asked_and_no_draft(staff, person, decision):
    client = client_of(staff["discipline_commission"])
    assert client.get("/supervision/reuse/").url == "/supervision/reuse/proposals/"
    case = drafted(staff, person, decision)
    assert client.get(f"/supervision/reuse/{case.case_no}/").status_code == 404
    perform(case, "withdraw", actor=staff["cadre_section"], reason="重拟")
    case = asked(staff, person, decision)
    page = client.get(f"/supervision/reuse/{case.case_no}/")
    assert [offer.step.name for offer in page.context["offers"]] == ["opine"]
    assert f"/officials/{person.pk}/" not in page.content.decode()
    sent = {
        "step": "opine",
        "version": case.version,
        "reason": "无不同意见",
        "opinion_on": timezone.localdate(),
    } | OPINION
    assert client.post(f"/supervision/reuse/{case.case_no}/step/", sent).status_code == 302
    assert ReuseProposal.objects.get(pk=case.pk).opinion == "AGREE"


def test_the_pages_of_a_draft(staff, person, decision):
    client = client_of(staff["cadre_section"])
    address = f"/supervision/reuse/new/{person.pk}/?decision={decision.case_no}"
    assert client.get(address).context["form"]["decision"].value() == decision.case_no
    sent = {"decision": decision.case_no, "mode": "EQUAL_LEVEL", "post_text": "三级主任科员", "summary": "表现突出"}
    assert client.post(address, sent | {"post_text": ""}).status_code == 422
    answer = client.post(address, sent)
    case = ReuseProposal.objects.get()
    assert answer.url == f"/supervision/reuse/{case.case_no}/"
    text = {"text_POST_AND_NEED": "岗位空缺", "evidence_POST_AND_NEED": "编制表"}
    assert client.post(f"{answer.url}edit/", sent | text).status_code == 302
    case.refresh_from_db()
    assert case.statements == {"POST_AND_NEED": {"text": "岗位空缺", "evidence": "编制表"}}
    page = client.get(answer.url)
    assert [line["state"] for line in page.context["conditions"]] == ["HOLDS", "OPEN", "FAILS", "HOLDS", "HOLDS"]


def test_pages_ask_the_database_at_most_ten_times(staff, person, decision, django_assert_max_num_queries):
    case = handed_over(staff, person, decision)
    client = client_of(staff["cadre_section"])
    for address in (
        "/supervision/reuse/",
        f"/supervision/reuse/{case.case_no}/",
        "/supervision/reuse/proposals/",
        f"/officials/{person.pk}/",
    ):
        client.get(address)
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200
