"""Conflicts of avoidance between two officials, computed from family relations and posts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..choices import SHORT_TESTS, ConflictTest, ExceptionGround, ResolutionWay, Withdrawing
from ..querysets import ConflictQuerySet
from ..workflows import CONFLICT, CONFLICT_STATES
from ..workflows.avoidance import STANDING


@tracked()
class RelationConflict(CaseBase):
    """Facts that the law keeps apart (公务员法 art. 74, 公务员回避规定): AV1–AV4 and PLACE. `official` is who normally withdraws.

    `relation` is the set S1–S4 of table avoidance_relation; `facts` what it was seen by. For an enterprise of the household
    (AV4) and for a place of growth (PLACE) `other` is empty. `organization` is the unit of `official`. AV5 arises in a
    single matter and is answered there (`selectors.kin.withdrawal_of`).
    """

    status = models.CharField(_("status"), max_length=20, choices=CONFLICT_STATES)
    rule_id = models.CharField(_("test"), max_length=12, choices=ConflictTest.choices)
    official = models.ForeignKey(
        "officials.Official", verbose_name=_("official"), on_delete=models.PROTECT, related_name="+"
    )
    other = models.ForeignKey(
        "officials.Official",
        verbose_name=_("relative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    relation = models.CharField(_("relation"), max_length=4, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    withdraws = models.CharField(_("who withdraws"), max_length=10, choices=Withdrawing.choices, blank=True)
    way = models.CharField(_("way of the resolution"), max_length=10, choices=ResolutionWay.choices, blank=True)
    ground = models.CharField(_("why it is kept"), max_length=10, choices=ExceptionGround.choices, blank=True)
    article = models.CharField(_("article"), max_length=120, blank=True)
    decided_by = models.CharField(pgettext_lazy("conflict", "decided by"), max_length=120, blank=True)
    document_no = models.CharField(_("number of the document"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    due_on = models.DateField(_("to be carried out by"), null=True, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of avoidance")
        verbose_name_plural = _("conflicts of avoidance")
        permissions = [("resolve_conflict", _("Resolve conflicts of avoidance"))]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_id", "official", "other"],
                condition=Q(status__in=STANDING),
                nulls_distinct=False,
                name="one_open_conflict_of_a_pair",
            )
        ]
        triggers = case_triggers(CONFLICT)

    @property
    def title(self) -> str:
        """What the inbox prints."""
        return f"{self.official} · {self.other}" if self.other_id else str(self.official)

    @property
    def short_test(self) -> str:
        """The test in few words."""
        return SHORT_TESTS[self.rule_id]
