"""What a unit may have: leaders and staff approved, as dated values."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked

from ..querysets import ApprovedNumbersQuerySet
from .units import Organization


@tracked()
class ApprovedNumbers(models.Model):
    """Leaders (核定职数) and staff (编制) approved for a unit from a day on; they hold until the next row begins.

    A field without a number says nothing: it was not approved one by one. `leaders` and `staffing` are the sums.
    """

    organization = models.ForeignKey(
        Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="approved_numbers"
    )
    starts_on = models.DateField(_("from"))
    leaders = models.PositiveSmallIntegerField(_("leaders approved"), null=True, blank=True)
    principals = models.PositiveSmallIntegerField(_("principal leaders approved (正职)"), null=True, blank=True)
    deputies = models.PositiveSmallIntegerField(_("deputy leaders approved (副职)"), null=True, blank=True)
    staffing = models.PositiveIntegerField(_("staff approved"), null=True, blank=True)
    administrative = models.PositiveIntegerField(_("administrative staff (行政编制)"), null=True, blank=True)
    reference = models.PositiveIntegerField(
        _("institution staff managed as civil servants (参公)"), null=True, blank=True
    )
    institution = models.PositiveIntegerField(_("other institution staff (事业)"), null=True, blank=True)
    logistics = models.PositiveIntegerField(_("logistics staff (工勤)"), null=True, blank=True)
    other = models.PositiveIntegerField(_("other staff"), null=True, blank=True)
    document_no = models.CharField(_("document"), max_length=120)
    decided_by = models.CharField(_("entered by"), max_length=60)
    entered_at = models.DateTimeField(_("entered at"), auto_now=True)

    objects = ApprovedNumbersQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved numbers of a unit")
        verbose_name_plural = _("approved numbers of units")
        constraints = [
            models.UniqueConstraint(fields=["organization", "starts_on"], name="one_set_of_numbers_per_unit_and_day"),
            models.CheckConstraint(
                condition=Q(leaders__isnull=True)
                | Q(principals__isnull=True)
                | Q(deputies__isnull=True)
                | Q(leaders__gte=F("principals") + F("deputies")),
                name="approved_leaders_hold_their_parts",
            ),
        ]

    def __str__(self):
        return f"{self.organization_id} {self.starts_on}"
