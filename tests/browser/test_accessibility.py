"""Every page of every demo account, without eyes and without a mouse: axe-core finds nothing serious, Tab reaches all."""

import re

import pytest

from tools.crawl import ACCOUNTS, open_window, shape, walk

from .accessible import keyboard_faults, prune, serious_faults, skip_link_faults, structure

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_heshan")]
NOT_OURS = re.compile(r"^/(admin|api)/")  # Django's admin and Swagger: axe judges them, their keys are their makers'
VIEWS = {"read", "day", "view"}  # parameters that show another page, not other rows
WALKS = [(account, "zh") for account in ACCOUNTS] + [("kaohe", "en")]


def kind(path: str) -> str:
    """One page of each address is enough here, whatever its filters; and one list and record of the admin."""
    address, _mark, query = re.sub(r"^/admin/[a-z]+/[a-z]+/", "/admin/room/table/", shape(path)).partition("?")
    return address + "".join(sorted(VIEWS.intersection(query.split("&"))))


class Examination:
    """Judges pages; what was seen in another page of the same kind and language is not judged again."""

    def __init__(self):
        self.seen: dict[tuple, set[str]] = {}

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
            found += skip_link_faults(page) + keyboard_faults(page)
        return found


def test_no_page_has_a_serious_fault_and_all_is_reached_by_keyboard(browser, live_server, subtests):
    examination = Examination()
    for account, language in WALKS:
        page = open_window(browser, live_server.url, account, language, 1366)
        faults = []
        for path in walk(page, live_server.url, lambda status, path: faults.append(f"{path}: {status}"), kind=kind):  # noqa: B023
            faults += [f"{path}: {fault}" for fault in examination.faults(page, path, language)]
        page.context.close()
        with subtests.test(account=account, language=language):
            assert faults == []
