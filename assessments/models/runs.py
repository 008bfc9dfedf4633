"""Runs and their results: written once, never changed (the database refuses), sealed like the audit."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.functions import CurrentTransaction

from ..choices import Grade, ManualReason, MeasureStep
from ..querysets import RunQuerySet, RunSchemeQuerySet, RunUnitQuerySet
from ..rules.points import explained_points
from .schemes import Cycle


def immutable() -> list:
    """Guard of a table whose rows never change once written."""
    return [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]


class Run(models.Model):
    """One finished calculation of a cycle (计算). The same inputs have the same digest and reuse the run.

    `digest` is SHA-256 over all inputs in their natural keys, parameters and engine version (hexadecimal).
    """

    audit_protected = True

    number = models.CharField(_("run"), max_length=40, unique=True)
    cycle = models.ForeignKey(Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="runs")
    digest = models.CharField(_("digest of the inputs"), max_length=64)
    engine_version = models.CharField(_("engine version"), max_length=10)
    parameters = models.JSONField(_("parameters"), encoder=DjangoJSONEncoder)
    rulebook_version = models.CharField(_("version of the rulebook"), max_length=64)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    actor_id = models.BigIntegerField(_("user number"), null=True, blank=True)
    actor_name = models.CharField(_("by"), max_length=120)
    unit_count = models.PositiveIntegerField(_("units"))
    effects = models.JSONField(_("tolerance decisions counted"), default=list, encoder=DjangoJSONEncoder)
    xact = models.BigIntegerField(_("transaction"), db_default=CurrentTransaction(), db_index=True, editable=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        permissions = [
            ("run_calculation", _("Start a calculation")),
            ("publish_run", _("Publish a run")),
            ("import_scores", _("Import schemes and figures")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "digest", "engine_version"], name="same_inputs_same_run"),
        ]
        triggers = immutable()

    def __str__(self):
        return self.number


class RunScheme(models.Model):
    """The scheme of one category as a run took it: what the explanations of its units share, written once.

    `indicators` lists code, name, group, method, direction, weight and what the method needs (cap, step, floor, threshold,
    extremes of the category), numbers as text, in the scheme's order. A later change of the scheme does not reach it.
    """

    audit_protected = True

    run = models.ForeignKey(
        Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="schemes", db_index=False
    )
    category = models.CharField(_("category"), max_length=20)
    indicators = models.JSONField(_("indicators"), encoder=DjangoJSONEncoder)
    xact = models.BigIntegerField(_("transaction"), db_default=CurrentTransaction(), db_index=True, editable=False)

    objects = RunSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme of a run")
        verbose_name_plural = _("schemes of runs")
        constraints = [models.UniqueConstraint(fields=["run", "category"], name="one_scheme_per_run_and_category")]
        triggers = immutable()

    def __str__(self):
        return f"{self.run_id} {self.category}"


class RunUnit(models.Model):
    """Result of one unit in a run, with its whole explanation.

    `base` is exact to 25 places, `total` rounded half-up once to the scheme's places. The figures of its indicators are
    columns of arrays, in the order of `scheme.indicators`; `points` puts them together. `notes` says how rank, grade, bottom
    mark, streak and step came about. Results of engine 1 have no `scheme`; their explanation is one document, sealed as it is.
    """

    audit_protected = True

    run = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    category = models.CharField(_("category"), max_length=20)
    scheme = models.ForeignKey(
        RunScheme,
        verbose_name=_("scheme of a run"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    base = models.DecimalField(_("base"), max_digits=40, decimal_places=25)
    bonus = models.DecimalField(_("bonus"), max_digits=12, decimal_places=4)
    deduction = models.DecimalField(_("deduction"), max_digits=12, decimal_places=4)
    vetoes = models.PositiveSmallIntegerField(_("vetoes counted"))
    total = models.DecimalField(_("total"), max_digits=16, decimal_places=6)
    rank = models.PositiveIntegerField(_("rank"))
    n = models.PositiveIntegerField(_("units in the category"))
    grade = models.CharField(_("grade"), max_length=4, choices=Grade.choices)
    flagged = models.BooleanField(_("bottom"))
    shielded = models.BooleanField(_("shielded"))
    mitigated = models.BooleanField(_("mitigated"))
    streak = models.PositiveSmallIntegerField(_("years in a row"))
    flags_in_window = models.PositiveSmallIntegerField(_("times in the window"))
    step = models.CharField(_("proposed step"), max_length=16, choices=MeasureStep.choices)
    states = models.CharField(_("counted (c), not applicable (n), voided (v)"), max_length=200, blank=True)
    figures = ArrayField(
        models.DecimalField(max_digits=30, decimal_places=10, null=True), verbose_name=_("figures"), default=list
    )
    words = ArrayField(models.CharField(max_length=20, null=True), verbose_name=_("grade words"), default=list)
    targets = ArrayField(
        models.DecimalField(max_digits=30, decimal_places=10, null=True), verbose_name=_("targets"), default=list
    )
    leaf_points = ArrayField(
        models.DecimalField(max_digits=70, decimal_places=45, null=True),
        verbose_name=_("points of the indicators"),
        default=list,
    )
    leaf_ranks = ArrayField(
        models.PositiveIntegerField(null=True), verbose_name=_("ranks of the figures"), default=list
    )
    weight_counted = models.DecimalField(_("sum of the weights that apply"), max_digits=12, decimal_places=4, default=0)
    engine1_points = models.JSONField(
        _("explanation by engine 1"), encoder=DjangoJSONEncoder, null=True, db_column="points"
    )
    notes = models.JSONField(_("notes"), encoder=DjangoJSONEncoder)
    xact = models.BigIntegerField(_("transaction"), db_default=CurrentTransaction(), db_index=True, editable=False)

    objects = RunUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a unit")
        verbose_name_plural = _("results of units")
        permissions = [("view_result", _("See results"))]
        constraints = [models.UniqueConstraint(fields=["run", "unit"], name="one_result_per_run_and_unit")]
        triggers = immutable()

    def __str__(self):
        return f"{self.run_id} {self.unit_id} {self.rank}"

    FIGURES = ("states", "figures", "words", "targets", "leaf_points", "leaf_ranks", "engine1_points")
    """The long columns, which lists do not read."""

    @property
    def points(self) -> list[dict]:
        """Every indicator: code, raw, target, p, weight, effective weight, contribution (numbers as text)."""
        if self.scheme_id is None:
            return self.engine1_points or []
        figures = (self.states, self.figures, self.words, self.targets, self.leaf_points, self.leaf_ranks)
        return explained_points(self.scheme.indicators, *figures, self.weight_counted)


class RunMeasure(models.Model):
    """What a run would propose for whom: a preview; cases are opened when the run is published."""

    audit_protected = True

    run = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="measures")
    unit = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    post = models.ForeignKey("organizations.Post", verbose_name=_("post"), on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey(
        "officials.Official",
        verbose_name=_("official"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    days = models.PositiveSmallIntegerField(_("days in post"))
    step = models.CharField(_("step"), max_length=16, choices=MeasureStep.choices)
    manual_reason = models.CharField(
        _("left to a decision because"), max_length=16, choices=ManualReason.choices, blank=True
    )
    candidates = models.JSONField(_("holders with their days"), default=list, encoder=DjangoJSONEncoder)
    xact = models.BigIntegerField(_("transaction"), db_default=CurrentTransaction(), db_index=True, editable=False)

    class Meta:
        verbose_name = _("measure of a run")
        verbose_name_plural = _("measures of runs")
        triggers = immutable()

    def __str__(self):
        return f"{self.run_id} {self.unit_id} {self.step}"


class Publication(models.Model):
    """A run was made the published one of its cycle: who, when, why. Earlier publications stay on record."""

    audit_protected = True

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="publications"
    )
    run = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="publications")
    at = models.DateTimeField(pgettext_lazy("time", "published"))
    actor_id = models.BigIntegerField(_("user number"), null=True, blank=True)
    actor_name = models.CharField(_("by"), max_length=120)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    request_no = models.CharField(_("request to publish"), max_length=40, blank=True)
    xact = models.BigIntegerField(_("transaction"), db_default=CurrentTransaction(), db_index=True, editable=False)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        triggers = immutable()

    def __str__(self):
        return f"{self.cycle_id} {self.run_id}"
