"""Periods that end become alerts, and a confirmed decision asks for what the law wants done."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from foundation.casework.models import Alert
from foundation.casework.services.alert_sweep import sweep
from foundation.casework.services.engine import perform
from supervision.services.handlings import enter
from tests.factories.people import make_person
from tests.support.people import make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
KIND = "supervision.period_end"


@pytest.fixture
def in_force(tree):
    clerk = make_persona("supervision_section", tree.county_a)
    leader = make_persona("department_leader", tree.county_a)
    person = make_person("麦荣俊", tree.finance, managed_by="县级党委管理干部")

    def make(kind, day):
        case = enter(
            actor=clerk, official=person, kind=kind, document_no=f"鹤监〔{day.year}〕1号", body="SUPERVISORY_COMMISSION",
            body_level="COUNTY", body_name="鹤山市监委", decided_on=day, effective_on=day, summary="监管不力",
        )  # fmt: skip
        return perform(case, "confirm", actor=leader)

    return make


@pytest.mark.rule("ALR-PERIOD-END")
def test_the_end_of_a_period_is_an_alert_thirty_days_before_and_only_once(in_force):
    in_force("GOV_WARN", date(2025, 5, 26))  # until 2025-11-25
    sweep(date(2025, 10, 25), [KIND])
    assert not Alert.objects.filter(kind=KIND).exists()
    for _time in range(3):
        sweep(date(2025, 10, 26), [KIND])
    alert = Alert.objects.get(kind=KIND)
    assert (alert.severity, alert.due_on, alert.subject) == ("blue", date(2025, 11, 25), "麦荣俊")
    sweep(date(2025, 11, 18), [KIND])
    alert.refresh_from_db()
    assert alert.severity == "orange"


def test_an_alert_goes_when_its_decision_is_revoked(in_force, tree):
    case = in_force("GOV_WARN", date(2025, 5, 26))
    sweep(date(2025, 11, 1), [KIND])
    other = make_persona("department_leader", tree.county_a, username="other-leader")
    perform(case, "revoke", actor=other, reason="复审撤销", revoked_by="鹤监复〔2025〕1号")
    sweep(date(2025, 11, 2), [KIND])
    assert Alert.objects.get(kind=KIND).status == "settled"


@pytest.mark.rule("ALR-DUTY")
def test_a_downgrading_of_today_asks_to_file_it_and_to_change_post_and_pay(in_force):
    today = timezone.localdate()
    in_force("GOV_DOWNGRADE", today)
    asked = {alert.kind: alert.due_on for alert in Alert.objects.filter(kind__startswith="supervision.duty.")}
    assert set(asked) == {"supervision.duty.file_in_archive", "supervision.duty.change_post_and_pay"}
    assert today + timedelta(days=27) < asked["supervision.duty.change_post_and_pay"] <= today + timedelta(days=31)


def test_a_decision_of_earlier_years_asks_for_nothing(in_force):
    in_force("GOV_DOWNGRADE", date(2022, 3, 1))
    assert not Alert.objects.filter(kind__startswith="supervision.duty.").exists()


APPEAL = "supervision.appeal"


@pytest.mark.rule("ALR-APPEAL")
def test_an_appeal_without_answer_is_an_alert_before_the_last_day_and_red_behind_it(in_force, tree):
    case = in_force("GOV_WARN", date(2026, 3, 2))
    sweep(date(2026, 3, 10), [APPEAL])
    assert not Alert.objects.filter(kind=APPEAL).exists()
    clerk = make_persona("supervision_section", tree.county_a, username="clerk")
    case = perform(case, "appeal", actor=clerk, level="FIRST", lodged_on=date(2026, 3, 9))
    # 监察法 第56条: answered within a month of 9 March; blue 15 days before 9 April
    seen = {}
    for day in (date(2026, 3, 24), date(2026, 3, 25), date(2026, 4, 2), date(2026, 4, 6), date(2026, 4, 10)):
        sweep(day, [APPEAL])
        seen[day] = [(alert.severity, alert.due_on, alert.rule_id) for alert in Alert.objects.filter(kind=APPEAL)]
    due, rule = date(2026, 4, 9), "SUP-APPEAL-SUPERVISION"
    assert list(seen.values()) == [
        [],
        [("blue", due, rule)],
        [("yellow", due, rule)],
        [("orange", due, rule)],
        [("red", due, rule)],
    ]
    perform(case, "answer_appeal", actor=clerk, answered_on=date(2026, 4, 10), outcome="UPHELD")
    sweep(date(2026, 4, 11), [APPEAL])
    assert Alert.objects.get(kind=APPEAL).status == "settled"
