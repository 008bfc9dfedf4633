"""Closed code sets that drive branches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a node of the tree is."""

    JURISDICTION = "jurisdiction", _("jurisdiction")
    DEPARTMENT = "department", _("department")
    TOWN = "town", _("town or subdistrict")
    SECTION = "section", _("section")
    GROUP = "group", _("group")
