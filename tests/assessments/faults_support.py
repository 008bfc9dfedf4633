"""What the tests of faults share: small counties, what a calculation leaves behind, and faults at a chosen statement."""

import os
import signal
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.db import Error, connection

from assessments.choices import JobState
from assessments.models import Cycle, Indicator, RecalculationJob, Run, RunMeasure, RunScheme, RunUnit, Scheme, Score
from assessments.services.calculation import calculate
from foundation.audit.models import Entry
from foundation.common.actors import SystemActor
from foundation.organizations.choices import Kind
from foundation.organizations.models import PATH_STEP, Organization, Post, UnitCategory
from officials.models import Official, PostHolding

from .engine_support import rolled_back

ACTOR = SystemActor("test")
YEAR, CATEGORY, UNITS = 2024, "ECONOMIC", 4
LEAVES = (("E1", "completion", 50), ("E2", "efficacy", 30), ("E3", "rank", 20))


def make_counties(count: int, year: int = YEAR) -> list[Cycle]:
    """Open cycles of `count` counties, each with four units, three figures per unit and a leader per unit."""
    roots = Organization.objects.bulk_create(
        Organization(
            code=f"C{n:03}", name=f"County {n}", kind=Kind.JURISDICTION, path=f"{900 + n:0{PATH_STEP}d}", sort=n
        )
        for n in range(1, count + 1)
    )
    units = Organization.objects.bulk_create(
        Organization(
            code=f"{root.code}-{n}",
            name=f"Unit {n} of {root.name}",
            kind=Kind.DEPARTMENT,
            parent=root,
            jurisdiction=root,
            path=f"{root.path}{n:0{PATH_STEP}d}",
            sort=n,
        )
        for root in roots
        for n in range(1, UNITS + 1)
    )
    UnitCategory.objects.bulk_create(UnitCategory(organization=u, year=year, category=CATEGORY) for u in units)
    cycles = Cycle.objects.bulk_create(Cycle(jurisdiction=root, year=year) for root in roots)
    schemes = Scheme.objects.bulk_create(
        Scheme(cycle=cycle, category=CATEGORY, state="issued", issued_on=date(YEAR, 3, 15)) for cycle in cycles
    )
    leaves = Indicator.objects.bulk_create(
        Indicator(scheme=s, code=code, name=code, group="G", weight=weight, method=method, params={"step": "7"}, sort=n)
        for s in schemes
        for n, (code, method, weight) in enumerate(LEAVES)
    )
    cycle_of = {cycle.jurisdiction_id: cycle for cycle in cycles}
    leaves_of = {cycle.pk: [leaf for leaf in leaves if leaf.scheme.cycle_id == cycle.pk] for cycle in cycles}
    Score.objects.bulk_create(
        Score(cycle=cycle, unit=unit, indicator=leaf, figure=_figure(unit, leaf), target=Decimal(90))
        for unit in units
        for cycle in [cycle_of[unit.jurisdiction_id]]
        for leaf in leaves_of[cycle.pk]
    )
    _make_leaders(units)
    return cycles


def _figure(unit, leaf) -> Decimal:
    """Different in every county, unit and indicator, and always the same."""
    return Decimal(int(unit.path) * 7919 % 6007 + leaf.sort * 101) / 97 + 20


def _make_leaders(units) -> None:
    people = Official.objects.bulk_create(
        Official(name=f"Leader of {unit.code}", id_cipher=b"", id_hash=unit.code, id_masked=unit.code) for unit in units
    )
    posts = Post.objects.bulk_create(Post(organization=unit, title="主任", is_principal=True, sort=1) for unit in units)
    PostHolding.objects.bulk_create(
        PostHolding(official=person, post=post, starts_on=date(2020, 1, 1))
        for person, post in zip(people, posts, strict=True)
    )


def results_of(cycles) -> dict[str, list]:
    """Everything the runs of some cycles say, by county; numbers of rows and transactions left out."""
    found = {cycle.jurisdiction.code: [] for cycle in cycles}
    for model, order in ((RunScheme, "category"), (RunUnit, "unit_id"), (RunMeasure, "unit_id")):
        names = [
            f.attname for f in model._meta.concrete_fields if f.attname not in ("id", "run_id", "scheme_id", "xact")
        ]
        rows = model.objects.filter(run__cycle__in=cycles).order_by("run__cycle", order)
        for county, digest, *values in rows.values_list("run__cycle__jurisdiction__code", "run__digest", *names):
            found[county].append((digest, *values))
    return found


def uninterrupted(cycles) -> dict[str, list]:
    """What a calculation without any fault gives; nothing of it stays."""
    with rolled_back():
        for cycle in cycles:
            calculate(cycle, actor=ACTOR)
        return results_of(cycles)


def assert_complete_once(cycles, expected) -> None:
    """Every county has exactly one run, one audit entry, one finished job, and the results without faults."""
    jobs = RecalculationJob.objects.filter(cycle__in=cycles)
    assert {job.state for job in jobs} == {JobState.DONE}
    assert jobs.count() == len(cycles)
    assert sorted(Run.objects.system().filter(cycle__in=cycles).values_list("cycle_id", flat=True)) == sorted(
        cycle.pk for cycle in cycles
    )
    assert Entry.objects.filter(action="assessments.run.calculated").count() == len(cycles)
    assert {job.run_id for job in jobs} == set(Run.objects.system().values_list("pk", flat=True))
    assert results_of(cycles) == expected


def state_of_database(*, without=()) -> dict[str, str]:
    """A digest of every row of every table, by table; models in `without` are left out."""
    models = set(apps.get_models(include_auto_created=True)) - set(without)
    tables = {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}
    one = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{0}\" t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in sorted(tables)))
        return dict(cursor.fetchall())


class Fault:
    """A fault right before the n-th thing asked of the database: statements, savepoints and commits are counted.

    `lost`: the server's process behind the connection ends. `killed`: our own process ends, by SIGKILL.
    """

    def __init__(self, at: int, how: str):
        self.at, self.how, self.seen, self.statement = at, how, 0, ""

    @property
    def has_struck(self) -> bool:
        """Was there an n-th statement at all?"""
        return self.seen >= self.at

    def step(self, statement):
        """Count a statement; strike if it is the one."""
        self.seen += 1
        if self.seen != self.at:
            return
        self.statement = statement
        if self.how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        _cut(connection)  # the statement that follows finds the connection gone

    def on_statement(self, execute, sql, params, many, context):
        """For `connection.execute_wrapper`."""
        self.step(sql)
        return execute(sql, params, many, context)


def _cut(victim) -> None:
    """End the server's process behind a connection, as a crash of the server or of the line would."""
    pid = victim.connection.info.backend_pid
    other = victim.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()


@contextmanager
def _planted(fault: Fault):
    commit = connection._commit

    def counted_commit():
        fault.step("COMMIT")
        return commit()

    connection.ensure_connection()
    connection._commit = counted_commit
    try:
        with connection.execute_wrapper(fault.on_statement):
            yield
    finally:
        del connection._commit
        connection.close()


def act_with(fault: Fault, act) -> None:
    """Do something with a fault planted in its way; `killed` lets a child process do it."""
    if fault.how == "killed":
        connection.close()  # not to be shared with the child
        if (child := os.fork()) == 0:
            _be_killed(fault, act)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            fault.seen = fault.at
        else:
            assert os.WEXITSTATUS(status) == 0, "the child ended with an error, see its traceback"
        return
    with _planted(fault):
        try:
            act()
        except Error:
            assert fault.has_struck


def _be_killed(fault, act):
    status = 1
    try:
        with _planted(fault):
            act()
        status = 0
    finally:
        os._exit(status)  # the child is a copy of the test run: nothing of that may go on
