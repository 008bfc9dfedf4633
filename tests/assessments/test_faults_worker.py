"""A real Celery worker killed with SIGKILL in the middle of fifty counties, and messages that vanish from the broker.

The broker is not trusted to deliver again: the sweeper finds the jobs whose lease ran out. Whatever happened, in the end
every county has one run, equal to that of a calculation without faults.
"""

import os
import sys
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

from assessments.choices import JobState
from assessments.models import RecalculationJob
from assessments.services import jobs

from .faults_support import ACTOR, YEAR, assert_complete_once, make_counties, uninterrupted
from .faults_worker import Worker

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
COUNTIES = 50
LEASE_SECONDS = 2
PATIENCE = 90
"""Seconds for a machine under load; on an idle one each test takes a tenth."""
SWEEP_EVERY = 0.3


@pytest.fixture
def queue(monkeypatch):
    """A queue of the test's own at the broker; tasks go there instead of being run in place."""
    app, name = current_app, f"faults-{uuid4().hex[:8]}"
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=5)
    except app.connection_for_write().connection_errors as error:
        if "CELERY_BROKER_URL" in os.environ:
            raise
        pytest.skip(
            f"no broker: $CELERY_BROKER_URL is not set and {settings.CELERY_BROKER_URL} does not answer: {error}"
        )
    before = {key: app.conf[key] for key in ("task_always_eager", "task_default_queue")}
    app.conf.update(task_always_eager=False, task_default_queue=name)
    app.__dict__.pop("amqp", None)  # remembers the default queue
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=LEASE_SECONDS))
    yield name
    empty(name)
    app.conf.update(before)
    app.__dict__.pop("amqp", None)


@pytest.fixture
def cycles(committed_ruled):
    """Fifty small counties."""
    return make_counties(COUNTIES)


@pytest.fixture
def start_worker(queue, tmp_path):
    """Starts workers; none outlives the test, and their log is shown when it fails."""
    started = []

    def start(**options) -> Worker:
        worker = Worker(queue, tmp_path, lease_seconds=LEASE_SECONDS, **options)
        started.append(worker)
        worker.start()
        return worker

    yield start
    for worker in started:
        worker.kill()
    if started:
        sys.stderr.write(started[0].log.read_text()[-4000:])


def empty(queue) -> int:
    """Throw away all messages that wait in a queue; returns how many."""
    with current_app.connection_for_write() as broker, broker.channel() as channel:
        return channel.queue_purge(queue)


def finished() -> int:
    """Counties whose job has ended."""
    return RecalculationJob.objects.exclude(state__in=[JobState.QUEUED, JobState.RUNNING]).count()


def wait_for(count: int, worker: Worker, *, sweeping: bool) -> None:
    """Until so many counties are finished; sweeps meanwhile, as beat does."""
    until = time.monotonic() + PATIENCE
    swept = time.monotonic()
    while finished() < count:
        assert worker.is_running, "the worker ended by itself"
        assert time.monotonic() < until, f"{finished()} of {count} counties after {PATIENCE} s"
        if sweeping and time.monotonic() - swept > SWEEP_EVERY:
            jobs.sweep()
            swept = time.monotonic()
        time.sleep(0.01)


def test_a_worker_killed_and_started_again(cycles, start_worker):
    """kill -9 of single processes in the middle of a county, then of the whole worker, twice."""
    expected = uninterrupted(cycles)
    jobs.order(actor=ACTOR, year=YEAR, cycles=cycles)
    for done, kills in ((5, [9, 14]), (25, [])):
        worker = start_worker(kills=kills)
        wait_for(done, worker, sweeping=True)
        worker.kill()
        assert finished() < COUNTIES
    wait_for(COUNTIES, start_worker(), sweeping=True)
    assert_complete_once(cycles, expected)
    assert RecalculationJob.objects.filter(attempts__gt=1).count() >= 2


def test_messages_repeated_and_then_lost_and_connections_cut(cycles, queue, start_worker):
    """Every message comes five times, not in order; then the rest vanishes and the worker's sessions are ended."""
    expected = uninterrupted(cycles)
    batch = jobs.order(actor=ACTOR, year=YEAR, cycles=cycles)
    for number in list(batch.jobs.order_by("-pk").values_list("pk", flat=True)) * 4:
        jobs.enqueue(jobs.TASK, number)
    worker = start_worker()
    wait_for(5, worker, sweeping=False)
    assert empty(queue) > COUNTIES
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert finished() < COUNTIES - 10
    wait_for(COUNTIES, worker, sweeping=True)
    assert_complete_once(cycles, expected)
