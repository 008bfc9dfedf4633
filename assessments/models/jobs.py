"""Calculations under way: a job row with a lease, so that a killed worker or a lost message loses nothing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.common.scoping import ScopedQuerySet

from ..choices import JobState
from ..querysets import JobQuerySet
from .runs import Run
from .schemes import Cycle


class BatchQuerySet(ScopedQuerySet):
    """Batches are seen by whoever may see one of their counties."""

    org_path = "jobs__cycle__jurisdiction__path"

    def visible_to(self, user, perm):
        """Orders with at least one county in the user's scope, each once."""
        jobs = self.model._meta.get_field("jobs").related_model.objects.visible_to(user, perm)
        return self.filter(models.Exists(jobs.filter(batch=models.OuterRef("pk"))))


class RecalculationBatch(models.Model):
    """One order to calculate: a year and one or all jurisdictions."""

    number = models.CharField(pgettext_lazy("calculation", "order"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    requested_at = models.DateTimeField(_("ordered"))
    actor_id = models.BigIntegerField(_("user number"), null=True, blank=True)
    actor_name = models.CharField(_("by"), max_length=120)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("calculation order")
        verbose_name_plural = _("calculation orders")

    def __str__(self):
        return self.number


class RecalculationJob(models.Model):
    """One county of an order. Claimed by compare-and-set, held by a lease, taken up again by the sweeper."""

    batch = models.ForeignKey(
        RecalculationBatch, verbose_name=_("calculation order"), on_delete=models.PROTECT, related_name="jobs"
    )
    cycle = models.ForeignKey(Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(_("state"), max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("reserved until"), null=True, blank=True)
    queued_at = models.DateTimeField(_("queued at"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    unit_count = models.PositiveIntegerField(_("units"), default=0)
    run = models.ForeignKey(
        Run, verbose_name=_("run"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    was_reused = models.BooleanField(_("earlier run reused"), default=False)
    problems = models.JSONField(_("what stood against it"), default=list)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("calculation of a county")
        verbose_name_plural = _("calculations of counties")
        constraints = [models.UniqueConstraint(fields=["batch", "cycle"], name="one_job_per_order_and_cycle")]
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(state__in=["queued", "running"]), name="job_open_leases"),
            models.Index(fields=["batch", "state"]),
        ]

    def __str__(self):
        return f"{self.batch_id} {self.cycle_id} {self.state}"
