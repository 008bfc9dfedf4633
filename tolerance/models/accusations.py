"""Reports that are looked at as false accusations; who reported is never kept here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import case_triggers
from supervision.models.base import PersonCase

from ..choices import AccusationSign, Aggravation, ApprovalLevel
from ..workflows.accusation import ACCUSATION, ACCUSATION_STATES


@tracked()
class FalseAccusation(PersonCase):
    """An inquiry whether a report was a false accusation (诬告陷害); `official` is whom the report was about.

    `source_no` is the number of the report in its register, or of the clearance it came up with (`source_kind`). DETERMINED
    rests on the approval of a body of the prefecture or above with its document (R-FAL-02); the database asks for both.
    """

    status = models.CharField(_("status"), max_length=20, choices=ACCUSATION_STATES)
    report_no = models.CharField(_("number of the report"), max_length=80, blank=True)
    signs = ArrayField(
        models.CharField(max_length=12, choices=AccusationSign.choices), verbose_name=_("signs"), default=list
    )
    is_fabricated = models.BooleanField(_("facts fabricated or material forged"), default=False)
    is_intended = models.BooleanField(_("meant to harm the person"), default=False)
    aggravations = ArrayField(
        models.CharField(max_length=12, choices=Aggravation.choices),
        verbose_name=_("what makes it graver"),
        default=list,
        blank=True,
    )
    evidence = models.TextField(_("evidence"), max_length=4000, blank=True)
    sent_no = models.CharField(_("number of the report upward"), max_length=80, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    approval_level = models.CharField(
        _("level of the approving body"), max_length=12, choices=ApprovalLevel.choices, blank=True
    )
    approval_body = models.CharField(_("approving body"), max_length=120, blank=True)
    approval_no = models.CharField(_("document of the approval"), max_length=80, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    handling = models.CharField(_("how the reporter is dealt with"), max_length=500, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("case", "false accusation")
        verbose_name_plural = pgettext_lazy("cases", "false accusations")
        permissions = [
            ("keep_accusation", _("Inquire into false accusations")),
            ("conclude_accusation", _("Conclude inquiries into false accusations")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="DETERMINED")
                | (Q(approval_level__in=["PREFECTURE", "PROVINCE", "CENTRAL"]) & ~Q(approval_no="")),
                name="determined_at_the_prefecture",
            ),
        ]
        triggers = case_triggers(ACCUSATION)
