"""Alerts (预警): a fact that somebody has to see to, one row each, whatever often it is found."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.common.choices import Worded
from foundation.common.scoping import ScopedQuerySet

from ..alert_kinds import alert_kind, people_shut_for


class AlertStatus(models.TextChoices):
    """Where an alert stands. `closed`: a person dealt with it; `settled`: the fact is gone."""

    OPEN = "open", pgettext_lazy("alert", "open")
    CLAIMED = "claimed", pgettext_lazy("alert", "claimed")
    SNOOZED = "snoozed", pgettext_lazy("alert", "snoozed")
    CLOSED = "closed", pgettext_lazy("alert", "closed")
    SETTLED = "settled", pgettext_lazy("alert", "settled")


WAITING = (AlertStatus.OPEN, AlertStatus.CLAIMED, AlertStatus.SNOOZED)
MOVES = (
    ("open", "claimed"), ("open", "snoozed"), ("open", "closed"), ("open", "settled"),
    ("claimed", "open"), ("claimed", "snoozed"), ("claimed", "closed"), ("claimed", "settled"),
    ("snoozed", "open"), ("snoozed", "claimed"), ("snoozed", "closed"), ("snoozed", "settled"),
    ("closed", "settled"), ("settled", "open"),
)  # fmt: skip
"""Every move there is, for services and for the database's own guard. The sweep alone settles and opens again."""


class AlertQuerySet(ScopedQuerySet):
    """Alerts by unit, without those about people whose files are shut for the reader."""

    def visible_to(self, user, perm):
        """Alerts of units where the user holds the permission."""
        return self.without_shut(user, super().visible_to(user, perm))

    def without_shut(self, user, found=None):
        """The alerts but those about the user and the user's kin (回避)."""
        found = self if found is None else found
        shut = people_shut_for(user)
        return found.exclude(person_id__in=shut) if shut else found

    def waiting(self):
        """Neither closed nor settled."""
        return self.filter(status__in=WAITING)

    def in_order(self):
        """The first due first; what has no due day by its colour behind them."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "rank", "organization__path", "pk")


@tracked()
class Alert(Worded, models.Model):
    """An alert. `status` changes through `services.alerts` only, each time by compare-and-set.

    `person_id` is a natural number, no foreign key: people live in a room above. `rank` is the place of `severity`, red 0.
    """

    kind = models.CharField(_("kind of alert"), max_length=60)
    key = models.CharField(_("key"), max_length=160, unique=True)
    is_given = models.BooleanField(_("raised by an act"), default=False)
    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    person_id = models.BigIntegerField(_("number of the official"), null=True, blank=True)
    subject = models.CharField(_("whom or what it is about"), max_length=200)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    severity = models.CharField(_("degree"), max_length=8)
    rank = models.PositiveSmallIntegerField(_("order of the degree"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    rule_id = models.CharField(_("rule id"), max_length=60, blank=True)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64, blank=True)
    is_estimated = models.BooleanField(_("estimated"), default=False)
    permission = models.CharField(_("permission needed"), max_length=80)
    url = models.CharField(_("address"), max_length=200, blank=True)
    raised_on = models.DateField(_("found on"))
    status = models.CharField(_("status"), max_length=8, choices=AlertStatus, default=AlertStatus.OPEN)
    claimed_by_id = models.BigIntegerField(_("number of who claimed it"), null=True, blank=True)
    claimed_by_name = models.CharField(_("claimed by"), max_length=120, blank=True)
    snoozed_until = models.DateField(_("snoozed until"), null=True, blank=True)
    snooze_reason = models.CharField(_("why it was snoozed"), max_length=500, blank=True)
    closing_text = models.CharField(_("closing document"), max_length=500, blank=True)
    closed_by_name = models.CharField(_("closed by"), max_length=120, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        permissions = [
            ("open_alert_centre", _("Open the alert centre")),
            ("change_lead_times", _("Change how early own alerts show")),
        ]
        indexes = [
            models.Index(fields=["kind", "status"], name="alerts_by_kind"),
            models.Index(fields=["person_id"], name="alerts_by_person", condition=Q(person_id__isnull=False)),
            models.Index(fields=["organization", "status"], name="alerts_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="snoozed") | (Q(snoozed_until__isnull=False) & ~Q(snooze_reason="")),
                name="snoozed_until_a_day_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | ~Q(closing_text=""), name="closed_alert_has_document"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="only_listed_moves", field="status", transitions=list(MOVES)),
            pgtrigger.Protect(name="alerts_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.key

    @property
    def text(self) -> str:
        """What is the matter, in the reader's language; the key of a kind that no release knows any more."""
        kind = alert_kind(self.kind)
        return kind.words(self.params, subject=self.subject, due_on=self.due_on) if kind else self.key

    @property
    def kind_label(self) -> str:
        """Name of the kind."""
        kind = alert_kind(self.kind)
        return str(kind.label) if kind else self.kind
