"""`./dev bench roster [--people 500000]`: pages of the roster against a sequential scan of the same question.

Floor, measured in the same run: the same question as `count(*)` with every index shut. The product's figure is what the
page asks, from the question to the rows: its lines in their order and the count. Searches of one and two characters and
of initials are among the questions; then the cost of deep pages against that of the second. Goals: p95 at most 1/10 of
the scan over all questions; the deepest page at most 1.5 times the second.
"""

import argparse
import itertools
import os
import statistics
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadremgmt.settings.try_out")
django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.people import generate  # noqa: E402
from bench.recording import timed, write  # noqa: E402
from foundation.common.actors import SystemActor  # noqa: E402
from foundation.regulations.services.loading import load_regulations  # noqa: E402
from officials.models import Official  # noqa: E402
from officials.rules.questions import parse_question  # noqa: E402
from officials.selectors.pages_by_key import SORTS, _closed, page_of  # noqa: E402
from officials.selectors.roster import people_for, rows_of  # noqa: E402
from officials.selectors.roster_pages import page_and_count  # noqa: E402

ACTOR, TODAY = SystemActor("bench"), date(2025, 11, 22)
CONDITIONS = {
    "rank": ["一级主任科员"], "level": ["乡科级正职"], "sex": ["2"], "ethnicity": ["瑶族"], "politics": ["九三社员"],
    "kind": ["town"], "position": ["principal"], "age_from": "50", "age_to": "35", "born_from": "1990", "post_years_from": "8",
    "rank_years_from": "5", "minority": "yes", "nonparty": "yes", "grassroots": "yes", "education": "postgraduate",
    "full_education": "postgraduate", "subject": "会计", "post": "书记", "retires_within": "12",
}  # fmt: skip
TYPED = (
    "张",
    "翟",
    "志远",
    "晓",
    "张晓明",
    "zzy",
    "zx",
    "wxy",
    "z",
    "zhai",
    "张xm",
    "1234",
    "财政局",
    "第12县",
    "书记 翟",
)
NO_INDEX = ("enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan")
GOALS = {"p95": 0.1, "deep": 1.5}


def questions() -> dict[str, dict]:
    """Typed words, every condition, every two together, some threes, groups joined by or, within one unit."""
    asked = {f"q={text}": {"q": text} for text in TYPED}
    for size in (1, 2):
        for keys in itertools.combinations(CONDITIONS, size):
            asked["+".join(keys)] = {"groups": [{key: CONDITIONS[key] for key in keys}]}
    for keys in list(itertools.combinations(CONDITIONS, 3))[::23]:
        asked["+".join(keys)] = {"groups": [{key: CONDITIONS[key] for key in keys}]}
    for first, second in itertools.pairwise(CONDITIONS):
        asked[f"{first}|{second}"] = {"groups": [{first: CONDITIONS[first]}, {second: CONDITIONS[second]}]}
    asked |= {f"unit+{key}": {"unit": "P0007", "groups": [{key: value}]} for key, value in CONDITIONS.items()}
    return asked


def _best(work, repeat):
    times = []
    for _round in range(repeat):
        with timed() as clock:
            work()
        times.append(clock.seconds)
    return statistics.median(times)


def page(question):
    """What the page asks."""
    people = people_for(ACTOR, question, today=TODAY)
    page_and_count(people, sort="team", size=50, cursor="")


def scan(question):
    """The floor: every row is looked at."""
    people_for(ACTOR, question, today=TODAY).order_by().count()


def closed_at(row: dict, sort: str) -> str:
    """The cursor of the page after a line."""
    return _closed("n", row, SORTS[sort])


def deep_pages(repeat) -> dict[str, float]:
    """A page near the end against the second, by every order."""
    found = {}
    people = people_for(ACTOR, parse_question({}), today=TODAY)
    for sort in ("team", "name", "birth", "post_on", "rank_on"):
        rows = rows_of(people)
        first = page_of(rows, sort=sort, size=50, cursor="")
        # two thousand lines before the end, read forwards
        end = page_of(rows, sort=f"-{sort}", size=2000, cursor="").rows[-1]
        deep_cursor = closed_at(end, sort)
        second = _best(lambda: page_of(rows, sort=sort, size=50, cursor=first.next_cursor), repeat)  # noqa: B023
        deep = _best(lambda: page_of(rows, sort=sort, size=50, cursor=deep_cursor), repeat)  # noqa: B023
        found[sort] = round(deep / second, 2)
    return found


def main() -> int:
    """Generate, measure, say what misses a goal. Exit status 1 when something does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="measure the people of an earlier run")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    load_regulations(actor=ACTOR, today=timezone.localdate())
    if not options.keep:
        with timed() as clock:
            generate(options.people)
        write("roster-generate", people=options.people, seconds=round(clock.seconds, 1))
    found = []
    for name, asked in questions().items():
        question = parse_question(asked)
        shown = _best(lambda: page(question), options.repeat)  # noqa: B023
        with connection.cursor() as cursor:
            for setting in NO_INDEX:
                cursor.execute(f"SET {setting} = off")
            floor = _best(lambda: scan(question), 1)  # noqa: B023
            for setting in NO_INDEX:
                cursor.execute(f"RESET {setting}")
        found.append((shown / floor, name, shown * 1000, floor * 1000))
    found.sort(reverse=True)
    ratios = sorted(ratio for ratio, *_rest in found)
    p95 = ratios[int(len(ratios) * 0.95)]
    for ratio, name, shown, floor in found[:15]:
        print(f"{ratio:6.3f}  {name}: page {shown:.1f} ms, scan {floor:.1f} ms")
    deep = deep_pages(options.repeat)
    people = Official.objects.system().count()
    middle = round(statistics.median(ratios), 4)
    write(
        "roster",
        people=people,
        questions=len(found),
        p50=middle,
        p95=round(p95, 4),
        worst=round(ratios[-1], 4),
        deep=deep,
    )
    missed = p95 > GOALS["p95"] or max(deep.values()) > GOALS["deep"]
    print(f"{sum(ratio <= GOALS['p95'] for ratio in ratios)} of {len(ratios)} questions within a tenth of the scan")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
