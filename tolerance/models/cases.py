"""Cases of fault tolerance: the matter, its verification, the collective decision, what follows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers
from supervision.choices import VisitResult

from ..choices import Applicant, CorrectionResult, DecidingBody, Outcome
from ..querysets import ToleranceCaseQuerySet
from ..workflows import TOLERANCE, TOLERANCE_STATES

DECIDED_OUTCOMES = [choice for choice in Outcome.choices if choice[0] != Outcome.CLEARED]


@tracked()
class ToleranceCase(CaseBase):
    """A case of fault tolerance (容错免责): who asked, for what event, what was found, what was decided (§1.11).

    `organization` is the unit that applies or to which the cadre belongs; whom the case is about stands in `CaseParty`, the
    answers to conditions, distinctions and factors in `CasePoint`, what the decision changes in `DecidedEffect`.
    `years` are the assessment years that the event can have touched. Texts name no informer.
    """

    status = models.CharField(_("status"), max_length=20, choices=TOLERANCE_STATES)
    applicant_kind = models.CharField(_("begun by"), max_length=12, choices=Applicant.choices)
    applied_by_id = models.BigIntegerField(_("number of who applied"), null=True, blank=True)
    applied_by_name = models.CharField(_("applied by"), max_length=120, blank=True)
    file_no = models.CharField(_("number of the file before"), max_length=80, blank=True)
    title_text = models.CharField(_("matter"), max_length=120)
    event_on = models.DateField(_("day of the event"))
    summary = models.TextField(_("what happened"), max_length=4000)
    loss_yuan = models.DecimalField(_("loss in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    is_collective = models.BooleanField(_("decided collectively before"), default=False)
    decision_record = models.CharField(_("record of the decision at the time"), max_length=300, blank=True)
    inquiry_no = models.CharField(_("number of the accountability inquiry"), max_length=80, blank=True)
    notice_on = models.DateField(_("notice of the investigation received on"), null=True, blank=True)
    late_reason = models.CharField(_("why it was applied for late"), max_length=300, blank=True)
    is_decided_above = models.BooleanField(_("finally decided by a superior body"), default=False)
    years = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("assessment years"), default=list, blank=True)
    claimed = ArrayField(
        models.CharField(max_length=12), verbose_name=_("situations claimed"), default=list, blank=True
    )  # tables tolerance_exempt, tolerance_mitigate
    filing = models.ForeignKey(
        "tolerance.PriorFiling",
        verbose_name=_("prior filing"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    verify_until = models.DateField(_("verification extended until"), null=True, blank=True)
    report = models.TextField(_("verification report"), max_length=8000, blank=True)
    reported_on = models.DateField(_("report of"), null=True, blank=True)
    exempting = ArrayField(
        models.CharField(max_length=12), verbose_name=_("exempting situations"), default=list, blank=True
    )
    mitigating = ArrayField(
        models.CharField(max_length=12), verbose_name=_("mitigating situations"), default=list, blank=True
    )
    excluding = ArrayField(
        models.CharField(max_length=12), verbose_name=_("excluding situations"), default=list, blank=True
    )
    meeting_on = models.DateField(_("meeting of"), null=True, blank=True)
    minutes = models.TextField(pgettext_lazy("meeting", "minutes"), max_length=4000, blank=True)
    body = models.CharField(_("deciding body"), max_length=24, choices=DecidingBody.choices, blank=True)
    body_name = models.CharField(_("name of the body"), max_length=120, blank=True)
    outcome = models.CharField(_("outcome"), max_length=16, choices=DECIDED_OUTCOMES, blank=True)
    word = models.CharField(pgettext_lazy("tolerance", "decision"), max_length=12, blank=True)
    document_no = models.CharField(_("number of the document"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64, blank=True)
    fed_back_on = models.DateField(_("result told on"), null=True, blank=True)
    announced_scope = models.CharField(_("announced to"), max_length=200, blank=True)
    review_asked_on = models.DateField(_("review asked for on"), null=True, blank=True)
    review_document_no = models.CharField(_("number of the decision on review"), max_length=80, blank=True)
    correction_plan = models.TextField(_("correction plan"), max_length=4000, blank=True)
    correction_due = models.DateField(_("correction due"), null=True, blank=True)
    corrected_on = models.DateField(_("correction checked on"), null=True, blank=True)
    correction_result = models.CharField(
        _("result of the correction"), max_length=8, choices=CorrectionResult.choices, blank=True
    )
    filed_on = models.DateField(_("reported and filed on"), null=True, blank=True)
    visited_on = models.DateField(_("visited on"), null=True, blank=True)
    visitors = models.CharField(_("visited by"), max_length=200, blank=True)
    visit_finding = models.CharField(_("finding of the visit"), max_length=8, choices=VisitResult.choices, blank=True)

    objects = ToleranceCaseQuerySet.as_manager()

    # What a page has read of the visits, so that guards and forms need not read them again; never set on a locked case.
    known_visits = None

    class Meta:
        verbose_name = _("case of fault tolerance")
        verbose_name_plural = _("cases of fault tolerance")
        permissions = [
            ("apply_for_tolerance", _("Apply for fault tolerance")),
            ("accept_case", _("Accept applications for fault tolerance")),
            ("verify_case", _("Verify cases of fault tolerance")),
            ("decide_case", _("Decide on cases of fault tolerance")),
            ("follow_case", _("Tell results, follow corrections")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="") | models.Q(decided_on__isnull=False), name="outcome_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["decided_on"]), models.Index(fields=["status"])]
        triggers = case_triggers(TOLERANCE)

    @property
    def title(self) -> str:
        """What the inbox prints."""
        return self.title_text

    def clock_start(self, step):
        """The verification runs from the acceptance; the visit is counted from the decision; a late entry from its own day."""
        days = {"report": self.accepted_on, "close": self.decided_on, "plan": self.fed_back_on}
        return days.get(step)

    def own_date(self, step):
        """An extended verification, and the day that the correction plan itself gives."""
        if step == "report":
            return self.verify_until
        return self.correction_due if step == "accept_correction" else None
