"""System checks: what a linter cannot see about audit tables."""

import pgtrigger
from django.core.checks import Error, Info, Warning, register
from django.db import DatabaseError
from django.db.models import IntegerField

from .models import Entry, Seal
from .registry import protected_models
from .services.grants import weaknesses


def _refuses_changes(trigger) -> bool:
    operations = {str(operation) for operation in trigger.operation}
    return isinstance(trigger, pgtrigger.Protect) and {"UPDATE", "DELETE"} <= operations and trigger.condition is None


def _problems(model):
    meta = model._meta
    if model is not Seal and "xact" not in {field.name for field in meta.concrete_fields}:
        yield Error("An append-only model needs xact = transaction_id_field().", obj=model, id="audit.E001")
    if not isinstance(meta.pk, IntegerField):
        yield Error("Seals need a whole-number primary key.", obj=model, id="audit.E002")
    if not any(_refuses_changes(trigger) for trigger in getattr(meta, "triggers", [])):
        yield Error(
            "An append-only model needs the trigger.",
            hint="Add audit.models.append_only() to Meta.triggers.",
            obj=model,
            id="audit.E003",
        )


@register("audit")
def check_protected_models(app_configs, **kwargs):
    """Every append-only model can be sealed and refuses changes."""
    return [problem for model in protected_models() for problem in _problems(model)]


@register("audit", deploy=True)
def check_database_role(app_configs, **kwargs):
    """In production the application must not be able to change what was recorded."""
    try:
        found = weaknesses()
    except DatabaseError as error:
        return [Info(f"The database role could not be looked at: {error}", id="audit.I001")]
    hint = "Let DATABASE_URL name DATABASE_APP_ROLE and run apply_database_grants as owner; see docs/audit.md."
    return [Warning(str(weakness), hint=hint, obj=Entry, id="audit.W001") for weakness in found]
