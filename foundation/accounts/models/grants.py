"""Who holds which role where, and from when until when."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.organizations.models import Organization

from ..choices import Duty
from ..querysets import RoleGrantQuerySet
from ..roles import Role, role


class Days(Func):
    """The days of a grant as a range that holds both ends."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self):
        super().__init__(F("valid_from"), F("valid_to"), Value("[]"))

    def deconstruct(self):
        """For migrations: the range takes no arguments."""
        return f"{self.__class__.__module__}.Days", (), {}


@tracked()
class RoleGrant(models.Model):
    """Grant of a role (授权): user, role, unit, days. No unit means everywhere, for roles that allow it.

    Rights run from `valid_from` to `valid_to` inclusive and stop at once when the grant is ended. Two constraints keep
    the rules of 三员 below every service: nobody holds two duties on one day, and no grant is given twice.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT, related_name="grants"
    )
    group = models.ForeignKey(Group, verbose_name=_("role"), on_delete=models.PROTECT, related_name="grants")
    duty = models.CharField(_("duty"), max_length=10, choices=Duty.choices)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grants",
    )
    include_subtree = models.BooleanField(_("with subordinate units"), default=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    granted_by = models.CharField(_("granted by"), max_length=60)
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now)
    ended_by = models.CharField(_("ended by"), max_length=60, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=200, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant of a role")
        verbose_name_plural = _("grants of roles")
        permissions = [("manage_grants", _("Grant roles and end grants"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="grant_dates_in_order"
            ),
            ExclusionConstraint(
                name="grant_one_duty_per_person",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("duty", RangeOperators.NOT_EQUAL),
                    (Days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
            ),
            ExclusionConstraint(
                name="grant_given_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    (Coalesce("organization", Value(0)), RangeOperators.EQUAL),
                    (Days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.role} {self.organization or '*'}"

    @property
    def role(self) -> Role:
        """The role in code that the group stands for."""
        return role(self.group.name)

    def is_in_force(self, day) -> bool:
        """Does the grant give rights on this day? An early end takes the day of the end away as well."""
        if self.ended_at is not None and day >= timezone.localdate(self.ended_at):
            return False
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
