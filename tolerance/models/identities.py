"""Who made a report: encrypted, behind row security of the database, opened by an approved request alone (R-CON-04).

No list, form, export, admin or interface knows these tables. `ReporterIdentity` can be written and not read: the policies of the
migration `informers` show its rows only within a transaction that names an open request (`app.identity_grant`), which the
database itself looks up: approved by somebody else, not over yet. Nothing here has a name in its text.
"""

import uuid
from datetime import timedelta

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..querysets import IdentityRequestQuerySet
from ..workflows.identity import IDENTITY, IDENTITY_STATES
from .complaints import Complaint

LONGEST_VIEW = timedelta(hours=1)
CIPHERS = ("name_cipher", "id_number_cipher", "phone_cipher", "unit_cipher", "address_cipher")


class NotAmong(models.Func):
    """A value stands nowhere in an array."""

    template, arg_joiner = "(%(expressions)s))", " <> ALL ("
    output_field = models.BooleanField()


@tracked(exclude=CIPHERS)
class ReporterIdentity(models.Model):
    """One person who made a report (检举控告人); every field is encrypted (SM4), and its history keeps none of them.

    The key is made here and not by the database: a key that the database made would have to be read back. Rows are never changed
    and never deleted; whoever has to correct one writes another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, verbose_name=_("report"), on_delete=models.PROTECT, related_name="+")
    name_cipher = models.BinaryField(editable=False)
    id_number_cipher = models.BinaryField(editable=False, default=bytes)
    phone_cipher = models.BinaryField(editable=False, default=bytes)
    unit_cipher = models.BinaryField(editable=False, default=bytes)
    address_cipher = models.BinaryField(editable=False, default=bytes)
    registered_at = models.DateTimeField(_("registered at"), auto_now_add=True)

    class Meta:
        verbose_name = _("identity under lock")
        verbose_name_plural = _("identities under lock")
        default_permissions = ()
        triggers = [pgtrigger.Protect(name="identities_stay", operation=pgtrigger.Delete)]

    def __str__(self):
        return str(_("identity under lock"))

    def __repr__(self):
        return "<ReporterIdentity>"


@tracked(exclude=("mark",))
class IdentityMark(models.Model):
    """Keyed hash (HMAC-SM3) of a word that would give an informer away, by which texts are compared and nothing is read."""

    complaint = models.ForeignKey(Complaint, verbose_name=_("report"), on_delete=models.PROTECT, related_name="+")
    size = models.PositiveSmallIntegerField(_("characters"))
    mark = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("mark of an identity")
        verbose_name_plural = _("marks of identities")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["complaint", "mark"], name="one_mark_per_word")]

    def __str__(self):
        return str(_("mark of an identity"))


@tracked()
class IdentityRequest(CaseBase):
    """A request to see who made a report: why, who answered, until when it was open, how often it was looked at.

    `approvals`: numbers of those who approved (R-CON-04 says how many are needed); `use_until`: an approval not used by then
    lapses; `valid_until`: end of the view that was opened.
    """

    status = models.CharField(_("status"), max_length=20, choices=IDENTITY_STATES)
    complaint = models.ForeignKey(Complaint, verbose_name=_("report"), on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("why the identity is needed"), max_length=500)
    asked_by_id = models.BigIntegerField(_("number of who asked"))
    asked_by_name = models.CharField(pgettext_lazy("identity request", "asked by"), max_length=120)
    approvals = ArrayField(models.BigIntegerField(), verbose_name=_("approved by (numbers)"), default=list, blank=True)
    answered_by_name = models.CharField(_("answered by"), max_length=250, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    use_until = models.DateTimeField(_("to be used by"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    valid_until = models.DateTimeField(_("open until"), null=True, blank=True)
    views = models.PositiveSmallIntegerField(_("looked at (times)"), default=0)

    objects = IdentityRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to see an identity")
        verbose_name_plural = _("requests to see identities")
        permissions = [
            ("ask_identity", _("Ask to see who reported")),
            ("answer_identity", _("Answer requests to see who reported")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="identity_asked_for_a_reason"),
            models.CheckConstraint(
                condition=NotAmong(F("asked_by_id"), F("approvals")), name="identity_not_approved_by_who_asked"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "open", "closed", "lapsed"]) | Q(approvals__len__gt=0),
                name="identity_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["open", "closed"])
                | Q(opened_at__isnull=False, valid_until__lte=F("opened_at") + LONGEST_VIEW),
                name="identity_open_for_an_hour_at_most",
            ),
            models.UniqueConstraint(
                fields=["complaint", "asked_by_id"],
                condition=Q(status__in=["asked", "approved", "open"]),
                name="one_open_request_per_person",
            ),
        ]
        triggers = [
            *case_triggers(IDENTITY),
            pgtrigger.Protect(
                name="begins_unanswered",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__status__df="asked") | pgtrigger.Q(new__opened_at__isnull=False),
            ),
        ]

    @property
    def title(self) -> str:
        """What the inbox prints: the number of the report."""
        return self.complaint.number
