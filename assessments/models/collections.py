"""Collecting the figures of a year: one case per responsible department, and remarks at single figures."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..querysets import CollectionQuerySet, RemarkQuerySet
from ..workflows import COLLECTION, COLLECTION_STATES
from .schemes import Cycle, Indicator


@tracked()
class Collection(CaseBase):
    """What a department submits for a year (数据报送): the figures of its indicators for all units of their categories.

    `due_on` is the last day of the department; `released_until` a later one that the office gave (逾期放行). Without a
    collection for a department its figures are entered as before, by whoever is in charge of them.
    """

    status = models.CharField(_("status"), max_length=20, choices=COLLECTION_STATES)
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="collections"
    )
    due_on = models.DateField(_("due"))
    released_until = models.DateField(_("released until"), null=True, blank=True)

    # What a page has read of the case's figures, so that guards need not read it again; never set on a locked case.
    known_sheet = None

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission of figures")
        verbose_name_plural = _("submissions of figures")
        permissions = [
            ("open_collection", _("Open the submission of figures")),
            ("submit_collection", _("Submit the figures of a department")),
            ("verify_collection", _("Verify, return and release submissions of figures")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "organization"], name="one_collection_per_department_and_year")
        ]
        triggers = case_triggers(COLLECTION)

    @property
    def last_day(self) -> date:
        """The last day on which the department may change figures."""
        return max(self.due_on, self.released_until or self.due_on)

    def own_date(self, step: str) -> date | None:
        """The department's last day; the office verifies within its rule."""
        return self.last_day if step in ("submit", "resubmit") else None

    @property
    def title(self) -> str:
        """What the inbox prints."""
        return str(pgettext_lazy("case", "Figures of %(year)d") % {"year": self.cycle.year})


@tracked()
class FigureRemark(models.Model):
    """What the office objects to at one figure (审核意见); settled when the department submits again."""

    collection = models.ForeignKey(
        Collection, verbose_name=_("submission of figures"), on_delete=models.PROTECT, related_name="remarks"
    )
    unit = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    indicator = models.ForeignKey(Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("remark"), max_length=500)
    made_at = models.DateTimeField(_("made at"))
    made_by_name = models.CharField(_("made by"), max_length=120)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark at a figure")
        verbose_name_plural = _("remarks at figures")
        indexes = [models.Index(fields=["collection", "settled_at"])]

    def __str__(self):
        return self.text
