"""Alerts about people in their posts and about units with too many of them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cadremgmt.home import tiles_for
from foundation.casework.models import Alert
from foundation.casework.services import alerts
from foundation.casework.services.alert_sweep import sweep
from foundation.common.actors import SystemActor
from foundation.organizations.models import Post
from foundation.regulations.services.overrides import set_override
from officials.models import FormDetails
from officials.services import records
from tests.factories.county import hold
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
DAY = date(2026, 1, 15)
RETIREMENT, TRIAL, TERM = "officials.retirement", "officials.trial", "officials.term"


def found(kind, day=DAY):
    sweep(day, [kind])
    return list(Alert.objects.filter(kind=kind).in_order())


@pytest.fixture
def leader(tree):
    """The head of the finance department since 1 March 2016, ten years ago soon."""
    post = Post.objects.create(organization=tree.finance, title="局长", is_principal=True, is_team_member=True)
    person = make_person("甄仕恒", tree.finance)
    hold(post, person, date(2016, 3, 1))
    return person


@pytest.fixture
def deputy(tree):
    """A deputy head since 1 March 2021, at this level since then."""
    post = Post.objects.create(organization=tree.finance, title="副局长", is_team_member=True)
    person = make_person("阮思诗", tree.finance, level_on=date(2021, 3, 1))
    hold(post, person, date(2021, 3, 1))
    return person


# --- retirement: the exact table of 2024 ------------------------------------------------------------------------------
@pytest.mark.rule("RET-AGE-MALE")
@pytest.mark.rule("RET-AGE-FEMALE_55")
@pytest.mark.parametrize(
    ("sex", "born", "limit", "month", "rule_id"),
    [
        ("1", date(1965, 1, 20), "", "2025.02", "RET-AGE-MALE"),
        ("1", date(1965, 12, 1), "", "2026.03", "RET-AGE-MALE"),
        ("1", date(1966, 1, 31), "", "2026.05", "RET-AGE-MALE"),
        ("2", date(1971, 4, 2), "", "2026.08", "RET-AGE-FEMALE_55"),
        ("2", date(1966, 1, 31), "改革前任职年龄界限为60岁", "2026.05", "RET-AGE-MALE"),
        ("2", date(1975, 4, 2), "50周岁", "2025.06", "RET-AGE-FEMALE_50"),
    ],
)
def test_the_month_of_retirement_follows_the_gradual_raise(tree, sex, born, limit, month, rule_id):
    person = make_person("甄仕恒", tree.finance, sex=sex, born=born)
    if limit:
        FormDetails.objects.create(official=person, limit_before_reform=limit)
    (alert,) = found(RETIREMENT)
    assert (alert.params["month"], alert.rule_id, alert.person_id) == (month, rule_id, person.pk)
    assert f"{alert.due_on:%Y.%m}" == month


@pytest.mark.rule("ALR-RETIREMENT")
@pytest.mark.parametrize(
    ("born", "severity"),
    [
        (date(1965, 8, 1), "red"),  # 60 and 2 months in October 2025, and still in post
        (date(1965, 12, 1), "orange"),  # March 2026
        (date(1966, 2, 1), "yellow"),  # June 2026
        (date(1966, 7, 1), "blue"),  # December 2026
        (date(1966, 11, 1), None),
    ],
)
def test_twelve_six_and_three_months_before_it_the_colour_grows_hotter(tree, born, severity):
    make_person("甄仕恒", tree.finance, born=born)
    assert [alert.severity for alert in found(RETIREMENT)] == [severity] * bool(severity)


def test_who_left_is_no_alert_any_more(tree):
    person = make_person("甄仕恒", tree.finance, born=date(1965, 12, 1))
    assert found(RETIREMENT)[0].status == "open"
    person.left_note = "退休"
    person.save()
    assert found(RETIREMENT)[0].status == "settled"


def test_a_longer_lead_time_of_the_county_makes_more_alerts_the_other_county_keeps_the_rule(tree):
    make_person("甄仕恒", tree.finance, born=date(1966, 11, 1))
    make_person("阮思诗", tree.other_department, born=date(1966, 11, 1))
    set_override(actor=SystemActor("test"), rule_id="ALR-RETIREMENT", value={"orange": 3, "yellow": 6, "blue": 24},
                 starts_on=DAY, basis="鹤组〔2026〕1号", jurisdiction="A")  # fmt: skip
    assert [alert.organization for alert in found(RETIREMENT)] == [tree.finance]


def test_a_change_of_the_record_moves_the_alert_at_once(tree, django_capture_on_commit_callbacks):
    today = timezone.localdate()
    person = make_person("甄仕恒", tree.finance, born=date(today.year - 60, today.month, 1))
    actor = make_persona("cadre_section", tree.county_a)
    sweep(today, [RETIREMENT])
    assert Alert.objects.get().status == "open"
    with django_capture_on_commit_callbacks(execute=True):
        records.trash(actor=actor, official=person, reason="重复建档")
    assert Alert.objects.get().status == "settled"
    with django_capture_on_commit_callbacks(execute=True):
        records.restore(actor=actor, official=person, reason="查证无误")
    assert Alert.objects.get().status == "open"


# --- time in a post ---------------------------------------------------------------------------------------------------
@pytest.mark.rule("ALR-TERM")
def test_the_first_term_of_a_principal_ends_after_five_years(leader):
    (alert,) = found(TERM, date(2021, 1, 15))
    assert (alert.due_on, alert.severity, alert.params["number"]) == (date(2021, 3, 1), "orange", 1)
    with override("en"):
        assert alert.text == "局长 since 2016.03.01: term 1 ends on 2021.03.01."


def test_where_exchange_is_a_must_by_the_end_of_the_term_the_other_alert_says_it(leader):
    assert found(TERM) == []
    (alert,) = found("officials.same_post")
    assert (alert.person_id, alert.due_on, alert.severity) == (leader.pk, date(2026, 3, 1), "orange")


def test_a_longer_limit_leaves_the_terms_beyond_the_allowed_ones_to_the_terms(leader):
    set_override(
        actor=SystemActor("test"), rule_id="R-7.2-SAME_POST", value=15, starts_on=DAY, basis="x", jurisdiction="A"
    )
    (alert,) = found(TERM, date(2026, 6, 1))
    assert (alert.severity, alert.params["number"], alert.due_on) == ("red", 3, date(2026, 3, 1))


@pytest.mark.rule("R-7.6")
@pytest.mark.rule("ALR-LEADING-POST")
def test_five_years_in_one_leading_position_are_for_those_below_the_principal(leader, deputy):
    (alert,) = found("officials.leading_post")
    assert (alert.person_id, alert.due_on, alert.severity) == (deputy.pk, date(2026, 3, 1), "orange")
    (alert,) = found("officials.leading_post", date(2028, 1, 1))
    assert alert.severity == "orange"  # a “should” is never red
    (alert,) = found("officials.leading_post", date(2030, 3, 1))
    assert alert.status == "settled"  # a year before the must, that alert takes over


@pytest.mark.rule("R-7.2-SAME_POST")
@pytest.mark.rule("ALR-SAME-POST")
def test_ten_years_in_one_post_are_for_all_leaders(leader, deputy):
    (alert,) = found("officials.same_post")
    assert (alert.person_id, alert.due_on) == (leader.pk, date(2026, 3, 1))


@pytest.mark.rule("R-7.3-SENSITIVE")
@pytest.mark.parametrize(
    ("day", "severity"), [(date(2025, 2, 28), None), (date(2025, 3, 1), "yellow"), (date(2026, 3, 2), "red")]
)
def test_a_sensitive_post_warns_after_four_years_and_is_due_after_five(deputy, day, severity):
    Post.objects.update(is_sensitive=True)
    assert [alert.severity for alert in found("officials.sensitive_post", day)] == [severity] * bool(severity)


def test_a_post_without_the_mark_is_not_sensitive(deputy):
    assert found("officials.sensitive_post", date(2030, 1, 1)) == []


@pytest.mark.rule("ALR-PROBATION")
@pytest.mark.rule("ALR-KEPT-DAYS")
@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (date(2021, 12, 1), None),
        (date(2022, 1, 5), "blue"),
        (date(2022, 2, 10), "yellow"),
        (date(2022, 2, 25), "orange"),
        (date(2022, 5, 30), "red"),
        (date(2022, 5, 31), None),  # no record says how it ended
    ],
)
def test_the_trial_period_of_a_promotion_lasts_a_year(deputy, day, severity):
    assert [alert.severity for alert in found(TRIAL, day)] == [severity] * bool(severity)


def test_a_new_post_is_a_new_fact(leader, tree):
    found("officials.same_post")
    held = leader.holdings.get()
    held.ends_on = date(2026, 1, 10)
    held.save()
    assert [alert.status for alert in found("officials.same_post")] == ["settled"]


# --- numbers ----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("ALR-LEADERS-OVER")
def test_more_leaders_than_approved_are_an_alert_of_the_unit(leader, deputy, tree):
    tree.finance.leader_quota = 1
    tree.finance.save()
    (alert,) = found("officials.leaders_over")
    assert (alert.organization, alert.severity, alert.person_id, alert.due_on) == (tree.finance, "yellow", None, None)
    assert alert.params == {"approved": 1, "actual": 2, "over": 1}
    tree.finance.leader_quota = 2
    tree.finance.save()
    assert [each.status for each in found("officials.leaders_over")] == ["settled"]


@pytest.mark.rule("ALR-STAFF-OVER")
def test_more_staff_than_approved_is_an_alert_of_the_unit(leader, deputy, tree):
    for number in range(2):
        make_person(f"职员{number}", tree.finance_section)
    tree.finance.staffing = 1
    tree.finance.save()
    (alert,) = found("officials.staff_over")
    assert (alert.severity, alert.params["over"]) == ("red", 3)


# --- the own file -----------------------------------------------------------------------------------------------------
def test_the_own_alert_stays_shut(leader, tree):
    found("officials.same_post")
    user = make_persona("cadre_section", tree.county_a)
    assert Alert.objects.visible_to(user, "officials.edit_official").count() == 1
    user.person_key = leader.id_hash
    user.save()
    user = type(user).objects.get(pk=user.pk)
    assert Alert.objects.visible_to(user, "officials.edit_official").count() == 0
    with pytest.raises(Exception, match="officials.edit_official"):
        alerts.claim(Alert.objects.all(), actor=user)


def test_a_second_sweep_of_all_kinds_changes_nothing(leader, deputy):
    assert sweep(DAY)["opened"] == 3
    assert set(Alert.objects.values_list("kind", flat=True)) == {
        "officials.same_post",
        "officials.leading_post",
        "supervision.talks_lacking",  # of the county: leaders without a talk this year
    }
    assert sweep(DAY) == {}


# --- on pages ---------------------------------------------------------------------------------------------------------
def test_the_page_of_a_person_bears_the_alerts_that_wait(leader, tree):
    found("officials.same_post")
    alert = Alert.objects.get()
    page = client_of(make_persona("cadre_section", tree.county_a)).get(reverse("officials:person", args=[leader.pk]))
    assert reverse("alerts:alert", args=[alert.pk]) in page.content.decode()
    liaison = client_of(make_persona("unit_liaison", tree.finance))
    page = liaison.get(reverse("officials:person", args=[leader.pk]))
    assert page.status_code == 200
    assert reverse("alerts:alert", args=[alert.pk]) not in page.content.decode()  # planning of the department


def test_home_counts_alerts_by_colour_and_opens_their_lists(leader, tree):
    found("officials.same_post")
    user = make_persona("cadre_section", tree.county_a)
    sections, counts = tiles_for(user)
    tiles = {tile.severity: tile for label, group in sections for tile in group if "/alerts/" in tile.url}
    assert tiles["orange"].count == 1
    assert tiles["orange"].url.endswith("?severity=orange")
    assert counts.alerts == 1
