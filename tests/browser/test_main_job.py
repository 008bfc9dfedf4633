"""The main job in a real browser: from the office's files to an approved measure, in Chinese."""

import re

import pytest
from playwright.sync_api import expect

from cadremgmt.demo.people import DEMO, make_people
from foundation.accounts.models import User
from foundation.audit.services.verification import verify
from foundation.organizations.services.tree import create_jurisdiction
from tests.support.heshan import DEMO as FILES
from tests.support.heshan import EXPECTED

from .steps import PASSWORD, apply, confirm, open_account, sign_in, stage, step, told

# a database of its own: what the planner learnt of another test's few rows makes a county's calculation slow
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]


@pytest.fixture
def county(settings, committed_ruled):
    """An empty county with its assessment office; everything else comes in through pages."""
    settings.DEMO_PASSWORD = PASSWORD
    root = create_jurisdiction(actor=DEMO, code="440784", name="鹤山市", short_name="鹤山")
    open_account("kaohe", "assessment_office", root, actor=DEMO, display_name="考核办")
    return root


def test_a_year_of_heshan_from_the_workbook_to_an_approved_measure(page, county):
    sign_in(page, "kaohe")
    for kind, name in (
        ("units", "units.csv"),
        ("posts", "principal-posts.csv"),
        ("schemes", "schemes.csv"),
        ("indicators", "indicators-2024.csv"),
    ):
        stage(page, kind, FILES / name)
        apply(page)
    page.goto("/assessments/440784/2024/schemes/issue/")
    page.fill("input[name=document_no]", "鹤考委〔2024〕2号")
    page.click("main form.panel button")
    confirm(page)
    told(page)
    make_people()
    assert User.objects.filter(username="lingdao").exists()

    # a workbook with gaps is taken as it is, and the calculation says what is missing and who must act
    stage(page, "scores", EXPECTED / "scores-2024-gaps.xlsx", "2024")
    apply(page)
    gaps = page.url
    page.goto("/assessments/440784/2024/")
    expect(page.locator("section[aria-labelledby=refusals] tbody tr")).to_have_count(8)
    expect(page.locator("section[aria-labelledby=refusals]")).to_contain_text("市气象局")

    # it is undone, and the right one comes in; every normalised reading was shown before
    page.goto(gaps)
    page.fill("#undo-reason", "缺项工作簿，重新上传")
    page.click("form[action$='/undo/'] button")
    confirm(page)
    told(page)
    stage(page, "scores", FILES / "scores-2024.xlsx", "2024")
    expect(page.locator("main")).to_contain_text(re.compile("[０-９]"))
    apply(page)
    stage(page, "tolerance_effects", FILES / "events" / "tolerance.csv")
    apply(page)

    page.goto("/assessments/440784/2024/")
    expect(page.locator("section[aria-labelledby=refusals]")).to_have_count(0)
    page.click("form[action$='/calculate/'] button")
    expect(page).to_have_url(re.compile(r"/assessments/orders/"))
    expect(page.locator("#order .tag-green").first).to_be_visible()
    page.click("#order a[href*='/assessments/runs/']")
    page.click("section[aria-labelledby=next] summary")
    page.fill("#publish-reason", "市委考核委员会审定")
    page.fill("#publish-override_reason", "已书面征求各单位意见，无异议")
    page.click("form[action$='/publish/'] button")
    expect(page).to_have_url(re.compile(r"/publish-requests/FB-440784-2024-01/$"))
    expect(page.locator("button[value=confirm]")).to_be_disabled()  # who asked does not sign
    request = page.url
    sign_in(page, "lingdao")
    page.goto("/inbox/")
    expect(page.locator(f"a[href='{request[request.index('/publish-requests') :]}']").first).to_be_visible()
    page.goto(request)
    page.click("button[value=confirm]")
    told(page)

    page.goto("/assessments/440784/2024/ranking/ECONOMIC/")
    expect(page.locator("tbody tr").first).to_contain_text("104.24")
    expect(page.locator("tbody tr.marked")).to_have_count(2)
    page.goto("/assessments/440784/2024/bottom/")
    expect(page.locator("tbody tr.marked")).to_have_count(8)

    # proposed by the run, reviewed by one, refused to oneself, approved by another
    sign_in(page, "jiandu")
    page.goto("/measures/?status=proposed")
    page.locator("tbody a[href*='/measures/MB-']").first.click()
    case = page.url
    step(page, "review", "经核，情况属实。")
    expect(page.locator("button[value=approve]")).to_have_count(0)
    sign_in(page, "lingdao")
    page.goto("/inbox/")
    expect(page.locator(f"a[href='{case[case.index('/measures') :]}']").first).to_be_visible()
    page.goto(case)
    page.click("button[value=approve]")
    expect(page.locator("textarea[name=reason]:invalid")).to_have_count(1)
    step(page, "approve", "同意。")
    expect(page.locator(".timeline")).to_contain_text("同意。")
    assert verify() == []
