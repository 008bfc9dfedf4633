"""Cycles, schemes and indicators: what is assessed, against whom, by which parameters."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.audit.tracking import tracked

from ..choices import BottomMode, BottomTies, CycleStatus, Direction, Method, SchemeState, VetoEffect
from ..querysets import CycleQuerySet, IndicatorQuerySet, SchemeQuerySet


@tracked()
class Cycle(models.Model):
    """Assessment cycle (考核周期): one jurisdiction in one calendar year."""

    jurisdiction = models.ForeignKey(
        "organizations.Organization", verbose_name=_("jurisdiction"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    status = models.CharField(_("status"), max_length=12, choices=CycleStatus.choices, default=CycleStatus.OPEN)
    published_run = models.ForeignKey(
        "assessments.Run",
        verbose_name=_("published run"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment cycle")
        verbose_name_plural = _("assessment cycles")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "year"], name="one_cycle_per_jurisdiction_and_year"),
            models.CheckConstraint(
                condition=Q(status="open", published_run__isnull=True)
                | (~Q(status="open") & Q(published_run__isnull=False)),
                name="published_cycle_has_a_run",
            ),
        ]
        indexes = [models.Index(fields=["year"])]

    def __str__(self):
        return f"{self.jurisdiction} {self.year}"

    @property
    def is_locked(self) -> bool:
        """Inputs of a published cycle change only after it was opened for correction."""
        return self.status == CycleStatus.PUBLISHED


@tracked()
class Scheme(models.Model):
    """Scheme (考核方案) of one category in one cycle, with the parameters of ranking, grades and bottom rule.

    A draft (编制中) is edited; what is issued (已印发) changes only by an amendment (修订). `version` counts every change of
    scheme or indicators: the second of two editors is noticed by it.
    """

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("assessment cycle"), on_delete=models.PROTECT, related_name="schemes"
    )
    category = models.CharField(_("category"), max_length=20)
    bonus_cap = models.DecimalField(_("cap of bonuses"), max_digits=8, decimal_places=2, default=5)
    deduction_cap = models.DecimalField(_("cap of deductions"), max_digits=8, decimal_places=2, default=-10)
    veto_effect = models.CharField(
        _("effect of a veto"), max_length=10, choices=VetoEffect.choices, default=VetoEffect.CAP_GRADE
    )
    places = models.PositiveSmallIntegerField(_("decimal places of the total"), default=2)
    excellent_share = models.DecimalField(_("share of 优秀"), max_digits=6, decimal_places=4, default="0.30")
    excellent_min = models.PositiveSmallIntegerField(_("at least so many 优秀"), default=0)
    excellent_line = models.DecimalField(_("line of 优秀"), max_digits=8, decimal_places=2, default=90)
    good_line = models.DecimalField(_("line of 良好"), max_digits=8, decimal_places=2, default=80)
    pass_line = models.DecimalField(_("line of 一般"), max_digits=8, decimal_places=2, default=70)
    bottom_mode = models.CharField(
        _("bottom rule"), max_length=14, choices=BottomMode.choices, default=BottomMode.LAST_N
    )
    bottom_value = models.DecimalField(
        _("N or percent"), max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    min_class_size = models.PositiveSmallIntegerField(_("smallest category with a bottom"), default=3)
    exempt_line = models.DecimalField(_("exempting line"), max_digits=8, decimal_places=2, null=True, blank=True)
    bottom_ties = models.CharField(
        _("ties at the bottom"), max_length=4, choices=BottomTies.choices, default=BottomTies.ALL
    )
    tie_breakers = models.JSONField(_("tie-breakers"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=SchemeState.choices, default=SchemeState.DRAFT, db_default=SchemeState.DRAFT
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    document_no = models.CharField(_("document number"), max_length=60, blank=True, db_default="")
    issuer_id = models.BigIntegerField(_("user number"), null=True, blank=True)
    issuer_name = models.CharField(pgettext_lazy("scheme", "issued by"), max_length=120, blank=True, db_default="")
    version = models.PositiveIntegerField(_("version"), default=1, db_default=1)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "category"], name="one_scheme_per_category"),
            models.CheckConstraint(
                condition=Q(bonus_cap__gte=0, deduction_cap__lte=0), name="scheme_caps_have_their_sign"
            ),
            models.CheckConstraint(condition=Q(places__lte=6), name="scheme_places_at_most_six"),
            models.CheckConstraint(
                condition=Q(state="draft", issued_on__isnull=True) | Q(state="issued", issued_on__isnull=False),
                name="issued_scheme_has_its_day",
            ),
        ]
        permissions = [("edit_scheme", _("Draw up, issue and amend schemes"))]

    def __str__(self):
        return f"{self.cycle_id} {self.category}"

    @property
    def is_issued(self) -> bool:
        """Only an amendment changes it."""
        return self.state == SchemeState.ISSUED


@tracked()
class Indicator(models.Model):
    """Leaf indicator (指标). `params` holds the method's parameters, numbers as text: cap, best, worst, step, floor, table, threshold."""

    scheme = models.ForeignKey(Scheme, verbose_name=_("scheme"), on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("indicator"), max_length=120)
    group = models.CharField(_("group"), max_length=60)
    weight = models.DecimalField(_("weight"), max_digits=9, decimal_places=5)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=20, blank=True)
    responsible = models.ForeignKey(
        "organizations.Organization",
        verbose_name=_("responsible department (责任单位)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    method = models.CharField(_("method"), max_length=12, choices=Method.choices)
    direction = models.CharField(_("direction"), max_length=6, choices=Direction.choices, default=Direction.HIGHER)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    sort = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="one_indicator_per_code"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="indicator_weight_is_positive"),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"
