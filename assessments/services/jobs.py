"""Orders to calculate: one job per county, claimed by compare-and-set, held by a lease, swept when a worker died.

The broker only wakes workers; what must be done stands in the job rows, so a lost, late or repeated message changes
nothing.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.casework.services.notices import settle, tell
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.common.tasks import enqueue

from ..choices import JobState
from ..models import Cycle, RecalculationBatch, RecalculationJob
from .calculation import CalculationRefused, calculate

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=settings.ASSESSMENT_LEASE_SECONDS)
"""How long a worker may take for one county before another may take it over."""
MAX_ATTEMPTS = 5
TASK = "assessments.calculate_job"
RUN = "assessments.run_calculation"


class LeaseLost(Exception):
    """Another worker took the job over; this attempt's work is rolled back."""


@transaction.atomic
def order(*, actor, year: int, cycles=None) -> RecalculationBatch:
    """Order the calculation of a year for some cycles (all of the year when None) and queue one task per county.

    Raises DomainError when there is nothing to calculate, PermissionDenied when the actor does not hold one of the
    counties as a whole.
    """
    wanted = list(
        cycles
        if cycles is not None
        else Cycle.objects.system().filter(year=year).select_related("jurisdiction").order_by("jurisdiction__code")
    )
    if not wanted:
        raise DomainError("NO_CYCLE", _("No assessment cycle exists for this year. Import schemes and figures first."))
    for cycle in wanted:
        require(actor, RUN, cycle.jurisdiction.path)
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('assessments_recalculationbatch', 'id'))")
        key = cursor.fetchone()[0]
    batch = RecalculationBatch.objects.create(
        pk=key, number=f"{year}-{key:05d}", year=year, requested_at=now, actor_id=actor.pk, actor_name=str(actor)
    )
    jobs = RecalculationJob.objects.bulk_create(
        RecalculationJob(batch=batch, cycle=cycle, queued_at=now, lease_until=now + LEASE) for cycle in wanted
    )
    record(
        actor=actor,
        action="assessments.calculation.ordered",
        target_kind="assessments.batch",
        target_no=batch.number,
        target_label=batch.number,
        org_path=wanted[0].jurisdiction.path if len(wanted) == 1 else "",
        data={"year": year, "counties": len(jobs)},
    )
    for job in jobs:
        enqueue(TASK, job.pk)
    return batch


def claim(job_id: int) -> RecalculationJob | None:
    """Take a job: from waiting, or from a worker whose lease ran out. None when somebody else holds or ended it."""
    now = timezone.now()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        _commit_lazily()
        taken = RecalculationJob.objects.filter(free, pk=job_id).update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            started_at=now,
        )
    return RecalculationJob.objects.select_related("cycle__jurisdiction", "batch").get(pk=job_id) if taken else None


def work(job_id: int) -> JobState | None:
    """Calculate one county if the job is free; returns the job's state, None when another worker has it or ended it.

    Run and the job's end are one transaction: a killed worker leaves neither. Errors that are not the inputs' fault go
    up to the caller, and the sweeper tries again.
    """
    job = claim(job_id)
    if job is None:
        return None
    try:
        return _carry_out(job)
    except LeaseLost:
        logger.warning("job %s was taken over by another worker; this attempt is rolled back", job.pk)
        return JobState(RecalculationJob.objects.values_list("state", flat=True).get(pk=job_id))


def _carry_out(job) -> JobState:
    try:
        with transaction.atomic():
            _commit_lazily()
            outcome = calculate(job.cycle, actor=SystemActor(job.batch.actor_name, pk=job.batch.actor_id))
            _finish(
                job, JobState.DONE, run=outcome.run, was_reused=outcome.was_reused, unit_count=outcome.run.unit_count
            )
            settle(_gap_key(job.cycle))
        return JobState.DONE
    except CalculationRefused as refused:
        with transaction.atomic():
            _finish(job, JobState.REFUSED, problems=[vars(r) for r in refused.refusals])
            _tell_gaps(job, refused.refusals)
    except DomainError as error:
        with transaction.atomic():
            _finish(job, JobState.REFUSED, problems=[{"code": error.code, "text": str(error.message)}])
    return JobState.REFUSED


def _commit_lazily():
    """Let the transaction's commit not wait for the disk.

    A crash of the server then loses the claim, or run and job's end together, and the sweeper orders the county again.
    Whatever rests on a run (publishing it) waits for the disk, and so for everything before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _finish(job, state, **values):
    """End a job if this attempt still holds it. A worker that outlived its lease must not overwrite its successor."""
    held = RecalculationJob.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    if not held.update(state=state, finished_at=timezone.now(), lease_until=None, **values):
        raise LeaseLost(job.pk)


def _gap_key(cycle) -> str:
    return f"assessments.gaps:{cycle.jurisdiction.code}:{cycle.year}"


def _tell_gaps(job, refusals):
    tell(
        key=_gap_key(job.cycle),
        message="assessments.gaps",
        params={"year": job.cycle.year, "count": len(refusals)},
        organization=job.cycle.jurisdiction,
        permission="assessments.run_calculation",
        severity="red",
        url=reverse("assessments:cycle", args=[job.cycle.jurisdiction.code, job.cycle.year]),
    )


def sweep() -> int:
    """Wake every job whose lease ran out or whose message was lost; give up after five attempts. Returns how many."""
    now = timezone.now()
    stale = RecalculationJob.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING], lease_until__lt=now)
    stale.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED, finished_at=now, lease_until=None, problems=[{"code": "TOO_MANY_ATTEMPTS"}]
    )
    woken = list(stale.values_list("pk", flat=True)[:500])
    with transaction.atomic():
        RecalculationJob.objects.filter(pk__in=woken, state=JobState.QUEUED).update(lease_until=now + LEASE)
        for key in woken:
            enqueue(TASK, key)
    return len(woken)


def start_yearly(today) -> RecalculationBatch | None:
    """The schedule's order: last year's cycle of every jurisdiction, once for every assessed year.

    Delivered twice, the second finds the first's order under the schedule's name and year and does nothing.
    """
    year = today.year - 1
    actor = SystemActor("schedule")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('assessments.start_yearly'))")
        ordered = RecalculationBatch.objects.filter(year=year, actor_name=actor.name, actor_id=None)
        if ordered.exists() or not Cycle.objects.system().filter(year=year).exists():
            return None
        return order(actor=actor, year=year)
