"""Whom a case of fault tolerance is about, who verified it, how members voted, and its points with evidence."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked

from ..choices import Answer, Vote
from ..querysets import CasePartQuerySet
from .cases import ToleranceCase


class CasePart(models.Model):
    """Row of a case, seen with it."""

    objects = CasePartQuerySet.as_manager()

    class Meta:
        abstract = True


@tracked()
class CaseParty(CasePart):
    """Whom the decision is about (当事人): an official or a unit, several in one case."""

    case = models.ForeignKey(ToleranceCase, verbose_name=_("case"), on_delete=models.PROTECT, related_name="parties")
    official = models.ForeignKey(
        "officials.Official",
        verbose_name=_("official"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    unit = models.ForeignKey(
        "organizations.Organization",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("party of a case")
        verbose_name_plural = _("parties of cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=False, unit__isnull=True) | Q(official__isnull=True, unit__isnull=False),
                name="party_is_official_or_unit",
            ),
            models.UniqueConstraint(fields=["case", "official"], name="official_once_in_case"),
            models.UniqueConstraint(fields=["case", "unit"], name="unit_once_in_case"),
        ]

    def __str__(self):
        return str(self.official if self.official_id else self.unit)


@tracked()
class CasePoint(CasePart):
    """A point that every case answers: a precondition, a distinction or a factor (code tables tolerance_*), with its evidence.

    `stated` and `evidence` are the applicant's, `found` and `finding` the verifiers'; the decision rests on `found`.
    """

    case = models.ForeignKey(ToleranceCase, verbose_name=_("case"), on_delete=models.PROTECT, related_name="points")
    table = models.CharField(_("code table"), max_length=24)
    code = models.CharField(_("code"), max_length=24)
    stated = models.CharField(_("stated"), max_length=12, choices=Answer.choices, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    found = models.CharField(_("found"), max_length=12, choices=Answer.choices, blank=True)
    finding = models.CharField(_("finding"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("point of a case")
        verbose_name_plural = _("points of cases")
        constraints = [models.UniqueConstraint(fields=["case", "table", "code"], name="point_once_in_case")]

    def __str__(self):
        return f"{self.case_id} {self.code}"


@tracked()
class CaseVerifier(CasePart):
    """Who verified a case (核实人员); of the record where the name was found there."""

    case = models.ForeignKey(ToleranceCase, verbose_name=_("case"), on_delete=models.PROTECT, related_name="verifiers")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    post = models.CharField(_("unit and post"), max_length=200, blank=True)
    official = models.ForeignKey(
        "officials.Official",
        verbose_name=_("official"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("verifier of a case")
        verbose_name_plural = _("verifiers of cases")
        constraints = [models.UniqueConstraint(fields=["case", "name", "post"], name="verifier_once_in_case")]

    def __str__(self):
        return self.name


@tracked()
class CaseBallot(CasePart):
    """How one member stood at the deliberation (集体研究表决)."""

    case = models.ForeignKey(ToleranceCase, verbose_name=_("case"), on_delete=models.PROTECT, related_name="ballots")
    sort = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    post = models.CharField(_("unit and post"), max_length=200, blank=True)
    vote = models.CharField(_("vote"), max_length=12, choices=Vote.choices)

    class Meta:
        verbose_name = _("vote on a case")
        verbose_name_plural = _("votes on cases")
        constraints = [models.UniqueConstraint(fields=["case", "sort"], name="ballot_order")]

    def __str__(self):
        return f"{self.name} {self.vote}"
