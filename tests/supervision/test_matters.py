"""Reports of personal matters: who is asked, by when, late and waived ones, the draw with its seed, findings and what follows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.casework.models import Alert
from foundation.casework.services.alert_sweep import sweep
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from supervision.models import Admonishment, Inquiry, MatterCheck, MatterDraw, MatterReport
from supervision.rules.matters import annual_due, change_due, draw_sample, must_report, sample_size
from supervision.services.matter_checks import ask_key_check, draw, record_finding
from supervision.services.matters import (
    ask_of_january,
    ask_reports,
    file_reports,
    register_change,
    waive_reports,
)
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
NIGHT = SystemActor("sweep")
TODAY = timezone.localdate()
YEAR = TODAY.year - 1  # a year whose days are all past


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def section(tree):
    return make_persona("supervision_section", tree.county_a)


@pytest.fixture
def leader(tree):
    return make_person("曾启辉", tree.finance, level="县处级副职")


@pytest.fixture
def researcher(tree):
    return make_person("陆文娟", tree.health, rank="四级调研员")


@pytest.fixture
def asked(tree, section, leader, researcher):
    make_person("苏小琴", tree.finance, level="乡科级正职", rank="一级主任科员")
    ask_reports(actor=section, county=tree.county_a, year=YEAR)
    return {row.official.name: row for row in MatterReport.objects.select_related("official")}


def reasons(call, **given) -> dict:
    with pytest.raises(DomainError) as refused:
        call(**given)
    return {reason.facts.get("field"): reason.code for reason in refused.value.reasons}


# --- rules ------------------------------------------------------------------------------------------------------------
@pytest.mark.rule("SUP-MATTERS-ANNUAL")
def test_the_yearly_report_is_due_on_the_last_day_of_january():
    assert annual_due(2026, "01-31") == date(2026, 1, 31)


@pytest.mark.rule("SUP-MATTERS-CHANGE-DAYS")
def test_a_change_is_reported_within_thirty_days():
    assert change_due(date(2026, 1, 31), 30) == date(2026, 3, 2)


@pytest.mark.rule("SUP-MATTERS-COVERED")
def test_deputy_county_level_and_the_ranks_from_researcher_of_the_fourth_class_on_report():
    covered = ["L07", "L08", "R05", "R06"]
    assert [must_report([code], covered) for code in ("L08", "R06", "L09", "R07", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.rule("SUP-MATTERS-CHECK-SHARE")
def test_a_tenth_is_drawn_rounded_up():
    assert [sample_size(number, Decimal("0.1")) for number in (0, 1, 10, 11, 23)] == [0, 1, 1, 2, 3]


def test_the_same_seed_draws_the_same_people_in_whatever_order_they_are_given():
    people, tenth = [str(number) for number in range(1, 21)], Decimal("0.1")
    # by hand, `printf '2026-01|%s' N | sha256sum` for 1 to 20: the smallest are 00860c38… of 3 and 072aa613… of 2
    assert draw_sample(people, tenth, "2026-01") == ("3", "2")
    assert draw_sample(reversed(people), tenth, "2026-01") == ("3", "2")
    assert draw_sample(people, Decimal("1"), "a") != draw_sample(people, Decimal("1"), "b")


# --- asking and handing in --------------------------------------------------------------------------------------------
def test_who_must_report_is_asked_once_and_nobody_below(tree, section, asked):
    assert sorted(asked) == ["曾启辉", "陆文娟"]
    assert {row.due_on for row in asked.values()} == {date(YEAR, 1, 31)}
    assert ask_reports(actor=section, county=tree.county_a, year=YEAR) == 0
    assert Entry.objects.filter(action="supervision.matters.asked").count() == 1


def test_in_january_everybody_is_asked_by_the_clock_and_not_after(leader):
    assert ask_of_january(actor=NIGHT, day=date(YEAR, 1, 1)) == 1
    MatterReport.objects.all().delete()
    assert ask_of_january(actor=NIGHT, day=date(YEAR, 2, 1)) == 0


def test_years_before_the_regulation_or_to_come_are_refused(tree, section):
    for year in (2017, TODAY.year + 1):
        with pytest.raises(DomainError) as refused:
            ask_reports(actor=section, county=tree.county_a, year=year)
        assert refused.value.code == "YEAR_OUT_OF_RANGE"


def test_nobody_asks_or_files_outside_the_own_county(tree, asked):
    elsewhere = make_persona("supervision_section", tree.county_b)
    with pytest.raises(PermissionDenied):
        ask_reports(actor=elsewhere, county=tree.county_a, year=YEAR)
    with pytest.raises(PermissionDenied):
        file_reports(actor=elsewhere, reports=asked.values(), reported_on=date(YEAR, 1, 20))


def test_reports_in_time_are_recorded_together_and_each_has_its_entry(section, asked):
    assert file_reports(actor=section, reports=asked.values(), reported_on=date(YEAR, 1, 20)) == 2
    assert set(MatterReport.objects.values_list("reported_on", "version")) == {(date(YEAR, 1, 20), 2)}
    assert Entry.objects.filter(action="supervision.matters.filed").count() == 2


def test_a_late_report_needs_its_reason_and_one_fault_refuses_all(section, asked):
    given = {"actor": section, "reports": list(asked.values()), "reported_on": date(YEAR, 2, 1)}
    assert reasons(file_reports, **given) == {"late_reason": "LATE_WITHOUT_REASON"}
    assert not MatterReport.objects.filter(reported_on__isnull=False).exists()
    file_reports(**given, late_reason="出差未归")
    assert {row.is_late for row in MatterReport.objects.all()} == {True}


def test_days_that_cannot_be_are_refused(section, asked):
    given = {"actor": section, "reports": [asked["曾启辉"]], "late_reason": "x"}
    assert reasons(file_reports, **given, reported_on=TODAY + timedelta(days=1)) == {"reported_on": "DAY_IN_FUTURE"}
    assert reasons(file_reports, **given, reported_on=date(YEAR - 1, 12, 31)) == {"reported_on": "DAY_TOO_EARLY"}
    file_reports(**given, reported_on=date(YEAR, 1, 5))
    assert reasons(file_reports, **given, reported_on=date(YEAR, 1, 6)) == {None: "REPORT_SETTLED"}


def test_a_report_that_is_not_due_says_why(section, asked):
    assert reasons(waive_reports, actor=section, reports=[asked["曾启辉"]], reason=" ") == {
        "late_reason": "TEXT_MISSING"
    }
    waive_reports(actor=section, reports=[asked["曾启辉"]], reason="调江门市直单位")
    asked["曾启辉"].refresh_from_db()
    assert asked["曾启辉"].waived_reason == "调江门市直单位"


def test_a_change_in_an_item_of_article_three_makes_a_report_due(section, leader):
    row = register_change(actor=section, official=leader, changed_on=ago(3), items=["PM1"])
    assert (row.due_on, row.occasion) == (ago(3) + timedelta(days=30), "CHANGE")
    again = {"actor": section, "official": leader, "changed_on": ago(3), "items": ["PM1"]}
    assert reasons(register_change, **again) == {"changed_on": "CHANGE_KNOWN"}
    wrong = {"actor": section, "official": leader, "changed_on": ago(-1), "items": ["PM11"]}
    assert reasons(register_change, **wrong) == {"changed_on": "DAY_IN_FUTURE", "items": "ITEMS_MISSING"}


def test_who_does_not_report_has_no_changes_and_no_key_check(tree, section):
    clerk = make_person("苏小琴", tree.finance, level="乡科级正职")
    change = {"actor": section, "official": clerk, "changed_on": ago(3), "items": ["PM1"]}
    assert reasons(register_change, **change) == {None: "NOT_COVERED"}
    assert reasons(ask_key_check, actor=section, official=clerk, reason="拟提拔") == {None: "NOT_COVERED"}


# --- checks -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def drawn(tree, section, asked):
    file_reports(actor=section, reports=asked.values(), reported_on=date(YEAR, 1, 20))
    return draw(actor=section, county=tree.county_a, year=YEAR, witness="纪委李某", seed="鹤山2026")


def test_the_draw_is_recorded_with_all_that_repeats_it(drawn):
    assert len(drawn.population) == 2
    assert drawn.drawn == list(draw_sample(drawn.population, drawn.share, "鹤山2026"))
    assert [str(check.official_id) for check in MatterCheck.objects.all()] == drawn.drawn
    assert len(drawn.drawn) == 1
    entry = Entry.objects.get(action="supervision.matters.drawn")
    assert (entry.data["seed"], entry.reason) == ("鹤山2026", "纪委李某")


def test_a_year_is_drawn_once(tree, section, drawn):
    with pytest.raises(DomainError) as refused:
        draw(actor=section, county=tree.county_a, year=YEAR, witness="纪委李某", seed="另一个")
    assert refused.value.code == "DRAWN_ALREADY"
    assert MatterDraw.objects.count() == 1


def test_without_reports_or_a_witness_nothing_is_drawn(tree, section, asked):
    given = {"actor": section, "county": tree.county_a, "year": YEAR, "witness": " "}
    assert reasons(draw, **given) == {"witness": "TEXT_MISSING", None: "NOBODY_REPORTED"}


def test_one_key_check_at_a_time_and_with_its_reason(section, leader):
    assert reasons(ask_key_check, actor=section, official=leader, reason="") == {"reason": "TEXT_MISSING"}
    check = ask_key_check(actor=section, official=leader, reason="拟提拔考察")
    assert reasons(ask_key_check, actor=section, official=leader, reason="拟提拔考察") == {None: "CHECK_OPEN"}
    record_finding(actor=section, check=check, checked_on=ago(0), finding="CONSISTENT")
    ask_key_check(actor=section, official=leader, reason="拟任他职")


@pytest.fixture
def check(section, leader):
    return ask_key_check(actor=section, official=leader, reason="拟提拔考察")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"finding": "OMITTED"}, "handled"),
        ({"finding": "CONCEALED", "follow": "INQUIRY"}, "handled"),
        ({"finding": "CONSISTENT", "follow": "INQUIRY"}, "follow"),
        ({"finding": "CONCEALED", "follow": "ADMONISH"}, "situations"),
        ({"finding": "OTHER"}, "finding"),
    ],
)
def test_a_finding_and_what_follows_fit_each_other(section, check, given, field):
    assert list(reasons(record_finding, actor=section, check=check, checked_on=ago(0), **given)) == [field]
    check.refresh_from_db()
    assert check.finding == ""
    assert not Admonishment.objects.exists()


def test_an_omission_opens_an_inquiry_letter_and_the_check_names_it(section, check):
    row = record_finding(actor=section, check=check, checked_on=ago(0), finding="OMITTED", follow="INQUIRY")
    letter = Inquiry.objects.get()
    assert (row.tool_kind, row.tool_no) == ("supervision.inquiry", letter.case_no)
    assert (letter.official_id, letter.source, letter.status) == (check.official_id, "CHECK", "proposed")


def test_concealment_opens_an_admonishment_and_a_finding_is_recorded_once(section, check):
    given = {"actor": section, "check": check, "checked_on": ago(0), "finding": "CONCEALED"}
    record_finding(**given, follow="ADMONISH", situations=["ADM7"])
    assert Admonishment.objects.get().situations == ["ADM7"]
    with pytest.raises(DomainError) as refused:
        record_finding(**given, handled="x")
    assert refused.value.code == "FINDING_STANDS"


# --- alerts and pages -------------------------------------------------------------------------------------------------
@pytest.mark.rule("ALR-MATTERS")
def test_a_report_is_an_alert_from_thirty_days_before_and_goes_when_it_is_in(section, asked):
    kinds = ["supervision.matters_report"]
    for day, severity in ((date(YEAR, 1, 1), "blue"), (date(YEAR, 1, 28), "orange"), (date(YEAR, 2, 1), "red")):
        sweep(day, kinds)
        assert set(Alert.objects.filter(kind=kinds[0]).values_list("severity", flat=True)) == {severity}
    file_reports(actor=section, reports=asked.values(), reported_on=date(YEAR, 1, 20))
    sweep(date(YEAR, 2, 2), kinds)
    assert set(Alert.objects.filter(kind=kinds[0]).values_list("status", flat=True)) == {"settled"}


def test_the_board_records_the_chosen_reports_and_keeps_what_was_typed_when_refused(section, asked):
    client, row = client_of(section), asked["曾启辉"]
    address = f"/supervision/personal-matters/{YEAR}/file/"
    sent = {"reports": [row.pk], "reported_on": f"{YEAR}-02-10", "late_reason": ""}
    page = client.post(address, sent)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["late_reason"]
    assert f'value="{row.pk}" aria-label="曾启辉" checked' in page.content.decode()
    answer = client.post(address, sent | {"late_reason": "出差"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.reported_on == date(YEAR, 2, 10)


def test_the_board_narrows_by_state_and_counts(section, asked):
    client = client_of(section)
    file_reports(actor=section, reports=[asked["曾启辉"]], reported_on=date(YEAR, 1, 20))
    page = client.get(f"/supervision/personal-matters/{YEAR}/?state=FILED")
    assert [row.official.name for row in page.context["page"]] == ["曾启辉"]
    assert [tile.count for tile in page.context["numbers"][:3]] == [2, 1, 0]


def test_the_api_says_that_and_when_and_nothing_else(section, leader):
    register_change(actor=section, official=leader, changed_on=ago(3), items=["PM1"])
    client = client_of(section)
    rows = client.get("/api/v1/matter-reports/").json()["results"]
    assert [(row["name"], row["occasion"]) for row in rows] == [("曾启辉", "CHANGE")]
    assert "items" not in rows[0]


def test_who_keeps_records_of_people_sees_nothing_of_it(tree, asked):
    client = client_of(make_persona("cadre_section", tree.county_a))
    assert client.get(f"/supervision/personal-matters/{YEAR}/").status_code == 403
    assert client.get("/api/v1/matter-reports/").status_code == 403
