"""Clearances of false reports, and where each was announced to whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import case_triggers
from supervision.models.base import PersonCase

from ..choices import Consent, Finding
from ..querysets import AnnouncementQuerySet, ClearanceQuerySet
from ..rules.clearance import NEVER_FALSE
from ..workflows.clearance import CLEARANCE, CLEARANCE_STATES


@tracked()
class Clearance(PersonCase):
    """A report about a person and its clearance (澄清正名); `source_no` is the number of the report in its register.

    `summary` is what was reported, without anything that tells who reported it: the informer is kept elsewhere and never here
    (R-CLR-08). `spread`: how far the harm has gone, `scope`: how far the clearance goes, both of table clearance_scope.
    Clearance concerns this one report; it is no judgement of the person as a whole and brings no bonus.
    """

    status = models.CharField(_("status"), max_length=20, choices=CLEARANCE_STATES)
    applied_by = models.CharField(_("applied for by"), max_length=120, blank=True)
    applied_on = models.DateField(_("applied for on"), null=True, blank=True)
    application = models.TextField(_("application"), max_length=4000, blank=True)
    reported_on = models.DateField(pgettext_lazy("report", "reported on"), null=True, blank=True)
    finding = models.CharField(
        pgettext_lazy("report", "finding"), max_length=16, choices=Finding.choices, default=Finding.NO_CONCLUSION
    )
    found_on = models.DateField(pgettext_lazy("report", "found on"), null=True, blank=True)
    finding_body = models.CharField(_("body that found it"), max_length=120, blank=True)
    finding_no = models.CharField(_("document of the finding"), max_length=80, blank=True)
    grounds = ArrayField(
        models.CharField(max_length=16), verbose_name=_("harm done"), default=list, blank=True
    )  # table clearance_ground
    routine_only = models.BooleanField(_("felt in routine talks of the inquiry only"), default=False)
    harm = models.TextField(_("how it harmed"), max_length=2000, blank=True)
    spread = models.CharField(_("how far the harm spread"), max_length=12, blank=True)
    modes = ArrayField(
        models.CharField(max_length=12), verbose_name=_("modes of clearance"), default=list, blank=True
    )  # table clearance_mode
    scope = models.CharField(_("scope of clearance"), max_length=12, blank=True)
    scope_reason = models.CharField(_("why the scope is wider"), max_length=300, blank=True)
    text = models.TextField(_("text of the clearance"), max_length=8000, blank=True)
    section_head = models.CharField(_("head of the section"), max_length=120, blank=True)
    leader_in_charge = models.CharField(_("leader in charge"), max_length=120, blank=True)
    principal_leader = models.CharField(_("principal leader"), max_length=120, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approval_no = models.CharField(_("document of the approval"), max_length=80, blank=True)
    consent = models.CharField(_("consent"), max_length=8, choices=Consent.choices, blank=True)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_by = models.CharField(_("consent taken by"), max_length=120, blank=True)
    consent_how = models.CharField(_("how consent was given"), max_length=300, blank=True)
    document_no = models.CharField(_("number of the letter"), max_length=80, blank=True)
    cleared_on = models.DateField(_("cleared on"), null=True, blank=True)
    late_reason = models.CharField(_("why it came late"), max_length=300, blank=True)
    remedy = models.CharField(_("what was made good"), max_length=500, blank=True)
    certificate_no = models.CharField(_("number of the certificate"), max_length=80, blank=True)
    certificate_on = models.DateField(_("certificate filed on"), null=True, blank=True)
    refusal = models.CharField(_("ground against clearance"), max_length=8, blank=True)  # table clearance_refusal
    explained_on = models.DateField(_("explained to the person on"), null=True, blank=True)
    explained_by = models.CharField(_("explained by"), max_length=120, blank=True)
    explanation = models.TextField(_("explanation to the person"), max_length=2000, blank=True)
    withdrawn_by = models.CharField(_("body and document that withdraw it"), max_length=200, blank=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "clearance")
        verbose_name_plural = pgettext_lazy("cases", "clearances")
        permissions = [
            ("apply_for_clearance", _("Apply for clearance for a person of the unit")),
            ("propose_clearance", _("Take up reports, propose clearance")),
            ("approve_clearance", _("Approve and withdraw clearances")),
            ("carry_out_clearance", _("Carry out clearances")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True) | ~Q(finding__in=[*sorted(NEVER_FALSE), "PROVEN"]),
                name="only_false_reports_are_cleared",
            ),
        ]
        indexes = [models.Index(fields=["official", "cleared_on"]), models.Index(fields=["status"])]
        triggers = case_triggers(CLEARANCE)

    def clock_start(self, step):
        """The days run from the finding, then from the approval (CLR-CLEAR-DAYS, CLR-AFTER-APPROVAL-DAYS)."""
        return self.approved_on if step == "clear" else self.found_on or self.applied_on

    @property
    def is_application(self) -> bool:
        """Did the person ask for it (R-CLR-09)?"""
        return self.applied_on is not None


@tracked()
class ClearanceAnnouncement(models.Model):
    """Where a clearance was said: by which mode, when, where, who heard it, who said it (澄清实施记录)."""

    clearance = models.ForeignKey(
        Clearance, verbose_name=_("clearance"), on_delete=models.PROTECT, related_name="announcements"
    )
    sort = models.PositiveSmallIntegerField(_("order"))
    mode = models.CharField(_("mode"), max_length=12)  # table clearance_mode
    held_on = models.DateField(pgettext_lazy("announcement", "done on"))
    place = models.CharField(pgettext_lazy("announcement", "where"), max_length=200)
    heard_by = models.CharField(_("who heard it"), max_length=300)
    announced_by = models.CharField(_("who said it"), max_length=120)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement of a clearance")
        verbose_name_plural = _("announcements of clearances")
        constraints = [models.UniqueConstraint(fields=["clearance", "sort"], name="order_of_announcements")]

    def __str__(self):
        return f"{self.clearance_id} {self.sort} {self.mode}"
