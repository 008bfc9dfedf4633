"""Proposals to use sanctioned officials again, and reuses that were decided before the system came."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import case_triggers

from ..choices import ReuseMode, ReuseOpinion
from ..querysets import ReuseQuerySet
from ..workflows import REUSE, REUSE_STATES
from ..workflows.reuse import OPEN
from .base import PersonCase


@tracked()
class ReuseProposal(PersonCase):
    """Proposal of reuse (重新使用建议) after the decision that `source_no` names (a handling).

    `statements`: what is attested, {condition: {text, evidence}}; `findings`: the conditions as last checked on `checked_on`,
    [{code, state, reasons}]. `proposed_by` is who drafted it. A reuse of earlier years begins and ends in `reused`; its
    `own_words` keep what its list calls the mode.
    """

    status = models.CharField(_("status"), max_length=20, choices=REUSE_STATES)
    mode = models.CharField(_("mode of reuse"), max_length=16, choices=ReuseMode.choices)
    post_text = models.CharField(_("post proposed"), max_length=200)
    statements = models.JSONField(_("statements"), default=dict, blank=True)
    findings = models.JSONField(_("conditions as checked"), default=list, blank=True)
    checked_on = models.DateField(_("conditions checked on"), null=True, blank=True)
    asked_on = models.DateField(pgettext_lazy("reuse", "opinion asked for on"), null=True, blank=True)
    request_no = models.CharField(_("number of the request"), max_length=80, blank=True)
    opinion = models.CharField(
        _("opinion of the discipline commission"), max_length=8, choices=ReuseOpinion.choices, blank=True
    )
    opinion_on = models.DateField(_("opinion of"), null=True, blank=True)
    opinion_by = models.CharField(_("opinion given by"), max_length=120, blank=True)
    opinion_no = models.CharField(_("number of the opinion"), max_length=80, blank=True)
    discussed_on = models.DateField(_("discussed by the department on"), null=True, blank=True)
    minutes_no = models.CharField(_("number of the minutes"), max_length=80, blank=True)
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    reused_on = models.DateField(_("used again on"), null=True, blank=True)
    document_no = models.CharField(_("number of the document"), max_length=80, blank=True)
    own_words = models.CharField(_("mode in the words of the list"), max_length=40, blank=True)

    objects = ReuseQuerySet.as_manager()

    # What a page has computed of the conditions, so that guards need not compute them again; never set on a locked case.
    known_conditions = None

    class Meta:
        verbose_name = _("proposal of reuse")
        verbose_name_plural = _("proposals of reuse")
        permissions = [
            ("propose_reuse", _("Propose that sanctioned officials are used again")),
            ("give_reuse_opinion", _("Give the opinion of the discipline commission on a reuse")),
            ("agree_reuse", _("Agree to proposals of reuse for the department")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["official"], condition=models.Q(status__in=OPEN), name="one_open_reuse_of_a_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="reused") | models.Q(reused_on__isnull=False), name="reused_on_a_day"
            ),
        ]
        indexes = [models.Index(fields=["source_no", "status"])]
        triggers = case_triggers(REUSE)
