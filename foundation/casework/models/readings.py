"""Who has looked at a case (谁看过): one light row for each reader of a confidential case."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseReading(models.Model):
    """Somebody has looked at the page of a case: when first, when last, how often.

    A row says nothing about the case but its number. It is written by looking (`services.readings`), kept for
    CASE-READINGS-MONTHS, and has no history: it is one itself. What it says of who and since when never changes.
    """

    kind = models.CharField(_("kind of case"), max_length=40)
    case_no = models.CharField(_("case number"), max_length=80)
    reader_id = models.BigIntegerField(_("number of the reader"))
    reader_name = models.CharField(pgettext_lazy("case", "read by"), max_length=120)
    first_at = models.DateTimeField(_("first read"))
    last_at = models.DateTimeField(_("last read"))
    times = models.PositiveIntegerField(_("times read"), default=1)

    class Meta:
        verbose_name = _("reading of a case")
        verbose_name_plural = _("readings of cases")
        constraints = [models.UniqueConstraint(fields=["kind", "case_no", "reader_id"], name="one_row_of_a_reader")]
        indexes = [models.Index(fields=["last_at"]), models.Index(fields=["reader_id"])]
        triggers = [
            pgtrigger.ReadOnly(name="reader_stays", fields=["kind", "case_no", "reader_id", "first_at"]),
        ]

    def __str__(self):
        return f"{self.case_no} {self.reader_name}"
