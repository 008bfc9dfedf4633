"""Proposals of bonuses, deductions and vetoes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..choices import ItemType
from ..querysets import ItemQuerySet
from ..workflows import ITEM, ITEM_STATES
from .schemes import Cycle


@tracked()
class Item(CaseBase):
    """A proposed bonus, deduction or veto (加减分、一票否决提案). `organization` proposes, `unit` is whom it is about.

    `points` are signed as in `Adjustment` and empty for a veto. Approval writes the adjustment or veto under `number`.
    """

    status = models.CharField(_("status"), max_length=20, choices=ITEM_STATES)
    cycle = models.ForeignKey(Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="items")
    unit = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit concerned"), on_delete=models.PROTECT, related_name="+"
    )
    item = models.CharField(_("item"), max_length=10, choices=ItemType.choices)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    points = models.DecimalField(_("points"), max_digits=10, decimal_places=4, null=True, blank=True)
    ground = models.CharField(_("ground"), max_length=300)
    document_no = models.CharField(_("document"), max_length=80)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    occurred_on = models.DateField(_("date"))
    number = models.CharField(_("number"), max_length=40, blank=True)
    proposed_by_id = models.BigIntegerField(_("number of who proposed it"), null=True, blank=True)
    proposed_by_name = models.CharField(_("proposed by"), max_length=120)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed bonus, deduction or veto")
        verbose_name_plural = _("proposed bonuses, deductions and vetoes")
        permissions = [
            ("propose_item", _("Propose bonuses, deductions and vetoes")),
            ("decide_item", _("Approve or decline bonuses, deductions and vetoes")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(item="veto", points__isnull=True)
                | Q(item="bonus", points__gt=0)
                | Q(item="deduction", points__lt=0),
                name="item_points_have_their_sign",
            )
        ]
        triggers = case_triggers(ITEM)

    @property
    def title(self) -> str:
        """What the inbox prints: item and unit."""
        return f"{self.get_item_display()} · {self.unit}"
