"""What is filled in: figures, adjustments, vetoes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked

from ..querysets import UnitInputQuerySet
from .schemes import Cycle, Indicator


@tracked()
class Score(models.Model):
    """A unit's figure for an indicator. Neither figure nor word, though applicable, is a gap: the calculation refuses.

    `figure` and `target` are in the indicator's unit of measure (percent as the number before the sign). `na_reason`
    counts only while the figure does not apply.
    """

    cycle = models.ForeignKey(Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="scores"
    )
    figure = models.DecimalField(_("figure"), max_digits=30, decimal_places=10, null=True, blank=True)
    word = models.CharField(_("grade word"), max_length=20, blank=True)
    target = models.DecimalField(_("target"), max_digits=30, decimal_places=10, null=True, blank=True)
    is_applicable = models.BooleanField(_("applicable"), default=True)
    na_reason = models.CharField(_("why it does not apply"), max_length=300, blank=True, default="", db_default="")

    objects = UnitInputQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        permissions = [("edit_score", _("Submit and correct figures"))]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit", "indicator"], name="one_figure_per_unit_and_indicator"),
        ]

    def __str__(self):
        return f"{self.unit_id} {self.indicator_id}"


@tracked()
class Adjustment(models.Model):
    """Bonus (加分, points above 0) or deduction (扣分, below 0), named by its number (编号)."""

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="adjustments"
    )
    unit = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("number"), max_length=40)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    points = models.DecimalField(_("points"), max_digits=10, decimal_places=4)
    ground = models.CharField(_("ground"), max_length=300, blank=True)
    document_no = models.CharField(_("document"), max_length=80, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    occurred_on = models.DateField(_("date"), null=True, blank=True)

    objects = UnitInputQuerySet.as_manager()

    class Meta:
        verbose_name = _("bonus or deduction")
        verbose_name_plural = _("bonuses and deductions")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_adjustment_per_number"),
            models.CheckConstraint(condition=~Q(points=0), name="adjustment_changes_something"),
        ]

    def __str__(self):
        return self.number


@tracked()
class Veto(models.Model):
    """Veto (一票否决) with its ground, named by its number."""

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="vetoes"
    )
    unit = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("number"), max_length=40)
    ground = models.CharField(_("ground"), max_length=300, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    document_no = models.CharField(_("document"), max_length=80, blank=True)
    occurred_on = models.DateField(_("date"), null=True, blank=True)

    objects = UnitInputQuerySet.as_manager()

    class Meta:
        verbose_name = _("veto")
        verbose_name_plural = _("vetoes")
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="one_veto_per_number")]

    def __str__(self):
        return self.number
