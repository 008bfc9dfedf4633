"""Corrections that units ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..querysets import CorrectionQuerySet
from ..workflows import CORRECTION, CORRECTION_STATES
from .people import Official


@tracked()
class Correction(CaseBase):
    """A unit's liaison asks that fields of a record be corrected (信息更正). `organization` is the person's unit.

    `changes`: one entry per field of the section, `{"name", "old", "new"}`, as typed. Taking it over changes the record.
    """

    status = models.CharField(_("status"), max_length=20, choices=CORRECTION_STATES)
    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="corrections"
    )
    section = models.CharField(_("section"), max_length=20)
    changes = models.JSONField(_("fields"))
    grounds = models.CharField(_("grounds"), max_length=300)
    asked_by_id = models.BigIntegerField(_("number of who asked"), null=True, blank=True)
    asked_by_name = models.CharField(_("asked by"), max_length=120)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a record")
        verbose_name_plural = _("corrections of records")
        permissions = [("ask_correction", _("Ask for corrections of records"))]
        triggers = case_triggers(CORRECTION)

    @property
    def title(self) -> str:
        """What the inbox prints."""
        return str(self.official)
