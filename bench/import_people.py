"""`./dev bench import_people [--rows 50000] [--memory 200000]`: a roster of 30 columns through the importer, history and all.

What is measured is the product's own way, in a fresh process: the file kept, read and matched with every finding, then
applied: people, posts, ranks, education, their history, the list of changes for the undo. Two floors are measured in the
same run on what came out (see `import_floor`): `finished`, calamine, a compiled rule a cell and COPY into the very tables
with keys, indexes, checks and history, which the goal is about; and `bare`, calamine and COPY into a table without anything.
Every figure is given by the clock and as processor time (this process, the child that reads, the database's server): on a
shared machine only the latter tells. Peak memory is that of the process and of the limited child, together. Goals: at most
4 times the floor `finished`; at most 300 MB at 200,000 rows.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadremgmt.settings.try_out")
django.setup()

from django.db import connection  # noqa: E402 - after setup

from bench.import_floor import TABLES, floors  # noqa: E402
from bench.nation import _must_be_ours, _untriggered  # noqa: E402
from bench.recording import Cost, costing, write  # noqa: E402
from bench.rosters import UNITS  # noqa: E402
from foundation.common.actors import SystemActor  # noqa: E402
from foundation.exchange.services import queue  # noqa: E402
from foundation.exchange.services.batches import apply, undo  # noqa: E402
from foundation.organizations.models import Organization  # noqa: E402
from officials.models import Official  # noqa: E402

ACTOR, CODE = SystemActor("bench"), "B-ROSTER"
GOALS = {"ratio": 4.0, "megabytes": 300}
EMPTIED = (
    "exchange_importchange", "exchange_importrow", "exchange_importbatch", *reversed(TABLES), "organizations_organization",
)  # fmt: skip


def prepare() -> None:
    """An empty record, and one county with its units. Refuses a database that is not for benchmarks."""
    with connection.cursor() as cursor:
        _must_be_ours(cursor)
        with _untriggered(cursor, EMPTIED):
            cursor.execute(f"TRUNCATE {', '.join(EMPTIED)} CASCADE")
    county = Organization.objects.create(code=CODE, name="鹤山市", kind="jurisdiction", path="000001")
    Organization.objects.bulk_create(
        Organization(
            code=f"{CODE}-{place}", name=name, kind="department", parent=county, jurisdiction=county,
            path=f"{county.path}{place:06d}",
        )
        for place, name in enumerate(UNITS, start=1)
    )  # fmt: skip


class Peak(Thread):
    """The most memory that this process and its children held at one moment, in MB, looked at every 50 ms."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.together = self.alone = self.began = 0.0
        self.began = self._held(os.getpid())

    @staticmethod
    def _held(pid: int) -> float:
        try:
            return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024
        except (FileNotFoundError, ProcessLookupError, TypeError):
            return 0.0  # it has ended

    def run(self) -> None:
        me = os.getpid()
        while True:
            mine = self._held(me)
            children = Path(f"/proc/{me}/task/{me}/children").read_text().split()
            self.alone = max(self.alone, mine)
            self.together = max(self.together, mine + sum(self._held(int(child)) for child in children))
            time.sleep(0.05)


def imported(path: Path, *, with_undo: bool) -> dict:
    """What each act costs, in this process, and its peak with that of the reading child."""
    county = Organization.objects.get(code=CODE)
    figures, peak = {"people": 0}, Peak()
    peak.start()
    queue.enqueue = lambda *message: None  # this process is the worker
    with path.open("rb") as file:
        batch = queue.stage_or_order(
            actor=ACTOR, kind_code="roster", file=file, file_name="roster.xlsx", organization=county
        )
    if batch.is_waiting:
        with costing() as cost:
            queue.carry_out(batch.pk)
        figures["stage"] = cost.as_dict()
        batch.refresh_from_db(fields=["status", "counts", "progress"])
    if batch.fault or batch.counts["errors"]:
        raise SystemExit(f"The roster was not read as it should be: {batch.fault} {batch.counts}")
    with costing() as cost:
        apply(batch, actor=ACTOR)
    figures["apply"] = cost.as_dict()
    figures["people"] = Official.objects.system().count()
    figures |= {"megabytes": round(peak.together), "worker": round(peak.alone), "before": round(peak.began)}
    if with_undo:
        with costing() as cost:
            undo(batch, actor=ACTOR, reason="bench")
        figures["undo"] = cost.as_dict()
    return figures


def in_own_process(path: Path, *arguments: str) -> dict:
    """The import in a process that has done nothing else: its peak is its own."""
    prepare()
    command = [sys.executable, "-m", "bench.import_people", "--import", str(path), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 - own interpreter
    return json.loads(done.stdout.splitlines()[-1])


def make(folder: str, rows: int) -> Path:
    """The workbook, written by another process."""
    path = Path(folder) / f"roster-{rows}.xlsx"
    subprocess.run([sys.executable, "-m", "bench.rosters", str(rows), str(path)], check=True)  # noqa: S603 - own interpreter
    return path


def main() -> int:
    """Generate, measure, say what misses a goal. Exit status 1 when something does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--memory", type=int, default=200_000, help="rows of the file for the peak; 0: leave it out")
    parser.add_argument("--import", dest="path", help=argparse.SUPPRESS)
    parser.add_argument("--undo", action="store_true", help="measure the undo too")
    options = parser.parse_args()
    if options.path:
        print(json.dumps(imported(Path(options.path), with_undo=options.undo)))
        return 0
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        path = make(folder, options.rows)
        found = in_own_process(path)
        whole = Cost(**found["stage"]) + Cost(**found["apply"])
        against = {name: (floor, whole.processor / floor.processor) for name, floor in floors(path).items()}
        for name, (floor, ratio) in against.items():
            found[name] = {
                "floor": floor.as_dict(),
                "by_clock": round(whole.seconds / floor.seconds, 2),
                "ratio": round(ratio, 2),
            }
        write("import-people", rows=options.rows, **found)
        missed = against["finished"][1] > GOALS["ratio"]
        if options.undo:
            write("import-people-undo", rows=options.rows, **in_own_process(path, "--undo"))
        if options.memory:
            found = in_own_process(make(folder, options.memory))
            write("import-people-memory", rows=options.memory, **found)
            missed = missed or found["megabytes"] > GOALS["megabytes"]
    print(
        f"goals: {GOALS['ratio']} times the floor “finished”, {GOALS['megabytes']} MB at 200,000 rows; missed: {missed}"
    )
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
