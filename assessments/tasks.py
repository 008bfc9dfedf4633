"""Tasks: ids in, one service call. Idempotent by the job's compare-and-set claim and the run's unique digest."""

from celery import shared_task
from django.utils import timezone

from .services import collection_office, jobs


@shared_task(name="assessments.calculate_job", acks_late=True)
def calculate_job(job_id: int):
    """Calculate one county of an order."""
    return jobs.work(job_id)


@shared_task(name="assessments.sweep_jobs")
def sweep_jobs():
    """Wake jobs whose worker died or whose message was lost."""
    return jobs.sweep()


@shared_task(name="assessments.start_yearly")
def start_yearly():
    """10 January: order last year's calculation everywhere."""
    batch = jobs.start_yearly(timezone.localdate())
    return batch.number if batch else None


@shared_task(name="assessments.sweep_collections")
def sweep_collections():
    """Every night: tell departments whose day comes or has passed, and the office."""
    return collection_office.sweep(timezone.localdate())
