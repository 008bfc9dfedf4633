"""The page of the API in a real browser: it shows, tries a call with the session, and breaks no rule of the policy."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.support.people import client_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_call_can_be_tried_from_the_page(page, personas, live_server):
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    session = client_of(personas["assessment_office"]).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(reverse("v1:docs"))
    operation = page.locator("#operations-calculations-calculations_create")
    operation.click()
    operation.locator(".try-out__btn").click()
    operation.locator(".body-param__text").fill('{"year": 2019, "jurisdiction": "A"}')
    assert heard == []
    operation.locator(".execute").click()
    # the form token was accepted: the county has no cycle of that year
    expect(operation.locator(".live-responses-table .response-col_status").nth(1)).to_contain_text("409")
    expect(operation.locator(".live-responses-table")).to_contain_text("NO_CYCLE")
    assert [text for text in heard if "409" not in text] == []
