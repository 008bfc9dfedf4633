"""Reports of personal matters (个人有关事项报告) and their checks: that and when they were made, not what they say."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from officials.querysets import OfficialSetQuerySet

from ..choices import CheckFinding, CheckOccasion, MatterOccasion
from ..querysets import MatterDrawQuerySet, MatterReportQuerySet


@tracked()
class MatterReport(models.Model):
    """One report of a person: the yearly one, due on 31 January, or that of a change, due 30 days after it (art. 5, 6).

    `waived_reason`: why a report that was asked for is not due after all (death, transfer out of the county).
    """

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
    waived_reason = models.CharField(_("why it is not due"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = MatterReportQuerySet.as_manager()

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

    @property
    def is_late(self) -> bool:
        """Was it made after its day?"""
        return self.reported_on is not None and self.reported_on > self.due_on


@tracked()
class MatterDraw(models.Model):
    """The random check of a county and year: seed, share, who was drawn from whom, so that anybody can repeat it (art. 10).

    `population` and `drawn` hold numbers of officials as text, as `rules.matters.draw_sample` reads them.
    """

    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("jurisdiction"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    seed = models.CharField(_("seed"), max_length=64)
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=4)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64)
    population = ArrayField(models.CharField(max_length=20), verbose_name=_("drawn from"))
    drawn = ArrayField(models.CharField(max_length=20), verbose_name=_("drawn"))
    witness = models.CharField(_("witness (监督人员)"), max_length=120)
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    drawn_by_id = models.BigIntegerField(_("number of who drew"), null=True, blank=True)
    drawn_by_name = models.CharField(_("drawn by"), max_length=120)

    objects = MatterDrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw of the random check")
        verbose_name_plural = _("draws of the random check")
        constraints = [models.UniqueConstraint(fields=["organization", "year"], name="one_draw_a_year")]

    def __str__(self):
        return f"{self.organization_id} {self.year}"

    @property
    def percent(self) -> str:
        """The share in percent, as papers write it."""
        return f"{(self.share * 100).normalize():f}"


@tracked()
class MatterCheck(models.Model):
    """Check of a person's reports: random or key, what it found, what was done about it (art. 10, 11).

    `reason` says why a key check was asked for. `tool_kind` and `tool_no` name the talk, letter or admonishment proposed.
    """

    official = models.ForeignKey(
        "officials.Official", verbose_name=_("official"), on_delete=models.PROTECT, related_name="+"
    )
    occasion = models.CharField(pgettext_lazy("check", "occasion"), max_length=8, choices=CheckOccasion.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    reason = models.CharField(_("why a key check"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked for on"))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    finding = models.CharField(
        pgettext_lazy("check", "finding"), max_length=12, choices=CheckFinding.choices, blank=True
    )
    handled = models.CharField(_("what was done"), max_length=300, blank=True)
    tool_kind = models.CharField(_("kind of what was proposed"), max_length=40, blank=True)
    tool_no = models.CharField(_("number of what was proposed"), max_length=80, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = OfficialSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of personal matters")
        verbose_name_plural = _("checks of personal matters")
        constraints = [
            models.UniqueConstraint(
                fields=["official", "year"], condition=Q(occasion="RANDOM"), name="drawn_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["official"], condition=Q(occasion="KEY", finding=""), name="one_open_key_check"
            ),
        ]

    def __str__(self):
        return f"{self.official_id} {self.year} {self.occasion}"
