"""The entry grid by keyboard and by a block pasted from a spreadsheet; two editors; without a script."""

import pytest
from playwright.sync_api import expect

from foundation.accounts.models import User
from tests.support.people import client_of

from .steps import PASTE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_heshan")]
GRID = "/collections/SB-440784-2025-HS-D23/figures/"


def sign_in(context, live_server):
    session = client_of(User.objects.get(username="caizheng")).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def figures(page):
    return page.locator(".entry-grid td input:not(.goal)")


def save(page):
    page.click("form[data-grid] button[type=submit]")
    page.wait_for_load_state()


def focused(page):
    return page.evaluate("document.activeElement.name")


def test_keys_move_and_a_block_is_pasted_read_and_saved(page, live_server):
    sign_in(page.context, live_server)
    page.goto(GRID)
    names = [figures(page).nth(n).get_attribute("name") for n in range(3)]
    figures(page).first.focus()
    page.keyboard.press("Enter")
    assert focused(page) == names[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert focused(page) == names[0].replace("f-", "t-")
    page.keyboard.press("ArrowLeft")
    page.evaluate(PASTE, "３６０，０００\toutside\n12,345.5\n/\n")
    expect(page.locator("[data-grid-said]")).to_contain_text("3")
    save(page)
    expect(page.locator(".error-summary")).to_be_visible()  # 不适用 needs its reason
    assert [figures(page).nth(n).input_value() for n in range(3)] == ["３６０，０００", "12,345.5", "/"]
    page.fill("#na-reason", "该单位无此项支出")
    save(page)
    expect(page.locator(".message-success")).to_be_visible()
    expect(page.locator("section[aria-labelledby=readings] tbody tr")).not_to_have_count(0)
    assert figures(page).first.input_value() == "360000"
    assert figures(page).nth(2).input_value() == "不适用：该单位无此项支出"


def test_the_second_of_two_windows_decides(page, browser, live_server):
    sign_in(page.context, live_server)
    other = page.context.new_page()
    for window in (page, other):
        window.goto(GRID)
    for window, value in ((page, "111"), (other, "222")):
        figures(window).first.fill(value)
        save(window)
    row = other.locator("section[aria-labelledby=conflicts] tbody tr")
    expect(row).to_contain_text("111")
    expect(row).to_contain_text("222")
    row.locator("input[value^=mine]").check()
    save(other)
    expect(other.locator(".message-success")).to_be_visible()
    assert figures(other).first.input_value() == "222"


def test_without_a_script_typing_and_saving_works(browser, live_server):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="zh-CN")
    sign_in(context, live_server)
    page = context.new_page()
    page.goto(GRID)
    figures(page).first.fill("365000")
    page.click("form[data-grid] button[type=submit]")
    expect(page.locator(".message-success")).to_be_visible()
    assert figures(page).first.input_value() == "365000"
    context.close()
