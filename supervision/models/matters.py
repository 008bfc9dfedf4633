"""Reports of personal matters (个人有关事项报告) and their checks: that and when they were made, not what they say."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from officials.querysets import OfficialSetQuerySet

from ..choices import CheckFinding, CheckOccasion, MatterOccasion


@tracked()
class MatterReport(models.Model):
    """One report of a person: the yearly one, due on 31 January, or that of a change, due 30 days after it (art. 5, 6)."""

    official = models.ForeignKey(
        "officials.Official", verbose_name=_("official"), on_delete=models.PROTECT, related_name="+"
    )
    occasion = models.CharField(pgettext_lazy("report", "occasion"), max_length=8, choices=MatterOccasion.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    items = ArrayField(models.CharField(max_length=8), verbose_name=_("items"), default=list, blank=True)
    changed_on = models.DateField(_("changed on"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    rule_id = models.CharField(_("rule id"), max_length=60)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    late_reason = models.CharField(_("why it came late"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = OfficialSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of personal matters")
        verbose_name_plural = _("reports of personal matters")
        permissions = [("keep_matters", _("Keep reports of personal matters and their checks"))]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "year"], condition=Q(occasion="ANNUAL"), name="one_annual_report"
            )
        ]
        indexes = [models.Index(fields=["due_on", "reported_on"])]

    def __str__(self):
        return f"{self.official_id} {self.year} {self.occasion}"


@tracked()
class MatterCheck(models.Model):
    """Check of a person's reports: random or key, what it found, what was done about it (art. 10, 11)."""

    official = models.ForeignKey(
        "officials.Official", verbose_name=_("official"), on_delete=models.PROTECT, related_name="+"
    )
    occasion = models.CharField(pgettext_lazy("check", "occasion"), max_length=8, choices=CheckOccasion.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    asked_on = models.DateField(_("asked for on"))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    finding = models.CharField(
        pgettext_lazy("check", "finding"), max_length=12, choices=CheckFinding.choices, blank=True
    )
    handled = models.CharField(_("what was done"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = OfficialSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of personal matters")
        verbose_name_plural = _("checks of personal matters")
        constraints = [
            models.UniqueConstraint(
                fields=["official", "year"], condition=Q(occasion="RANDOM"), name="drawn_once_a_year"
            )
        ]

    def __str__(self):
        return f"{self.official_id} {self.year} {self.occasion}"
