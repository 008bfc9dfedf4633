"""Regulation facts as dated rows with citation, their local overrides, code tables, and working days.

Rules, values and code tables are loaded from the files of this room (`load_regulations`); people write only
overrides and calendar days, through the services. Every table here feeds a per-process cache, so each of them
renews the token of its topic in `TableVersion` by a trigger: no write, by whatever way, leaves a stale cache behind.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked
from foundation.common.choices import Worded

from .choices import Confidence, DaySource, Room, Unit, ValueType
from .querysets import OverrideQuerySet, RuleQuerySet

RENEW = """
    INSERT INTO regulations_tableversion (topic, token) VALUES ('TOPIC', gen_random_uuid())
    ON CONFLICT (topic) DO UPDATE SET token = EXCLUDED.token;
    RETURN NULL;
"""


def renews(topic: str) -> list[pgtrigger.Trigger]:
    """Statement triggers that give the topic a new token after every write of the table that carries them.

    A token is random, not a counter: a number reached in a rolled-back transaction may come again with other data.
    """
    return [
        pgtrigger.Trigger(
            name="renew_token",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=RENEW.replace("TOPIC", topic),
        )
    ]


class TableVersion(models.Model):
    """Token of one topic (rules, codes, calendar): a process keeps what it read for as long as the token stands."""

    topic = models.CharField(max_length=12, primary_key=True)
    token = models.UUIDField()

    class Meta:
        verbose_name = _("version of a table of the rulebook")
        verbose_name_plural = _("versions of the tables of the rulebook")

    def __str__(self):
        return f"{self.topic} {self.token}"


@tracked()
class Rule(Worded, models.Model):
    """One computable fact of a regulation (规则). `code` is the id used in code, tests and verdicts."""

    code = models.CharField(_("rule id"), max_length=60, unique=True)
    about_zh = models.CharField(_("subject (Chinese)"), max_length=200)
    about_en = models.CharField(_("subject (English)"), max_length=240)
    unit = models.CharField(_("unit"), max_length=24, choices=Unit.choices)
    value_type = models.CharField(_("type of the value"), max_length=16, choices=ValueType.choices)
    choices = models.JSONField(_("allowed words"), default=list, blank=True)
    words = models.JSONField(_("code tables of its words"), default=list, blank=True)
    minimum = models.DecimalField(_("least"), max_digits=16, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField(_("most"), max_digits=16, decimal_places=4, null=True, blank=True)
    used_by = models.CharField(_("mechanism"), max_length=24, choices=Room.choices)
    sort = models.PositiveIntegerField(_("order"), default=0)
    ended_on = models.DateField(_("left the rulebook on"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        triggers = renews("rules")

    def __str__(self):
        return self.code


@tracked()
class RuleValue(models.Model):
    """What a rule says from a day on, until its next value; null means repealed (废止).

    A value that left the files (its day was corrected) stays as `withdrawn` and no longer counts.
    """

    rule = models.ForeignKey(Rule, verbose_name=_("rule"), on_delete=models.PROTECT, related_name="values")
    starts_on = models.DateField(_("in force from"))
    value = models.JSONField(_("value"), null=True)
    law = models.CharField(_("regulation"), max_length=160)
    article = models.CharField(_("article"), max_length=80, blank=True)
    confidence = models.CharField(_("confidence"), max_length=12, choices=Confidence.choices)
    note_zh = models.TextField(_("note on the source (Chinese)"), blank=True)
    note_en = models.TextField(_("note on the source (English)"), blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("value of a rule")
        verbose_name_plural = _("values of rules")
        constraints = [models.UniqueConstraint(fields=["rule", "starts_on"], name="one_value_per_rule_and_day")]
        triggers = renews("rules")

    def __str__(self):
        return f"{self.rule_id} {self.starts_on}"


@tracked()
class RuleOverride(models.Model):
    """Local setting (本地规定) in place of a rule's own value, for one jurisdiction or, with an empty code, for all.

    Never edited: a change is a new row. A row whose value is null gives the rule's own value back.
    """

    rule = models.ForeignKey(Rule, verbose_name=_("rule"), on_delete=models.PROTECT, related_name="overrides")
    jurisdiction = models.CharField(_("jurisdiction (code)"), max_length=40, blank=True)
    value = models.JSONField(_("value"), null=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    basis = models.TextField(_("basis"))
    decided_by = models.CharField(_("entered by"), max_length=120)
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("local override")
        verbose_name_plural = _("local overrides")
        permissions = [("change_override", _("Set local overrides and calendar days"))]
        indexes = [models.Index(fields=["rule", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="override_dates_in_order"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="override_needs_a_basis"),
        ]
        triggers = [
            *renews("rules"),
            pgtrigger.Protect(name="only_added", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.rule_id} {self.starts_on}"


@tracked()
class CodeTable(models.Model):
    """Code table (代码表): national, of the trade, or our own."""

    code = models.CharField(_("table"), max_length=40, unique=True)
    label_zh = models.CharField(_("name (Chinese)"), max_length=80)
    label_en = models.CharField(_("name (English)"), max_length=120)
    source_note = models.TextField(_("note on the source"), blank=True)

    class Meta:
        verbose_name = _("code table")
        verbose_name_plural = _("code tables")
        triggers = renews("codes")

    def __str__(self):
        return self.code


@tracked()
class CodeRow(models.Model):
    """One code. Codes are text: leading zeros and letters belong to them."""

    table = models.ForeignKey(CodeTable, verbose_name=_("code table"), on_delete=models.PROTECT, related_name="rows")
    code = models.CharField(_("code"), max_length=40)
    label_zh = models.CharField(_("name (Chinese)"), max_length=120)
    label_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    parent_code = models.CharField(_("above it"), max_length=40, blank=True)
    gist = models.TextField(_("what it covers"), blank=True)
    enabled = models.BooleanField(_("offered for choice"), default=True)
    sort = models.PositiveIntegerField(_("order"), default=0)
    source_note = models.TextField(_("note on the source"), blank=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="one_row_per_table_and_code")]
        triggers = renews("codes")

    def __str__(self):
        return f"{self.code} {self.label_zh}"


@tracked()
class CalendarDay(models.Model):
    """Working day or day off as published, make-up days (调休) included; days without a row are estimated."""

    date = models.DateField(_("day"), primary_key=True)
    is_working = models.BooleanField(_("working day"))
    name = models.CharField(_("occasion"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=16, choices=DaySource.choices)
    confidence = models.CharField(_("confidence"), max_length=12, choices=Confidence.choices)
    basis = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        triggers = renews("calendar")

    def __str__(self):
        return str(self.date)
