"""Which tables are append-only: entries, seals, every table of row events, and models that say `audit_protected`."""

from django.apps import apps

from .models import Entry, Seal
from .tracking import RowEvent


def is_protected(model) -> bool:
    """Does the audit guard the model's table?"""
    meta = model._meta
    if not meta.managed or meta.proxy:
        return False
    return model in (Entry, Seal) or issubclass(model, RowEvent) or getattr(model, "audit_protected", False)


def protected_models() -> list[type]:
    """Models whose rows never change, ordered by table name."""
    found = [model for model in apps.get_models(include_auto_created=True) if is_protected(model)]
    return sorted(found, key=lambda model: model._meta.db_table)


def protected_tables() -> list[str]:
    """Names of all append-only tables, ordered."""
    return [model._meta.db_table for model in protected_models()]


def event_models() -> list[type]:
    """Models that hold row events, ordered by the table they follow."""
    found = [model for model in apps.get_models() if issubclass(model, RowEvent)]
    return sorted(found, key=lambda model: model.pgh_tracked_model._meta.label)
