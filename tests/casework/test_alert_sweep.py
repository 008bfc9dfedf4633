"""The sweep: what is found is one alert, what is gone is settled, what comes back is open again."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db.utils import InternalError
from django.utils import timezone
from django.utils.translation import override

from foundation.audit.models import Entry
from foundation.casework.alert_kinds import AlertKind
from foundation.casework.models import Alert, Deadline, Notice
from foundation.casework.selectors import notice_rows
from foundation.casework.services import alerts
from foundation.casework.services.alert_sweep import raise_alerts, sweep
from foundation.casework.tasks import sweep_alerts, sweep_kind
from tests.support.people import make_persona

from .alert_kinds import DESK, fact, make_kind, only_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
DAY = date(2026, 1, 5)


@pytest.fixture
def facts(tree):
    """One lamp of the finance department, due in two months."""
    return [fact(tree.finance, due_on=date(2026, 3, 1), person=77)]


@pytest.fixture
def lamp(facts):
    """The kind that finds them, and no other kind."""
    kind = make_kind(facts)
    with only_kinds(kind):
        yield kind


def entries():
    return list(Entry.objects.filter(action="casework.alerts.swept").order_by("pk"))


def test_a_fact_is_an_alert_with_colour_rule_owner_and_entry(lamp, tree):
    assert sweep(DAY) == {"opened": 1}
    alert = Alert.objects.get()
    assert (alert.key, alert.severity, alert.rank, alert.status) == ("test.lamp:1", "orange", 1, "open")
    assert (alert.rule_id, alert.permission, alert.person_id) == ("ALR-RETIREMENT", "assessments.review_measure", 77)
    assert alert.organization == tree.finance
    assert len(alert.rulebook_version) == 64
    (entry,) = entries()
    assert entry.data == {"kinds": ["test.lamp"], "opened": 1}
    assert alert.row_events.get().pgh_label == "insert"


def test_the_same_sweep_three_times_a_day_makes_no_alert_twice_and_no_second_entry(lamp):
    for _ in range(3):
        sweep(DAY)
    assert Alert.objects.count() == 1
    assert len(entries()) == 1
    assert Alert.objects.get().row_events.count() == 1
    assert Notice.objects.filter(message="alerts.digest").count() == 0  # nobody is there to be told


def test_the_task_of_the_night_may_be_delivered_three_times(lamp, facts, tree):
    facts[0] = fact(tree.finance, due_on=timezone.localdate())
    for _ in range(3):
        sweep_alerts()
    assert Alert.objects.count() == 1


def test_what_is_due_later_than_the_longest_lead_time_is_no_alert_yet(lamp, facts, tree):
    facts[0] = fact(tree.finance, due_on=date(2027, 1, 6))
    assert sweep(DAY) == {}
    assert sweep(DAY + timedelta(days=1)) == {"opened": 1}


def test_as_days_go_by_the_alert_changes_its_colour_and_stays_one(lamp):
    sweep(DAY)
    assert sweep(date(2026, 3, 2)) == {"refreshed": 1}
    alert = Alert.objects.get()
    assert (alert.severity, alert.rank, alert.raised_on) == ("red", 0, DAY)


def test_gone_is_settled_and_back_is_open_again(lamp, facts):
    sweep(DAY)
    (gone,) = facts
    facts.clear()
    assert sweep(DAY) == {"settled": 1}
    assert Alert.objects.get().status == "settled"
    assert sweep(DAY) == {}
    facts.append(gone)
    assert sweep(DAY + timedelta(days=2)) == {"reopened": 1}
    alert = Alert.objects.get()
    assert (alert.status, alert.raised_on) == ("open", DAY + timedelta(days=2))


def test_a_closed_alert_stays_closed_while_its_fact_lasts_and_begins_anew_after_it(lamp, facts, tree):
    sweep(DAY)
    user = make_persona("supervision_section", tree.county_a)
    alerts.close([Alert.objects.get()], actor=user, document="鹤组〔2026〕1号")
    assert sweep(date(2026, 3, 2)) == {}
    assert Alert.objects.get().status == "closed"
    (gone,) = facts
    facts.clear()
    sweep(date(2026, 3, 3))
    facts.append(gone)
    sweep(date(2026, 3, 4))
    alert = Alert.objects.get()
    assert (alert.status, alert.closing_text, alert.closed_at) == ("open", "", None)


def test_a_sleeper_wakes_on_its_day(lamp, tree):
    sweep(DAY)
    user = make_persona("supervision_section", tree.county_a)
    alerts.snooze([Alert.objects.get()], actor=user, until=date(2026, 1, 10), reason="等批复", today=DAY)
    assert sweep(date(2026, 1, 9)) == {}
    assert sweep(date(2026, 1, 10)) == {"woken": 1}
    alert = Alert.objects.get()
    assert (alert.status, alert.snoozed_until, alert.snooze_reason) == ("open", None, "")


def test_a_sweep_about_one_person_leaves_the_others_alone(lamp, facts, tree):
    sweep(DAY)
    facts[:] = [fact(tree.health, "2", due_on=DAY, person=78), fact(tree.health, "3", due_on=DAY, person=79)]
    assert sweep(DAY, ["test.lamp"], person=78) == {"opened": 1}
    assert set(Alert.objects.values_list("key", "status")) == {("test.lamp:1", "open"), ("test.lamp:2", "open")}
    assert sweep(DAY, ["test.lamp"], person=77) == {"settled": 1}


def test_a_sweep_about_one_unit_leaves_the_others_alone(lamp, facts, tree):
    facts.append(fact(tree.health, "2", due_on=timezone.localdate()))
    sweep_kind("test.lamp", organization=tree.health.pk)
    assert Alert.objects.get().key == "test.lamp:2"


def test_kinds_that_were_not_asked_for_are_left_alone(facts, tree):
    with only_kinds(make_kind(facts), make_kind([fact(tree.health, due_on=DAY)], code="test.other")):
        sweep(DAY, ["test.other"])
    assert Alert.objects.get().key == "test.other:1"


def test_each_county_has_its_own(tree):
    rows = [fact(tree.finance, "a", due_on=DAY), fact(tree.other_department, "b", due_on=DAY)]
    with only_kinds(make_kind(rows)):
        assert sweep(DAY) == {"opened": 2}
        assert sweep(DAY) == {}


def test_given_alerts_come_from_acts_and_are_not_settled_by_the_sweep(tree):
    with only_kinds(DESK):
        (alert,) = raise_alerts(DESK, [fact(tree.finance, due_on=date(2030, 1, 1))], day=DAY)
        assert (alert.severity, alert.is_given) == ("blue", True)
        raise_alerts(DESK, [fact(tree.finance, due_on=DAY)], day=DAY)
        sweep(DAY)
    assert Alert.objects.get().status == "open"
    with pytest.raises(ValueError, match="computed"):
        raise_alerts(make_kind([]), [], day=DAY)


@pytest.mark.parametrize("column", [{"status": "open"}, {"status": "claimed"}])
def test_the_database_refuses_moves_outside_of_the_table(lamp, facts, tree, column):
    sweep(DAY)
    user = make_persona("supervision_section", tree.county_a)
    alerts.close([Alert.objects.get()], actor=user, document="鹤组〔2026〕1号")
    with pytest.raises(InternalError, match="pgtrigger"):
        Alert.objects.update(**column)


def test_the_database_refuses_to_delete_an_alert(lamp):
    sweep(DAY)
    with pytest.raises(InternalError, match="pgtrigger"):
        Alert.objects.all().delete()


def test_the_text_is_said_in_the_readers_language_with_dates(lamp):
    sweep(DAY)
    with override("zh-hans"):
        assert Alert.objects.get().text == "Lamp of lamp, due 2026.03.01, seen 2026.01.05"


def test_an_alert_of_a_kind_nobody_registers_any_more_still_reads(lamp):
    sweep(DAY)
    with only_kinds():
        alert = Alert.objects.get()
        assert (alert.text, alert.kind_label) == ("test.lamp:1", "test.lamp")


# --- one digest a day -------------------------------------------------------------------------------------------------
def test_one_digest_a_day_for_the_owner_not_one_for_each_alert(lamp, facts, tree):
    facts += [fact(tree.health, "2", due_on=date(2026, 1, 1)), fact(tree.finance, "3", due_on=date(2026, 12, 1))]
    owner = make_persona("supervision_section", tree.county_a)
    liaison = make_persona("unit_liaison", tree.finance)
    for _ in range(3):
        sweep(DAY)
    with override("en"):
        (row,) = notice_rows(owner)
    assert row["text"].startswith("3 alerts wait for you: 1 red (overdue), 1 orange, 0 yellow, 1 blue.")
    assert row["severity"] == "red"
    assert notice_rows(liaison) == []
    sweep(DAY + timedelta(days=1))
    assert len(notice_rows(owner)) == 1  # yesterday's is settled


def test_who_stands_above_reads_the_digest_of_the_own_grant_only(lamp, tree):
    owner = make_persona("supervision_section", tree.county_a)
    make_persona("supervision_section", tree.finance)
    sweep(DAY)
    assert len(notice_rows(owner)) == 1


# --- deadlines of cases -----------------------------------------------------------------------------------------------
@pytest.mark.rule("ALR-DEADLINE")
def test_the_clock_of_a_case_is_an_alert_of_who_takes_the_step(case):
    clock = Deadline.objects.get(case_no=case.case_no)
    sweep(clock.due_on)
    alert = Alert.objects.get(kind="deadline.assessments.measure")
    assert (alert.due_on, alert.severity, alert.permission) == (clock.due_on, "orange", "assessments.review_measure")
    assert case.case_no in alert.url
    assert alert.person_id == case.official_id
    sweep(clock.due_on + timedelta(days=1))
    assert Alert.objects.get(pk=alert.pk).severity == "red"
    Deadline.objects.filter(pk=clock.pk).update(closed_at=timezone.now())
    sweep(clock.due_on + timedelta(days=1))
    assert Alert.objects.get(pk=alert.pk).status == "settled"


def test_the_command_sweeps_as_of_a_day_and_says_what_it_did(lamp, capsys):
    call_command("sweep_alerts", "--day", "2026-01-05", "--kind", "test.lamp")
    assert "opened: 1" in capsys.readouterr().out
    call_command("sweep_alerts", "--day", "2026-01-05")
    assert "nothing changed" in capsys.readouterr().out


def test_a_kind_of_the_register_has_all_it_needs(db):
    from foundation.accounts.roles import all_permissions
    from foundation.casework.alert_kinds import alert_kinds

    for kind in alert_kinds():
        assert isinstance(kind, AlertKind)
        assert {kind.permission, *kind.viewers} <= all_permissions(), kind.code
