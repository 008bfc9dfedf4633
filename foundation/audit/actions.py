"""What was done, in words: every room names in its module `actions` what it records."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_labels: dict[str, Any] = {
    "audit.entries.exported": _("Audit entries exported"),
    "audit.field_key.rotated": _("Encrypted fields encrypted anew"),
    "audit.trail.verified": _("Audit trail verified"),
}


def name_actions(labels: Mapping[str, Any]) -> None:
    """Register the labels of actions by their code."""
    _labels.update(labels)


def label_of(action: str) -> str:
    """An action in words; its code where an older version recorded what nobody names any more."""
    return str(_labels.get(action, action))


def named_actions() -> frozenset[str]:
    """Codes of all actions that have a label."""
    return frozenset(_labels)
