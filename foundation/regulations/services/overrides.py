"""Local settings in place of a rule's own value: only added, never edited, each with its basis."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from ..models import Rule, RuleOverride
from ..rules.resolve import value_on
from ..rules.values import Shape, ValueRefused, check_alike, checked
from . import places, tokens
from .rulebook import rulebook, value_facts
from .typed_values import TypedValue
from .wording import refusal_text

PERMISSION = "regulations.change_override"


@transaction.atomic
def set_override(
    *,
    actor,
    rule_id: str,
    value: Any,
    starts_on: date,
    basis: str,
    ends_on: date | None = None,
    jurisdiction: str = "",
    permission: str = PERMISSION,
) -> RuleOverride:
    """Put a local value in force from a day on; `value` None gives the regulation's own value back.

    `jurisdiction` is the code of a root unit; empty means the whole installation and needs an unlimited grant. The
    `permission`: that of a room which lets others make some of the settings and has checked that this is one of them. The
    value is checked as the rule's own values are; a record must keep the build of the rule's own. Raises `DomainError`
    `unknown_rule`, `value_refused`, `no_basis`, `dates_in_disorder`, `unknown_jurisdiction`, `outside_scope`.
    """
    rule = Rule.objects.filter(code=rule_id, ended_on=None).first()
    if rule is None:
        raise DomainError("unknown_rule", _("There is no such rule in force."), status=404)
    if not basis.strip():
        raise DomainError("no_basis", _("Say on which document or decision the setting rests."), status=400)
    if ends_on is not None and ends_on < starts_on:
        raise DomainError("dates_in_disorder", _("The last day lies before the first."), status=400)
    path = _path_for(actor, jurisdiction, permission)
    stored = None if value is None else _checked(rule, value, starts_on)
    override = RuleOverride.objects.create(
        rule=rule,
        jurisdiction=jurisdiction,
        value=stored,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=basis.strip(),
        decided_by=str(actor)[:120],
    )
    tokens.written()
    record(
        actor=actor,
        action="regulations.override.set",
        target_kind="rule",
        target_no=rule.code,
        target_label=rule.about_zh,
        org_path=path,
        basis=basis.strip(),
        rulebook_version=rulebook(starts_on, jurisdiction=jurisdiction).version,
        data={"value": stored, "starts_on": starts_on, "ends_on": ends_on, "jurisdiction": jurisdiction},
    )
    return override


def _path_for(actor, jurisdiction: str, permission: str) -> str:
    scope = scope_of(actor, permission)
    if not jurisdiction:
        if not scope.everything:
            message = _("A setting for the whole installation needs a grant without limits. Choose a jurisdiction.")
            raise DomainError("outside_scope", message, status=403)
        return ""
    place = places.by_codes([jurisdiction]).get(jurisdiction)
    if place is None:
        raise DomainError("unknown_jurisdiction", _("No jurisdiction has this code."), status=400)
    if not scope.covers(place.path):
        raise DomainError("outside_scope", _("This jurisdiction lies outside your area."), status=403)
    return place.path


def _checked(rule: Rule, value: Any, on: date) -> Any:
    shape = Shape(rule.value_type, tuple(rule.choices), rule.minimum, rule.maximum)
    try:
        stored = checked(shape, value)
        own = value_on(value_facts(rule), on)
        if own is None:
            raise ValueRefused("not_in_force", on=on)
        if rule.value_type in {"record", "rows"}:
            check_alike(own.value, stored)
    except ValueRefused as refused:
        text = refusal_text(refused, TypedValue(rule, value).word)
        raise DomainError("value_refused", text, status=400) from refused
    return stored
