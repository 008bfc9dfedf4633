"""The register of reports from the public: what came, about whom, where it stands; who made it is kept elsewhere."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..choices import Channel, Finding, Owner, ReportKind
from ..querysets import CasePartQuerySet, ComplaintQuerySet
from ..workflows.complaint import COMPLAINT, COMPLAINT_STATES


@tracked()
class Complaint(CaseBase):
    """A report from the public (检举控告、信访), with the number of its register, by which clearances and holds name it.

    `organization` is the unit that it is about, or whose people; `official` the first person named, all of them in
    `ComplaintSubject`. `matter` is neutral and names nobody who reported (R-CON-01); it stays empty for a matter of the level
    above (R-CON-02). `due_on` and `due_rule`: the last day for what comes next, as `rules.complaints` gave it.
    """

    status = models.CharField(_("status"), max_length=20, choices=COMPLAINT_STATES)
    county = models.ForeignKey(
        "organizations.Organization", verbose_name=_("county"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("number of the report"), max_length=80)
    kind = models.CharField(pgettext_lazy("report", "kind"), max_length=12, choices=ReportKind.choices)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    owner = models.CharField(_("whose matter"), max_length=8, choices=Owner.choices, default=Owner.OWN)
    received_on = models.DateField(_("received on"))
    matter = models.TextField(_("matter"), max_length=2000, blank=True)
    official = models.ForeignKey(
        "officials.Official",
        verbose_name=_("official"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    informers = models.PositiveSmallIntegerField(_("identities under lock"), default=0)
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_rule = models.CharField(_("rule of the last day"), max_length=60, blank=True)
    handler_id = models.BigIntegerField(_("number of the handler"), null=True, blank=True)
    handler_name = models.CharField(_("handled by"), max_length=120, blank=True)
    registered_by_id = models.BigIntegerField(_("number of who registered it"), null=True, blank=True)
    registered_by_name = models.CharField(_("registered by"), max_length=120, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    acceptance_told_on = models.DateField(_("acceptance told on"), null=True, blank=True)
    is_extended = models.BooleanField(_("time extended"), default=False)
    forwarded_on = models.DateField(_("sent on"), null=True, blank=True)
    forwarded_to = models.CharField(_("sent to"), max_length=120, blank=True)
    forward_no = models.CharField(_("document of sending on"), max_length=80, blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)
    finding = models.CharField(
        pgettext_lazy("report", "finding"), max_length=16, choices=Finding.choices, default=Finding.NO_CONCLUSION
    )
    conclusion = models.TextField(pgettext_lazy("report", "conclusion"), max_length=2000, blank=True)
    result_told_on = models.DateField(_("result told on"), null=True, blank=True)
    reviews = models.PositiveSmallIntegerField(_("reviews asked for"), default=0)
    review_asked_on = models.DateField(_("review asked for on"), null=True, blank=True)
    review_answered_on = models.DateField(_("review answered on"), null=True, blank=True)
    late_reason = models.CharField(_("why it came late"), max_length=300, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("report from the public")
        verbose_name_plural = _("reports from the public")
        permissions = [
            ("register_complaint", _("Register reports and who made them")),
            ("handle_complaint", _("Handle reports from the public")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["county", "number"], name="one_report_per_number"),
            models.CheckConstraint(
                condition=~Q(owner="ABOVE") | Q(matter="", informers=0), name="nothing_of_the_level_above"
            ),
        ]
        indexes = [models.Index(fields=["received_on"]), models.Index(fields=["status"])]
        triggers = case_triggers(COMPLAINT)

    @property
    def title(self) -> str:
        """What the inbox prints: the number, nothing of its content."""
        return self.number

    def own_date(self, step):
        """The last day that the rules of reports gave for what comes next."""
        return self.due_on

    def clock_start(self, step):
        """The days run from the receipt until it is accepted, then from each station's own day."""
        days = {
            "accept": self.received_on,
            "tell_acceptance": self.received_on if self.kind == ReportKind.NAMED else self.accepted_on,
            "conclude": self.accepted_on,
            "tell_result": self.concluded_on,
            "answer_review": self.review_asked_on,
        }
        return days.get(step)


@tracked()
class ComplaintSubject(models.Model):
    """Whom a report is about: an official of the record."""

    case = models.ForeignKey(Complaint, verbose_name=_("case"), on_delete=models.PROTECT, related_name="subjects")
    official = models.ForeignKey(
        "officials.Official", verbose_name=_("official"), on_delete=models.PROTECT, related_name="+"
    )

    objects = CasePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("person reported")
        verbose_name_plural = _("persons reported")
        constraints = [models.UniqueConstraint(fields=["case", "official"], name="official_once_in_report")]

    def __str__(self):
        return f"{self.case_id} {self.official_id}"
