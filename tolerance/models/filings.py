"""Prior filings of risky reforms: what is to be done, what can go wrong, what is done against it, for how long."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..choices import RiskLevel
from ..querysets import PriorFilingQuerySet
from ..workflows.filing import FILING, FILING_STATES


@tracked()
class PriorFiling(CaseBase):
    """A risky reform filed by its unit before it acts (容错报备, §1.7); a later case of tolerance can cite it as evidence.

    `starts_on` and `ends_on`: the term in which it is to be carried out; both days belong to it. `decision_record` names the
    collective decision. `opinion` is that of the preliminary review.
    """

    status = models.CharField(_("status"), max_length=20, choices=FILING_STATES)
    filed_by_id = models.BigIntegerField(_("number of who filed"), null=True, blank=True)
    filed_by_name = models.CharField(_("filed by"), max_length=120, blank=True)
    title_text = models.CharField(_("matter"), max_length=120)
    reform = models.TextField(_("what is to be done, and why"), max_length=4000)
    basis = models.CharField(_("policy or task that it rests on"), max_length=300, blank=True)
    responsible = models.CharField(_("who is responsible"), max_length=200, blank=True)
    decision_record = models.CharField(_("record of the collective decision"), max_length=300, blank=True)
    breaks_no_ban = models.BooleanField(_("no law, rule or superior order forbids it"), default=False)
    risk_level = models.CharField(_("level of risk"), max_length=8, choices=RiskLevel.choices, blank=True)
    risks = models.TextField(_("risk statement"), max_length=4000, blank=True)
    measures = models.TextField(_("planned measures"), max_length=4000, blank=True)
    starts_on = models.DateField(pgettext_lazy("filing", "begins on"), null=True, blank=True)
    ends_on = models.DateField(pgettext_lazy("filing", "ends on"), null=True, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    opinion = models.TextField(_("opinion of the preliminary review"), max_length=2000, blank=True)
    result = models.TextField(pgettext_lazy("filing", "result"), max_length=2000, blank=True)
    ended_on = models.DateField(pgettext_lazy("filing", "ended on"), null=True, blank=True)

    objects = PriorFilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("prior filing")
        verbose_name_plural = _("prior filings")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="filing_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["status"])]
        triggers = case_triggers(FILING)

    @property
    def title(self) -> str:
        """What the inbox prints."""
        return self.title_text

    def own_date(self, step):
        """The result is due when the term has ended."""
        return self.ends_on if step == "close" else None
