"""The same task five times at once, the schedule twice, a calculation interrupted at every statement. Committed rows."""

from datetime import date

import pytest

from assessments.choices import JobState
from assessments.models import Measure, RecalculationBatch, RecalculationJob, Run, RunUnit
from assessments.services import jobs
from assessments.services.calculation import calculate
from assessments.services.publishing import publish
from foundation.audit.models import Entry
from foundation.casework.services.engine import perform
from foundation.common.results import DomainError
from tests.exchange.files import state
from tests.factories.county import ACTOR, make_small_county
from tests.support.faults import fail_everywhere
from tests.support.people import make_persona, make_tree
from tests.support.together import all_at_once

pytestmark = pytest.mark.fault
FIVE = 5


@pytest.fixture
def tree(committed_ruled):
    """The personas' units, committed."""
    return make_tree()


@pytest.fixture
def county(tree):
    """County A with figures of 2024."""
    return make_small_county(tree.county_a, units=[tree.health, tree.finance])


@pytest.fixture
def queued(monkeypatch):
    """Tasks are queued and do not run by themselves."""
    found = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, *ids: found.append((name, *ids)))
    return found


def test_delivered_five_times_at_once_there_is_one_run(county, queued):
    batch = jobs.order(actor=ACTOR, year=2024)
    key = batch.jobs.get().pk
    found = all_at_once([lambda: jobs.work(key)] * FIVE)
    assert not [each for each in found if isinstance(each, Exception)], found
    assert found.count(JobState.DONE) >= 1
    job = RecalculationJob.objects.get()
    assert (job.state, job.attempts, job.run) == (JobState.DONE, 1, Run.objects.get())
    assert RunUnit.objects.count() == 5
    assert Entry.objects.filter(action="assessments.run.calculated").count() == 1


def test_five_orders_at_once_make_one_run(county, queued):
    found = all_at_once([lambda: calculate(county.cycles[2024], actor=ACTOR)] * FIVE)
    assert sorted(outcome.was_reused for outcome in found) == [False, True, True, True, True]
    assert len({outcome.run.pk for outcome in found}) == Run.objects.count() == 1


def test_the_schedule_delivered_at_once_orders_once(county, queued):
    found = all_at_once([lambda: jobs.start_yearly(date(2025, 1, 10))] * FIVE)
    assert sum(isinstance(each, RecalculationBatch) for each in found) == 1, found
    assert (RecalculationBatch.objects.count(), len(queued)) == (1, 1)


def test_published_by_five_at_once_measures_open_once(county):
    run = county.calculated(2024)
    found = all_at_once([lambda: publish(Run.objects.get(pk=run.pk), actor=ACTOR)] * FIVE)
    assert sorted(each["already"] for each in found) == [False, True, True, True, True]
    assert Measure.objects.count() == 1


def test_two_runs_published_at_once_leave_one_published(county):
    first = county.calculated(2024)
    county.figures(2024, county.units[0], G1="99")
    second = county.calculated(2024)
    found = all_at_once([lambda run=run: publish(Run.objects.get(pk=run.pk), actor=ACTOR) for run in (first, second)])
    done = [each for each in found if isinstance(each, dict)]
    assert len(done) == 1, found
    assert {each.code for each in found if isinstance(each, DomainError)} <= {"RUN_OUTDATED", "CYCLE_LOCKED"}


# --- interrupted anywhere ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("lose_connection", [False, True], ids=["error", "lost connection"])
def test_a_calculation_is_there_wholly_or_not_at_all(county, lose_connection):
    tried = fail_everywhere(lambda: calculate(county.cycles[2024], actor=ACTOR), state, lose_connection=lose_connection)
    assert tried >= 6  # rulebook, lock, the one statement, run, measures, entry
    assert RunUnit.objects.count() == 5


def test_publishing_is_done_wholly_or_not_at_all(county):
    run = county.calculated(2024)
    assert fail_everywhere(lambda: publish(run, actor=ACTOR), state) > 10


def test_a_decision_is_taken_wholly_or_not_at_all(county, tree):
    county.published(2024)
    reviewer = make_persona("supervision_section", tree.county_a)
    reviewer.active_grants()
    case = Measure.objects.get()
    assert fail_everywhere(lambda: perform(case, "review", actor=reviewer, reason="x"), state) > 6


def test_an_interrupted_job_is_finished_by_the_next_worker(county, queued):
    """What stays between is the claim alone: the lease says who had it, and the next worker takes it over."""
    jobs.order(actor=ACTOR, year=2024)
    key = RecalculationJob.objects.get().pk

    def results():
        return {name: text for name, text in state().items() if name != "assessments_recalculationjob"}

    def work_after_the_lease():
        RecalculationJob.objects.filter(pk=key, state=JobState.RUNNING).update(lease_until="2020-01-01T00:00Z")
        return jobs.work(key)

    assert fail_everywhere(work_after_the_lease, results) > 10
    assert RecalculationJob.objects.get().state == JobState.DONE
    assert Run.objects.count() == 1
