"""What an office asks and says in a talk, by its occasion (谈话提纲): the office's own in place of the one that comes with it."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.common.scoping import ScopedQuerySet


@tracked()
class TalkTemplate(models.Model):
    """The office's outline of a talk from a day on, one line each; never edited: a change is a new row.

    `topic`: a code of talk_topic. A row without any line gives the outline that comes with the system back
    (code table talk_template).
    """

    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("jurisdiction"), on_delete=models.PROTECT, related_name="+"
    )
    topic = models.CharField(pgettext_lazy("talk", "occasion"), max_length=24)
    outline = models.TextField(pgettext_lazy("talk", "outline"), max_length=4000, blank=True)
    questions = models.TextField(_("questions"), max_length=4000, blank=True)
    points = models.TextField(_("points to mind"), max_length=4000, blank=True)
    starts_on = models.DateField(_("in force from"))
    entered_by_name = models.CharField(_("entered by"), max_length=120)
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("outline of talks")
        verbose_name_plural = _("outlines of talks")
        indexes = [models.Index(fields=["organization", "topic", "starts_on"])]
        triggers = [pgtrigger.Protect(name="only_added", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.topic} {self.starts_on}"
