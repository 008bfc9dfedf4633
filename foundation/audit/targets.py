"""To what something was done, in words: the name of the model where the kind is one, else as its room names it."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

_names: dict[str, Any] = {"audit": _("Audit trail"), "field_key": _("Key of encrypted fields")}


def name_targets(names: Mapping[str, Any]) -> None:
    """Register the names of kinds that are not called like a model."""
    _names.update(names)


def kind_label(kind: str) -> str:
    """A kind of object in words; its code where nothing of that name exists any more."""
    if kind in _names:
        return str(_names[kind])
    try:
        return str(capfirst(apps.get_model(kind.replace("_", ""))._meta.verbose_name))
    except (LookupError, ValueError):
        return kind
