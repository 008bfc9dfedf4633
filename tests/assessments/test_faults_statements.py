"""The server gone, or the process killed, before every statement and commit: the state is before or after, never between."""

import pytest

from assessments.choices import JobState
from assessments.models import Cycle, Measure, Publication, RecalculationJob
from assessments.services import jobs
from assessments.services.calculation import calculate
from assessments.services.publishing import publish

from .faults_support import (
    ACTOR,
    YEAR,
    Fault,
    act_with,
    assert_complete_once,
    make_counties,
    state_of_database,
    uninterrupted,
)

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
HOW = pytest.mark.parametrize("how", ["lost", "killed"])


def strike_everywhere(act, how, *, without=(), between=lambda: None) -> int:
    """Do `act` again and again with the fault one statement later each time, until something has changed.

    Returns how many faults left everything as it was; what there is afterwards must be the whole effect, which the caller
    checks. `between` makes ready for the next try what a fault may leave in the tables of `without`.
    """
    at = 0
    while True:
        at += 1
        before = state_of_database(without=without)
        fault = Fault(at, how)
        act_with(fault, act)
        if not fault.has_struck or state_of_database(without=without) != before:
            return at - 1
        between()


@HOW
def test_calculation_is_whole_or_absent(committed_ruled, monkeypatch, how):
    monkeypatch.setattr(jobs, "enqueue", lambda name, *ids: None)  # nobody but this test works
    cycles = make_counties(1)
    expected = uninterrupted(cycles)
    job = jobs.order(actor=ACTOR, year=YEAR, cycles=cycles).jobs.get()

    def free():
        assert RecalculationJob.objects.get().state in (JobState.QUEUED, JobState.RUNNING)
        RecalculationJob.objects.update(state=JobState.QUEUED, attempts=0)

    strikes = strike_everywhere(lambda: jobs.work(job.pk), how, without=(RecalculationJob,), between=free)
    assert strikes > 10
    assert_complete_once(cycles, expected)
    done = state_of_database()
    assert jobs.work(job.pk) is None
    assert state_of_database() == done


@HOW
def test_publication_is_whole_or_absent(committed_ruled, how):
    (cycle,) = make_counties(1)
    run = calculate(cycle, actor=ACTOR).run
    strikes = strike_everywhere(lambda: publish(run, actor=ACTOR), how)
    assert strikes > 15
    assert Cycle.objects.get().published_run_id == run.pk
    assert (Publication.objects.count(), Measure.objects.count()) == (1, run.measures.count())
    assert run.measures.exists()
    done = state_of_database()
    assert publish(run, actor=ACTOR)["already"]
    assert state_of_database() == done
