"""`./dev bench recalculate [--sizes 1,100,2844]`: the yearly calculation of a nation against scan + insert.

Floor, measured in the same run on the same rows by one connection: read every score once, and insert the finished results
once more into tables of the same shape (columns, indexes, foreign keys), in one statement a table. The product's figure is
everything a job does: claim, lock, digest, refusals, calculation, leaders, run, audit entry, one transaction per county; by
turns in one process and in as many as the worker runs. Goals (first version): the worker takes at most 8 times the floor;
one county inside the national table at most 3 times its bare SQL and flat in the number of counties.

All are measured in slices, one after the other in turn, so that whatever else the machine does weighs on all alike.
"""

import argparse
import multiprocessing
import os
import statistics

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadremgmt.settings.try_out")
django.setup()

from django.db import connection, connections, transaction  # noqa: E402 - after setup

from assessments.models import Cycle, RecalculationJob, Run  # noqa: E402
from assessments.services import calculation  # noqa: E402
from assessments.services.calculation import calculate  # noqa: E402
from assessments.services.jobs import order, work  # noqa: E402
from assessments.services.parameters import parameters_for  # noqa: E402
from bench.nation import PREFIX, YEAR, clear, forget_runs, generate  # noqa: E402
from bench.recording import timed, write  # noqa: E402
from foundation.common.actors import SystemActor  # noqa: E402

ACTOR = SystemActor("bench")
GOALS = {"ratio": 8, "one_to_bare": 3, "flat": 1.2}
SLICE = 25
"""Counties of a slice."""
PROCESSES = 2
"""Processes of a worker, as `./dev run` and docs/operations.md start it."""


RESULTS = ("assessments_runscheme", "assessments_rununit", "assessments_runmeasure")
"""Tables of results, in the order in which they refer to each other."""


class Floor:
    """Tables like those of the results (columns, indexes, foreign keys), and the seconds that scan and insert took so far."""

    def __init__(self, name: str):
        self.name, self.scan, self.insert = name, 0.0, 0.0
        with connection.cursor() as cursor:
            for table in RESULTS:
                cursor.execute(f"DROP TABLE IF EXISTS {name}_{table}")
                cursor.execute(f"CREATE TABLE {name}_{table} (LIKE {table} INCLUDING ALL)")
                cursor.execute(
                    "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
                    [table],
                )
                for (definition,) in cursor.fetchall():
                    cursor.execute(f"ALTER TABLE {name}_{table} ADD {definition}")

    def measure(self, cycles) -> None:
        """Read all scores of some cycles and insert their finished results once more, in one transaction each."""
        runs = list(Run.objects.system().filter(cycle__in=cycles).values_list("pk", flat=True))
        with connection.cursor() as cursor, timed() as scan:
            cursor.execute(
                "SELECT count(*), sum(figure), sum(target), count(nullif(word, '')), bool_and(is_applicable)"
                " FROM assessments_score WHERE cycle_id = ANY(%s)",
                [[cycle.pk for cycle in cycles]],
            )
            cursor.fetchall()
        with connection.cursor() as cursor, timed() as insert, transaction.atomic():
            for table in RESULTS:
                cursor.execute(f"INSERT INTO {self.name}_{table} SELECT * FROM {table} WHERE run_id = ANY(%s)", [runs])  # noqa: S608
        self.scan += scan.seconds
        self.insert += insert.seconds

    def close(self) -> None:
        """Remove the tables."""
        with connection.cursor() as cursor:
            for table in RESULTS:
                cursor.execute(f"DROP TABLE {self.name}_{table}")


def one_county(cycle, repeat=25) -> tuple[float, float]:
    """Median seconds of one county's bare ranking statement and of the whole service, in turn, rolled back each time."""
    parameters = parameters_for(cycle.year, cycle.jurisdiction.code)
    bare, whole = [], []
    for _round in range(repeat):
        with transaction.atomic(), connection.cursor() as cursor:
            with timed() as clock:
                calculation.store_results(cursor, cycle, parameters)
            bare.append(clock.seconds)
            transaction.set_rollback(True)
        with transaction.atomic():
            with timed() as clock:
                calculate(cycle, actor=ACTOR)
            whole.append(clock.seconds)
            transaction.set_rollback(True)
    return statistics.median(bare[1:]), statistics.median(whole[1:])


class Product:
    """The jobs of counties, done by some processes; the seconds so far beside those of the floor for the same counties."""

    def __init__(self, jobs: dict, processes: int):
        connections.close_all()  # the processes must not share one
        self.pool = multiprocessing.get_context("fork").Pool(processes) if processes > 1 else None
        self.jobs, self.seconds, self.counties, self.floor = jobs, 0.0, 0, Floor(f"bench{processes}")

    def measure(self, cycles) -> None:
        """Calculate some counties, then measure the floor with them."""
        jobs = [self.jobs[cycle.pk] for cycle in cycles]
        with timed() as clock:
            if self.pool:
                self.pool.map(work, jobs, chunksize=1)
            else:
                for job in jobs:
                    work(job)
        self.seconds += clock.seconds
        self.counties += len(jobs)
        self.floor.measure(cycles)

    def figures(self, suffix: str) -> dict:
        """Milliseconds a county of product and floor, and their ratio; empty when nothing was measured."""
        if not self.counties:
            return {}
        floor = self.floor.scan + self.floor.insert
        return {
            f"county{suffix}_ms": round(self.seconds / self.counties * 1000, 1),
            f"floor{suffix}_ms": round(floor / self.counties * 1000, 2),
            f"ratio{suffix}": round(self.seconds / floor, 2),
        }

    def close(self) -> None:
        """End the processes, remove the floor's tables."""
        if self.pool:
            self.pool.terminate()
        self.floor.close()


def measure(size: int, before: dict) -> dict:
    """Figures of a nation of `size` counties."""
    cycles = list(Cycle.objects.system().filter(year=YEAR, jurisdiction__code__startswith=PREFIX).order_by("pk")[:size])
    bare, one = one_county(cycles[0])
    batch = order(actor=ACTOR, year=YEAR, cycles=cycles)
    jobs = dict(batch.jobs.values_list("cycle_id", "pk"))
    alone, worker = Product(jobs, 1), Product(jobs, PROCESSES)
    for number, start in enumerate(range(0, size, SLICE)):
        (worker if number % 2 else alone).measure(cycles[start : start + SLICE])
    figures = {
        "counties": size,
        "units": sum(Run.objects.system().filter(cycle__in=cycles).values_list("unit_count", flat=True)),
        **alone.figures("_one_process"),
        **worker.figures(""),
        "one_county_ms": round(one * 1000, 1),
        "bare_ms": round(bare * 1000, 1),
        "one_to_bare": round(one / bare, 2),
    }
    for product in (alone, worker):
        product.close()
    states = set(RecalculationJob.objects.filter(batch=batch).values_list("state", flat=True))
    if states != {"done"}:
        raise SystemExit(f"not every county was calculated: {states}")
    if before:
        figures["flat"] = round(one / before["one_county_ms"] * 1000, 2)
        grown = figures["county_one_process_ms"] / before["county_one_process_ms"]
        figures["growth_per_county"] = round(grown, 2)
    write("recalculate", **figures)
    return figures


def main() -> int:
    """Grow the nation from size to size and measure at each. Exit status 1 when a goal is missed at the largest size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,100,2844", help="counties, growing (default 1,100,2844)")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    clear()
    made, first, figures = 0, {}, {}
    for size in sizes:
        forget_runs()
        with timed() as clock:
            generate(made + 1, size)
        write("recalculate.generate", counties=size - made, seconds=round(clock.seconds, 1))
        made = size
        figures = measure(size, first)
        first = first or figures
    missed = {name: (figures[name], goal) for name, goal in GOALS.items() if figures.get(name, 0) > goal}
    for name, (found, goal) in missed.items():
        print(f"{name}: {found}, the goal is at most {goal}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
