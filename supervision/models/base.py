"""What the cases of supervision share: the person, where the matter comes from, who proposed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.casework.models import CaseBase

from ..choices import Mode, Source
from ..querysets import PersonCaseQuerySet

AFTER_INSPECTION = "SUP-INSPECTION-MONTHS"
RECTIFYING = ("check", "report")
"""Steps whose clock is that of a rectification."""


class PersonCase(CaseBase):
    """A case about one person. `source_kind` and `source_no` name what it came from in a room above, by natural key."""

    official = models.ForeignKey(
        "officials.Official", verbose_name=_("official"), on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(
        pgettext_lazy("matter", "source"), max_length=12, choices=Source.choices, default=Source.OTHER
    )
    source_kind = models.CharField(_("kind of what it came from"), max_length=40, blank=True)
    source_no = models.CharField(_("number of what it came from"), max_length=80, blank=True)
    summary = models.TextField(_("matter"), max_length=2000)
    proposed_by_id = models.BigIntegerField(_("number of who proposed it"), null=True, blank=True)
    proposed_by_name = models.CharField(pgettext_lazy("tool", "proposed by"), max_length=120, blank=True)

    objects = PersonCaseQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """What the inbox prints."""
        return str(self.official)


class Conversation(PersonCase):
    """A case in which somebody is talked to or written to: mode, letter number, who talked, what was said (§5.1)."""

    mode = models.CharField(_("way"), max_length=8, choices=Mode.choices, default=Mode.TALK)
    document_no = models.CharField(_("number of the document"), max_length=80, blank=True)
    held_on = models.DateField(_("held or delivered on"), null=True, blank=True)
    talkers = models.CharField(_("talked by"), max_length=200, blank=True)
    recorder = models.CharField(_("recorded by"), max_length=120, blank=True)
    place = models.CharField(pgettext_lazy("talk", "place"), max_length=120, blank=True)
    content = models.TextField(_("what was said"), max_length=8000, blank=True)

    class Meta:
        abstract = True

    def clock_rule(self, step):
        """What an inspection tour found is rectified within the time that its own regulation gives (集中整改)."""
        return AFTER_INSPECTION if step in RECTIFYING and self.source == Source.INSPECTION else ""
