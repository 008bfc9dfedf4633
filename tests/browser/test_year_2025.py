"""The year 2025 of Heshan in a real browser, from last year's schemes to a closed measure, in Chinese, by pages alone.

The finance department puts a decimal point wrong in a figure of the justice bureau (4482 万元 typed as 448.2), nobody
notices, and the bureau comes last: 73.57 instead of 83.61. Its appeal brings the county to the results worked out in
the demo: the media centre is last, and its leader's measure takes the place of the other's.
"""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cadremgmt.demo import county
from cadremgmt.demo.people import DEMO
from foundation.accounts.models import User
from foundation.audit.services.verification import verify
from foundation.organizations.models import Organization

from .figures_2025 import BUREAU, lines_of
from .inputs_2025 import SCHEMES, SUBMISSION, YEAR, amend, collect, draw_up_and_issue, import_what_others_reported
from .steps import PASSWORD, line, open_account, open_from_inbox, sign_in, step, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]
CENTRE = "市融媒体中心"


@pytest.fixture
def published(settings):
    """The county with its years 2023 and 2024 published; of 2025 there is nothing yet."""
    settings.DEMO_PASSWORD = PASSWORD
    lines = []
    root = county.register(lines.append)
    before = lines_of("schemes.csv", lambda row: row["year"] < "2025")
    county.take(lines.append, root, "schemes", "schemes.csv", data=before)
    for year in (2023, 2024):
        county.take_year(lines.append, root, year)
    county.take(lines.append, root, "tolerance_effects", "events/tolerance.csv")
    office, leader = (User.objects.get(username=name) for name in ("kaohe", "lingdao"))
    for year in (2023, 2024):
        county.issue(lines.append, root, year, office)
    for year in (2023, 2024):
        county.publish(lines.append, root, year, office, leader)
    bureau = Organization.objects.get(code="HS-D39")
    open_account("sifa", "unit_liaison", bureau, actor=DEMO, display_name="古琳（市司法局）")


def calculate(page) -> str:
    """Calculate the year and return the page of the run."""
    page.goto(YEAR)
    expect(page.locator("section[aria-labelledby=refusals]")).to_have_count(0)
    page.click("form[action$='/calculate/'] button")
    expect(page.locator("#order .tag-green").first).to_be_visible()
    page.click("#order a[href*='/assessments/runs/']")
    return page.url


def open_to_units(page, reason):
    page.fill("form[action$='/open/'] [name=reason]", reason)
    page.click("form[action$='/open/'] button")
    told(page)


def object_and_answer(page):
    """The bureau objects, the department agrees, the office accepts: the figure changes, and only then."""
    sign_in(page, "sifa")
    open_from_inbox(page, f"{YEAR}units/HS-D39/")
    result = page.locator(".score-line")
    expect(result).to_contain_text("73.57")
    expect(result).to_contain_text("14 / 14")
    assert page.goto(f"{YEAR}units/HS-D49/").status == 404  # another unit's result is nobody's business
    page.go_back()
    page.click("a[href$='/appeal/']")
    page.select_option("select[name=target]", "figure:S04")
    page.fill("[name=wanted]", "4,482")
    page.fill("[name=grounds]", "民生实事完成投资应为4482万元，附财政决算批复；报送时小数点错位。")
    page.click("main form button[type=submit]")
    told(page)
    case = page.url[page.url.index("/appeals/") :]
    expect(page.locator("section[aria-labelledby=facts]")).to_contain_text("448.2")

    sign_in(page, "kaohe")
    page.goto(case)
    expect(page.locator("button[value=accept]")).to_have_count(0)  # first the department answers
    sign_in(page, "caizheng")
    open_from_inbox(page, case)
    page.fill("textarea[name=reason]", "经核对决算，确系我局录入时小数点错位，应为4482万元。")
    page.click("button[value=agree]")
    told(page)
    sign_in(page, "kaohe")
    open_from_inbox(page, case)
    expect(page.locator("input[name=value]")).to_have_value("4482")
    step(page, "accept", "证据充分，予以采纳")
    page.goto(f"{SUBMISSION}figures/HS-D39/S04/")
    expect(page.locator("section[aria-labelledby=facts]")).to_contain_text("4482")


def look_at_the_difference(page, run):
    page.goto(run)
    page.click("a[href*='/difference/']")
    changed = page.locator("table tbody tr")
    expect(changed).to_have_count(3)
    for unit, *cells in (
        (BUREAU, "73.57", "83.61", "+10.04"),
        ("市检察院", "83.58", "12", "13"),
        (CENTRE, "74.15", "13", "14"),
    ):
        for cell in cells:
            expect(line(page, unit)).to_contain_text(cell)
    expect(line(page, BUREAU).locator(".move-up").first).to_be_visible()
    expect(line(page, CENTRE).locator(".move-down").first).to_be_visible()
    measures = page.locator(".columns.halves section")
    expect(measures.first).to_contain_text(f"{CENTRE} · 党组书记、主任 · 温毅伟")
    expect(measures.last).to_contain_text(f"{BUREAU} · 党组书记、局长 · 黄明广")


def publish(page, run):
    """Nobody publishes alone: the office asks, and another person signs."""
    page.goto(run)
    page.click("details.other-acts summary")
    page.fill("form[action$='/publish/'] [name=reason]", "市委考核委员会审定")
    page.fill("form[action$='/publish/'] [name=override_reason]", "各单位均已书面确认无异议")
    page.click("form[action$='/publish/'] button")
    expect(page).to_have_url(re.compile("/publish-requests/"))
    request = page.url[page.url.index("/publish-requests/") :]
    expect(page.locator("button[value=confirm]")).to_be_disabled()
    expect(page.locator("#why-confirm")).to_be_visible()
    page.goto(YEAR)
    expect(page.locator("form[action$='/calculate/']")).to_have_count(1)  # not in force yet
    sign_in(page, "lingdao")
    open_from_inbox(page, request)
    step(page, "confirm")
    expect(page.locator("section[aria-labelledby=facts]")).to_contain_text("梁敏")

    sign_in(page, "kaohe")
    page.goto(YEAR)
    expect(page.locator("form[action$='/calculate/']")).to_have_count(0)
    expect(line(page, "社会管理类")).to_contain_text(CENTRE)
    page.goto(SUBMISSION)
    expect(page.locator("main")).to_contain_text("已发布")
    page.goto(f"{SCHEMES}SOCIAL/")
    expect(page.locator("a[href$='/amend/']")).to_have_count(0)


def hold_the_talk(page, case):
    """The supervision section records the reminder talk that the approval has opened, from the page of the measure."""
    sign_in(page, "jiandu")
    page.goto(case)
    page.locator("main a[href*='/talks-and-letters/case/TX-']").click()
    said = {"talkers": "黄志远", "recorder": "陈立", "place": "谈话室", "content": "指出问题，提出要求。"}
    for name, value in {"held_on": timezone.localdate().isoformat(), **said}.items():
        page.fill(f"[name={name}]", value)
    step(page, "hold")


def close_a_measure(page):
    """Reviewed by one, approved by another, carried out and closed by the cadre section."""
    sign_in(page, "jiandu")
    page.goto("/measures/?year=2025&status=proposed")
    expect(page.locator("main")).not_to_contain_text("黄明广")
    row = page.locator("main tbody tr").filter(has_text="温毅伟")
    row.locator("a[href*='/measures/MB-']").first.click()
    case = page.url[page.url.index("/measures/") :]
    step(page, "review", "经核，考核结果、任职天数属实。")
    expect(page.locator("button[value=approve]")).to_have_count(0)
    sign_in(page, "lingdao")
    open_from_inbox(page, case)
    step(page, "approve", "同意。")
    hold_the_talk(page, case)
    sign_in(page, "ganbu")
    open_from_inbox(page, case)
    step(page, "execute", "已由分管部领导完成提醒谈话，记录归档。")
    step(page, "close", "整改情况已复核，办结。")
    expect(page.locator(".timeline")).to_contain_text("整改情况已复核，办结。")
    expect(page.locator("button[name=step]")).to_have_count(0)


def test_the_year_2025_of_heshan_from_last_years_schemes_to_a_closed_measure(page, published, tmp_path):
    draw_up_and_issue(page, tmp_path)
    amend(page)
    import_what_others_reported(page, tmp_path)
    collect(page)
    first = calculate(page)
    open_to_units(page, "关于2025年度考核初步结果核对的通知")
    object_and_answer(page)
    page.goto(first)
    expect(page.locator("section[aria-labelledby=next] form[action$='/calculate/']")).to_be_visible()
    second = calculate(page)
    assert second != first
    look_at_the_difference(page, second)
    page.goto(second)
    open_to_units(page, "采纳申诉后再次核对")
    publish(page, second)
    close_a_measure(page)
    assert verify() == []
