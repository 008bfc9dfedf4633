"""The import wizard in a real browser: a roster uploaded, its columns told, decided about, applied and taken back."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from officials.models import Official
from tests.factories.people import make_person
from tests.officials.roster_files import HEADER, number, person, roster
from tests.support.people import client_of, make_persona, make_tree

from .steps import PREVIEW, confirm, stage, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]
ASKED = ("学历", "家庭住址")  # which schooling nobody can tell; the other is not known at all
BORN = date(1980, 1, 1)
UNKNOWN_NUMBER = {"id_cipher": b"", "id_hash": "0" * 64, "id_masked": ""}
COLUMNS = re.compile(r"/imports/IMP-\d+/columns/$")
POST = "甲县财政局四级主任科员"


def line_of(who, order, **other):
    """A row of the file about somebody of the finance bureau."""
    cells = {
        "姓名": who,
        "工作单位及现任职务": POST,
        "身份证号": number(order=order),
        "学历": "大学",
        "家庭住址": "沙坪街道",
    }
    return person(**cells | other)


@pytest.fixture
def file(tmp_path):
    """Five rows: two new people, one recorded, one perhaps recorded, one whose number cannot be."""
    path = tmp_path / "名册.xlsx"
    wrong = number(order="909")[:17] + ("1" if number(order="909")[17] == "0" else "0")
    rows = [
        line_of("何志强", "901"),
        line_of("翟志远", "903"),
        line_of("单小红", "904", 性别="女"),
        line_of("张晓明", "907"),
        line_of("李大为", "909", 身份证号=wrong),
    ]
    path.write_bytes(roster(*rows, header=HEADER + ASKED))
    return path


@pytest.fixture
def wizard(page, live_server):
    """干部科 of a county where two people of the file stand, one of them without a number."""
    tree = make_tree()
    make_person("翟志远", tree.finance, born=BORN, serial=903, post_text="甲县财政局科员")
    make_person("单小红", tree.finance, born=BORN, serial=904, sex="2", **UNKNOWN_NUMBER)
    session = client_of(make_persona("cadre_section", tree.county_a)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def row_of(page, who):
    """The line of the preview that is about somebody."""
    return page.locator("form[action$='/decide/'] tbody tr").filter(has=page.locator("th", has_text=who))


def tell_columns(page):
    """Say what the two open columns mean: the first a schooling, the other not read."""
    expect(page).to_have_url(re.compile(r"/columns/$"))
    asked = page.locator("tr.marked")
    expect(asked.locator("th")).to_have_text(list(ASKED))
    asked.nth(0).locator("select").select_option("full_education")
    asked.nth(1).locator("select").select_option("ignored")
    page.click("main form button[type=submit]")
    expect(page).to_have_url(PREVIEW)


def decide(page, who, decision):
    """Decide about one row; the page says that it was kept."""
    row_of(page, who).locator("select").select_option(decision)
    page.locator("form[action$='/decide/'] button.btn-primary").click()
    told(page)


def recorded():
    """Names in the record with the posts they hold, each as often as it stands there."""
    return sorted(Official.objects.values_list("name", "post_text"))


def test_a_roster_is_mapped_shown_decided_about_applied_and_taken_back(wizard, file):
    before = recorded()
    stage(wizard, "roster", file, shows=COLUMNS)
    tell_columns(wizard)
    expect(wizard.locator("main")).to_contain_text("校验码不符")
    expect(row_of(wizard, "李大为").locator(".tag")).to_have_text("错误")
    expect(row_of(wizard, "李大为").locator("select")).to_have_count(0)
    expect(row_of(wizard, "翟志远").locator("del").first).to_be_visible()
    expect(row_of(wizard, "何志强").locator(".tag")).to_have_text("新增")
    decide(wizard, "张晓明", "skip")
    decide(wizard, "单小红", "update")
    expect(row_of(wizard, "张晓明").locator("select")).to_have_value("skip")
    assert recorded() == before

    wizard.click("form[action$='/apply/'] button")
    confirm(wizard)
    told(wizard)
    assert recorded() == [(name, POST) for name in sorted(("何志强", "单小红", "翟志远"))]

    wizard.fill("#undo-reason", "文件拿错了")
    wizard.click("form[action$='/undo/'] button")
    confirm(wizard)
    told(wizard)
    expect(wizard.locator("main")).to_contain_text("文件拿错了")
    assert recorded() == before


def test_what_was_told_about_columns_is_remembered(wizard, file):
    stage(wizard, "roster", file, shows=COLUMNS)
    tell_columns(wizard)
    file.write_bytes(roster(line_of("何志强", "901"), header=HEADER + ASKED))
    stage(wizard, "roster", file)
    expect(row_of(wizard, "何志强").locator(".tag")).to_have_text("新增")


def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_chosen(wizard, file):
    file.write_bytes(b"no workbook")
    wizard.goto("/imports/new/")
    wizard.select_option("select[name=kind]", "roster")
    wizard.set_input_files("input[name=file]", str(file))
    wizard.click("main form[enctype] button[type=submit]")
    expect(wizard.locator("#id_file_error")).to_be_visible()
    expect(wizard.locator("select[name=kind]")).to_have_value("roster")
