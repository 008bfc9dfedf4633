"""Business entries and the seals that prove nothing was changed behind them. No foreign keys out: names are copied."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .actions import label_of
from .fields import transaction_id_field
from .querysets import EntryQuerySet
from .targets import kind_label


def append_only():
    """Trigger that refuses UPDATE and DELETE; TRUNCATE is refused by the role (a trigger would break test databases)."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Entry(models.Model):
    """Audit entry (审计记录): one act of one service, written in the act's own transaction.

    `data` holds codes, numbers and ids, never names of persons or document numbers. Rows changed by the act are the row
    events with the same `xact`.
    """

    at = models.DateTimeField(_("time"), db_default=Now(), editable=False)
    actor_id = models.BigIntegerField(_("user number"), null=True, blank=True)
    actor_name = models.CharField(_("acting person"), max_length=150)
    actor_roles = ArrayField(models.CharField(max_length=40), verbose_name=_("roles"), default=list, blank=True)
    org_path = models.CharField(_("path of the unit"), max_length=120, blank=True, db_collation="C")
    action = models.CharField(_("action"), max_length=80)
    target_kind = models.CharField(_("kind of object"), max_length=40, blank=True)
    target_no = models.CharField(_("number of the object"), max_length=80, blank=True)
    target_label = models.CharField(_("object"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    basis = models.TextField(_("legal basis"), blank=True)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64, blank=True)
    data = models.JSONField(_("details"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    xact = transaction_id_field(_("transaction"))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        default_permissions = ("view",)
        permissions = [("verify", _("Verify the audit trail"))]
        triggers = [append_only()]
        indexes = [
            models.Index(fields=["target_kind", "target_no"], name="entry_target"),
            models.Index(fields=["at"], name="entry_at"),
            models.Index(fields=["actor_id"], name="entry_actor"),
            models.Index(fields=["action", "at"], name="entry_action"),
            models.Index(fields=["org_path"], name="entry_org_path"),
        ]

    def __str__(self):
        return f"{label_of(self.action)} {kind_label(self.target_kind)} {self.target_no}".rstrip()


class Seal(models.Model):
    """Seal (封印) over audit rows of a window of transactions, chained to the one before.

    A window is `from_xact <= xact < to_xact`; a large one is cut into several seals with the same bounds. `leaves` is,
    table by table in the order of `tables`, the row id (8 bytes, big endian) and the SM3 of the row (32 bytes), by id.
    """

    number = models.BigIntegerField(_("number"), unique=True)
    prev = models.BinaryField(_("digest before"), max_length=32)
    from_xact = models.BigIntegerField(_("from transaction"))
    to_xact = models.BigIntegerField(_("before transaction"))
    tables = models.JSONField(_("tables"), help_text=_("Per table: name, key column, hashed columns, number of rows."))
    rows = models.BigIntegerField(_("rows"))
    leaves = models.BinaryField(_("digests of the rows"))
    digest = models.BinaryField(_("digest"), max_length=32)
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        default_permissions = ("view",)
        triggers = [append_only()]
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {bytes(self.digest).hex()[:16]}"
