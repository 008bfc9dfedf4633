"""What a decision of shelter changes in the other mechanisms: one row for each effect, with before and after."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.audit.tracking import tracked

from ..querysets import DecidedEffectQuerySet


@tracked()
class DecidedEffect(models.Model):
    """One effect of a decision (容错、澄清的效果): what it changes, how it stood, how it stands then, by which rule.

    `kind` is a registered kind of effect (`tolerance.effect_kinds`), `target` the natural key of what is changed, in the words
    of that kind. Planned with the draft of the decision, applied in the transaction of the decision, reversed by another
    decision; never deleted once applied. `before` and `after` are kept as text in the language of the office and, in
    `state`, as what the reversal needs.
    """

    case_kind = models.CharField(_("kind of case"), max_length=40)
    case_no = models.CharField(_("case number"), max_length=80)
    sort = models.PositiveSmallIntegerField(_("order"), default=0)
    organization = models.ForeignKey(
        "organizations.Organization", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )  # the case's own: who keeps the case sees its effects
    kind = models.CharField(_("kind of effect"), max_length=24)
    target = models.CharField(_("what is changed"), max_length=200)
    label = models.CharField(_("effect"), max_length=300)
    about_unit = models.ForeignKey(
        "organizations.Organization",
        verbose_name=_("about the unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    official = models.ForeignKey(
        "officials.Official",
        verbose_name=_("about the official"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    year = models.PositiveSmallIntegerField(_("assessment year"), null=True, blank=True)
    before = models.CharField(_("before"), max_length=300)
    after = models.CharField(_("after"), max_length=300)
    state = models.JSONField(_("state before, for the reversal"), default=dict, blank=True)
    rule_id = models.CharField(_("rule id"), max_length=60)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    reversed_at = models.DateTimeField(_("reversed at"), null=True, blank=True)
    reversed_by = models.CharField(_("reversed by"), max_length=120, blank=True)

    objects = DecidedEffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect of a decision")
        verbose_name_plural = _("effects of decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["case_kind", "case_no", "kind", "target"], name="one_effect_of_a_case_on_a_target"
            ),
            models.CheckConstraint(
                condition=models.Q(reversed_at__isnull=True) | models.Q(applied_at__isnull=False),
                name="reversed_was_applied",
            ),
        ]
        indexes = [models.Index(fields=["kind", "target"]), models.Index(fields=["official"])]

    def __str__(self):
        return f"{self.case_no} {self.kind} {self.target}"
