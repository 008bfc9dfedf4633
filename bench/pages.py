"""`./dev bench pages [--account kaohe]`: every page of the demo county against the SQL that it asks.

The pages are found by following links from the home page, one of each kind; a list of 50 of the REST API beside them. Floor, measured in the same run: the seconds
that the page's own statements take, from asking to the last row fetched by the driver. Goals: at most 3 times the floor
and 10 statements; a trial calculation within a second.
"""

import argparse
import re
import statistics
from collections import deque
from html import unescape

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.recording import timed, write  # noqa: E402
from cadremgmt.demo import county  # noqa: E402
from foundation.accounts.models import User  # noqa: E402
from foundation.regulations.services.loading import load_regulations  # noqa: E402
from tools.crawl import LEFT_OUT, TURNING, shape  # noqa: E402

BACKEND = "foundation.accounts.backends.RoleGrantBackend"
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
GOALS = {"ratio": 3, "statements": 10}
API_LIST, API_GOALS = "/api/v1/officials/?limit=50", {"ratio": 5, "statements": 5}
"""A list of 50 of the REST API is held to goals of its own."""


class Sql:
    """Counts the statements of a connection and their seconds."""

    def __init__(self):
        self.statements, self.seconds = 0, 0.0

    def __call__(self, execute, sql, params, many, context):
        """For `connection.execute_wrapper`."""
        with timed() as clock:
            result = execute(sql, params, many, context)
        self.statements += 1
        self.seconds += clock.seconds
        return result


def pages(client) -> list[str]:
    """One address of each kind of page that links lead to, from the home page on; the admin and files are left out."""
    waiting, seen, found = deque(["/"]), {"/"}, []
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        found.append(path)
        for link in map(unescape, LINK.findall(answer.content.decode())):
            keys = {pair.partition("=")[0] for pair in link.partition("?")[2].split("&")}
            kind = shape(link)
            if kind in seen or keys & TURNING or LEFT_OUT.search(link) or link.startswith(("/admin/", "/api/")):
                continue
            seen.add(kind)
            waiting.append(link)
    return found


def measure(client, path: str, repeat: int) -> dict:
    """Median milliseconds of a page and of its statements, and their number."""
    whole, asked, statements = [], [], 0
    for _round in range(repeat):
        sql = Sql()
        with connection.execute_wrapper(sql), timed() as clock:
            client.get(path)
        whole.append(clock.seconds)
        asked.append(sql.seconds)
        statements = sql.statements
    page, floor = statistics.median(whole) * 1000, statistics.median(asked) * 1000
    return {
        "page": path,
        "statements": statements,
        "page_ms": round(page, 1),
        "sql_ms": round(floor, 1),
        "ratio": round(page / floor, 1) if floor else None,
    }


def main() -> int:
    """Load the demo once, walk, measure, name what misses a goal. Exit status 1 when something does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--account", default="kaohe", help="one of the demo's accounts (default kaohe)")
    parser.add_argument("--repeat", type=int, default=9, help="visits of each page (default 9)")
    options = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    load_regulations(actor=county.DEMO, today=timezone.localdate())
    if not county.is_loaded():
        county.load(print)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=options.account), backend=BACKEND)
    if len(client.get(API_LIST).json()["results"]) != 50:
        raise SystemExit(f"{API_LIST} does not list 50 people.")
    found = [measure(client, path, options.repeat) for path in pages(client)]
    listed = measure(client, API_LIST, options.repeat)
    for figures in (*found, listed):
        write("pages", account=options.account, **figures)
    missed = [
        (one["page"], name, one[name], goal)
        for one in (*found, listed)
        for name, goal in (API_GOALS if one is listed else GOALS).items()
        if (one[name] or 0) > goal
    ]
    for page, name, value, goal in missed:
        print(f"{page}: {name} {value}, the goal is at most {goal}")
    print(f"REST list of 50: {listed['statements']} statements, {listed['ratio']} times its SQL")
    ratios = [one["ratio"] for one in found if one["ratio"]]
    print(
        f"{len(found)} pages, {len(missed)} goals missed; page : SQL {min(ratios)}–{max(ratios)}, median {statistics.median(ratios)}"
    )
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
