"""The scheme editor while one types: the sum of the weights, rows in place, the worked example of a method."""

import pytest
from playwright.sync_api import expect

from assessments.models import Scheme
from foundation.accounts.models import User
from tests.support.people import client_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_heshan")]
YEAR = "/assessments/440784/2026/schemes/"


@pytest.fixture
def editor(page, live_server):
    """The office copies 2025 to 2026 and opens a draft."""
    session = client_of(User.objects.get(username="kaohe")).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/assessments/440784/2025/schemes/copy/")
    page.click("main form.panel button[type=submit]")
    expect(page.locator(".message-success")).to_be_visible()
    page.goto(f"{YEAR}GENERAL/edit/")
    return page


def test_weights_rows_and_examples_follow_the_typing_and_are_saved(editor):
    page = editor
    expect(page.locator("[data-weight-sum]")).to_have_text("100")
    expect(page.locator("[data-weight-whole]")).to_be_visible()
    page.fill("[name=r0-weight]", "19.9")
    expect(page.locator("[data-weight-missing]")).to_be_visible()
    expect(page.locator("[data-weight-missing] [data-weight-difference]")).to_have_text("0.1")

    rows = page.locator("tbody[data-row]")
    count = rows.count()
    page.click("[data-row-add]")
    expect(rows).to_have_count(count + 1)
    new = rows.last
    new.locator("[name$=-code]").fill("G99")
    new.locator("[name$=-name]").fill("新增指标")
    new.locator("[name$=-weight]").fill("0.1")
    expect(page.locator("[data-weight-whole]")).to_be_visible()
    new.locator("[name$=-method]").select_option("rank")
    expect(new.locator("[name$=-step]")).to_be_visible()
    expect(new.locator("[name$=-threshold]")).to_be_hidden()
    new.locator("[name$=-step]").fill("5")
    expect(new.locator("[data-example]")).to_contain_text("100 − 5 × (4 − 1) = 85")
    new.locator("[data-row-up]").press("Enter")
    expect(rows.nth(count - 1).locator("[name$=-code]")).to_have_value("G99")
    page.click(".scheme-bar button[value=save]")
    expect(page.locator(".message-success")).to_be_visible()
    scheme = Scheme.objects.get(cycle__year=2026, category="GENERAL")
    codes = list(scheme.indicators.order_by("sort").values_list("code", flat=True))
    assert codes.index("G99") == count - 1


def test_a_refused_form_leads_to_its_field_and_keeps_what_was_typed(editor):
    page = editor
    page.fill("[name=r1-weight]", "zehn")
    expect(page.locator("[data-weight-wrong]")).to_be_visible()
    page.click(".scheme-bar button[value=save]")
    expect(page.locator(".error-summary")).to_be_focused()
    page.click(".error-summary a")
    expect(page.locator("[name=r1-weight]")).to_be_focused()
    assert page.input_value("[name=r1-weight]") == "zehn"
