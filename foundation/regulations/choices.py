"""Closed sets that drive branches in the rulebook."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Confidence(models.TextChoices):
    """How sure we are of a value: read in its source, remembered, another place's practice, our own default."""

    VERIFIED = "verified", _("verified")
    RECALLED = "recalled", _("recalled")
    PRACTICE = "practice", _("practice elsewhere")
    DEFAULT = "default", _("default")


class ValueType(models.TextChoices):
    """What a rule's value is; decides how it is checked when it comes in and typed when it is read."""

    INTEGER = "integer", _("whole number")
    DECIMAL = "decimal", _("exact decimal")
    BOOLEAN = "boolean", _("yes or no")
    TEXT = "text", _("word")
    TEXT_LIST = "text_list", _("list of words")
    INTEGER_TABLE = "integer_table", _("table word → whole number")
    DECIMAL_TABLE = "decimal_table", _("table word → exact decimal")
    TEXT_TABLE = "text_table", _("table word → word")
    STEP_TABLE = "step_table", _("table whole number → word")
    RECORD = "record", _("record")
    ROWS = "rows", _("list of records")


class DaySource(models.TextChoices):
    """Where a calendar day comes from; only official days were entered from a State Council notice."""

    OFFICIAL = "official", _("State Council notice")
    PACKAGE = "chinesecalendar", _("public calendar package")
    ESTIMATED = "estimated", _("estimated")


class Room(models.TextChoices):
    """Mechanism whose code reads a rule; the contract test asks for the code as soon as the room exists."""

    ASSESSMENTS = "assessments", _("Assessment")
    CASEWORK = "casework", _("Cases and deadlines")
    OFFICIALS = "officials", _("Officials")
    SUPERVISION = "supervision", _("Supervision")
    TOLERANCE = "tolerance", _("Tolerance and clearance")
    APPOINTMENTS = "appointments", _("Selection and appointment")
    REWARDS = "rewards", _("Rewards")
    DEVELOPMENT = "development", _("Training and placements")
    ACCOUNTS = "accounts", _("Accounts and security")
    AUDIT = "audit", _("Audit")
    REGULATIONS = "regulations", _("Rulebook")


class Unit(models.TextChoices):
    """What a value is counted in; the label stands behind the value on pages."""

    YEARS = "years", _("years")
    MONTHS = "months", _("months")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    HOURS = "hours", _("hours")
    MINUTES = "minutes", _("minutes")
    SHARE = "share", _("share")
    PERCENT = "percent", _("per cent")
    POINTS = "points", pgettext_lazy("unit of a value", "points")
    PLACES = "places", pgettext_lazy("unit of a value", "decimal places")
    COUNT = "count", _("in number")
    YUAN = "yuan", _("yuan")
    AGE = "age", _("years of age")
    CHARACTERS = "characters", _("characters")
    WORD = "word", _("word")
    FLAG = "flag", _("yes or no")
    TABLE = "table", _("table")
