"""Characters that XML 1.0 cannot hold, not even escaped. Pure."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,8})|(\d{1,10}));", re.ASCII)
NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w.\-]{0,99}")
"""A tag that can be written back."""


def without_illegal(text: str) -> str:
    """The text without such characters."""
    return _ILLEGAL.sub("", text)


def without_illegal_references(markup: str) -> str:
    """Markup without such characters, and without references to them (&#1;)."""

    def kept(match: re.Match[str]) -> str:
        number = int(match[1], 16) if match[1] else int(match[2])
        return match[0] if number < 0x110000 and not _ILLEGAL.match(chr(number)) else ""

    return _REFERENCE.sub(kept, without_illegal(markup))


def escaped(text: str) -> str:
    """Text for an element. A carriage return of its own is written as a reference: readers take a bare one for a line end."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
