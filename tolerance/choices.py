"""Closed sets that the calculation branches on (assessment engine §4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Effect(models.TextChoices):
    """What a tolerance decision changes in a unit's assessment of a year."""

    VOID = "void", _("not counted")
    SHIELD = "shield", _("no measure for the leaders, year not counted in the streak")
    MITIGATE = "mitigate", _("measure one step lower")


class Target(models.TextChoices):
    """What a `void` names."""

    ADJUSTMENT = "adjustment", _("deduction")
    VETO = "veto", _("veto")
    INDICATOR = "indicator", _("indicator")


class Outcome(models.TextChoices):
    """What was decided about shelter: each kind of effect names the outcomes that can bring it."""

    EXEMPT = "EXEMPT", _("exempted (不予、免予追究)")
    MITIGATED = "MITIGATED", _("lighter handling (从轻、减轻)")
    NOT_TOLERATED = "NOT_TOLERATED", _("not tolerated (不予容错)")
    CLEARED = "CLEARED", _("cleared of a false report (澄清)")
