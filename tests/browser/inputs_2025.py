"""The first half of a year by pages: schemes copied, changed, issued and amended; figures imported, filled in, verified."""

import re

import openpyxl
from playwright.sync_api import expect

from tests.support import heshan

from .figures_2025 import FINANCE, OWN, SLIPS, lines_of, own_figures, without_finance
from .steps import apply, confirm, line, open_from_inbox, paste, sign_in, stage, step, told

YEAR = "/assessments/440784/2025/"
SCHEMES = f"{YEAR}schemes/"
SUBMISSION = "/collections/SB-440784-2025-HS-D23/"


def row_of(page, code):
    return page.locator("tbody[data-row]").filter(has=page.locator(f"input[name$='-code'][value='{code}']"))


def fill(row, **values):
    for name, value in values.items():
        row.locator(f"input[name$='-{name}']").fill(value)


def draw_up_and_issue(page, folder):
    sign_in(page, "kaohe")
    page.goto("/assessments/440784/2024/schemes/copy/")
    page.click("main form.panel button[type=submit]")
    told(page)
    expect(page).to_have_url(re.compile(f"{SCHEMES}$"))
    expect(page.locator("tbody .tag-yellow")).to_have_count(7)  # drafts

    # one indicator goes, another comes; the sum of the weights follows
    page.goto(f"{SCHEMES}GENERAL/edit/")
    row_of(page, "G05").locator("[data-row-drop]").click()
    expect(page.locator("[data-weight-missing]")).to_contain_text("7.5")
    page.click("[data-row-add]")
    new = page.locator("tbody[data-row]").last
    office = "市政务和数据局"
    fill(
        new,
        code="G12",
        group="服务基层",
        name="数字政务应用得分",
        weight="7.5",
        unit_of_measure="分",
        responsible=office,
    )
    expect(page.locator("[data-weight-whole]")).to_be_visible()
    page.click(".scheme-bar button[value=save]")
    told(page)
    for category in ("OPTIMISED", "KEY", "ECOLOGICAL"):
        page.goto(f"{SCHEMES}{category}/edit/")
        row_of(page, "T02").locator("[name$=-method]").select_option("efficacy")
        trees = row_of(page, "T10")
        fill(trees, cap="110", unit_of_measure="项", name="绿美鹤山建设任务完成数", code="T18")
        page.click(".scheme-bar button[value=save]")
        told(page)
    table = folder / "indicators-2025.csv"
    table.write_bytes(lines_of(table.name, lambda row: row["category"] in ("ECONOMIC", "VERTICAL")))
    stage(page, "indicators", table)
    apply(page)

    page.goto(f"{SCHEMES}difference/?with=2024")
    for words in ("调研成果转化数", "数字政务应用得分", "绿美鹤山建设任务完成数", "固定资产投资完成额"):
        expect(page.locator("main")).to_contain_text(words)
    page.goto(f"{SCHEMES}issue/")
    page.fill("input[name=document_no]", "鹤考委〔2025〕2号")
    page.click("main form.panel button")
    confirm(page)
    told(page)
    expect(page.locator("tbody .tag-green")).to_have_count(7)


def amend(page):
    """The social category: two weights and a step, after issue. Weights that do not sum to 100 are refused."""
    page.goto(f"{SCHEMES}SOCIAL/edit/")
    expect(page).to_have_url(re.compile("SOCIAL/$"))  # what is issued is not edited
    page.goto(f"{SCHEMES}SOCIAL/amend/")
    fill(row_of(page, "S03"), step="1.5", floor="70")
    fill(row_of(page, "S05"), weight="15")
    basis = page.locator("section[aria-labelledby=basis]")
    basis.locator("[name$=document_no]").fill("鹤考委〔2025〕9号")
    basis.locator("[name$=reason]").fill("市委常委会审议：提高12345工单办理权重")
    basis.locator("button[value=save]").click()
    confirm(page)
    expect(page.locator(".error-summary")).to_contain_text("102.5")
    fill(row_of(page, "S06"), weight="12.5")
    basis.locator("button[value=save]").click()
    confirm(page)
    told(page)
    expect(page.locator("section[aria-labelledby=amendments]")).to_contain_text("提高12345工单办理权重")


def import_what_others_reported(page, folder):
    book = openpyxl.load_workbook(heshan.DEMO / "scores-2025.xlsx")
    for sheet in book:
        without_finance(sheet)
    path = folder / "scores-2025.xlsx"
    book.save(path)
    stage(page, "scores", path, "2025")
    apply(page)
    page.goto(YEAR)
    expect(page.locator("section[aria-labelledby=refusals] tbody tr")).not_to_have_count(0)
    for cell in page.locator("section[aria-labelledby=refusals] tbody td:last-child").all_inner_texts():
        assert cell.strip() == FINANCE


def collect(page):
    """The department fills its grid from its own spreadsheet; the office sends it back once, then verifies."""
    page.goto("/collections/440784/2025/")
    page.fill("section[aria-labelledby=open] [name=reason]", "鹤考办〔2025〕21号")
    page.click("section[aria-labelledby=open] button")
    told(page)
    expect(line(page, FINANCE)).to_contain_text("0 / 45")

    sign_in(page, "caizheng")
    open_from_inbox(page, SUBMISSION)
    expect(page.locator("button[value=submit]")).to_be_disabled()
    expect(page.locator("#why-submit")).to_contain_text("45")
    fill_grid(page)
    page.goto(SUBMISSION)
    step(page, "submit")

    sign_in(page, "kaohe")
    page.goto(f"{SUBMISSION}figures/?read=1")
    line(page, "市委党校").get_by_role("link", name="85670.4").click()
    page.fill("input[name=text]", "与决算口径不一致，请核对小数点")
    page.click("form[action$='/remark/'] button")
    told(page)
    page.goto(SUBMISSION)
    step(page, "send_back", "个别数据与决算不一致，请按逐项意见更正")

    sign_in(page, "caizheng")
    open_from_inbox(page, SUBMISSION)
    expect(page.locator("section[aria-labelledby=remarks]")).to_contain_text("请核对小数点")
    page.goto(f"{SUBMISSION}figures/")
    line(page, "市委党校").locator("input:not(.goal)").fill("856704")
    page.click("form[data-grid] button[type=submit]")
    told(page)
    page.goto(SUBMISSION)
    step(page, "resubmit", "已按决算更正")
    page.goto(f"{SUBMISSION}figures/")
    expect(page.locator("form[data-grid]")).to_have_count(0)  # submitted: the department reads only

    sign_in(page, "kaohe")
    page.goto(SUBMISSION)
    step(page, "verify", "与决算一致")
    page.goto("/collections/440784/2025/")
    expect(line(page, FINANCE)).to_contain_text("45 / 45")
    expect(line(page, FINANCE)).to_contain_text("已审核")


def fill_grid(page):
    page.goto(f"{SUBMISSION}figures/")
    figures, labels = own_figures(), heshan.categories()
    for category, leaf in OWN.items():
        table = page.locator("table.entry-grid").filter(has=page.locator("caption", has_text=labels[category]))
        units = table.locator("tbody th").all_inner_texts()
        assert set(units) == set(figures[category])
        typed = [figures[category][unit] for unit in units]
        paste(page, table.locator("td input:not(.goal)").first, [
            SLIPS.get((unit, leaf), figure) for unit, (figure, _target) in zip(units, typed, strict=True)
        ])  # fmt: skip
        paste(page, table.locator("td input.goal").first, [target for _figure, target in typed])
    page.click("form[data-grid] button[type=submit]")
    told(page)
