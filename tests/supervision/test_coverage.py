"""Each member of a leading team is talked to in the year: who lacks a talk, the page that lists them, the county's alert."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from foundation.casework.models import Alert
from foundation.casework.services.alert_sweep import sweep
from foundation.casework.services.engine import perform
from foundation.organizations.models import Post
from officials.models import Official, PostHolding
from supervision.rules.coverage import count_lacking
from supervision.selectors.coverage import day_of, members_of, summed
from supervision.services.talks import plan_talk
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona
from tests.support.queries import assert_query_baseline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
KIND, PAGE = "supervision.talks_lacking", "/supervision/talks-and-letters/coverage/"
SAID = {"talkers": "部长", "recorder": "科长", "place": "谈话室", "content": "谈心"}
TODAY = timezone.localdate()


@pytest.fixture
def keeper(tree):
    return make_persona("supervision_section", tree.county_a, username="keeper")


@pytest.fixture
def team(tree):
    """A head and a deputy of the finance department, and a clerk who belongs to no team."""
    found = {}
    for name, title, post in (
        ("莫启明", "局长", {"is_principal": True, "is_team_member": True}),
        ("阮若素", "副局长", {"is_team_member": True}),
        ("戚小川", "科员", {}),
    ):
        found[name] = make_person(name, tree.finance, post_text=title)
        held = Post.objects.create(organization=tree.finance, title=title, **post)
        PostHolding.objects.create(official=found[name], post=held, starts_on=date(2020, 1, 1), is_main=True)
    return found


def talk(keeper, person, day):
    case = plan_talk(actor=keeper, official=person, topic="YEARLY", planned_on=day, summary="年度谈心", on=day)
    return perform(case, "hold", actor=keeper, held_on=day, **SAID)


def test_who_had_fewer_talks_than_needed_lacks_one():
    assert count_lacking([0, 1, 2, 0], needed=1) == 2
    assert count_lacking([0, 1, 2, 0], needed=2) == 3
    assert count_lacking([0, 1], needed=0) == 0


def test_members_of_teams_are_counted_with_their_talks_of_the_year(team, keeper):
    talk(keeper, team["莫启明"], TODAY)
    talk(keeper, team["阮若素"], date(TODAY.year - 1, 6, 1))
    members = members_of(Official.objects.all(), TODAY.year)
    assert {person.name: person.talks for person in members} == {"莫启明": 1, "阮若素": 0}
    assert {person.name: person.last_talk for person in members}["阮若素"] == date(TODAY.year - 1, 6, 1)
    found = summed(members, TODAY.year, 1)
    assert (found.members, found.lacking, found.covered) == (2, 1, 1)
    before = summed(members_of(Official.objects.all(), TODAY.year - 1), TODAY.year - 1, 1)
    assert (before.members, before.lacking) == (2, 1)


def test_a_talk_that_is_only_planned_counts_for_nothing(team, keeper):
    plan_talk(actor=keeper, official=team["莫启明"], topic="YEARLY", planned_on=TODAY, summary="年度谈心")
    assert summed(members_of(Official.objects.all(), TODAY.year), TODAY.year, 1).lacking == 2


def test_a_past_year_is_looked_at_on_its_last_day():
    assert day_of(2024, date(2026, 3, 1)) == date(2024, 12, 31)
    assert day_of(2026, date(2026, 3, 1)) == date(2026, 3, 1)


@pytest.mark.rule("SUP-TALK-YEARLY")
@pytest.mark.rule("ALR-TALK-YEARLY")
def test_the_county_is_alerted_from_october_on_and_until_all_have_been_talked_to(team, keeper, tree):
    sweep(date(2026, 9, 30), [KIND])
    assert not Alert.objects.exists()
    sweep(date(2026, 10, 1), [KIND])
    alert = Alert.objects.get(organization=tree.county_a)
    assert (alert.severity, alert.due_on, alert.params["lacking"]) == ("blue", date(2026, 12, 31), 2)
    sweep(date(2026, 12, 1), [KIND])
    alert.refresh_from_db()
    assert alert.severity == "orange"
    sweep(date(2027, 1, 5), [KIND])
    assert {(row.params["year"], row.severity) for row in Alert.objects.filter(status="open")} == {(2026, "red")}
    sweep(date(2027, 2, 1), [KIND])
    assert not Alert.objects.filter(status="open").exists()


def test_nobody_lacks_a_talk_no_alert(team, keeper):
    for name in ("莫启明", "阮若素"):
        talk(keeper, team[name], TODAY)
    sweep(date(TODAY.year, 12, 1), [KIND])
    assert not Alert.objects.exists()


def test_the_page_lists_who_lacks_a_talk_and_leads_to_planning_one(team, keeper):
    talk(keeper, team["莫启明"], TODAY)
    browser = client_of(keeper)
    page = browser.get(PAGE)
    assert [person.name for person in page.context["page"]] == ["阮若素"]
    assert f"talks/new/{team['阮若素'].pk}/" in page.content.decode()
    assert [person.name for person in browser.get(f"{PAGE}?shown=covered").context["page"]] == ["莫启明"]
    assert len(browser.get(f"{PAGE}?shown=all&unit=财").context["page"]) == 2
    assert browser.get(f"{PAGE}?year={TODAY.year - 1}").context["coverage"].lacking == 2
    assert "2000" in browser.get(f"{PAGE}?year=1066").content.decode()  # said at the field
    with assert_query_baseline("supervision:talk-coverage"):
        browser.get(PAGE)


def test_a_planned_talk_is_due_on_its_day_and_by_no_rule(team, keeper):
    day = TODAY + timedelta(days=20)
    case = plan_talk(actor=keeper, official=team["莫启明"], topic="YEARLY", planned_on=day, summary="年度谈心")
    sweep(TODAY + timedelta(days=19), ["deadline.supervision.talk"])
    alert = Alert.objects.get(kind="deadline.supervision.talk")
    assert (alert.due_on, alert.params["case_no"], alert.rule_id) == (day, case.case_no, "ALR-DEADLINE")
