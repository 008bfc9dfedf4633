"""The alert centre in a real browser: an alert is claimed, put off for a reason, given back, closed with its document."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from foundation.casework.models import Alert, Attachment
from foundation.casework.services.alert_sweep import raise_alerts
from tests.casework.alert_kinds import DESK, fact, only_kinds
from tests.support.people import client_of, make_persona, make_tree

from .steps import told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]
DOCUMENT = "鹤组干〔2026〕12号《关于有关同志任职的通知》"


@pytest.fixture
def desk(page, live_server):
    """The supervision section before the list: one alert that is overdue, one that is due in a week."""
    tree, today = make_tree(), timezone.localdate()
    facts = [
        fact(tree.finance, "late", subject="甄仕恒", due_on=today - timedelta(days=3)),
        fact(tree.health, "soon", subject="阮思诗", due_on=today + timedelta(days=7)),
    ]
    session = client_of(make_persona("supervision_section", tree.county_a)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    with only_kinds(DESK):
        raise_alerts(DESK, facts, day=today)
        page.goto("/alerts/")
        yield page


def row(page, who):
    return page.locator("tbody tr", has_text=who)


def choose(page, who):
    row(page, who).locator("input[type=checkbox]").check()


def test_an_alert_is_claimed_put_off_for_a_reason_and_closed_with_its_document(desk, tmp_path):
    page, until = desk, timezone.localdate() + timedelta(days=30)
    choose(page, "甄仕恒")
    page.get_by_role("button", name="认领").click()
    told(page)
    expect(row(page, "甄仕恒")).to_contain_text("已认领")
    expect(row(page, "阮思诗")).not_to_contain_text("已认领")

    row(page, "甄仕恒").get_by_role("link").first.click()
    panel = page.locator("section", has=page.locator("#acts"))
    panel.locator("summary").first.click()
    page.fill("input[name=until]", f"{until:%Y-%m-%d}")
    panel.locator("button[value=snooze]").click()  # without a reason: refused, and the day stays typed
    expect(page.locator(".field-error, .error").first).to_be_visible()
    expect(page.locator("input[name=until]")).to_have_value(f"{until:%Y-%m-%d}")
    page.fill("input[name=reason]", "拟随班子调整一并研究")
    panel.locator("button[value=snooze]").click()
    told(page)
    expect(page.locator("dl.facts")).to_contain_text("拟随班子调整一并研究")
    assert Alert.objects.get(subject="甄仕恒").snoozed_until == until

    paper = tmp_path / "任职通知.pdf"
    paper.write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    panel.locator("summary").last.click()
    page.fill("input[name=document]", DOCUMENT)
    page.set_input_files("input[name=file]", str(paper))
    panel.locator("button[value=close]").click()
    told(page)
    expect(page.locator("dl.facts")).to_contain_text(DOCUMENT)
    expect(page.get_by_role("link", name="任职通知.pdf")).to_be_visible()
    expect(page.locator("#acts")).to_have_count(0)
    assert Attachment.objects.get(kind="casework.alert").name == "任职通知.pdf"


def test_the_calendar_shows_a_day_and_leads_to_the_alert(desk):
    page, due = desk, timezone.localdate() + timedelta(days=7)
    page.goto(f"/alerts/calendar/?month={due:%Y-%m}")
    page.get_by_role("link", name="阮思诗").first.click()
    expect(page.locator("h1")).to_contain_text("阮思诗")


def test_nothing_is_done_with_nothing_chosen(desk):
    desk.get_by_role("button", name="认领").click()
    expect(desk.locator(".form-errors, .field-error, [role=alert]").first).to_be_visible()
    assert not Alert.objects.exclude(status="open").exists()
