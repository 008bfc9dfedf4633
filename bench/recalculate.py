"""`./dev bench recalculate [--sizes 1,100,2844]`: the yearly calculation of a nation against scan + insert.

Floor, measured in the same run on the same rows: read every score once, and insert the finished results once more into
tables of the same shape (columns, indexes, foreign keys), in one statement a table. The product's figure is everything a job does: claim, lock, digest, refusals, calculation,
leaders, run, audit entry, one transaction per county. Goals (first version): at most 8 times the floor; one county inside
the national table at most 3 times its bare SQL and flat in the number of counties.

Both are measured in slices, one after the other in turn, so that whatever else the machine does weighs on both alike.
"""

import argparse
import os
import statistics

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadremgmt.settings.try_out")
django.setup()

from django.db import connection, transaction  # noqa: E402 - after setup

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


RESULTS = ("assessments_runscheme", "assessments_rununit", "assessments_runmeasure")
"""Tables of results, in the order in which they refer to each other."""


class Floor:
    """Tables like those of the results (columns, indexes, foreign keys), and the seconds that scan and insert took so far."""

    def __init__(self):
        self.scan = self.insert = 0.0
        with connection.cursor() as cursor:
            for table in RESULTS:
                cursor.execute(f"DROP TABLE IF EXISTS bench_{table}")
                cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
                cursor.execute(
                    "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
                    [table],
                )
                for (definition,) in cursor.fetchall():
                    cursor.execute(f"ALTER TABLE bench_{table} ADD {definition}")

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
                cursor.execute(f"INSERT INTO bench_{table} SELECT * FROM {table} WHERE run_id = ANY(%s)", [runs])  # noqa: S608
        self.scan += scan.seconds
        self.insert += insert.seconds

    def close(self) -> None:
        """Remove the tables."""
        with connection.cursor() as cursor:
            for table in RESULTS:
                cursor.execute(f"DROP TABLE bench_{table}")


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


def measure(size: int, before: dict) -> dict:
    """Figures of a nation of `size` counties."""
    cycles = list(Cycle.objects.system().filter(year=YEAR, jurisdiction__code__startswith=PREFIX).order_by("pk")[:size])
    bare, one = one_county(cycles[0])
    batch = order(actor=ACTOR, year=YEAR, cycles=cycles)
    jobs = dict(batch.jobs.values_list("cycle_id", "pk"))
    floor, product = Floor(), 0.0
    for start in range(0, size, SLICE):
        part = cycles[start : start + SLICE]
        with timed() as clock:
            for cycle in part:
                work(jobs[cycle.pk])
        product += clock.seconds
        floor.measure(part)
    floor.close()
    states = set(RecalculationJob.objects.filter(batch=batch).values_list("state", flat=True))
    if states != {"done"}:
        raise SystemExit(f"not every county was calculated: {states}")
    figures = {
        "counties": size,
        "units": sum(Run.objects.system().filter(cycle__in=cycles).values_list("unit_count", flat=True)),
        "product_s": round(product, 3),
        "floor_scan_s": round(floor.scan, 3),
        "floor_insert_s": round(floor.insert, 3),
        "ratio": round(product / (floor.scan + floor.insert), 2),
        "per_county_ms": round(product / size * 1000, 1),
        "one_county_ms": round(one * 1000, 1),
        "bare_ms": round(bare * 1000, 1),
        "one_to_bare": round(one / bare, 2),
    }
    if before:
        figures["flat"] = round(one / before["one_county_ms"] * 1000, 2)
        figures["growth_per_county"] = round(figures["per_county_ms"] / before["per_county_ms"], 2)
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
