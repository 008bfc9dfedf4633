"""What happens to a case without moving it, in words: every room names in its module `actions` what it notes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_notes: dict[str, Any] = {"paper_added": _("Paper added"), "paper_withdrawn": _("Paper withdrawn")}


def name_notes(words: Mapping[str, Any]) -> None:
    """Register the words of notes by their code."""
    _notes.update(words)


def notes() -> Mapping[str, Any]:
    """Words of all notes by their code."""
    return _notes
