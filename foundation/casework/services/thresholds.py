"""Lead times and thresholds of alerts: which rules they are, what a change would make, and putting it in force."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.common.tasks import enqueue
from foundation.organizations.models import Organization
from foundation.regulations.choices import Unit, ValueType
from foundation.regulations.models import Rule
from foundation.regulations.rules.values import Shape, ValueRefused, checked, typed
from foundation.regulations.services.overrides import PERMISSION, set_override
from foundation.regulations.services.rulebook import Rulebook, rulebook
from foundation.regulations.services.wording import refusal_text

from ..alert_kinds import AlertKind, alert_kinds
from ..rules.severity import SEVERITIES, in_disorder
from .alert_sweep import found_on, grader
from .notices import tell

EDITABLE = (ValueType.INTEGER, ValueType.INTEGER_TABLE)
LEAD_TIMES = "casework.change_lead_times"
COUNTED_IN = (Unit.MONTHS, Unit.DAYS, Unit.WORKING_DAYS)


def kinds_by_rule() -> dict[str, list[AlertKind]]:
    """The kinds of alerts by each rule they read."""
    found: dict[str, list[AlertKind]] = {}
    for kind in alert_kinds():
        for rule_id in filter(None, (kind.lead_rule, *kind.rule_ids)):
            found.setdefault(rule_id, []).append(kind)
    return found


def threshold_rules() -> list[Rule]:
    """Rules with numbers that decide when something becomes an alert, in the order of the rulebook."""
    rules = Rule.objects.filter(code__in=kinds_by_rule(), ended_on=None, value_type__in=EDITABLE)
    return list(rules.order_by("sort", "code"))


def is_lead_time(rule: Rule) -> bool:
    """Does the rule only say how early a fact shows? Past its day it is red whatever the rule says."""
    return rule.code.startswith("ALR-") and rule.value_type == ValueType.INTEGER_TABLE and rule.unit in COUNTED_IN


def right_over(rule: Rule, actor) -> str:
    """The permission by which the actor changes a threshold; empty: they may not.

    Whoever keeps the rulebook changes all of them. The sections to which alerts are given change how early these show, and
    nothing else: numbers that let a fact pass (excesses, years in a post, how long an alert may be put off) are not theirs.
    """
    if scope_of(actor, PERMISSION):
        return PERMISSION
    owned = any(scope_of(actor, kind.permission) for kind in kinds_by_rule().get(rule.code, ()))
    return LEAD_TIMES if is_lead_time(rule) and owned and scope_of(actor, LEAD_TIMES) else ""


@dataclass(frozen=True)
class Effect:
    """How many alerts a kind has by colour before and after a change."""

    kind: AlertKind
    before: Counter
    after: Counter

    @property
    def cells(self) -> list[tuple[str, int, int]]:
        """Colour, before, after; the most urgent first."""
        return [(name, self.before[name], self.after[name]) for name in SEVERITIES]

    @property
    def totals(self) -> tuple[int, int]:
        """All colours before and after."""
        return self.before.total(), self.after.total()


def preview(*, actor, rule: Rule, value: Any, jurisdiction: str, day: date) -> list[Effect]:
    """What every kind that reads the rule would yield on a day, with the value now in force and with the new one.

    Counted over the counties for which the setting would hold and that lie in the actor's area; nothing is written. Raises
    DomainError `value_refused` as saving would.
    """
    stored = check_value(rule, value)
    scope = scope_of(actor, right_over(rule, actor))
    counties = Organization.objects.system().filter(parent__isnull=True)
    counties = counties.filter(code=jurisdiction) if jurisdiction else counties
    effects = {kind.code: Effect(kind, Counter(), Counter()) for kind in kinds_by_rule().get(rule.code, ())}
    for county in (county for county in counties if scope.covers(county.path)):
        book = rulebook(on=day, jurisdiction=county.code)
        changed = _with(book, rule, stored)
        for effect in effects.values():
            before, after = _counted(effect.kind, day, book, changed, county, rule)
            effect.before.update(before)
            effect.after.update(after)
    return list(effects.values())


def _with(book: Rulebook, rule: Rule, stored: Any) -> Rulebook:
    """The book with another value of one rule."""
    other = replace(book.get(rule.code), value=typed(rule.value_type, stored), stored=stored)
    return Rulebook(book.on, book.jurisdiction, {**book.rules, rule.code: other})


def _counted(kind, day, book, changed, county, rule) -> tuple[Counter, Counter]:
    """Numbers by colour with both books. Lead times only colour what was found: it is looked for once."""
    if kind.is_given:
        return Counter(), Counter()
    if rule.code != kind.lead_rule:
        return tuple(
            Counter(row.severity for row in found_on(kind, day, each, county).values()) for each in (book, changed)
        )
    facts = list((kind.find_days or kind.find)(day, book, county))
    graders = (grader(kind, day, each) for each in (book, changed))
    return tuple(Counter(filter(None, map(grade, facts))) for grade in graders)


def check_value(rule: Rule, value: Any) -> Any:
    """The value as it is stored. Raises DomainError for what the rule does not take, and for numbers in disorder."""
    try:
        stored = checked(Shape(rule.value_type, tuple(rule.choices), rule.minimum, rule.maximum), value)
    except ValueRefused as refused:
        raise DomainError("value_refused", refusal_text(refused), status=400) from refused
    if rule.value_type == ValueType.INTEGER_TABLE and rule.code.startswith("ALR-"):
        if in_disorder(typed(rule.value_type, stored)):
            text = _("The numbers must grow: lead times from orange over yellow to blue, excesses from yellow to red.")
            raise DomainError("LEADS_IN_DISORDER", text, status=400)
    return stored


@transaction.atomic
def change_threshold(*, actor, rule: Rule, value: Any, starts_on: date, basis: str, jurisdiction="", ends_on=None):
    """Put another value in force as a local setting of the rulebook, and look anew at the kinds that read it.

    A change by a section is told to those who keep the rulebook. Raises PermissionDenied without a right over it, what `set_override` raises, and DomainError for numbers in disorder.
    """
    check_value(rule, value)
    right = right_over(rule, actor)
    if not right:
        raise PermissionDenied(LEAD_TIMES)
    override = set_override(
        actor=actor,
        rule_id=rule.code,
        value=value,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=basis,
        jurisdiction=jurisdiction,
        permission=right,
    )
    if right == LEAD_TIMES and jurisdiction:
        _tell_keepers(actor, rule, jurisdiction, starts_on)
    if starts_on <= timezone.localdate():
        for kind in kinds_by_rule().get(rule.code, ()):
            if not kind.is_given:
                enqueue("casework.sweep_kind", kind.code)
    return override


def _tell_keepers(actor, rule: Rule, jurisdiction: str, starts_on: date) -> None:
    """A second pair of eyes: whoever keeps the rulebook hears of a section's change at once."""
    tell(
        key=f"casework.lead_times:{rule.code}:{jurisdiction}",
        message="casework.lead_times_changed",
        params={"rule": rule.code, "who": str(actor)[:120], "day": f"{starts_on:%Y.%m.%d}"},
        organization=Organization.objects.system().get(code=jurisdiction, parent__isnull=True),
        permission=PERMISSION,
        url=reverse("regulations:rule", args=[rule.code]),
    )
