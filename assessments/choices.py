"""Closed sets that the calculation branches on (assessment engine §2, §3, §5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Method(models.TextChoices):
    """How a raw figure becomes points."""

    DIRECT = "direct", _("direct score (直接评分)")
    COMPLETION = "completion", _("target completion (目标完成率)")
    EFFICACY = "efficacy", _("efficacy coefficient (功效系数)")
    RANK = "rank", _("points by rank (排名赋分)")
    GRADE = "grade", _("points by grade (等次赋分)")
    PASS = "pass", _("threshold (达标)")


class Direction(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")


class VetoEffect(models.TextChoices):
    """What a veto (一票否决) does."""

    CAP_GRADE = "cap_grade", _("grade at most 一般")
    RANK_LAST = "rank_last", _("ranked behind all units without a veto")


class BottomMode(models.TextChoices):
    """How many are flagged as bottom."""

    LAST_N = "last_n", _("the last N")
    LAST_PERCENT = "last_percent", _("the last N percent, rounded up")


class BottomTies(models.TextChoices):
    """What a tie at the boundary of the bottom does."""

    ALL = "all", _("flags every unit of the tie")
    NONE = "none", _("flags no unit of the tie")


class Grade(models.TextChoices):
    """Grade (等次) of a unit."""

    EXCELLENT = "优秀", _("excellent (优秀)")
    GOOD = "良好", _("good (良好)")
    FAIR = "一般", _("fair (一般)")
    POOR = "较差", _("poor (较差)")


class MeasureStep(models.TextChoices):
    """Rungs of the ladder, mildest first."""

    NONE = "none", _("no measure")
    REMINDER_TALK = "reminder_talk", _("reminder talk (谈话提醒)")
    ADMONISHMENT = "admonishment", _("admonishment (诫勉谈话)")
    POST_ADJUSTMENT = "post_adjustment", _("post adjustment (岗位调整)")


STEP_ORDER = tuple(MeasureStep.values)


class ManualReason(models.TextChoices):
    """Why a measure is left to a manual decision (assessment engine §5, §8)."""

    SHORT_TENURE = "short_tenure", _("too few days in the post")
    EQUAL_DAYS = "equal_days", _("several holders with equally many days")
    VACANT = "vacant", _("nobody held the post")


class ItemType(models.TextChoices):
    """What a proposal would write into the year."""

    BONUS = "bonus", _("bonus (加分)")
    DEDUCTION = "deduction", _("deduction (扣分)")
    VETO = "veto", _("veto (一票否决)")


class SchemeState(models.TextChoices):
    """Whether a scheme is still being drawn up."""

    DRAFT = "draft", pgettext_lazy("scheme", "draft")
    ISSUED = "issued", pgettext_lazy("scheme", "issued")


class CycleStatus(models.TextChoices):
    """Whether the inputs of a cycle may change."""

    OPEN = "open", _("open")
    PUBLISHED = "published", _("published, inputs locked")
    CORRECTING = "correcting", _("published, under correction")


class AppealTarget(models.TextChoices):
    """What an appeal is against (assessment engine §6)."""

    FIGURE = "figure", _("figure of an indicator")
    ADJUSTMENT = "adjustment", _("bonus or deduction")
    VETO = "veto", _("veto")


class JobState(models.TextChoices):
    """Where one county's calculation stands."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused: inputs incomplete or wrong")
    FAILED = "failed", _("failed")
