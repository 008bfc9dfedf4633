"""Appeals on the page of a decision: until when each way is open, what was lodged and answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from supervision.selectors.appeals import appeals_of
from supervision.services.handlings import enter
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
def decision(tree, section, today):
    """A demerit of the appointing body, delivered ten days ago."""
    day = today - timedelta(days=12)
    case = enter(
        actor=section, official=make_person("麦荣俊", tree.finance), kind="GOV_DEMERIT", document_no="甲府〔2026〕1号",
        body="APPOINTING_BODY", body_level="COUNTY", body_name="市政府", decided_on=day, effective_on=day, summary="履职不力",
        delivered_on=today - timedelta(days=10),
    )  # fmt: skip
    return perform(case, "confirm", actor=make_persona("department_leader", tree.county_a))


def clocks(case, today):
    return [(clock.level, clock.due_on) for clock in appeals_of(case, today).clocks]


@pytest.mark.rule("SUP-APPEAL-CIVIL")
def test_review_and_direct_appeal_are_open_for_thirty_days_from_delivery(decision, today):
    last = today + timedelta(days=20)
    assert clocks(decision, today) == [("FIRST", last), ("SECOND", last)]
    assert appeals_of(decision, today).is_delivered


def test_after_the_answer_to_the_review_the_appeal_is_open_for_fifteen_days(decision, section, today):
    case = perform(decision, "appeal", actor=section, level="FIRST", lodged_on=today - timedelta(days=5))
    (lodged,) = appeals_of(case, today).records
    assert (lodged.due_on, lodged.answered_on) == (today + timedelta(days=25), None)
    case = perform(case, "answer_appeal", actor=section, answered_on=today, outcome="UPHELD")
    (answered,) = appeals_of(case, today).records
    assert (answered.answered_on, case.status) == (today, "in_force")
    assert clocks(case, today) == [("FIRST", today + timedelta(days=20)), ("SECOND", today + timedelta(days=15))]


def test_one_appeal_waits_at_a_time_and_an_answer_needs_one(decision, section, today):
    with pytest.raises(DomainError) as refused:
        perform(decision, "answer_appeal", actor=section, answered_on=today, outcome="UPHELD")
    assert [reason.code for reason in refused.value.reasons] == ["APPEAL_NONE"]
    case = perform(decision, "appeal", actor=section, level="FIRST", lodged_on=today)
    with pytest.raises(DomainError) as refused:
        perform(case, "appeal", actor=section, level="SECOND", lodged_on=today)
    assert [reason.code for reason in refused.value.reasons] == ["APPEAL_WAITS"]


@pytest.mark.parametrize(
    ("level", "days", "fields"),
    [
        ("", 0, ["level"]),
        ("FIRST", -1, ["lodged_on"]),
        ("FIRST", 11, ["lodged_on"]),
        ("THIRD", 30, ["level", "lodged_on"]),
    ],
)
def test_way_and_day_of_an_appeal_are_possible_ones(decision, section, today, level, days, fields):
    with pytest.raises(DomainError) as refused:
        perform(decision, "appeal", actor=section, level=level, lodged_on=today - timedelta(days=days))
    assert [reason.facts["field"] for reason in refused.value.reasons] == fields


def test_a_late_appeal_says_why_it_is_taken(tree, section, today):
    day = today - timedelta(days=60)
    case = enter(
        actor=section, official=make_person("冼某", tree.finance), kind="GOV_WARN", document_no="甲府〔2026〕2号",
        body="APPOINTING_BODY", body_level="COUNTY", body_name="市政府", decided_on=day, effective_on=day, summary="问题",
    )  # fmt: skip
    case = perform(case, "confirm", actor=make_persona("department_leader", tree.county_a))
    assert not appeals_of(case, today).is_delivered
    with pytest.raises(DomainError) as refused:
        perform(case, "appeal", actor=section, level="FIRST", lodged_on=today)
    assert [reason.facts["field"] for reason in refused.value.reasons] == ["reason"]
    perform(case, "appeal", actor=section, level="FIRST", lodged_on=today, remark="因病住院")


def test_the_page_shows_the_ways_and_takes_an_appeal(decision, section, today, django_assert_max_num_queries):
    client, address = client_of(section), f"/supervision/handlings/{decision.case_no}/"
    client.get(address)  # reads the code tables
    with django_assert_max_num_queries(10):
        page = client.get(address).content.decode()
    assert f"{today + timedelta(days=20):%Y.%m.%d}" in page
    sent = {"step": "appeal", "version": decision.version, "level": "FIRST", "lodged_on": ""}
    answer = client.post(f"{address}step/", sent)
    assert (answer.status_code, list(answer.context["appeal_form"].errors)) == (422, ["lodged_on"])
    assert client.post(f"{address}step/", sent | {"lodged_on": today}).status_code == 302
    assert client.get(address).context["appeals"].waiting.lodged_on == today
