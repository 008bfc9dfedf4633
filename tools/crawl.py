"""Walking through the running site as one of the demo's accounts: for pictures, and for the accessibility test."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Error as PlaywrightError

PASSWORD = "Heshan-Demo-2025"  # noqa: S105 - of the demo's accounts, on loopback
ACCOUNTS = "kaohe ganbu jiandu lingdao jiwei caizheng zhishan shenji xitong anquan shenyuan".split()
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
SWITCHED = {"zh": "zh-hans", "en": "en"}
LEFT_OUT = re.compile(r"/(sign-out|[\w-]*file|jsi18n|schema|i18n|logout)/|^/(static|media)/|^/admin/.*/(add|history)/")
TURNING = {"page", "size", "sort", "o", "p", "q", "cursor", "next"}
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((a) => a.href)"


def shape(url: str) -> str:
    """The kind of page behind an address: numbers, codes and the values of its query taken out."""
    parts = urlsplit(url)
    segments = [
        "N" if re.search(r"\d", segment) or (segment.isupper() and len(segment) > 2) else segment
        for segment in parts.path.split("/")
    ]
    keys = sorted({key for key, _value in parse_qsl(parts.query)})
    return "/".join(segments) + ("?" + "&".join(keys) if keys else "")


def open_window(browser, address: str, account: str, language: str, width: int, height: int = 900):
    """A fresh window in a language and width, signed in. Raises RuntimeError when the site refuses the account."""
    context = browser.new_context(
        locale=LOCALES[language],
        reduced_motion="reduce",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height},
    )
    page = context.new_page()
    page.goto(f"{address}/sign-in/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form.sign-in button[type=submit]")
    page.wait_for_load_state()
    if urlsplit(page.url).path.startswith("/sign-in"):
        raise RuntimeError(f"{account} cannot sign in at {address}")
    if (other := page.locator(f"form.language button[value={SWITCHED[language]}]")).count():
        other.click()  # the site speaks Chinese until one switches it
        page.wait_for_load_state()
    return page


def targets(page, address: str) -> list[str]:
    """Path and query of the site's own pages that the present page links to; other pages of the same list are left out."""
    found = []
    for link in page.evaluate(LINKS):
        parts = urlsplit(link)
        keys = {key for key, _value in parse_qsl(parts.query)}
        outside = f"{parts.scheme}://{parts.netloc}" != address or LEFT_OUT.search(parts.path)
        if outside or keys & TURNING or (keys and parts.path.startswith("/admin/")):
            continue
        found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def walk(page, address: str, refused: Callable, *, kind: Callable[[str], str] = shape) -> Iterator[str]:
    """Visit one page of each kind that links lead to, from the home page on; yields its address while the page is there.

    `refused` is told the status and address of a dead link. Files are not visited twice nor yielded.
    """
    waiting, seen = deque(["/"]), {kind("/")}
    while waiting:
        path = waiting.popleft()
        try:
            answer = page.goto(address + path)
        except PlaywrightError as error:
            if "Download is starting" not in error.message:
                raise
            continue
        if answer.status >= 400:
            refused(answer.status, path)
            continue
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for target in targets(page, address):
            if kind(target) not in seen:
                seen.add(kind(target))
                waiting.append(target)
        yield path
