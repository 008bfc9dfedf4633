"""People and the posts they held, as far as the yearly assessment needs; the record builds on these."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked

from .querysets import HoldingQuerySet, OfficialQuerySet


@tracked(exclude=["id_cipher", "id_hash"])
class Official(models.Model):
    """Official (干部). The identity number is stored encrypted, found by its keyed hash, shown masked."""

    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    sort_key = models.CharField(_("pinyin"), max_length=120, db_collation="C", blank=True)
    id_cipher = models.BinaryField(_("identity number (encrypted)"))
    id_hash = models.CharField(_("look-up key of the identity number"), max_length=64, unique=True)
    id_masked = models.CharField(_("identity number"), max_length=18)
    birth_on = models.DateField(_("born on"), null=True, blank=True)
    home = models.ForeignKey(
        "organizations.Organization",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="officials",
    )
    left_note = models.CharField(_("left the county"), max_length=120, blank=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        indexes = [models.Index(fields=["sort_key"])]

    def __str__(self):
        return self.name


@tracked()
class PostHolding(models.Model):
    """A post held (任职): first and last day both belong to it, no last day means still there.

    Nobody holds two main posts on one day: the database refuses it.
    """

    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="holdings"
    )
    post = models.ForeignKey(
        "organizations.Post", verbose_name=_("post"), on_delete=models.PROTECT, related_name="holdings"
    )
    is_main = models.BooleanField(_("main post"), default=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    document_no = models.CharField(_("document"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("post held")
        verbose_name_plural = _("posts held")
        permissions = [("import_posts", _("Import holders of posts"))]
        constraints = [
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
