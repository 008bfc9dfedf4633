"""What leaves on paper, in a real browser: the page of a person as it prints, the preview of the appointment form."""

import re
from datetime import date

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.factories.people import make_person
from tests.support.fonts import prints_pdf
from tests.support.people import client_of, make_persona, make_tree

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_ruled")]
RESUME = (
    "1998.09--2002.07  广东工业大学会计学专业学习\n2002.07--2015.03  甲县财政局科员\n2015.03--         甲县财政局局长"
)


@pytest.fixture
def person(page, live_server):
    """干部科 before one person with a résumé."""
    tree = make_tree()
    found = make_person(
        "翟志远",
        tree.finance,
        born=date(1980, 1, 1),
        post_text="甲县财政局局长",
        resume_text=RESUME,
        birth_text="1980.01",
    )
    session = client_of(make_persona("cadre_section", tree.county_a)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return found


def printed(page):
    """Texts of the pages that the browser prints."""
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [sheet.get_textpage().get_text_range() for sheet in paper]


def test_the_page_of_a_person_prints_without_what_only_a_screen_needs(page, person):
    page.goto(f"/officials/{person.pk}/")
    expect(page.locator("#main h1")).to_have_text(re.compile("翟志远"))
    page.emulate_media(media="print")
    for gone in (".navigation", "header.topbar", "details.menu", "[data-print]", ".tabs"):
        assert page.locator(gone).count() > 0
        assert page.locator(gone).filter(visible=True).count() == 0, gone
    texts = printed(page)
    assert len(texts) <= 2
    assert all(text.strip() for text in texts)
    assert "翟志远" in texts[0]
    assert "广东工业大学会计学专业学习" in "".join(texts).replace("\r\n", "")


@prints_pdf
def test_the_form_is_shown_page_by_page_in_the_layout_that_is_chosen(page, person):
    page.goto(f"/officials/{person.pk}/")
    page.click(f"a[href='/officials/{person.pk}/form/']")
    sheets = page.locator("img.paper-page")
    expect(sheets).to_have_count(2)
    for sheet in sheets.all():
        expect(sheet).to_have_js_property("complete", True)
        expect(sheet).not_to_have_js_property("naturalWidth", 0)
    sheets_printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, format="A4"))
    assert len(sheets_printed) == 2, "the print of the page is the form, sheet for sheet"
    chosen = page.locator(".tabs [aria-current=page]")
    other = page.locator(".tabs a:not([aria-current])")
    before, wanted = chosen.inner_text(), other.inner_text()
    other.click()
    expect(chosen).to_have_text(wanted)
    assert wanted != before
    with page.expect_download() as taken:
        page.click("form.export-bar button.btn-primary")
    paper = pypdfium2.PdfDocument(taken.value.path())
    assert [tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in paper] == [(210, 297)] * 2
