"""How far an order is: counties and units done, time gone, time left. Read by page, command line and API."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import JobState

ENDED = (JobState.DONE, JobState.REFUSED, JobState.FAILED)


@dataclass(frozen=True)
class Progress:
    """Progress of an order. `remaining` is estimated from the counties done so far; None before the first is done."""

    total: int
    done: int
    refused: int
    failed: int
    units: int
    elapsed: timedelta
    remaining: timedelta | None
    label: object = _("Counties calculated")
    text: str = ""

    @property
    def is_finished(self) -> bool:
        """Nothing is waiting or running any more."""
        return self.done >= self.total

    @property
    def is_failed(self) -> bool:
        """Did a county fail for a reason other than its inputs?"""
        return bool(self.failed)


# What is counted over the jobs of an order; the API counts them for a page of orders at once.
COUNTS = {
    "total": Count("pk"),
    "done": Count("pk", filter=Q(state__in=ENDED)),
    "refused": Count("pk", filter=Q(state=JobState.REFUSED)),
    "failed": Count("pk", filter=Q(state=JobState.FAILED)),
    "units": Sum("unit_count", default=0),
    "ended": Max("finished_at"),
}


def progress_from(found: dict, requested_at, now) -> Progress:
    """Progress of an order by its counts; the time left supposes that the rest goes as fast as what is done."""
    is_over = found["done"] >= found["total"] and found["ended"]
    elapsed = (found["ended"] if is_over else now) - requested_at
    left = found["total"] - found["done"]
    remaining = elapsed / found["done"] * left if found["done"] and left else None
    return Progress(
        found["total"], found["done"], found["refused"], found["failed"], found["units"], elapsed, remaining
    )


def progress_of(batch, jobs=None) -> Progress:
    """Progress of an order, or of those of its counties that the reader may see (1 query)."""
    found = (batch.jobs.all() if jobs is None else jobs).aggregate(**COUNTS)
    return progress_from(found, batch.requested_at, timezone.now())
