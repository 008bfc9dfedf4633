"""Closed sets of the record that branches depend on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListKind(models.TextChoices):
    """How a list of people (名单) is kept: its people, or its question."""

    FIXED = "fixed", pgettext_lazy("list", "fixed")
    LIVE = "live", pgettext_lazy("list", "live")


class Status(models.TextChoices):
    """Where a person stands (人员管理状态, ZB126, 2017)."""

    IN_POST = "1", _("in post")
    NOT_IN_POST = "2", _("not in post")
    RETIRED = "21", _("retired")
    TRANSFERRED = "22", _("transferred out")
    DECEASED = "23", _("deceased")
    OTHER = "29", _("other")


class Sex(models.TextChoices):
    """Sex (性别, GB/T 2261.1)."""

    MALE = "1", _("male")
    FEMALE = "2", _("female")


STAFF_KINDS = {
    "administrative": _("Administrative (行政)"),
    "reference": _("Institution, as civil servants (参公)"),
    "institution": _("Institution, other (事业)"),
    "logistics": _("Logistics (工勤)"),
    "other": _("Other (其他)"),
}
"""Kinds of staff (编制类型) as a table of numbers heads them."""


class Nature(models.TextChoices):
    """A period that ends by itself, or a hold until somebody lifts it."""

    PERIOD = "period", _("influence period (影响期)")
    HOLD = "hold", _("hold (暂缓)")


class RatingEffect(models.TextChoices):
    """What a decision does to an annual rating, the strongest first (rule GRD-PRECEDENCE)."""

    NONE = "NONE", _("neither comment nor grade while the case is open")
    UNQUALIFIED = "UNQUALIFIED", _("incompetent (不称职)")
    COMMENT_ONLY = "COMMENT_ONLY", _("comment without a grade (不定等次)")
    NO_EXC = "NO_EXC", _("not excellent (不得确定为优秀)")
