"""Facts that tolerance decisions leave for the yearly assessment."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked

from ..choices import Effect, Target
from ..querysets import EffectQuerySet


@tracked()
class AssessmentEffect(models.Model):
    """Effect of a tolerance decision on a unit's assessment of one year (容错与考核联动).

    `target` is a natural key: the number of an adjustment or veto, or the code of an indicator, because the
    assessment lies above this room.
    """

    case_no = models.CharField(_("case"), max_length=40)
    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("assessment year"))
    effect = models.CharField(_("effect"), max_length=10, choices=Effect.choices)
    target_kind = models.CharField(
        pgettext_lazy("decision", "target"), max_length=12, choices=Target.choices, blank=True
    )
    target = models.CharField(_("number or code"), max_length=40, blank=True)
    decision = models.CharField(_("decision"), max_length=40)
    situation = models.CharField(_("situation"), max_length=40, blank=True)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=120)
    matter = models.CharField(_("matter"), max_length=200, blank=True)
    is_effective = models.BooleanField(_("in force"), default=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect on an assessment")
        verbose_name_plural = _("effects on assessments")
        permissions = [("import_effects", _("Import effects of tolerance decisions"))]
        constraints = [
            models.UniqueConstraint(
                fields=["case_no", "organization", "year", "effect", "target_kind", "target"],
                name="one_effect_per_case_and_target",
            ),
            models.CheckConstraint(
                condition=Q(effect="void", target_kind__in=["adjustment", "veto", "indicator"]) & ~Q(target="")
                | (~Q(effect="void") & Q(target_kind="", target="")),
                name="void_names_its_target",
            ),
        ]
        indexes = [models.Index(fields=["year", "organization"])]

    def __str__(self):
        return f"{self.case_no} {self.effect} {self.target}"
