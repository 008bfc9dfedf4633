"""The request to publish a run (发布提请): one asks, another signs, and only then the run is published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..querysets import PublishRequestQuerySet
from ..workflows.publish_request import PUBLISH_REQUEST, REQUESTED, STATES
from .runs import Run
from .schemes import Cycle


@tracked()
class PublishRequest(CaseBase):
    """Request to publish a run (发布提请). `organization` is the county. `signers` people are needed, the asker included.

    `override_reason` says why it is published although the units may still object or figures are not verified.
    `overridden` are numbers of appeals that were open then: in requests from the time when those could be overridden as well, none since.
    """

    status = models.CharField(_("status"), max_length=20, choices=STATES)
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="publish_requests"
    )
    run = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="publish_requests")
    reason = models.CharField(_("decision it rests on"), max_length=300)
    override_reason = models.CharField(_("published in spite of objections because"), max_length=300, blank=True)
    overridden = models.JSONField(_("appeals overridden"), default=list, blank=True)
    signers = models.PositiveSmallIntegerField(_("people needed"))
    asked_by = models.BigIntegerField(_("number of who asked"), null=True, blank=True)
    asked_by_name = models.CharField(_("asked by"), max_length=120)

    objects = PublishRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to publish")
        verbose_name_plural = _("requests to publish")
        permissions = [("sign_run", _("Sign the publication of a run"))]
        constraints = [
            models.UniqueConstraint(fields=["cycle"], condition=Q(status=REQUESTED), name="one_open_publish_request"),
        ]
        triggers = case_triggers(PUBLISH_REQUEST)

    @property
    def title(self) -> str:
        """What the inbox prints: the run."""
        return self.run.number
