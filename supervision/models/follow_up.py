"""What follows a decision: return visits, holds after expiry, leads that wait for the adjustment procedure."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import case_triggers

from ..choices import VisitPurpose, VisitResult
from ..workflows import HOLD, HOLD_STATES, LEAD, LEAD_STATES, REVISIT, REVISIT_STATES
from ..workflows.revisit import PLANNED
from .base import PersonCase


@tracked()
class Revisit(PersonCase):
    """Return visit (回访): at least two visitors hear the unit, look at the work, talk with the person (听、察、谈).

    `sequence` counts the visits of one source and purpose from 1. `helper_name` is who looks after the person (帮扶责任人).
    """

    status = models.CharField(_("status"), max_length=20, choices=REVISIT_STATES)
    purpose = models.CharField(
        pgettext_lazy("visit", "purpose"), max_length=12, choices=VisitPurpose.choices, default=VisitPurpose.OTHER
    )
    sequence = models.PositiveSmallIntegerField(_("which visit"), default=1)
    planned_on = models.DateField(_("planned for"))
    helper_name = models.CharField(_("helper (帮扶责任人)"), max_length=120, blank=True)
    visited_on = models.DateField(_("visited on"), null=True, blank=True)
    visitors = ArrayField(models.CharField(max_length=60), verbose_name=_("visitors"), default=list, blank=True)
    heard = models.TextField(_("heard from the unit"), max_length=4000, blank=True)
    inspected = models.TextField(_("seen of the work"), max_length=4000, blank=True)
    talked = models.TextField(_("talked about"), max_length=4000, blank=True)
    result = models.CharField(pgettext_lazy("visit", "result"), max_length=8, choices=VisitResult.choices, blank=True)
    suggestion = models.CharField(_("suggestion"), max_length=500, blank=True)
    next_on = models.DateField(_("next visit on"), null=True, blank=True)

    class Meta:
        verbose_name = _("return visit")
        verbose_name_plural = _("return visits")
        permissions = [("follow_up", _("Plan and record return visits"))]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "source_kind", "source_no", "purpose", "sequence"],
                condition=~models.Q(source_no=""),
                name="one_visit_of_a_plan",
            )
        ]
        indexes = [models.Index(fields=["status", "planned_on"])]
        triggers = case_triggers(REVISIT)

    def own_date(self, step):
        """The visit is due on the day it was planned for."""
        return self.planned_on

    @property
    def is_overdue(self) -> bool:
        """Planned for a day that has passed."""
        return self.status == PLANNED and self.planned_on < timezone.localdate()


@tracked()
class Hold(PersonCase):
    """Hold after expiry (期满影响使用, R-DIS-31): why somebody is kept back after a period, and when that is looked at again.

    `source_kind` and `source_no` name the decision whose period ended on `period_ended_on`; `kind` and `blocks` are that
    decision's. While it is in force it stands in `officials.Restriction` under (`supervision.hold`, `case_no`).
    """

    status = models.CharField(_("status"), max_length=20, choices=HOLD_STATES)
    kind = models.CharField(_("kind of handling"), max_length=24)  # table handling_type
    blocks = ArrayField(models.CharField(max_length=24), verbose_name=_("what may not happen"))  # table blocked_act
    period_ended_on = models.DateField(_("last day of the period"))
    starts_on = models.DateField(pgettext_lazy("hold", "held from"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed on"))
    document_no = models.CharField(_("number of the document"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("hold after expiry")
        verbose_name_plural = _("holds after expiry")
        constraints = [
            models.UniqueConstraint(
                fields=["official", "source_kind", "source_no"],
                condition=models.Q(status__in=["proposed", "in_force"]),
                name="one_open_hold_of_a_decision",
            )
        ]
        triggers = case_triggers(HOLD)

    def own_date(self, step):
        """A hold is looked at again on its day of review."""
        return self.review_on


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
