"""The frame in a real browser: keys, folding, dialogs, languages, and not one breach of the content policy."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.support.people import client_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaints(page):
    """What the browser complains about: errors of scripts, refused styles, missing files."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def sign_in(page, user, live_server):
    """Give the window the session of a signed-in user."""
    session = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


def focused_row(page):
    return page.evaluate("document.activeElement.rowIndex")


def test_pages_break_no_rule_of_the_policy(page, personas, live_server, complaints):
    sign_in(page, personas["assessment_office"], live_server)
    for name in ("home", "inbox", "organizations:tree", "assessments:cycle-list", "exchange:batch-list"):
        page.goto(reverse(name))
        expect(page.locator("h1")).to_be_visible()
    assert complaints == []


def test_the_navigation_folds_and_remembers_itself(page, personas, live_server):
    sign_in(page, personas["assessment_office"], live_server)
    page.goto(reverse("home"))
    page.locator("[data-nav-toggle]").click()
    expect(page.locator("body")).to_have_class(re.compile(r"\bnav-narrow\b"))
    page.reload()
    expect(page.locator("body")).to_have_class(re.compile(r"\bnav-narrow\b"))
    expect(page.locator("[data-nav-toggle]")).to_have_attribute("aria-expanded", "false")


def test_arrows_move_between_rows_and_enter_opens(page, personas, live_server):
    sign_in(page, personas["system_admin"], live_server)
    page.goto(reverse("accounts:account-list"))
    page.locator("tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused_row(page) == 3
    page.keyboard.press("End")
    assert focused_row(page) == page.locator("tbody tr").count()
    page.keyboard.press("Home")
    first = page.locator("tbody tr a").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}")


def test_keys_are_listed_and_the_slash_reaches_the_filter(page, personas, live_server):
    sign_in(page, personas["system_admin"], live_server)
    page.goto(reverse("accounts:account-list"))
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys-dialog")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("?")
    expect(page.locator("#keys-dialog")).to_be_hidden()


def test_an_act_that_asks_is_done_only_after_yes(page, personas, live_server):
    sign_in(page, personas["system_admin"], live_server)
    account = personas["unit_liaison"]
    page.goto(reverse("accounts:account-detail", args=[account.username]))
    lock = page.locator(f"button[formaction='{reverse('accounts:account-lock', args=[account.username])}']")
    lock.locator("xpath=ancestor::form").locator("[name=reason]").fill("休假")
    lock.click()
    expect(page.locator("#confirm-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    account.refresh_from_db()
    assert account.is_active
    lock.click()
    page.locator("[data-confirm-yes]").click()
    expect(page.locator(".message-success, .message-info").first).to_be_visible()
    account.refresh_from_db()
    assert not account.is_active


def test_the_language_switches_and_stays(page, personas, live_server):
    sign_in(page, personas["department_leader"], live_server)
    page.goto(reverse("home"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.locator("form.language button").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Home")
    page.goto(reverse("inbox"))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_first_tab_stop_skips_to_the_content(page, personas, live_server):
    sign_in(page, personas["department_leader"], live_server)
    page.goto(reverse("home"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
