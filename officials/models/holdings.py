"""Posts and ranks as dated holdings (A02, A05)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked

from ..querysets import HoldingQuerySet, OfficialSetQuerySet
from .people import Official


@tracked()
class PostHolding(models.Model):
    """A post held (任职, A02): first and last day both belong to it, no last day means still there.

    A post outside the register of units stands as text. Nobody holds two main posts on one day: the database refuses it.
    """

    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="holdings"
    )
    post = models.ForeignKey(
        "organizations.Post",
        verbose_name=_("post"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holdings",
    )
    unit_text = models.CharField(_("unit outside the register"), max_length=200, blank=True)
    title_text = models.CharField(_("post outside the register"), max_length=120, blank=True)
    is_main = models.BooleanField(_("main post"), default=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    document_no = models.CharField(_("document"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True)
    level = models.CharField(_("level of post"), max_length=40, blank=True)  # label of table post_level
    method = models.CharField(_("way of selection"), max_length=40, blank=True)  # label of table appoint_method
    is_leader = models.BooleanField(_("leadership post"), null=True, blank=True)
    is_team_member = models.BooleanField(_("member of the leading team"), null=True, blank=True)
    member_kind = models.CharField(_("kind of member"), max_length=20, blank=True)  # label of table team_member
    is_exceptional = models.BooleanField(_("promoted by exception"), default=False)
    is_shown = models.BooleanField(_("printed in the post held"), default=True)
    order_in_person = models.PositiveSmallIntegerField(_("order among the person's posts"), default=0)
    end_document_no = models.CharField(_("document of the end"), max_length=80, blank=True)
    change_reason = models.CharField(_("reason of the change"), max_length=120, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("post held")
        verbose_name_plural = _("posts held")
        permissions = [("import_posts", _("Import holders of posts"))]
        constraints = [
            models.CheckConstraint(condition=Q(post__isnull=False) | ~Q(unit_text=""), name="holding_names_its_post"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="holding_dates_in_order"
            ),
            ExclusionConstraint(
                name="no_two_main_posts_at_once",
                expressions=[
                    ("official", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_main=True),
                # looked at when a statement ends, and when an import ends: on the way two spells may touch
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        indexes = [models.Index(fields=["post", "starts_on"])]

    def __str__(self):
        return f"{self.official_id} {self.post_id} {self.starts_on}"


@tracked()
class RankHolding(models.Model):
    """A rank or level held (职级、职务层次, A05): both days belong to it, no last day means still held."""

    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="rank_holdings"
    )
    is_rank = models.BooleanField(_("rank (not a level of post)"), default=True)
    label = models.CharField(_("rank or level"), max_length=40)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    document_no = models.CharField(_("document"), max_length=80, blank=True)

    objects = OfficialSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rank held")
        verbose_name_plural = _("ranks held")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="rank_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["official", "is_rank"], condition=Q(ends_on__isnull=True), name="one_rank_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["official", "-starts_on"])]

    def __str__(self):
        return f"{self.official_id} {self.label} {self.starts_on}"
