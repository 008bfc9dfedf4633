"""Handlings and sanctions: the document's own words and days; what follows from them is generated."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.casework.models import case_triggers

from ..choices import Body, BodyLevel
from ..querysets import HandlingQuerySet
from ..workflows import HANDLING, HANDLING_STATES
from .base import PersonCase


@tracked()
class Handling(PersonCase):
    """A handling or sanction (处理处分) by its document: kind, body, days, period (§3.1).

    `months` is the period that the decision states; empty: the rule's. What it restricts stands in
    `officials.Restriction` under (`supervision.handling`, `case_no`). `rights_restored_on` begins the influence period of a
    probation within the Party (D-2). `together_with` is the number of the decision made on the same day for the same facts.
    """

    status = models.CharField(_("status"), max_length=20, choices=HANDLING_STATES)
    kind = models.CharField(_("kind of handling"), max_length=24)  # table handling_type
    body = models.CharField(_("deciding body"), max_length=24, choices=Body.choices)
    body_level = models.CharField(_("level of the body"), max_length=12, choices=BodyLevel.choices)
    body_name = models.CharField(_("name of the body"), max_length=120)
    document_no = models.CharField(_("number of the document"), max_length=80)
    decided_on = models.DateField(_("decided on"))
    effective_on = models.DateField(_("in effect from"))
    months = models.PositiveSmallIntegerField(_("period in months, as decided"), null=True, blank=True)
    period_reason = models.CharField(_("why the period differs from the rule"), max_length=300, blank=True)
    is_instead_of_removal = models.BooleanField(_("in place of removal from Party posts"), default=False)
    is_tied_to_duty = models.BooleanField(_("for an act of duty"), default=False)
    way = models.CharField(_("way of the adjustment"), max_length=12, blank=True)  # table adjustment_way
    probation_months = models.PositiveSmallIntegerField(_("length of the probation in months"), null=True, blank=True)
    committed_on = models.DateField(_("day of the violation"), null=True, blank=True)
    is_intentional = models.BooleanField(_("with intent"), default=False)
    has_consulted = models.BooleanField(_("the other managing side was asked"), default=False)
    rights_restored_on = models.DateField(_("rights restored on"), null=True, blank=True)
    together_with = models.CharField(_("decided together with"), max_length=80, blank=True)
    former_post = models.CharField(_("post at the time"), max_length=500, blank=True)
    former_level = models.CharField(_("level at the time"), max_length=40, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    announced_scope = models.CharField(_("announced to"), max_length=200, blank=True)
    helper_name = models.CharField(_("helper in the unit (帮带人)"), max_length=120, blank=True)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64, blank=True)
    revoked_by = models.CharField(_("revoked by"), max_length=120, blank=True)

    objects = HandlingQuerySet.as_manager()

    # What a page has read of the restrictions, so that guards need not read them again; never set on a locked case.
    known_restrictions = None

    class Meta:
        verbose_name = _("handling or sanction")
        verbose_name_plural = _("handlings and sanctions")
        permissions = [
            ("enter_handling", _("Enter handlings and sanctions")),
            ("confirm_handling", _("Confirm, lift and revoke handlings and sanctions")),
            ("import_handlings", _("Import handlings and sanctions")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(effective_on__gte=F("decided_on")), name="effect_not_before_decision"),
            models.UniqueConstraint(
                fields=["official", "kind", "document_no"],
                condition=~Q(status__in=["withdrawn"]),
                name="one_entry_per_decision",
            ),
        ]
        indexes = [models.Index(fields=["official", "effective_on"])]
        triggers = case_triggers(HANDLING)

    def clock_start(self, step):
        """Clocks of a decision run from the day it takes effect."""
        return self.effective_on
