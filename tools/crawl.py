"""Walking through the running site as one of the demo's accounts: for pictures, and for the accessibility test."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import parse_qsl, urljoin, urlsplit

from playwright.sync_api import Error as PlaywrightError

PASSWORD = "Heshan-Demo-2025"  # noqa: S105 - of the demo's accounts, on loopback
ACCOUNTS = "kaohe ganbu jiandu lingdao jiwei caizheng zhishan shenji xitong anquan shenyuan".split()
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
SWITCHED = {"zh": "zh-hans", "en": "en"}
LEFT_OUT = re.compile(r"/(sign-out|[\w-]*file|jsi18n|schema|i18n|logout)/|^/(static|media)/|^/admin/.*/(add|history)/")
TURNING = {"page", "size", "sort", "o", "p", "q", "cursor", "next"}
EMPTY = set("area base br col embed hr img input link meta source track wbr".split())
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


class Outline(HTMLParser):
    """What a page is made of, without its words: every way from the root to an element, and the links."""

    def __init__(self, html: str):
        super().__init__()
        self.ways: set[str] = set()
        self.links: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note the element by its name, the names of its attributes, and what looks and kind depend on."""
        given = dict(attrs)
        own = [tag, *sorted(given), *(given.get(name) or "" for name in ("class", "role", "type"))]
        way = f"{self._open[-1][1] if self._open else ''}>{' '.join(own)}"
        self.ways.add(way)
        if tag == "a" and given.get("href") and "download" not in given:
            self.links.append(given["href"])
        if tag not in EMPTY:
            self._open.append((tag, way))

    def handle_startendtag(self, tag, attrs):
        """An element without contents."""
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self._open.pop()

    def handle_endtag(self, tag):
        """Close the element, and those inside it that were left open."""
        if any(name == tag for name, _way in self._open):
            while self._open.pop()[0] != tag:
                pass


class Glance(Protocol):
    """Who knows pages well enough not to open them again."""

    def links(self, path: str) -> list[str] | None:
        """Links of a page that holds nothing new; None: open it."""

    def opened(self, path: str, html: str) -> None:
        """A page was opened."""


def targets(links: list[str], address: str) -> list[str]:
    """Path and query of the site's own pages that links lead to; other pages of the same list are left out."""
    found = []
    for link in links:
        parts = urlsplit(link)
        keys = {key for key, _value in parse_qsl(parts.query)}
        outside = f"{parts.scheme}://{parts.netloc}" != address or LEFT_OUT.search(parts.path)
        if outside or keys & TURNING or (keys and parts.path.startswith("/admin/")):
            continue
        found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def walk(
    page, address: str, refused: Callable, *, kind: Callable[[str], str] = shape, glance: Glance | None = None
) -> Iterator[str]:
    """Visit one page of each kind that links lead to, from the home page on; yields its address while the page is there.

    `refused` is told the status and address of a dead link. Files are not visited twice nor yielded, nor is what `glance`
    knows already: of such pages only the links are followed.
    """
    waiting, seen = deque(["/"]), {kind("/")}

    def follow(path, links):
        for target in targets([urljoin(address + path, link) for link in links], address):
            if kind(target) not in seen:
                seen.add(kind(target))
                waiting.append(target)

    while waiting:
        path = waiting.popleft()
        if glance and (links := glance.links(path)) is not None:
            follow(path, links)
            continue
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
        if glance:
            glance.opened(path, answer.text())
        follow(path, page.evaluate(LINKS))
        yield path
