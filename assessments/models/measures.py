"""The measure for a leader of a bottom-ranked unit: a proposal that goes through review and approval."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..choices import ManualReason, MeasureStep
from ..querysets import MeasureQuerySet
from ..workflows import DECLINED, MEASURE, STATES, WITHDRAWN
from .runs import Run
from .schemes import Cycle


@tracked()
class Measure(CaseBase):
    """Measure (末位倒逼措施): person, unit, step, the run it rests on. Ranking last never changes a person by itself.

    `basis_changed` marks a measure that was approved and is no longer justified by the published run.
    """

    status = models.CharField(_("status"), max_length=20, choices=STATES)
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="measures"
    )
    run = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", verbose_name=_("post"), on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey(
        "officials.Official",
        verbose_name=_("leader"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    days = models.PositiveSmallIntegerField(_("days in post"))
    step = models.CharField(_("step"), max_length=16, choices=MeasureStep.choices)
    manual_reason = models.CharField(
        _("left to a decision because"), max_length=16, choices=ManualReason.choices, blank=True
    )
    basis_changed = models.BooleanField(_("basis changed"), default=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        permissions = [
            ("review_measure", _("Review measures")),
            ("decide_measure", _("Approve or decline measures")),
            ("execute_measure", _("Carry out and close measures")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "organization", "official"],
                condition=Q(official__isnull=False) & ~Q(status__in=[DECLINED, WITHDRAWN]),
                name="one_measure_per_person_and_unit",
            ),
            models.UniqueConstraint(
                fields=["cycle", "organization", "post"],
                condition=Q(official__isnull=True) & ~Q(status__in=[DECLINED, WITHDRAWN]),
                name="one_manual_measure_per_post",
            ),
        ]
        triggers = case_triggers(MEASURE)

    @property
    def title(self) -> str:
        """What the inbox prints: step and person."""
        who = self.official.name if self.official_id else str(self.post)
        return f"{self.get_step_display()} · {who}"
