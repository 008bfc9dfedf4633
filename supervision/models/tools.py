"""The tools of daily supervision: reminder talk, inquiry letter, admonishment (R-1.40 … R-1.44)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.casework.models import case_triggers

from ..workflows import (
    ADMONISHMENT,
    ADMONISHMENT_STATES,
    INQUIRY,
    INQUIRY_STATES,
    REMINDER,
    REMINDER_STATES,
)
from .base import Conversation


@tracked()
class Reminder(Conversation):
    """Reminder talk (提醒谈话): kept on record, without an influence period (R-DIS-REMIND)."""

    status = models.CharField(_("status"), max_length=20, choices=REMINDER_STATES)
    rectification = models.TextField(_("rectification"), max_length=4000, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("reminder talk")
        verbose_name_plural = _("reminder talks")
        permissions = [
            ("propose_tool", _("Propose reminder talks, inquiries and admonishments")),
            ("review_tool", _("Review admonishments and leads")),
            ("agree_tool", _("Approve reminders and inquiries, agree to admonishments")),
            ("carry_out_tool", _("Carry out reminders, inquiries and admonishments")),
            ("import_talks", _("Import talks and letters")),
        ]
        triggers = case_triggers(REMINDER)

    def clock_start(self, step):
        """The check follows six months after the talk."""
        return self.held_on


@tracked()
class Inquiry(Conversation):
    """Inquiry letter (函询): `received_on` starts the clock of the reply; `round` counts the letters (R-1.42)."""

    status = models.CharField(_("status"), max_length=20, choices=INQUIRY_STATES)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(_("letter"), default=1)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    reply = models.TextField(_("reply"), max_length=8000, blank=True)
    unit_opinion = models.TextField(_("opinion of the unit's head"), max_length=2000, blank=True)
    late_reason = models.CharField(_("why the reply came late"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("inquiry letter")
        verbose_name_plural = _("inquiry letters")
        triggers = case_triggers(INQUIRY)

    def clock_start(self, step):
        """15 working days from the day after the letter was received."""
        return self.received_on or self.held_on


@tracked()
class Admonishment(Conversation):
    """Admonishment (诫勉): situations by table admonish_situation; its influence period begins on the day it is delivered."""

    status = models.CharField(_("status"), max_length=20, choices=ADMONISHMENT_STATES)
    situations = ArrayField(models.CharField(max_length=8), verbose_name=_("situations"), default=list)
    approved_by = models.CharField(_("approved by"), max_length=120, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approval_no = models.CharField(_("document of the approval"), max_length=80, blank=True)
    examined_on = models.DateField(_("self-examination received on"), null=True, blank=True)
    examination = models.TextField(_("self-examination"), max_length=8000, blank=True)
    reported_on = models.DateField(_("rectification reported on"), null=True, blank=True)
    rectification = models.TextField(_("rectification"), max_length=8000, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    consequence = models.CharField(_("proposed consequence"), max_length=24, blank=True)  # table handling_type
    late_reason = models.CharField(_("why it came late"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("admonishment")
        verbose_name_plural = _("admonishments")
        triggers = case_triggers(ADMONISHMENT)

    def clock_start(self, step):
        """Five working days and six months both run from the day it was delivered."""
        return self.held_on
