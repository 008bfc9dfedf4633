"""Orders to calculate: claimed once, held by a lease, swept when a worker died; a refused county does not stop others."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from assessments.choices import JobState
from assessments.models import Cycle, RecalculationBatch, RecalculationJob, Run
from assessments.progress import progress_of
from assessments.services import jobs
from assessments.services.jobs import LEASE, MAX_ATTEMPTS, claim, order, start_yearly, sweep, work
from foundation.audit.models import Entry
from foundation.casework.models import Notice
from foundation.casework.selectors import notices_for
from foundation.common.results import DomainError
from foundation.organizations.models import UnitCategory
from tests.factories.county import ACTOR, make_small_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ruled_database")]


@pytest.fixture
def counties(tree):
    """Counties A and B with the year 2024; both can be calculated."""
    return {
        "A": make_small_county(tree.county_a, units=[tree.health, tree.finance]),
        "B": make_small_county(tree.county_b, units=[tree.other_department]),
    }


@pytest.fixture
def queued(monkeypatch):
    """Names and ids of the tasks that were queued, none of which runs."""
    found = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, *ids: found.append((name, *ids)))
    return found


@pytest.fixture
def job(counties, queued):
    """The waiting job of county A."""
    batch = order(actor=ACTOR, year=2024, cycles=[counties["A"].cycles[2024]])
    return batch.jobs.get()


def expire(job):
    """The worker that holds the job died."""
    RecalculationJob.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


# --- ordering ---------------------------------------------------------------------------------------------------------
def test_an_order_has_a_job_per_county_and_queues_one_task_each(counties, queued):
    batch = order(actor=ACTOR, year=2024)
    made = list(batch.jobs.order_by("pk"))
    assert [job.cycle.jurisdiction.code for job in made] == ["A", "B"]
    assert {job.state for job in made} == {JobState.QUEUED}
    assert queued == [("assessments.calculate_job", job.pk) for job in made]
    entry = Entry.objects.get(action="assessments.calculation.ordered")
    assert (entry.target_no, entry.data["counties"]) == (batch.number, 2)


def test_a_year_without_cycles_cannot_be_ordered(counties, queued):
    with pytest.raises(DomainError) as caught:
        order(actor=ACTOR, year=1999)
    assert caught.value.code == "NO_CYCLE"
    assert not RecalculationBatch.objects.exists()


def test_an_ordered_calculation_runs_to_its_end(counties, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = order(actor=ACTOR, year=2024)
    assert {job.state for job in batch.jobs.all()} == {JobState.DONE}
    assert Run.objects.count() == 2
    progress = progress_of(batch)
    assert (progress.total, progress.done, progress.units, progress.is_finished) == (2, 2, 10, True)
    assert progress.remaining is None


def test_what_a_worker_calculates_is_recorded_with_who_ordered_it(counties, queued, assessment_office):
    job = order(actor=assessment_office, year=2024, cycles=[counties["A"].cycles[2024]]).jobs.get()
    work(job.pk)
    run = Run.objects.get()
    assert (run.actor_id, run.actor_name) == (assessment_office.pk, str(assessment_office))
    entry = Entry.objects.get(action="assessments.run.calculated")
    assert (entry.actor_id, entry.actor_roles) == (assessment_office.pk, ["system"])


# --- claim and lease --------------------------------------------------------------------------------------------------
def test_a_job_is_claimed_once(job):
    first = claim(job.pk)
    assert (first.state, first.attempts) == (JobState.RUNNING, 1)
    assert first.lease_until > timezone.now()
    assert claim(job.pk) is None


def test_a_job_whose_worker_died_is_claimed_again(job):
    claim(job.pk)
    expire(job)
    assert claim(job.pk).attempts == 2


def test_an_ended_job_is_not_claimed(job):
    assert work(job.pk) == JobState.DONE
    expire(job)
    assert claim(job.pk) is None
    assert work(job.pk) is None


def test_work_writes_run_and_end_together(job):
    assert work(job.pk) == JobState.DONE
    job.refresh_from_db()
    assert (job.run.cycle, job.unit_count, job.was_reused, job.lease_until) == (job.cycle, 5, False, None)
    assert job.finished_at >= job.started_at


def test_the_same_inputs_reuse_the_run(counties, queued):
    cycle = counties["A"].cycles[2024]
    first, second = (order(actor=ACTOR, year=2024, cycles=[cycle]).jobs.get() for _ in range(2))
    work(first.pk)
    work(second.pk)
    second.refresh_from_db()
    assert (second.was_reused, second.run, Run.objects.count()) == (True, Run.objects.get(), 1)


def test_a_worker_that_outlived_its_lease_overwrites_nothing(job, monkeypatch):
    """The second worker takes the job over while the first still calculates: the first's work is rolled back."""
    calculate = jobs.calculate

    def slow(*args, **more):
        outcome = calculate(*args, **more)
        monkeypatch.setattr(jobs, "calculate", calculate)
        expire(job)
        claim(job.pk)
        return outcome

    monkeypatch.setattr(jobs, "calculate", slow)
    assert work(job.pk) == JobState.RUNNING
    job.refresh_from_db()
    assert (job.attempts, job.run, Run.objects.count()) == (1, None, 0)


def test_an_error_that_is_not_the_inputs_fault_goes_up_and_the_sweeper_tries_again(job, monkeypatch, queued):
    monkeypatch.setattr(jobs, "calculate", lambda *args, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    monkeypatch.undo()
    expire(job)
    monkeypatch.setattr(jobs, "enqueue", lambda name, *ids: queued.append((name, *ids)))
    assert sweep() == 1
    assert work(job.pk) == JobState.DONE


# --- sweeping ---------------------------------------------------------------------------------------------------------
def test_the_sweeper_wakes_what_lost_its_message_or_its_worker_and_nothing_else(counties, queued):
    lost, held, dead, ended = (
        order(actor=ACTOR, year=2024, cycles=[counties["A"].cycles[2024]]).jobs.get() for _ in range(4)
    )
    expire(lost)
    claim(held.pk)
    claim(dead.pk)
    expire(dead)
    work(ended.pk)
    queued.clear()
    assert sweep() == 2
    assert queued == [("assessments.calculate_job", lost.pk), ("assessments.calculate_job", dead.pk)]


def test_a_woken_job_is_not_woken_again_before_its_lease_ends(job, queued):
    expire(job)
    assert (sweep(), sweep()) == (1, 0)
    job.refresh_from_db()
    assert timezone.now() < job.lease_until <= timezone.now() + LEASE


def test_after_five_attempts_the_job_is_given_up(job, queued):
    for _ in range(MAX_ATTEMPTS):
        claim(job.pk)
        expire(job)
    assert sweep() == 0
    job.refresh_from_db()
    assert (job.state, job.problems) == (JobState.FAILED, [{"code": "TOO_MANY_ATTEMPTS"}])
    assert progress_of(job.batch).is_failed


# --- refusals ---------------------------------------------------------------------------------------------------------
def test_a_county_with_gaps_does_not_stop_the_others_and_tells_its_own_staff(
    counties, assessment_office, other_county_office, queued
):
    broken = counties["A"]
    broken.figures(2024, broken.last, G1=None)
    broken.figures(2024, broken.units[0], G1="101")
    batch = order(actor=ACTOR, year=2024)
    assert [work(job.pk) for job in batch.jobs.order_by("pk")] == [JobState.REFUSED, JobState.DONE]
    refused = batch.jobs.get(state=JobState.REFUSED)
    assert {(p["code"], p["unit_code"], p["indicator"]) for p in refused.problems} == {
        ("GAP_RAW", "A-FIN", "G1"),
        ("DIRECT_OUT_OF_RANGE", broken.units[0].code, "G1"),
    }
    assert all(p["responsible_name"] for p in refused.problems)
    assert Run.objects.get().cycle.jurisdiction.code == "B"
    with override("en"):
        assert [notice.params for notice in notices_for(assessment_office)] == [{"year": 2024, "count": 2}]
    assert not notices_for(other_county_office).exists()
    assert progress_of(batch).refused == 1


def test_the_notice_is_settled_when_the_gaps_are_filled(counties, queued):
    county = counties["A"]
    county.figures(2024, county.last, G1=None)
    work(order(actor=ACTOR, year=2024, cycles=[county.cycles[2024]]).jobs.get().pk)
    notice = Notice.objects.get()
    assert notice.resolved_at is None
    county.figures(2024, county.last, G1="80")
    work(order(actor=ACTOR, year=2024, cycles=[county.cycles[2024]]).jobs.get().pk)
    notice.refresh_from_db()
    assert notice.resolved_at is not None


def test_a_county_without_units_is_refused_with_a_reason(tree, queued):
    Cycle.objects.create(jurisdiction=tree.county_a, year=2030)
    job = order(actor=ACTOR, year=2030).jobs.get()
    assert work(job.pk) == JobState.REFUSED
    job.refresh_from_db()
    assert job.problems[0]["code"] == "NO_UNITS"
    assert job.problems[0]["text"]


# --- the schedule -----------------------------------------------------------------------------------------------------
def test_the_schedule_orders_last_year_once(counties, queued):
    first = start_yearly(date(2025, 1, 10))
    assert (first.year, first.actor_name, first.jobs.count()) == (2024, "schedule", 2)
    assert start_yearly(date(2025, 1, 10)) is None
    assert RecalculationBatch.objects.count() == 1


def test_what_somebody_ordered_before_does_not_stop_the_schedule(counties, queued):
    order(actor=ACTOR, year=2024)
    assert start_yearly(date(2025, 1, 10)) is not None


def test_the_schedule_without_cycles_orders_nothing(counties, queued):
    assert start_yearly(date(2031, 1, 10)) is None


# --- the command line -------------------------------------------------------------------------------------------------
def run_command(*args):
    """Output and error output of `recalculate`, in English."""
    out, err = StringIO(), StringIO()
    with override("en"):
        try:
            call_command("recalculate", *args, stdout=out, stderr=err)
        except CommandError as error:
            return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_the_command_prints_run_and_digest_of_every_county(counties):
    out, error = run_command("--year", "2024", "--here")
    runs = {run.number: run.digest[:12] for run in Run.objects.all()}
    assert set(runs) == {"A-2024-01", "B-2024-01"}
    assert [line.split()[-2:] for line in out.splitlines()] == [[number, runs[number]] for number in sorted(runs)]
    assert error == ""


def test_the_command_names_every_gap_and_fails(counties):
    county = counties["A"]
    county.figures(2024, county.last, G1=None)
    out, error = run_command("--year", "2024", "--here")
    lines = out.splitlines()
    assert lines[0].startswith("A ")
    assert lines[1].startswith("  GAP_RAW 甲县财政局 G1")
    assert lines[1].endswith(county.units[0].name)
    assert lines[2].startswith("B ")
    assert "B-2024-01" in lines[2]
    assert error.startswith("1 count")


def test_the_command_takes_one_county(counties):
    out, error = run_command("--year", "2024", "--jurisdiction", "B", "--here")
    assert (len(out.splitlines()), error, Run.objects.get().cycle.jurisdiction.code) == (1, "", "B")


@pytest.mark.parametrize("args", [("--year", "1999"), ("--year", "2024", "--jurisdiction", "X")])
def test_the_command_says_when_there_is_nothing_to_calculate(counties, args):
    out, error = run_command(*args, "--here")
    assert out == ""
    assert args[-1] in error or "No assessment cycle" in error


def test_the_command_says_in_words_why_a_county_has_nothing_to_calculate(counties):
    UnitCategory.objects.filter(year=2024, organization__in=counties["B"].units).delete()
    out, error = run_command("--year", "2024", "--here")
    assert "No unit has a category in this year." in out
    assert error
