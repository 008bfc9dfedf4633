"""The appeal of a unit against its figures (考核申诉): filed, answered by the responsible department, decided by the office."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.casework.models import CaseBase, case_triggers

from ..choices import AppealTarget
from ..querysets import AppealQuerySet
from ..workflows.appeal import APPEAL, STATES
from .openings import Opening
from .runs import Run
from .schemes import Cycle


@tracked()
class Appeal(CaseBase):
    """Appeal (考核申诉): `organization` objects to what stands in the opened run about it.

    `target` is the code of an indicator or the number of an adjustment or veto. `stated` is what stands there, `wanted` and
    `answered` what unit and department hold to be right, `settled` what was decided: a figure or grade word, points of an
    adjustment, or an empty text where it is to be struck out.
    """

    status = models.CharField(_("status"), max_length=20, choices=STATES)
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="appeals"
    )
    opening = models.ForeignKey(
        Opening, verbose_name=_("opening of a preview"), on_delete=models.PROTECT, related_name="appeals"
    )
    run = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(
        "organizations.Organization",
        verbose_name=_("department that answers"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    target_kind = models.CharField(_("against"), max_length=10, choices=AppealTarget.choices)
    target = models.CharField(_("code or number"), max_length=40)
    target_name = models.CharField(_("name"), max_length=300)
    stated = models.CharField(_("stands there"), max_length=60, blank=True)
    wanted = models.CharField(_("wanted"), max_length=60, blank=True)
    grounds = models.TextField(_("grounds"))
    late_reason = models.TextField(_("why it comes late"), blank=True)
    agrees = models.BooleanField(_("the department agrees"), null=True, blank=True)
    answered = models.CharField(_("right according to the department"), max_length=60, blank=True)
    settled = models.CharField(_("decided"), max_length=60, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        permissions = [
            ("file_appeal", _("File appeals")),
            ("answer_appeal", _("Answer appeals")),
            ("decide_appeal", _("Decide on appeals")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "organization", "target_kind", "target"],
                condition=Q(status__in=sorted(APPEAL.open_states())),
                name="one_open_appeal_per_target",
            ),
        ]
        triggers = case_triggers(APPEAL)

    @property
    def title(self) -> str:
        """What the inbox prints: what the appeal is against."""
        return f"{self.get_target_kind_display()} {self.target} {self.target_name}"
