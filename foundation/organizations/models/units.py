"""Units as a tree with a path, names in history, categories per year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.common.choices import Worded

from ..choices import Kind
from ..querysets import OrganizationQuerySet, UnitCategoryQuerySet

PATH_STEP = 6  # characters of one level of the path: room for 999,999 siblings


@tracked()
class Organization(Worded, models.Model):
    """Unit (机构). `path` is the chain of fixed-width ranks from the root down, so a subtree is a prefix.

    The path is kept by `services.tree` alone. `level` and `nature` are codes of `org_level_zb03` and
    `org_type_zb04_2017`. `leader_quota` and `staffing` are the numbers as a file brought them; from the first
    `ApprovedNumbers` on, those hold. `jurisdiction` is the root the unit belongs to (a root points at itself
    through NULL: it *is* the jurisdiction).
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", verbose_name=_("parent unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    jurisdiction = models.ForeignKey(
        "self", verbose_name=_("jurisdiction"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    path = models.CharField(_("path"), max_length=120, unique=True, db_collation="C")
    sort = models.PositiveIntegerField(_("order among siblings"), default=0)
    division_code = models.CharField(_("division code (GB/T 2260)"), max_length=12, blank=True)
    level = models.CharField(_("level of the unit (机构级别)"), max_length=8, blank=True)
    nature = models.CharField(_("type of the unit (机构类型)"), max_length=8, blank=True)
    leader_quota = models.PositiveSmallIntegerField(_("leaders approved"), null=True, blank=True)
    staffing = models.PositiveIntegerField(_("staff approved"), null=True, blank=True)
    starts_on = models.DateField(_("founded on"), null=True, blank=True)
    ends_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = pgettext_lazy("register", "units")  # elsewhere "units" heads a number of them
        permissions = [
            ("import_units", _("Import units, posts and holders of posts")),
            ("reorganise_units", _("Reorganise units, set approved numbers and posts")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="organization_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.JURISDICTION, jurisdiction__isnull=True)
                | (~Q(kind=Kind.JURISDICTION) & Q(jurisdiction__isnull=False, parent__isnull=False)),
                name="organization_belongs_to_a_jurisdiction",
            ),
        ]
        indexes = [models.Index(fields=["parent", "sort"]), models.Index(fields=["jurisdiction", "kind"])]

    def __str__(self):
        return self.short_name or self.name

    @property
    def root_id(self) -> int:
        """Primary key of the jurisdiction, the unit itself when it is one."""
        return self.jurisdiction_id or self.pk


@tracked()
class OrganizationName(models.Model):
    """A name that a unit bore (机构曾用名), with the days from which and until which; both days belong to it."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="names"
    )
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    basis = models.CharField(_("document"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("name of a unit")
        verbose_name_plural = _("names of units")
        indexes = [models.Index(fields=["organization", "starts_on"])]

    def __str__(self):
        return self.name


@tracked()
class UnitCategory(models.Model):
    """Assessment category (考核类别) of a unit in one year: exactly one; the code stands in table `unit_category`."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="categories"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    category = models.CharField(_("category"), max_length=20)

    objects = UnitCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category of a unit")
        verbose_name_plural = _("categories of units")
        constraints = [models.UniqueConstraint(fields=["organization", "year"], name="one_category_per_unit_and_year")]
        indexes = [models.Index(fields=["year", "category"])]

    def __str__(self):
        return f"{self.organization_id} {self.year} {self.category}"
