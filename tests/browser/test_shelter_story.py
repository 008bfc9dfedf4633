"""The story of shelter in a real browser: applied for, verified, decided with its effects, taken back; other pages follow."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.models import Measure, Run
from cadremgmt.demo.people import DEMO
from foundation.casework.services.engine import perform
from foundation.organizations.services.tree import create_jurisdiction
from tests.factories.county import ACTOR, make_small_county
from tests.support.people import make_unit
from tolerance.models import ToleranceCase

from .steps import open_account, sign_in, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]
VERIFIERS = "司徒谨言 纪委监委\n诸葛思远 干部监督科"
BALLOTS = "上官慎行 主任 同意\n令狐明达 委员 同意\n闻人守正 委员 同意"
GATES = ("G1_LEGAL", "G2_PURPOSE", "G3_NO_GAIN", "G4_DUE_PROCESS", "G5_DILIGENT", "G6_REMEDY")
OTHERS = {"TOLERABLE": ("D3_1", "D3_2", "D3_3"), "FAVOURABLE": ("F1_MOTIVE", "F2_OBJECTIVE", "F3_PROCEDURE", "F4_NATURE", "F5_CONSEQUENCE", "F6_RECOVERY")}  # fmt: skip


@pytest.fixture
def town(committed_ruled):
    """A town last in 2023 and 2024: the admonishment of its secretary is proposed."""
    root = create_jurisdiction(actor=DEMO, code="440784", name="鹤山市", short_name="鹤山")
    unit = make_unit("HS-T01", parent=root, name="古劳镇")
    county = make_small_county(root, units=[unit], size=12, years=(2023, 2024))
    for name, role, at, shown in (
        ("zhenban", "unit_liaison", unit, "梁小燕"),
        ("jiandu", "supervision_section", root, "陈立"),
        ("lingdao", "department_leader", root, "黄志远"),
    ):
        open_account(name, role, at, actor=DEMO, display_name=shown)
    county.published(2023)
    first = Measure.objects.get()
    perform(perform(first, "review", actor=ACTOR, reason="属实"), "decline", actor=ACTOR, reason="首次")
    county.published(2024)
    return county


def choose(page):
    """Answer every point on its good side."""
    for code in GATES:
        page.check(f"input[name=answer_{code}][value=YES]")
        page.fill(f"input[name=text_{code}]", "会议纪要、票据")
    for answer, codes in OTHERS.items():
        for code in codes:
            page.check(f"input[name=answer_{code}][value={answer}]")


def step(page, name):
    page.click(f"button[name=step][value={name}]")
    told(page)


def open_step(page, address, name):
    page.goto(f"{address}?step={name}")


def apply(page):
    """The town's liaison fills in the guided form and submits."""
    sign_in(page, "zhenban")
    page.goto("/shelter/cases/new/")
    page.fill("input[name=title_text]", "改革试点推进未达预期")
    page.fill("input[name=event_on]", "2023-06-18")
    page.fill("textarea[name=summary]", "先行先试中因缺乏经验，部分指标未完成，已及时纠正。")
    page.fill("input[name=years]", "2023 2024")
    page.check("input[name=claimed][value=TE1]")
    choose(page)
    page.click("main form.panel button[type=submit]")
    told(page)
    address = page.url
    step(page, "submit")
    return address


def verify(page, address):
    sign_in(page, "jiandu")
    open_step(page, address, "accept")
    step(page, "accept")
    page.fill("textarea[name=verifiers]", VERIFIERS)
    step(page, "assign")
    page.fill("textarea[name=report]", "经核实，程序完备，未谋取私利。")
    choose(page)
    page.check("input[name=exempting][value=TE1]")
    step(page, "report")


def decide(page, address):
    """The leader sees what the decision changes, is refused without a quorum, then records it."""
    sign_in(page, "lingdao")
    open_step(page, address, "decide")
    panel = page.locator("#id_effects")
    expect(panel).to_contain_text("古劳镇 2024年度考核")
    expect(panel).to_contain_text("诫勉谈话")
    page.check("input[name=outcome][value=EXEMPT]")
    page.select_option("select[name=word]", "免予追究")
    page.fill("textarea[name=ballots]", "上官慎行 主任 同意\n令狐明达 委员 缺席\n闻人守正 委员 缺席")
    page.select_option("select[name=body]", "ORGANIZATION_DEPARTMENT")
    page.fill("input[name=body_name]", "鹤山市委组织部")
    page.fill("input[name=document_no]", "鹤组容〔2026〕1号")
    page.click("button[name=step][value=decide]")
    expect(page.locator("main")).to_contain_text("到会人数不足")
    expect(page.locator("input[name=document_no]")).to_have_value("鹤组容〔2026〕1号")
    page.fill("textarea[name=ballots]", BALLOTS)
    step(page, "decide")


def test_the_story_from_the_application_to_the_reversal(page, town):
    secretary = town.people["HS-T01"]
    published = Run.objects.get(pk=town.cycles[2024].published_run_id)
    restrictions = f"/officials/{secretary.pk}/?tab=restrictions"
    sign_in(page, "jiandu")
    page.goto(restrictions)
    expect(page.locator("main")).to_contain_text("待决：")

    address = apply(page)
    verify(page, address)
    decide(page, address)
    effects = page.locator("section[aria-labelledby=effects]")
    expect(effects).to_contain_text("生效")
    expect(effects).to_contain_text("2024年试算")
    page.goto(restrictions)
    expect(page.locator("main")).not_to_contain_text("待决：")
    page.goto(f"/measures/{Measure.objects.get(cycle__year=2024).case_no}/")
    expect(page.locator("main")).to_contain_text("因容错中止")

    sign_in(page, "jiandu")
    open_step(page, address, "feed_back")
    step(page, "feed_back")
    sign_in(page, "lingdao")
    open_step(page, address, "reverse")
    page.fill("input[name=review_document_no]", "鹤组容撤〔2026〕1号")
    page.fill("textarea[name=reason]", "复核发现未如实报告")
    step(page, "reverse")
    expect(page.locator("section[aria-labelledby=effects]")).to_contain_text("已撤回")
    page.goto(restrictions)
    expect(page.locator("main")).to_contain_text("待决：")
    case = ToleranceCase.objects.get()
    assert (case.status, case.decided_on) == ("reversed", timezone.localdate())
    assert Run.objects.get(pk=published.pk).number == published.number
    assert date(2023, 6, 18) == case.event_on
