"""Browser tests: Debian's Chromium, driven by playwright, against `live_server`.

Without a browser they are skipped and say so; `CADRE_BROWSER=required` (CI) turns every such skip into an error.
"""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRED = os.environ.get("CADRE_BROWSER") == "required"
MISSING = "no Chromium found: ./dev browser installs it"
ARGUMENTS = [
    "--no-sandbox",  # it refuses its sandbox to root, and the pages are ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium():
    """Return the browser's program ($CHROMIUM first), or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items):
    """Mark the tests of this folder, and skip them where there is no browser."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)
            if not find_chromium():
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into an error where the browser is required."""
    report = yield
    if REQUIRED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: a browser test must not be skipped here ({call.excinfo.value})"
    return report


@pytest.fixture(scope="package")
def browser():
    """One Chromium for all tests of this folder.

    Playwright keeps an event loop in this thread, which Django takes for asynchronous code; the tests are not.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def page(browser, live_server):
    """A fresh window in Chinese (no cookies of another test), with the running site as its base address."""
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        base_url=live_server.url,
        viewport={"width": 1440, "height": 900},
    )
    context.set_default_timeout(20_000)  # a click may wait for a calculation
    context.set_default_navigation_timeout(30_000)  # the first page of a session loads everything
    yield context.new_page()
    context.close()
