"""Which columns hold encrypted values: every binary column of ours but the audit's own is looked at.

A column whose name ends in `_cipher`, or that its model names in `encrypted_fields`, is *declared*: whatever stands in it
must open. In any other binary column (a photo) only values that begin with the header of a key at hand are taken as
encrypted; four bytes of a digest do not stand there by chance.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import BinaryField, Model

from .registry import is_protected


@dataclass(frozen=True, slots=True)
class EncryptedColumn:
    """A column that holds, or may hold, encrypted values."""

    model: type[Model]
    name: str
    is_declared: bool

    @property
    def label(self) -> str:
        """`officials.Official.id_cipher`."""
        return f"{self.model._meta.label}.{self.name}"


def encrypted_columns() -> list[EncryptedColumn]:
    """All of them, ordered by label."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy or is_protected(model):
            continue
        named = getattr(model, "encrypted_fields", ())
        found += [
            EncryptedColumn(model, field.name, field.name.endswith("_cipher") or field.name in named)
            for field in model._meta.local_fields
            if isinstance(field, BinaryField)
        ]
    return sorted(found, key=lambda column: column.label)
