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


class Act(models.TextChoices):
    """What an act does to units."""

    FOUND = "found", _("founded (新设)")
    RENAME = "rename", _("renamed (更名)")
    MOVE = "move", _("moved (划转)")
    MERGE = "merge", _("merged (合并)")
    SPLIT = "split", _("split (分设)")
    CLOSE = "close", _("closed (撤销)")
    UNDO = "undo", _("undone (撤回)")
