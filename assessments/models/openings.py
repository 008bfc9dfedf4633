"""The opening of a preview to the assessed units (预览开放): which run they may look at, and until when they may object."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked

from ..querysets import OpeningQuerySet
from .runs import Run
from .schemes import Cycle


@tracked()
class Opening(models.Model):
    """A run was opened to the units of its cycle. Each sees its own result, until a newer opening or a publication ends it.

    `due_on` is the last day for appeals, computed once in working days by rule `rule_id` and stored; nothing counts down.
    """

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="openings"
    )
    run = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="openings")
    opened_on = models.DateField(_("opened on"))
    due_on = models.DateField(_("appeals until"))
    is_estimated = models.BooleanField(_("estimated"), default=False)
    rule_id = models.CharField(_("rule id"), max_length=60)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64)
    reason = models.CharField(_("document or reason"), max_length=300)
    at = models.DateTimeField(_("time"))
    actor_id = models.BigIntegerField(_("user number"), null=True, blank=True)
    actor_name = models.CharField(_("by"), max_length=120)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of a preview")
        verbose_name_plural = _("openings of previews")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(ended_at__isnull=True), name="one_opened_run_per_cycle"
            ),
        ]

    def __str__(self):
        return f"{self.run_id} {self.opened_on}"

    def takes_appeals(self, today) -> bool:
        """May units still object on this day? The last day counts."""
        return self.ended_at is None and today <= self.due_on
