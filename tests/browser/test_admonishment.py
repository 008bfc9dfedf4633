"""A whole admonishment in a real browser: proposed about a person, led through its chain, checked half a year later."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cadremgmt.demo.people import DEMO
from foundation.organizations.services.tree import create_jurisdiction
from officials.models import Official, Restriction
from officials.services.people import identity_values
from supervision.models import AdjustmentLead, Admonishment
from tests.support.fonts import prints_pdf
from tests.support.people import make_unit

from .steps import open_account, open_from_inbox, sign_in, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]
SAID = {
    "talkers": "市委组织部副部长黄志远",
    "recorder": "干部监督科科长陈立",
    "place": "市委组织部谈话室",
    "content": "指出项目推进缓慢的问题，听取本人说明，提出整改要求。",
}


def ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


@pytest.fixture
def person(settings, committed_ruled):
    """A leader of the finance department, the section and two leaders of the organization department."""
    root = create_jurisdiction(actor=DEMO, code="440784", name="鹤山市", short_name="鹤山")
    unit = make_unit("HS-D23", parent=root, name="鹤山市财政局")
    for name, role, shown in (
        ("jiandu", "supervision_section", "陈立"),
        ("lingdao", "department_leader", "黄志远"),
        ("buzhang", "department_leader", "关永年"),
    ):
        open_account(name, role, root, actor=DEMO, display_name=shown)
    values = identity_values("440784197805069119", "曾启辉")
    return Official.objects.create(home=unit, post_text="鹤山市财政局局长", **values)


def take(page, name, reason="", **facts):
    """Choose a step where there are several, fill in what it asks for, take it."""
    tab = page.locator(f"a[href='?step={name}#act']")
    if tab.count():
        tab.click()
    for field, value in facts.items():
        control = page.locator(f"#act-form [name={field}], form[data-guard] [name={field}]").first
        if control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    if reason:
        page.fill("textarea[name=reason]", reason)
    page.click(f"button[name=step][value={name}]")


def propose(page, person):
    """The section proposes it from the person's page; without a situation it is refused and nothing typed is lost."""
    sign_in(page, "jiandu")
    page.goto(f"/officials/{person.pk}/")
    page.goto(page.locator(f"a[href$='/admonishments/new/{person.pk}/']").first.get_attribute("href"))
    page.fill("textarea[name=summary]", "重点项目推进缓慢，多次督办未见成效")
    page.click("main form.panel button[type=submit]")
    expect(page.locator("textarea[name=summary]")).to_have_value("重点项目推进缓慢，多次督办未见成效")
    page.check("input[name=situations][value=ADM3]")
    page.click("main form.panel button[type=submit]")
    told(page)
    return page.url


def approve(page, address):
    """One leader reviews, another agrees (the first may not), the section records the committee's approval."""
    sign_in(page, "lingdao")
    open_from_inbox(page, "/case/JM-")
    take(page, "review")
    told(page)
    page.click("a[href='?step=agree#act']")
    expect(page.locator("#why-agree")).to_be_visible()
    expect(page.locator("button[name=step][value=agree]")).to_have_count(0)
    sign_in(page, "buzhang")
    open_from_inbox(page, "/case/JM-")
    take(page, "agree")
    told(page)
    sign_in(page, "jiandu")
    page.goto(address)
    take(page, "approve", approved_by="市委主要负责同志", approved_on=ago(200), approval_no="鹤组请〔2026〕1号")
    told(page)


def deliver_and_examine(page):
    """The talk is recorded, its period begins; a late self-examination is taken with its reason only."""
    take(page, "deliver", mode="TALK", held_on=ago(200), **SAID)
    told(page)
    expect(page.locator(".stepper")).to_contain_text("影响期内")
    take(page, "examine", examined_on=ago(185), examination="本人检查")
    expect(page.locator("main .error-summary, main .form-error, main .field-error").first).to_be_visible()
    expect(page.locator("textarea[name=examination]")).to_have_value("本人检查")
    take(page, "examine", late_reason="因公外出培训")
    told(page)


def report(page):
    take(page, "report", reported_on=ago(25), rectification="已逐项整改", late_reason="")
    told(page)


@prints_pdf
def test_an_admonishment_from_its_proposal_to_its_check(page, person):
    address = propose(page, person)
    approve(page, address)
    with page.expect_download() as loading:
        page.locator("a[href$='/documents/admonishment/']").click()
        page.select_option("select[name=ending]", "pdf")
        page.click("main form.panel button[type=submit]")
    assert loading.value.suggested_filename == "诫勉书-曾启辉.pdf"
    page.goto(address)
    deliver_and_examine(page)
    report(page)
    page.goto(f"/officials/{person.pk}/?tab=restrictions")
    expect(page.locator("main")).to_contain_text("诫勉")
    page.goto(address)
    take(page, "check", "经复查，整改到位。", checked_on=ago(10))
    told(page)
    expect(page.locator(".timeline")).to_contain_text("经复查，整改到位。")
    expect(page.locator("button[name=step]")).to_have_count(0)
    case = Admonishment.objects.get(official=person)
    assert (case.status, case.late_reason) == ("closed", "因公外出培训")
    assert Restriction.objects.get(official=person).starts_on.isoformat() == ago(200)


def test_what_is_not_corrected_leads_to_a_lead_with_its_evidence(page, person):
    address = propose(page, person)
    approve(page, address)
    deliver_and_examine(page)
    report(page)
    take(page, "not_corrected", "问题依旧，群众反映强烈。", checked_on=ago(10), consequence="ORG_TRANSFER")
    told(page)
    lead = AdjustmentLead.objects.get(official=person)
    page.goto(f"/supervision/talks-and-letters/case/{lead.case_no}/")
    expect(page.locator("section[aria-labelledby=evidence]")).to_contain_text("问题依旧，群众反映强烈。")
    page.locator("main a", has_text=lead.source_no).click()
    expect(page).to_have_url(address)
