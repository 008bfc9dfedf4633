"""Every page of every demo account, without eyes and without a mouse: axe-core finds nothing serious, Tab reaches all."""

import re
from dataclasses import dataclass

import pytest

from tools.crawl import ACCOUNTS, Outline, open_window, shape, walk

from .accessible import frame, keyboard_faults, prune, serious_faults, skip_link_faults, structure

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_heshan")]
NOT_OURS = re.compile(r"^/(admin|api)/")  # Django's admin and Swagger: axe judges them, their keys are their makers'
VIEWS = {"read", "day", "view"}  # parameters that show another page, not other rows
WALKS = [(account, "zh") for account in ACCOUNTS] + [("kaohe", "en")]


def kind(path: str) -> str:
    """One page of each address is enough here, whatever its filters; and one list and record of the admin."""
    address, _mark, query = re.sub(r"^/admin/[a-z]+/[a-z]+/", "/admin/room/table/", shape(path)).partition("?")
    return address + "".join(sorted(VIEWS.intersection(query.split("&"))))


class Acquaintance:
    """Which pages need not be opened: what the server sends is built like pages of their kind that were opened before.

    Scripts make the same of what is built alike; so the browser, which takes most of the time, is kept for what is new. The
    frame around a page is the same in all kinds.
    """

    def __init__(self):
        self.known: set[tuple[str, str, str]] = set()
        self.kinds: set[tuple[str, str]] = set()

    def of(self, page, address, language):
        """The acquaintance as one window uses it."""
        return Window(self, page.context.request, address, language)


@dataclass
class Window:
    """A window that asks the server first (see `tools.crawl.Glance`)."""

    acquaintance: Acquaintance
    asking: object
    address: str
    language: str

    def links(self, path: str) -> list[str] | None:
        """Links of a page that holds nothing new, with the reader's own session; a refusal is left to the browser."""
        if (self.language, kind(path)) not in self.acquaintance.kinds:
            return None
        answer = self.asking.get(self.address + path, headers={"Accept": "text/html"})
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            return None
        outline = Outline(answer.text())
        return outline.links if self._placed(path, outline) <= self.acquaintance.known else None

    def opened(self, path: str, html: str) -> None:
        """Keep what the page is built of."""
        self.acquaintance.kinds.add((self.language, kind(path)))
        self.acquaintance.known |= self._placed(path, Outline(html))

    def _placed(self, path, outline):
        return {(self.language, kind(path) if ">main" in way else "", way) for way in outline.ways}


class Examination:
    """Judges pages; what was seen in another page of the same kind and language is not judged again.

    Tab goes through a reader's frame once in each language; on other pages its stops are judged with the focus given to them.
    """

    def __init__(self):
        self.seen: dict[tuple, set[str]] = {}
        self.frames: set[tuple[str, str]] = set()

    def faults(self, page, path: str, language: str) -> list[str]:
        """What is wrong with the page that is open, empty when nothing in it is new."""
        known = self.seen.setdefault((kind(path), language), set())
        parts = structure(page)
        if parts <= known:
            return []
        known |= parts
        prune(page)
        found = serious_faults(page)
        if not NOT_OURS.search(path):
            around = (frame(page), language)
            found += skip_link_faults(page) + keyboard_faults(page, known_frame=around in self.frames)
            self.frames.add(around)
        return found


def test_no_page_has_a_serious_fault_and_all_is_reached_by_keyboard(browser, live_server, subtests):
    examination, acquaintance = Examination(), Acquaintance()
    for account, language in WALKS:
        page = open_window(browser, live_server.url, account, language, 1366)
        faults = []
        refused = lambda status, path: faults.append(f"{path}: {status}")  # noqa: B023, E731
        glance = acquaintance.of(page, live_server.url, language)
        for path in walk(page, live_server.url, refused, kind=kind, glance=glance):
            faults += [f"{path}: {fault}" for fault in examination.faults(page, path, language)]
        page.context.close()
        with subtests.test(account=account, language=language):
            assert faults == []
