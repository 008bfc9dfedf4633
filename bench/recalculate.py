"""`./dev bench recalculate [--sizes 1,100,2844]`: the yearly calculation of a nation against scan + insert.

Floor, measured in the same run on the same rows: read every score once, and insert the finished results once more into
a table of the same shape. The product's figure is everything a job does: claim, lock, digest, refusals, calculation,
leaders, run, audit entry, one transaction per county. Goals (first version): at most 8 times the floor; one county inside
the national table at most 3 times its bare SQL and flat in the number of counties.
"""

import argparse
import os
import statistics

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadremgmt.settings.try_out")
django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection, transaction  # noqa: E402

from assessments.models import Cycle, RecalculationJob, Run  # noqa: E402
from assessments.services import calculation  # noqa: E402
from assessments.services.calculation import calculate  # noqa: E402
from assessments.services.jobs import order, work  # noqa: E402
from assessments.services.parameters import parameters_for  # noqa: E402
from bench.nation import YEAR, generate  # noqa: E402
from bench.recording import timed, write  # noqa: E402
from foundation.common.actors import SystemActor  # noqa: E402

ACTOR = SystemActor("bench")


def floor_seconds(runs) -> tuple[float, float]:
    """Seconds to read all scores of the runs' cycles, and to insert their results once more."""
    with connection.cursor() as cursor, timed() as scan:
        cursor.execute(
            "SELECT count(*), sum(figure), sum(target), count(nullif(word, '')), bool_and(is_applicable)"
            " FROM assessments_score WHERE cycle_id = ANY(%s)",
            [[run.cycle_id for run in runs]],
        )
        cursor.fetchall()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (LIKE assessments_rununit INCLUDING ALL)")
        with timed() as insert:
            cursor.execute("INSERT INTO bench_floor SELECT * FROM assessments_rununit WHERE run_id = ANY(%s)", [[r.pk for r in runs]])
        cursor.execute("DROP TABLE bench_floor")
    return scan.seconds, insert.seconds


def bare_seconds(cycle, repeat=7) -> float:
    """Median seconds of one county's bare ranking statement, rolled back."""
    arguments = calculation._arguments(cycle, parameters_for(cycle.year, cycle.jurisdiction.code))
    found = []
    for _round in range(repeat):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            with timed() as clock:
                cursor.execute(calculation._SQL["calculate"], {**arguments, "run": -1})
            found.append(clock.seconds)
            transaction.set_rollback(True)
    return statistics.median(found)


def one_county_seconds(cycle, repeat=7) -> float:
    """Median seconds of the whole service for one county, rolled back each time."""
    found = []
    for _round in range(repeat):
        with transaction.atomic():
            with timed() as clock:
                calculate(cycle, actor=ACTOR)
            found.append(clock.seconds)
            transaction.set_rollback(True)
    return statistics.median(found)


def measure(size: int, before: dict) -> dict:
    """Figures of a nation of `size` counties."""
    cycles = list(Cycle.objects.system().filter(year=YEAR, jurisdiction__code__startswith="B").order_by("pk")[:size])
    bare, one = bare_seconds(cycles[0]), one_county_seconds(cycles[0])
    with transaction.atomic():
        batch = order(actor=ACTOR, year=YEAR, cycles=cycles)
    jobs = list(batch.jobs.order_by("pk").values_list("pk", flat=True))
    with timed() as product:
        for job in jobs:
            work(job)
    states = set(RecalculationJob.objects.filter(batch=batch).values_list("state", flat=True))
    if states != {"done"}:
        raise SystemExit(f"not every county was calculated: {states}")
    runs = list(Run.objects.system().filter(cycle__in=cycles))
    scan, insert = floor_seconds(runs)
    figures = {
        "counties": size,
        "units": sum(run.unit_count for run in runs),
        "product_s": round(product.seconds, 3),
        "floor_scan_s": round(scan, 3),
        "floor_insert_s": round(insert, 3),
        "ratio": round(product.seconds / (scan + insert), 2),
        "per_county_ms": round(product.seconds / size * 1000, 1),
        "one_county_ms": round(one * 1000, 1),
        "bare_ms": round(bare * 1000, 1),
        "one_to_bare": round(one / bare, 2),
    }
    if before:
        figures["flat"] = round(one / before["one_county_ms"] * 1000, 2)
        figures["growth_per_county"] = round(figures["per_county_ms"] / before["per_county_ms"], 2)
    write("recalculate", **figures)
    return figures


def main():
    """Make the database, grow the nation, measure at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,100,2844")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    call_command("migrate", verbosity=0)
    call_command("load_regulations", verbosity=0)
    made, first = 0, {}
    for size in sizes:
        with timed() as clock:
            generate(made + 1, size)
        write("recalculate.generate", counties=size - made, seconds=round(clock.seconds, 1))
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE assessments_run DISABLE TRIGGER USER; ALTER TABLE assessments_rununit DISABLE TRIGGER USER")
            cursor.execute("UPDATE assessments_recalculationjob SET run_id = NULL")
            cursor.execute("TRUNCATE assessments_runmeasure, assessments_rununit, assessments_publication")
            cursor.execute("DELETE FROM assessments_run")
            cursor.execute("ALTER TABLE assessments_run ENABLE TRIGGER USER; ALTER TABLE assessments_rununit ENABLE TRIGGER USER")
        made = size
        figures = measure(size, first)
        first = first or figures


if __name__ == "__main__":
    main()
