"""Holds after expiry: proposed with a reason and a day of review, confirmed by another, looked at again, lifted."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.casework.models import Deadline
from foundation.casework.services.engine import perform
from foundation.common.dates import add_months
from foundation.common.results import DomainError
from officials.models import Restriction
from officials.selectors.restrictions import promotability_of
from supervision.models import Hold
from supervision.services.handlings import enter
from supervision.services.holds import propose_hold
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a)


@pytest.fixture
def leader(tree):
    return make_persona("department_leader", tree.county_a)


@pytest.fixture
def person(tree):
    return make_person("麦荣俊", tree.finance)


@pytest.fixture
def decision(person, section, leader, today):
    """A warning whose six months ended a month ago."""
    day = add_months(today, -7)
    case = enter(
        actor=section, official=person, kind="GOV_WARN", document_no="鹤监〔2026〕1号", body="SUPERVISORY_COMMISSION",
        body_level="COUNTY", body_name="市监委", decided_on=day, effective_on=day, summary="履职不力",
    )  # fmt: skip
    return perform(case, "confirm", actor=leader)


def held(person, section, leader, decision, today):
    review = today + timedelta(days=90)
    case = propose_hold(
        actor=section, official=person, decision=decision.case_no, review_on=review, summary="影响仍未消除"
    )
    return perform(case, "confirm", actor=leader, document_no="部务会〔2026〕3号")


def verdict(person, today, act="RANK"):
    return promotability_of(person, today, [act])[0]


@pytest.mark.rule("R-DIS-31")
def test_after_the_period_a_confirmed_hold_bars_posts_and_ranks_until_it_is_lifted(
    person, section, leader, decision, today
):
    assert verdict(person, today).is_free
    case = held(person, section, leader, decision, today)
    found = verdict(person, today)
    assert (found.is_free, found.on, [reason.code for reason in found.reasons]) == (False, None, ["ON_HOLD"])
    assert found.reasons[0].cite.law == "公务员职务与职级并行规定"
    assert verdict(person, today, "PAY_STEP").is_free
    assert (case.document_no, case.starts_on) == ("部务会〔2026〕3号", today)
    perform(case, "lift", actor=leader, reason="考察合格")
    assert verdict(person, today).is_free


def test_a_proposal_holds_nobody_and_its_proposer_does_not_confirm_it(person, section, decision, today):
    case = propose_hold(
        actor=section,
        official=person,
        decision=decision.case_no,
        review_on=today + timedelta(days=90),
        summary="影响未消除",
    )
    assert verdict(person, today).is_free
    with pytest.raises(DomainError) as refused:
        perform(case, "confirm", actor=section)
    assert [reason.code for reason in refused.value.reasons] == ["TOOL_SAME_PERSON"]


@pytest.mark.parametrize(
    ("more", "field"),
    [({"summary": " "}, "summary"), ({"days": 0}, "review_on"), ({"decision": "CL-0"}, "decision")],
)
def test_without_reason_review_or_decision_a_hold_is_refused_at_its_field(
    person, section, decision, today, more, field
):
    given = {"decision": decision.case_no, "summary": "影响未消除", "days": 90} | more
    review_on = today + timedelta(days=given.pop("days"))
    with pytest.raises(DomainError) as refused:
        propose_hold(actor=section, official=person, review_on=review_on, **given)
    assert [reason.facts["field"] for reason in refused.value.reasons] == [field]
    assert not Hold.objects.exists()


def test_one_decision_has_one_hold_at_a_time(person, section, leader, decision, today):
    held(person, section, leader, decision, today)
    with pytest.raises(DomainError) as refused:
        held(person, section, leader, decision, today)
    assert [reason.code for reason in refused.value.reasons] == ["HOLD_STANDS"]


def test_the_day_of_review_is_a_clock_and_moves_when_the_hold_is_kept(person, section, leader, decision, today):
    case = held(person, section, leader, decision, today)
    clock = Deadline.objects.get(kind="supervision.hold", closed_at=None)
    assert (clock.due_on, clock.rule_id) == (today + timedelta(days=90), "R-DIS-31")
    later = today + timedelta(days=200)
    perform(case, "extend", actor=leader, reason="仍有反映", review_on=later)
    assert Deadline.objects.get(kind="supervision.hold", closed_at=None).due_on == later
    assert Restriction.objects.get(source_no=case.case_no).review_on == later


def test_a_revoked_decision_takes_its_hold_with_it(person, section, leader, decision, today):
    case = held(person, section, leader, decision, today)
    perform(decision, "revoke", actor=leader, reason="复核撤销", revoked_by="市监委复1号")
    case.refresh_from_db()
    assert case.status == "lifted"
    assert verdict(person, today).is_free


def test_nobody_is_held_outside_the_own_units(tree, person, decision, today):
    elsewhere = make_persona("supervision_section", tree.county_b)
    with pytest.raises(PermissionDenied):
        propose_hold(actor=elsewhere, official=person, decision=decision.case_no, review_on=today, summary="x")


def test_the_page_offers_the_decisions_of_the_person(person, section, decision, today):
    client, address = client_of(section), f"/supervision/talks-and-letters/holds/new/{person.pk}/"
    page = client.get(address)
    assert [value for value, _words in page.context["form"].fields["decision"].choices] == ["", decision.case_no]
    sent = {"decision": decision.case_no, "review_on": today + timedelta(days=60), "summary": "影响未消除"}
    assert client.post(address, sent).status_code == 302
    case = Hold.objects.get()
    assert "政务警告" in client.get(f"/supervision/talks-and-letters/case/{case.case_no}/").content.decode()
    assert case.case_no in client.get("/supervision/talks-and-letters/holds/").content.decode()
