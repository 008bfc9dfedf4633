"""Many forms at once: a zip as offices mail it, or the files of a folder. One at a time, so memory stays that of one person.

Names in a zip may be GBK without saying so. `.lrm` finds its photo in the `.pic` of the same name. A file that cannot be
read is told with its reason and keeps no other out.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from foundation.exchange.refusals import FileRefused
from foundation.exchange.rows import Finding, Level
from foundation.exchange.sandbox.container import Container
from foundation.exchange.sandbox.limits import MEGABYTE, Limits, Refusal

from ..rules.labels import LabelTable
from ..rules.partial_dates import DateUnreadable, parse_partial_date
from .card_files import LARGEST, CardFile, digest
from .lrm import read_lrm
from .lrmx import read_lrmx

ZIP_LIMITS = Limits(file_size=100 * MEGABYTE, inflated=300 * MEGABYTE, ratio=250, directory=2 * MEGABYTE, parts=8_000)
"""A county's two thousand forms with photos, with room to spare."""
_CODES = {"zip_bomb": "bundle_bomb", "file_encrypted": "bundle_encrypted", "file_damaged": "bundle_damaged"}
_UTF8 = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field with the name in UTF-8
_NOISE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")

Open = Callable[[], bytes]
Tables = Mapping[str, LabelTable]


def read_zip(data: bytes, *, filename: str, tables: Tables | None = None) -> Iterator[CardFile]:
    """The forms of a zip, in its order, each as soon as it is asked for.

    Raises FileRefused for a zip that is damaged, encrypted, of extraordinary size, or holds no form at all.
    """
    files = entries_of(data, filename)
    if not any(_is_form(name) for name, _ in files):
        raise FileRefused("bundle_empty", filename=filename)
    return _read(files, tables)


def entries_of(data: bytes, filename: str) -> list[tuple[str, Open]]:
    """Names of a zip's entries as they were meant, with what opens them. Raises FileRefused as `read_zip`."""
    if len(data) > ZIP_LIMITS.file_size:
        raise FileRefused("bundle_size", filename=filename, megabytes=ZIP_LIMITS.file_size // MEGABYTE)
    try:
        container = Container(data, ZIP_LIMITS)
    except Refusal as refusal:
        raise FileRefused(_CODES[refusal.code], filename=filename) from refusal
    with zipfile.ZipFile(io.BytesIO(data)) as directory:
        entries = [(info.filename.lstrip("/"), entry_name(info)) for info in directory.infolist() if not info.is_dir()]

    def opener(part: str) -> Open:
        return lambda: _inflated(container, part, filename)

    return [(name, opener(part)) for part, name in entries]


def read_files(files: Iterable[tuple[str, bytes]], *, tables: Tables | None = None) -> Iterator[CardFile]:
    """The forms among files that were chosen together (a folder)."""

    def opener(data: bytes) -> Open:
        return lambda: data

    return _read([(name, opener(data)) for name, data in files], tables)


def entry_name(info: zipfile.ZipInfo) -> str:
    """The name of an entry as the person who packed it saw it: UTF-8 when it says so or is valid, else GBK."""
    if info.flag_bits & _UTF8:
        return info.filename
    if name := _unicode_path(info.extra):
        return name
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _unicode_path(extra: bytes) -> str:
    """The name in the extra field; empty without it."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", errors="replace")
        at += 4 + size
    return ""


def _inflated(container: Container, part: str, filename: str) -> bytes:
    """The bytes of an entry, one more than is allowed at most. Raises FileRefused."""
    found = bytearray()
    try:
        for chunk in container.chunks(part):
            found += chunk
            if len(found) > LARGEST:
                break
    except Refusal as refusal:
        raise FileRefused(_CODES[refusal.code], filename=filename) from refusal
    return bytes(found)


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix("")).casefold()


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def is_noise(name: str) -> bool:
    """Is it something that a system left in the zip, and nobody put there?"""
    low = name.lower()
    return low.endswith(_NOISE) or low.startswith(_NOISE[0]) or PurePosixPath(name).name.startswith("._")


def _is_form(name: str) -> bool:
    return _suffix(name) in (".lrmx", ".lrm") and not PurePosixPath(name).name.startswith("._")


def _read(files: list[tuple[str, Open]], tables: Tables | None) -> Iterator[CardFile]:
    pictures = {_stem(name): opened for name, opened in files if _suffix(name) == ".pic"}
    owners = {_stem(name) for name, _ in files if _suffix(name) == ".lrm"}
    seen = _Seen()
    for name, opened in files:
        if _is_form(name):
            yield seen.compare(_read_one(name, opened, pictures.get(_stem(name)), tables))
        elif not is_noise(name):
            lonely = _suffix(name) == ".pic" and _stem(name) not in owners
            if lonely:
                yield CardFile(name, "", findings=(Finding(Level.WARNING, "photo_alone", name),))
            elif _suffix(name) != ".pic":
                yield CardFile(name, "", findings=(Finding(Level.INFO, "bundle_not_read", name),))


def _read_one(name: str, opened: Open, picture: Open | None, tables: Tables | None) -> CardFile:
    """One form; a refusal becomes the finding of this file."""
    data = b""
    try:
        data = opened()
        if _suffix(name) == ".lrm":
            return read_lrm(data, filename=name, picture=picture() if picture else None, tables=tables)
        return read_lrmx(data, filename=name, tables=tables)
    except FileRefused as refused:
        if refused.code == "bundle_bomb":
            raise
        found = refused.finding
        placed = Finding(found.level, found.code, name, params=found.params)
        return CardFile(name, digest(data) if data else "", findings=(placed,))


class _Seen:
    """What was read before, to tell the second file about one person."""

    def __init__(self) -> None:
        self.bytes: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.people: dict[tuple[str, str], str] = {}

    def compare(self, read: CardFile) -> CardFile:
        """The file with a warning when an earlier one holds the same bytes, number, or name and month of birth."""
        if read.card is None:
            return read
        card, code, first = read.card, "", ""
        if (known := self.bytes.setdefault(read.sha256, read.name)) != read.name:
            code, first = "card_same_bytes", known
        elif card.identity_number:
            known = self.numbers.setdefault(card.identity_number, read.name)
            code, first = ("card_same_number", known) if known != read.name else ("", "")
        key = (card.name, _month(card.birth))
        known = self.people.setdefault(key, read.name)
        if not code and known != read.name and card.name:
            code, first = "card_same_name", known
        if not code:
            return read
        return read.with_findings([Finding(Level.WARNING, code, read.name, value=card.name, params={"first": first})])


def _month(text: str) -> str:
    try:
        return parse_partial_date(text).printed
    except DateUnreadable:
        return text
