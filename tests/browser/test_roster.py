"""The roster in a real browser: search as you type, conditions, wall of photos, a list, a comparison."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from officials.models import Official
from tests.factories.people import make_person
from tests.support.people import client_of, make_persona, make_tree

from .steps import confirm, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]


@pytest.fixture
def roster(page, live_server):
    """The roster of a county with three people, before somebody of 干部科."""
    tree = make_tree()
    make_person("翟志远", tree.finance, post_text="甲县财政局局长", team_order=1)
    make_person("单小红", tree.finance, sex="2", born=date(1991, 2, 1), post_text="甲县财政局副局长", team_order=2)
    make_person("张晓明", tree.health, post_text="甲县卫生健康局局长")
    session = client_of(make_persona("cadre_section", tree.county_a)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/officials/")
    return page


def names(page):
    return page.locator("#found .person-name")


def test_the_box_of_the_top_bar_suggests_and_leads_to_the_person(roster):
    roster.keyboard.press("/")
    roster.keyboard.type("sxh")
    expect(roster.locator("#found-people .person-name")).to_have_text(["单小红"])
    roster.locator("#found-people li a").click()
    expect(roster.locator("h1")).to_have_text(re.compile("单小红"))


def test_the_list_follows_what_is_typed_and_conditions_stand_in_a_lean_address(roster):
    roster.fill("#roster-q", "zzy")
    expect(names(roster)).to_have_text(["翟志远"])
    expect(roster).to_have_url(re.compile(r"q=zzy"))
    roster.fill("#roster-q", "")
    expect(names(roster)).to_have_count(3)
    roster.locator(".conditions > summary").click()
    roster.fill("#id_g1-born_from", "1990")
    roster.locator(".conditions button[type=submit]").first.click()
    expect(names(roster)).to_have_text(["单小红"])
    assert roster.url.partition("?")[2] == "g1-born_from=1990"


def test_the_wall_of_photos_shows_everybody(roster):
    roster.locator(".roster-modes a").nth(2).click()
    expect(roster.locator(".photo-wall li")).to_have_count(3)
    expect(names(roster)).to_have_text(["翟志远", "单小红", "张晓明"])
    roster.locator(".photo-wall input[name=pk]").nth(2).check()
    expect(roster.locator("[data-batch-count]")).to_have_text("1")
    roster.locator(".photo-wall a").nth(1).click()
    expect(roster.locator("h1")).to_have_text(re.compile("单小红"))


def test_chosen_people_are_compared_and_put_on_a_list(roster):
    roster.locator("input[name=pk]").nth(0).check()
    expect(roster.locator("button[data-least='2']")).to_be_disabled()
    roster.locator("input[name=pk]").nth(1).check()
    expect(roster.locator("[data-batch-count]")).to_have_text("2")
    roster.locator("button[data-least='2']").click()
    expect(roster.locator(".compare-table thead .person-name")).to_have_text(["翟志远", "单小红"])
    expect(roster.locator(".compare-table tr.differs").first).to_be_visible()
    roster.go_back()
    for place in (0, 1):
        roster.locator("input[name=pk]").nth(place).check()
    roster.locator("button[data-least='1']").first.click()
    roster.fill("#new_name", "考察对象")
    roster.locator("main form button[type=submit]").click()
    expect(roster.locator("h1")).to_have_text("考察对象")
    expect(names(roster)).to_have_text(["翟志远", "单小红"])


def test_a_question_is_kept_as_a_live_list_that_follows_the_record(roster):
    roster.goto("/officials/?g1-sex=2")
    expect(names(roster)).to_have_text(["单小红"])
    keep = roster.locator("form[action$='/lists/keep/']")
    roster.locator("details").filter(has=keep).locator("summary").click()
    keep.locator("input[name=new_name]").fill("女干部")
    keep.locator("button[type=submit]").click()
    expect(roster.locator("h1")).to_have_text("女干部")
    expect(names(roster)).to_have_text(["单小红"])
    Official.objects.filter(name="张晓明").update(sex="2")
    roster.goto("/officials/lists/")
    roster.get_by_role("link", name="女干部", exact=True).click()
    expect(names(roster)).to_have_text(["单小红", "张晓明"])


def test_a_list_of_people_gives_up_one_and_goes_to_the_trash_and_back(roster):
    for place in (0, 2):
        roster.locator("input[name=pk]").nth(place).check()
    roster.locator("button[data-least='1']").first.click()
    roster.fill("#new_name", "考察对象")
    roster.locator("main form button[type=submit]").click()
    expect(names(roster)).to_have_text(["翟志远", "张晓明"])
    roster.locator("input[name=pk]").nth(1).check()
    roster.locator("button[formaction$='/remove/']").click()
    expect(names(roster)).to_have_text(["翟志远"])
    roster.locator("form[action$='/trash/'] button").click()
    confirm(roster)
    roster.wait_for_url("**/officials/lists/")  # the message of the act before stands on the page that is left
    told(roster)
    expect(roster.get_by_role("link", name="考察对象", exact=True)).to_have_count(0)
    roster.goto("/officials/lists/?trash=1")
    roster.locator("form[action$='/restore/'] button").click()
    expect(roster.locator("h1")).to_have_text("考察对象")
