"""What stands against a person's career for a time: restrictions (影响期) and bounds on annual ratings. Generated, never typed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked

from ..choices import Nature, RatingEffect
from ..querysets import RestrictionQuerySet
from .people import Official


@tracked()
class Restriction(models.Model):
    """What may not happen to a person from one day to another (影响期、暂缓), and the decision it comes from.

    The decision lies in a room above and is named by its natural key (`source_kind`, `source_no`); `part` tells apart
    the periods of one decision. First and last day both belong to it (D-1); no last day means until it is lifted.
    `explanation` keeps how the last day came. Rows are written by `services.restrictions` alone.
    """

    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="restrictions"
    )
    nature = models.CharField(_("nature"), max_length=8, choices=Nature.choices, default=Nature.PERIOD)
    kind = models.CharField(_("kind"), max_length=24)  # table handling_type, or a word of the room above
    part = models.CharField(_("part of the decision"), max_length=24, blank=True)
    blocks = ArrayField(models.CharField(max_length=24), verbose_name=_("blocks"), default=list)  # table blocked_act
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    source_kind = models.CharField(_("kind of decision"), max_length=40)
    source_no = models.CharField(_("number of the decision"), max_length=80)
    text = models.CharField(_("matter"), max_length=300, blank=True)
    rule_ids = ArrayField(models.CharField(max_length=60), verbose_name=_("rules"), default=list)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64)
    explanation = models.JSONField(_("how the period came"), default=dict, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lift_source = models.CharField(_("lifted by"), max_length=120, blank=True)
    lift_reason = models.CharField(_("reason for lifting"), max_length=300, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_no", "official", "part"], name="one_part_of_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="restriction_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["official", "starts_on"]), models.Index(fields=["ends_on"])]

    def __str__(self):
        return f"{self.kind} {self.source_no} {self.starts_on}"


@tracked()
class RatingConstraint(models.Model):
    """Bound on a person's annual rating of one year (年度考核等次限制), from the same decision; read when people are rated."""

    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="rating_constraints"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    effect = models.CharField(_("effect"), max_length=12, choices=RatingEffect.choices)
    kind = models.CharField(_("kind"), max_length=24)
    source_kind = models.CharField(_("kind of decision"), max_length=40)
    source_no = models.CharField(_("number of the decision"), max_length=80)
    rule_id = models.CharField(_("rule id"), max_length=60)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lift_source = models.CharField(_("lifted by"), max_length=120, blank=True)
    lift_reason = models.CharField(_("reason for lifting"), max_length=300, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bound on a rating")
        verbose_name_plural = _("bounds on ratings")
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_no", "official", "year"], name="one_bound_of_a_decision_and_year"
            )
        ]
        indexes = [models.Index(fields=["official", "year"])]

    def __str__(self):
        return f"{self.official_id} {self.year} {self.effect}"
