"""The alert centre: who sees what, what is done on the pages, thresholds with their preview."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from foundation.casework.models import Alert, Attachment, Notice
from foundation.casework.selectors import alerts_for, bar_counts, owned_alerts
from foundation.casework.services.alert_sweep import sweep
from foundation.regulations.models import RuleOverride
from tests.support.people import client_of, make_persona, make_user
from tests.support.queries import assert_query_baseline

from .alert_kinds import fact, make_kind, only_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LIST = "/alerts/"


@pytest.fixture
def day():
    """Today: pages ask about the present."""
    return timezone.localdate()


@pytest.fixture
def lamps(tree, day):
    """Three alerts: one overdue and one soon in finance, one far in health."""
    rows = [
        fact(tree.finance, "red", subject="甄仕恒", due_on=day - timedelta(days=3), person=1),
        fact(tree.finance, "orange", subject="阮思诗", due_on=day + timedelta(days=9), person=2),
        fact(tree.health, "blue", subject="劳佩若", due_on=day + timedelta(days=300), person=3),
    ]
    with only_kinds(make_kind(rows, viewers=("casework.view_alert",))):
        sweep(day)
        yield {alert.severity: alert for alert in Alert.objects.all()}


@pytest.fixture
def owner(tree):
    """The supervision section owns the lamps."""
    return make_persona("supervision_section", tree.county_a, username="owner")


@pytest.fixture
def page(owner):
    """The owner's browser."""
    return client_of(owner)


def names(user):
    return set(alerts_for(user).values_list("subject", flat=True))


# --- who sees what ----------------------------------------------------------------------------------------------------
def test_owners_and_viewers_see_the_alerts_of_their_units(lamps, tree, owner):
    assert names(owner) == {"甄仕恒", "阮思诗", "劳佩若"}
    assert names(make_persona("cadre_section", tree.finance)) == {"甄仕恒", "阮思诗"}  # may look
    assert owned_alerts(make_persona("cadre_section", tree.county_a, username="looker")).count() == 0
    assert names(make_persona("unit_liaison", tree.finance)) == set()
    assert names(make_persona("supervision_section", tree.county_b, username="elsewhere")) == set()
    assert names(make_user("stranger", home=tree.county_a)) == set()


def test_nobody_sees_alerts_about_themselves_or_kin(lamps, owner, page, monkeypatch):
    monkeypatch.setattr("foundation.casework.alert_kinds._shut_people", [lambda user: {1}])
    assert names(owner) == {"阮思诗", "劳佩若"}
    assert "甄仕恒" not in page.get(LIST).content.decode()
    assert page.get(reverse("alerts:alert", args=[lamps["red"].pk])).status_code == 404
    assert bar_counts(owner).alerts == 1


def test_the_bar_counts_what_is_urgent_and_free(lamps, owner, page):
    assert bar_counts(owner).alerts == 2
    Alert.objects.filter(pk=lamps["red"].pk).update(status="claimed", claimed_by_id=owner.pk + 1, claimed_by_name="x")
    assert bar_counts(owner).alerts == 1
    assert '<span class="count" title' in page.get(reverse("home")).content.decode()


# --- the list ---------------------------------------------------------------------------------------------------------
def test_the_first_due_stands_first_and_numbers_open_their_lists(lamps, page):
    html = page.get(LIST).content.decode()
    places = [html.index(name) for name in ("甄仕恒", "阮思诗", "劳佩若")]
    assert places == sorted(places)
    assert "severity=red" in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("severity=red", {"甄仕恒"}),
        ("within=over", {"甄仕恒"}),
        ("within=1", {"甄仕恒", "阮思诗"}),
        ("within=12", {"甄仕恒", "阮思诗", "劳佩若"}),
        ("kind=test.lamp&mine=owner", {"甄仕恒", "阮思诗", "劳佩若"}),
        ("mine=claimed", set()),
        ("q=卫生", {"劳佩若"}),
        ("q=A-FIN", {"甄仕恒", "阮思诗"}),
        ("q=阮", {"阮思诗"}),
        ("person=3", {"劳佩若"}),
        ("status=closed", set()),
        ("status=all", {"甄仕恒", "阮思诗", "劳佩若"}),
        ("severity=violet", {"甄仕恒", "阮思诗", "劳佩若"}),
    ],
)
def test_filters_stand_in_the_address(lamps, page, query, shown):
    html = page.get(f"{LIST}?{query}").content.decode()
    assert {name for name in ("甄仕恒", "阮思诗", "劳佩若") if name in html} == shown


def test_without_alerts_the_page_says_what_would_be_here(page):
    assert "没有预警" in page.get(LIST).content.decode()


def test_several_are_claimed_at_once(lamps, page, owner):
    keys = [lamps["red"].pk, lamps["orange"].pk]
    answer = page.post(f"{LIST}?severity=", {"alert": keys, "act": "claim"})
    assert (answer.status_code, answer.url) == (302, f"{LIST}?severity=")
    assert Alert.objects.filter(claimed_by_id=owner.pk).count() == 2


def test_what_is_refused_keeps_what_was_typed_and_chosen(lamps, page):
    answer = page.post(LIST, {"alert": [lamps["red"].pk], "act": "snooze", "until": "2099-01-01", "reason": "等批复"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "等批复" in html
    assert f'value="{lamps["red"].pk}" checked' in html
    assert "请选择明日起" in html
    assert page.post(LIST, {"act": "claim"}).status_code == 422


# --- one alert --------------------------------------------------------------------------------------------------------
def test_closing_with_a_file_and_taking_it_out(lamps, page):
    address = reverse("alerts:alert", args=[lamps["red"].pk])
    upload = SimpleUploadedFile("免职通知.pdf", PDF)
    assert page.post(address, {"act": "close", "document": "鹤组干〔2026〕3号", "file": upload}).status_code == 302
    html = page.get(address).content.decode()
    assert "鹤组干〔2026〕3号" in html
    paper = Attachment.objects.get()
    answer = page.get(reverse("alerts:paper", args=[lamps["red"].pk, paper.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert page.get(reverse("alerts:paper", args=[lamps["orange"].pk, paper.pk])).status_code == 404


def test_who_may_only_look_has_no_buttons_and_is_refused(lamps, tree):
    looker = client_of(make_persona("cadre_section", tree.county_a))
    address = reverse("alerts:alert", args=[lamps["red"].pk])
    assert 'name="act"' not in looker.get(address).content.decode()
    assert looker.post(address, {"act": "claim"}).status_code == 403


# --- the calendar -----------------------------------------------------------------------------------------------------
def test_the_month_shows_what_is_due_on_which_day(lamps, page):
    due = lamps["orange"].due_on
    html = page.get(reverse("alerts:calendar"), {"month": f"{due:%Y-%m}"}).content.decode()
    assert "阮思诗" in html
    assert "劳佩若" not in html
    for wrong in ("2026-13", "x", "1999-01"):
        assert page.get(reverse("alerts:calendar"), {"month": wrong}).status_code == 404


# --- thresholds -------------------------------------------------------------------------------------------------------
@pytest.fixture
def office(tree):
    """The assessment office may change the rulebook."""
    return client_of(make_persona("assessment_office", tree.county_a))


def typed(**given):
    return {
        "n_orange": 3, "n_yellow": 6, "n_blue": 12, "starts_on": f"{timezone.localdate()}", "jurisdiction": "A", "basis": "",
    } | given  # fmt: skip


EDIT = "/alerts/thresholds/ALR-RETIREMENT/"


def test_the_preview_says_how_many_alerts_a_change_makes_and_keeps_nothing(lamps, office):
    answer = office.post(EDIT, typed(n_orange=0, n_yellow=0, n_blue=6, preview="1"))
    (effect,) = answer.context["effects"]
    assert answer.status_code == 200
    assert effect.cells == [("red", 1, 1), ("orange", 1, 0), ("yellow", 0, 0), ("blue", 1, 1)]
    assert effect.totals == (3, 2)
    assert not RuleOverride.objects.exists()


def test_saving_goes_into_the_rulebook_and_the_alerts_follow(lamps, office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(EDIT, typed(n_blue=6, basis="鹤组〔2026〕9号", save="1"))
    assert answer.status_code == 302
    assert RuleOverride.objects.get().basis == "鹤组〔2026〕9号"
    assert dict(Alert.objects.values_list("subject", "status"))["劳佩若"] == "settled"


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"n_orange": 7}, "逐级递增"),
        ({"n_blue": 121}, "120"),
        ({"basis": " "}, "依据"),
        ({"n_blue": ""}, "n_blue"),
        ({"jurisdiction": "B"}, "B"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(lamps, office, given, word):
    answer = office.post(EDIT, typed(save="1") | given)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not RuleOverride.objects.exists()


def test_the_owner_of_alerts_changes_how_early_they_show_and_nothing_else(lamps, owner, page):
    given = typed(n_blue=6, basis="科务会议", save="1")
    assert page.post(EDIT, given).status_code == 302
    assert RuleOverride.objects.get().decided_by == str(owner)
    assert page.post(EDIT, given | {"jurisdiction": ""}).status_code == 422
    assert page.get("/alerts/thresholds/ALR-LEADERS-OVER/").status_code == 404  # no kind of these tests reads it


def test_those_who_keep_the_rulebook_hear_of_an_owner_s_change(lamps, page, office, tree):
    page.post(EDIT, typed(n_blue=6, basis="科务会议", save="1"))
    notice = Notice.objects.get(message="casework.lead_times_changed")
    assert (notice.organization, notice.permission) == (tree.county_a, "regulations.change_override")
    assert "ALR-RETIREMENT" in office.get("/inbox/").content.decode()
    office.post(EDIT, typed(n_blue=7, basis="鹤组〔2026〕9号", save="1"))
    assert Notice.objects.filter(message="casework.lead_times_changed").count() == 1


def test_who_owns_none_of_the_alerts_does_not_change_their_lead_times(lamps, tree):
    section = client_of(make_persona("cadre_section", tree.county_a, username="other-section"))
    assert section.get(EDIT).status_code == 403
    assert section.post(EDIT, typed(save="1", basis="x")).status_code == 403
    assert not RuleOverride.objects.exists()


def test_numbers_that_let_a_fact_pass_stay_with_the_rulebook(tree, office):
    section = client_of(make_persona("cadre_section", tree.county_a, username="other-section"))
    for rule_id in ("ALR-LEADERS-OVER", "R-7.2-SAME_POST"):
        assert section.get(f"/alerts/thresholds/{rule_id}/").status_code == 403
        assert office.get(f"/alerts/thresholds/{rule_id}/").status_code == 200
    page = section.get("/alerts/thresholds/").content.decode()
    assert "/alerts/thresholds/ALR-RETIREMENT/" in page
    assert "/alerts/thresholds/ALR-LEADERS-OVER/" not in page


def test_only_thresholds_have_a_page_and_only_with_a_right(lamps, tree, page, office):
    reader = client_of(make_persona("department_leader", tree.county_a, username="reader"))
    assert reader.get(EDIT).status_code == 403
    assert office.get("/alerts/thresholds/ASM-MIN-TENURE/").status_code == 404
    assert "ALR-RETIREMENT" in page.get(reverse("alerts:thresholds")).content.decode()


# --- API --------------------------------------------------------------------------------------------------------------
def test_the_api_lists_narrows_and_acts(lamps, owner):
    api = APIClient()
    api.force_authenticate(owner)
    rows = api.get("/api/v1/alerts/", {"severity": "red"}).json()["results"]
    assert [(row["subject"], row["status"], row["unit"], row["official"]) for row in rows] == [
        ("甄仕恒", "open", "A-FIN", 1)
    ]
    assert rows[0]["text"].startswith("Lamp of 甄仕恒")
    pk = rows[0]["id"]
    assert api.post(f"/api/v1/alerts/{pk}/claim/").json()["status"] == "claimed"
    assert api.post(f"/api/v1/alerts/{pk}/claim/").status_code == 409
    assert api.post(f"/api/v1/alerts/{pk}/release/").json()["status"] == "open"
    assert api.post(f"/api/v1/alerts/{pk}/snooze/", {"until": "2020-01-01", "reason": "x"}).status_code == 400
    assert api.post(f"/api/v1/alerts/{pk}/close/", {}).status_code == 400
    assert api.post(f"/api/v1/alerts/{pk}/close/", {"document": "鹤组〔2026〕1号"}).json()["status"] == "closed"
    assert api.get("/api/v1/alerts/", {"colour": "red"}).status_code == 400


# --- statements -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["alerts:list", "alerts:calendar", "alerts:thresholds"])
def test_pages_keep_their_number_of_statements(lamps, page, name):
    page.get(reverse(name))
    with assert_query_baseline(name):
        page.get(reverse(name))


def test_one_alert_keeps_its_number_of_statements(lamps, page):
    address = reverse("alerts:alert", args=[lamps["red"].pk])
    page.get(address)
    with assert_query_baseline("alerts:alert"):
        page.get(address)


def test_the_preview_keeps_its_number_of_statements(lamps, office):
    office.post(EDIT, typed(preview="1"))
    with assert_query_baseline("alerts:threshold"):
        office.post(EDIT, typed(preview="1"))
