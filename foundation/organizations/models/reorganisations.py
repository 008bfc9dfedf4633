"""Acts on the tree: what was decided, what it changed, and which unit follows which."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.common.choices import Worded

from ..choices import Act
from ..querysets import ReorganisationQuerySet, SuccessionQuerySet
from .units import Organization


@tracked()
class Reorganisation(Worded, models.Model):
    """An act that changed units (机构变动): founding, renaming, moving, merging, splitting, closing, or the undoing of one.

    `changes` holds every row that the act wrote, with the values before and after, so that it can be shown and undone.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Act.choices)
    unit = models.ForeignKey(Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    effective_on = models.DateField(_("effective on"))
    document_no = models.CharField(_("document"), max_length=120)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    done_by = models.CharField(_("done by"), max_length=60)
    done_at = models.DateTimeField(_("done at"), default=timezone.now)
    changes = models.JSONField(_("changes"), default=dict)
    undoes = models.OneToOneField(
        "self", verbose_name=_("undoes"), null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        indexes = [models.Index(fields=["unit", "effective_on"])]

    def __str__(self):
        return self.number


@tracked()
class Succession(Worded, models.Model):
    """A unit follows another (机构沿革): from the day of the act on, the successor does what the predecessor did."""

    predecessor = models.ForeignKey(
        Organization, verbose_name=_("predecessor"), on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Organization, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="precessions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Act.choices)
    effective_on = models.DateField(_("effective on"))
    document_no = models.CharField(_("document"), max_length=120)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("succession of units")
        verbose_name_plural = _("successions of units")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "effective_on"], name="one_succession_per_pair_and_day"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="no_unit_follows_itself"),
        ]

    def __str__(self):
        return f"{self.predecessor_id} → {self.successor_id}"
