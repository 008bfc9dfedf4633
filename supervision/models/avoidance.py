"""Conflicts of avoidance between two officials, computed from family relations and posts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..querysets import ConflictQuerySet
from ..workflows import CONFLICT, CONFLICT_STATES


@tracked()
class RelationConflict(CaseBase):
    """Two related people whose posts the law keeps apart (AV1–AV3, 公务员法 art. 74). `official` is who normally withdraws.

    `relation` is the set S1–S4 of table avoidance_relation; `facts` what it was seen by. For a territorial conflict
    `other` is empty. `organization` is the unit of `official`.
    """

    status = models.CharField(_("status"), max_length=20, choices=CONFLICT_STATES)
    rule_id = models.CharField(_("rule id"), max_length=12)
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

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of avoidance")
        verbose_name_plural = _("conflicts of avoidance")
        permissions = [("resolve_conflict", _("Resolve conflicts of avoidance"))]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_id", "official", "other"],
                condition=Q(status__in=["found", "excepted"]),
                nulls_distinct=False,
                name="one_open_conflict_of_a_pair",
            )
        ]
        triggers = case_triggers(CONFLICT)

    @property
    def title(self) -> str:
        """What the inbox prints."""
        return f"{self.official} · {self.other}" if self.other_id else str(self.official)
