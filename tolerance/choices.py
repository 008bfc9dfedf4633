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
