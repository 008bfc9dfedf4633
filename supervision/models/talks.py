"""Heart-to-heart talks and the issues that were raised in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import case_triggers

from ..querysets import IssueQuerySet
from ..workflows import TALK, TALK_STATES
from .base import Conversation


@tracked()
class Talk(Conversation):
    """Heart-to-heart talk (谈心谈话): planned for a day, with a topic of table talk_topic."""

    status = models.CharField(_("status"), max_length=20, choices=TALK_STATES)
    topic = models.CharField(pgettext_lazy("talk", "occasion"), max_length=24)  # table talk_topic
    planned_on = models.DateField(_("planned for"))

    class Meta:
        verbose_name = _("heart-to-heart talk")
        verbose_name_plural = _("heart-to-heart talks")
        permissions = [("keep_talk", _("Plan and record heart-to-heart talks"))]
        triggers = case_triggers(TALK)

    def own_date(self, step):
        """The talk is due on the day it was planned for."""
        return self.planned_on


@tracked()
class TalkIssue(models.Model):
    """One issue raised in a talk (问题清单): who sees to it, by when, how it was settled."""

    talk = models.ForeignKey(Talk, verbose_name=_("talk"), on_delete=models.PROTECT, related_name="issues")
    sort = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(pgettext_lazy("talk", "issue"), max_length=500)
    responsible = models.CharField(_("seen to by"), max_length=120, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    settled_on = models.DateField(pgettext_lazy("issue", "settled on"), null=True, blank=True)
    answer = models.CharField(_("how it was settled"), max_length=500, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue of a talk")
        verbose_name_plural = _("issues of talks")
        constraints = [models.UniqueConstraint(fields=["talk", "sort"], name="order_of_issues")]

    def __str__(self):
        return f"{self.talk_id} {self.sort}"
