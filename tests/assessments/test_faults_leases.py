"""Workers that stood still until their lease ran out, at three places: what they bring afterwards changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from assessments.choices import JobState
from assessments.models import RecalculationJob, Score
from assessments.services import jobs

from .faults_support import ACTOR, YEAR, assert_complete_once, make_counties, uninterrupted

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
PATIENCE = 30
"""Seconds that a thread waits for another before the test gives up."""


@pytest.fixture
def cycles(committed_ruled, monkeypatch):
    """One county; orders send no messages, the tests deliver them."""
    monkeypatch.setattr(jobs, "enqueue", lambda name, *ids: None)
    return make_counties(1)


def order(cycles) -> RecalculationJob:
    """An order for the county."""
    return jobs.order(actor=ACTOR, year=YEAR, cycles=cycles).jobs.get()


def in_thread(call, *arguments):
    """Call with a connection of the thread's own."""
    try:
        return call(*arguments)
    finally:
        connection.close()


def expire(job) -> None:
    """The lease of a job runs out."""
    RecalculationJob.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


class Halt:
    """Stops the thread that reaches a statement with a given text, until it is let go."""

    def __init__(self, text: str):
        self.text, self.reached, self.released = text, Event(), Event()

    def __call__(self, execute, sql, params, many, context):
        if self.text in sql and not self.reached.is_set():
            self.reached.set()
            assert self.released.wait(PATIENCE)
        return execute(sql, params, many, context)

    def work(self, job_id):
        """`jobs.work` that halts."""
        with connection.execute_wrapper(self):
            return jobs.work(job_id)


def test_a_worker_that_outlived_its_lease_finds_the_county_done(cycles):
    """It stood still before it began; meanwhile its successor finished."""
    expected = uninterrupted(cycles)
    job, halt = order(cycles), Halt("FOR UPDATE")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(in_thread, halt.work, job.pk)
        assert halt.reached.wait(PATIENCE)
        expire(job)
        assert jobs.work(job.pk) == JobState.DONE
        finished = RecalculationJob.objects.values().get()
        halt.released.set()
        assert slow.result(PATIENCE) == JobState.DONE
    assert RecalculationJob.objects.values().get() == finished  # not overwritten by the slow one
    assert finished["attempts"] == 2
    assert_complete_once(cycles, expected)


def test_a_worker_that_lost_its_lease_while_calculating_leaves_nothing(cycles):
    """It stood still with its result already written; the successor waits for the county, then does the work anew."""
    expected = uninterrupted(cycles)
    job, halt = order(cycles), Halt("EXECUTE cadre_calculate")
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(in_thread, halt.work, job.pk)
        assert halt.reached.wait(PATIENCE)
        expire(job)
        successor = pool.submit(in_thread, jobs.work, job.pk)
        while RecalculationJob.objects.get().attempts == 1:
            assert not successor.done()
        halt.released.set()
        slow.result(PATIENCE)
        assert successor.result(PATIENCE) == JobState.DONE
    job.refresh_from_db()
    assert (job.attempts, job.was_reused) == (2, False)
    assert_complete_once(cycles, expected)


def test_a_refusal_of_a_worker_that_lost_its_lease_is_not_written(cycles):
    """It found a gap that was filled before its successor calculated."""
    gap = Score.objects.filter(cycle=cycles[0]).first()
    figure, gap.figure = gap.figure, None
    gap.save()
    job, halt = order(cycles), Halt("ROLLBACK TO SAVEPOINT")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(in_thread, halt.work, job.pk)
        assert halt.reached.wait(PATIENCE)
        expire(job)
        assert jobs.claim(job.pk).attempts == 2  # the successor has it
        halt.released.set()
        assert slow.result(PATIENCE) == JobState.RUNNING
    gap.figure = figure
    gap.save()
    expire(job)
    assert jobs.work(job.pk) == JobState.DONE
    job.refresh_from_db()
    assert (job.attempts, job.problems) == (3, [])
