"""Amendments of issued schemes: written once, never changed (the database refuses), sealed like the audit."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.functions import CurrentTransaction

from ..querysets import AmendmentQuerySet
from .runs import immutable
from .schemes import Scheme


class SchemeAmendment(models.Model):
    """Amendment (修订) of an issued scheme: the whole scheme before and after it, the document and the reason.

    `number` counts the amendments of one scheme from 1; `version` is the scheme's version after it. `before` and `after`
    are documents in natural keys, numbers as text (see `rules.schemes.Content`).
    """

    audit_protected = True

    scheme = models.ForeignKey(Scheme, verbose_name=_("scheme"), on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("No."))
    at = models.DateTimeField(pgettext_lazy("time", "amended"))
    actor_id = models.BigIntegerField(_("user number"), null=True, blank=True)
    actor_name = models.CharField(_("by"), max_length=120)
    reason = models.CharField(_("reason"), max_length=300)
    document_no = models.CharField(_("document number"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    before = models.JSONField(pgettext_lazy("amendment", "before"), encoder=DjangoJSONEncoder)
    after = models.JSONField(pgettext_lazy("amendment", "after"), encoder=DjangoJSONEncoder)
    xact = models.BigIntegerField(_("transaction"), db_default=CurrentTransaction(), db_index=True, editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment of a scheme")
        verbose_name_plural = _("amendments of schemes")
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="one_amendment_per_number")]
        triggers = immutable()

    def __str__(self):
        return f"{self.scheme_id} {self.number}"
