"""Which tables are append-only: entries, seals, every table of row events, and models that say `audit_protected`."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import AutoField, BigIntegerField, IntegerField

from .models import Entry, Seal
from .tracking import RowEvent


@dataclass(frozen=True)
class ProtectedTable:
    """One append-only table: its name, its whole-number key and the columns a seal covers (all of them)."""

    name: str
    key: str
    columns: tuple[str, ...]


def protected_models() -> list[type]:
    """Models whose rows never change, ordered by table name."""
    found = [m for m in apps.get_models(include_auto_created=True) if is_protected(m)]
    return sorted(found, key=lambda model: model._meta.db_table)


def is_protected(model) -> bool:
    """Does the audit guard the model's table?"""
    meta = model._meta
    if not meta.managed or meta.proxy:
        return False
    return model in (Entry, Seal) or issubclass(model, RowEvent) or getattr(model, "audit_protected", False)


def protected_tables() -> list[str]:
    """Names of all append-only tables, ordered."""
    return [model._meta.db_table for model in protected_models()]


def sealed_models() -> list[type]:
    """Protected models whose rows seals cover; seals themselves are held by their chain."""
    return [model for model in protected_models() if model is not Seal]


def sealed_tables() -> list[ProtectedTable]:
    """Tables that the next seal covers, with today's columns."""
    return [
        ProtectedTable(
            name=model._meta.db_table,
            key=model._meta.pk.column,
            columns=tuple(field.column for field in model._meta.concrete_fields),
        )
        for model in sealed_models()
    ]


def has_whole_number_key(model) -> bool:
    """Seals store ids as eight bytes."""
    return isinstance(model._meta.pk, AutoField | IntegerField | BigIntegerField)
