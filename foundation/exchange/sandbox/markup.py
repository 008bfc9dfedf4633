"""XML parts, read with expat under one rule: a document type declaration ends the reading.

Without a DTD there are no entities of one's own, neither external (XXE) nor nested ones (billion laughs). Runs in the
child. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from .limits import Refusal

Attributes = dict[str, str]
# Surrogates are left alone: they are no characters.
_ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


def read_xml(
    chunks: Iterable[bytes],
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Feed a part to the handlers; element names and attributes come as `local` or `namespace}local`.

    Raises Refusal("xml_dtd") for any DTD, Refusal("file_damaged") for XML that is not well formed.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd
    parser.ExternalEntityRefHandler = _refuse_dtd
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refusal("file_damaged") from error


def _refuse_dtd(*_: Any) -> None:
    raise Refusal("xml_dtd")


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition("}")[2]


def unescape(text: str) -> str:
    """Characters that XML cannot hold are written `_x000D_` in workbooks (ECMA-376, ST_Xstring)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
