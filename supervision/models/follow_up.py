"""What follows a decision: return visits, and leads that wait for the adjustment procedure."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import case_triggers

from ..choices import VisitResult
from ..workflows import LEAD, LEAD_STATES, REVISIT, REVISIT_STATES
from .base import PersonCase


@tracked()
class Revisit(PersonCase):
    """Return visit (回访) in an influence period: at least two visitors hear the unit, look at the work, talk (听、察、谈)."""

    status = models.CharField(_("status"), max_length=20, choices=REVISIT_STATES)
    planned_on = models.DateField(_("planned for"))
    visited_on = models.DateField(_("visited on"), null=True, blank=True)
    visitors = ArrayField(models.CharField(max_length=60), verbose_name=_("visitors"), default=list, blank=True)
    heard = models.TextField(_("heard from the unit"), max_length=4000, blank=True)
    inspected = models.TextField(_("seen of the work"), max_length=4000, blank=True)
    talked = models.TextField(_("talked about"), max_length=4000, blank=True)
    result = models.CharField(pgettext_lazy("visit", "result"), max_length=8, choices=VisitResult.choices, blank=True)
    suggestion = models.CharField(_("suggestion"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("return visit")
        verbose_name_plural = _("return visits")
        permissions = [("follow_up", _("Plan and record return visits"))]
        triggers = case_triggers(REVISIT)

    def own_date(self, step):
        """The visit is due on the day it was planned for."""
        return self.planned_on


@tracked()
class AdjustmentLead(PersonCase):
    """Lead for an adjustment (能上能下线索): never a finding; circumstances by table unfit_circumstance are suggestions."""

    status = models.CharField(_("status"), max_length=20, choices=LEAD_STATES)
    circumstances = ArrayField(
        models.CharField(max_length=12), verbose_name=_("possible circumstances"), default=list, blank=True
    )
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)

    class Meta:
        verbose_name = _("lead for an adjustment")
        verbose_name_plural = _("leads for adjustments")
        constraints = [
            models.UniqueConstraint(
                fields=["official", "source_kind", "source_no"],
                condition=~models.Q(source_no=""),
                name="one_lead_of_a_source",
            )
        ]
        triggers = case_triggers(LEAD)
