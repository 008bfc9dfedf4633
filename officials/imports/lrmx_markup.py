"""Bytes of an `.lrmx` file to elements: encodings as they really are, XML under one rule: no document type declaration."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from foundation.exchange.refusals import FileRefused
from foundation.exchange.sandbox.limits import Refusal
from foundation.exchange.sandbox.markup import local, read_xml

from ..rules.xml_characters import without_illegal_references
from .card_files import LARGEST, Notes

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,200}?\?>")
_DECLARED = re.compile(rb"<\?xml[^>]{0,120}?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,20})[\"']")
# What a declaration may name; GB 18030 holds all of GBK and GB 2312.
_NAMES = {
    "utf-8": "utf-8", "utf8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "cp936": "gb18030",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "big5": "big5",
}  # fmt: skip
_OTHERS = (
    b"PK\x03\x04",
    bytes.fromhex("d0cf11e0a1b11ae1"),
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"7z\xbc\xaf",
    b"Rar!",
)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)", re.ASCII)
_CHUNK = 64 * 1024
_DEEPEST = 8
_MOST = 20_000


@dataclass(slots=True)
class Element:
    """One element: tag without namespace, the text directly in it, the elements in it."""

    tag: str
    parts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that stands directly in it."""
        return "".join(self.parts)

    @property
    def whole_text(self) -> str:
        """Its text and that of all elements in it; they are few and not deep."""
        return self.text + "".join(child.whole_text for child in self.children)

    def walk(self) -> Iterator[Element]:
        """Itself and everything in it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file with the encoding it was read in, the one it declares, and whether it begins with a mark."""

    text: str
    encoding: str
    declared: str = ""
    has_mark: bool = False


def check_bytes(data: bytes, name: str) -> None:
    """Refuse what is empty, too large or plainly another kind of file. Raises FileRefused."""
    if not data.strip():
        raise FileRefused("file_empty", filename=name)
    if len(data) > LARGEST:
        raise FileRefused("card_size", filename=name, megabytes=LARGEST // (1024 * 1024))
    if data.startswith(_OTHERS):
        raise FileRefused("card_kind", filename=name)


def decode(data: bytes, notes: Notes) -> Decoded:
    """Text of the bytes: by mark, else UTF-8, else as declared, else GB 18030. Never refuses.

    UTF-8 is tried before the declaration: text in another encoding is practically never valid UTF-8, while UTF-8 passes
    for GBK and gives nonsense.
    """
    match = _DECLARED.search(data[:400])
    declared = match[1].decode("ascii").lower() if match else ""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_tolerantly(data[len(mark) :], encoding, notes), encoding, declared, True)
    if b"\0" in data[:4]:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return Decoded(_tolerantly(data, encoding, notes), encoding, declared)
    for encoding in dict.fromkeys(("utf-8", _NAMES.get(declared, "gb18030"), "gb18030")):
        try:
            found = Decoded(data.decode(encoding), encoding, declared)
        except UnicodeDecodeError:
            continue
        if encoding != _NAMES.get(declared, encoding):
            notes.warn("card_encoding", value=declared, found=encoding)
        return found
    return Decoded(_tolerantly(data, _likelier(data), notes), _likelier(data), declared)


def _likelier(data: bytes) -> str:
    """UTF-8 or GB 18030 for broken bytes: the one that has to put fewer characters in the place of others."""
    return min(("utf-8", "gb18030"), key=lambda encoding: data.decode(encoding, errors="replace").count("\ufffd"))


def _tolerantly(data: bytes, encoding: str, notes: Notes) -> str:
    text = data.decode(encoding, errors="replace")
    if "\ufffd" in text:
        notes.warn("card_broken_bytes", count=text.count("\ufffd"))
    return text


def read_elements(text: str, notes: Notes) -> Element:
    """The root element. Raises FileRefused: card_dtd, card_damaged, card_deep."""
    bare = text.lstrip("\ufeff")
    declaration = _DECLARATION.match(bare)
    body = bare[declaration.end() :] if declaration else bare
    legal = without_illegal_references(body)
    if legal != body:
        notes.warn("card_characters")
    try:
        return _parse(legal, notes.name)
    except Refusal as refusal:
        if refusal.code == "xml_dtd":
            raise FileRefused("card_dtd", filename=notes.name) from refusal
        repaired = _AMPERSAND.sub("&amp;", legal)
        if repaired == legal:
            raise FileRefused("card_damaged", filename=notes.name) from refusal
    try:
        found = _parse(repaired, notes.name)
    except Refusal as refusal:
        code = "card_dtd" if refusal.code == "xml_dtd" else "card_damaged"
        raise FileRefused(code, filename=notes.name) from refusal
    notes.warn("card_ampersand")
    return found


def _parse(text: str, name: str) -> Element:
    top = Element("")
    open_elements = [top]
    made = 0

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal made
        made += 1
        if len(open_elements) > _DEEPEST or made > _MOST:
            raise FileRefused("card_deep", filename=name)
        element = Element(local(tag))
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_tag: str) -> None:
        open_elements.pop()

    def characters(text: str) -> None:
        open_elements[-1].parts.append(text)

    data = text.encode()
    read_xml((data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)), start=start, end=end, text=characters)
    return top.children[0]
