"""Photos of people who are recorded already: a picture, or a zip of them, named by identity number or name. Pure.

姓名身份证号.jpg, as the collection workbook sends them along; 身份证号.jpg; 姓名.jpg; also 3_姓名.jpg and 姓名-照片.jpg.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from foundation.exchange.refusals import FileRefused
from foundation.exchange.rows import Finding

from ..rules.identity_number import check_identity, clean_identity
from .card_bundles import entries_of, is_noise
from .card_files import Notes, digest
from .lrmx import take_photo
from .photos import Portrait

ENDINGS = (".jpg", ".jpeg", ".png", ".bmp", ".gif")
LARGEST = 20 * 1024 * 1024  # bytes of one picture
_NUMBER = re.compile(r"\d{17}[\dXx]", re.ASCII)
_AROUND = re.compile(r"^\d{1,4}[\s_.、\-]+|[\s_.、\-]*(?:照片|证件照|免冠照)?[\s_.、\-]*$")


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One picture: its name, whose it says it is, the bytes and what pages show (None: it is no picture, see findings)."""

    name: str
    person: str
    number: str
    original: bytes = b""
    portrait: Portrait | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def sha256(self) -> str:
        return digest(self.original)


def read_photos(data: bytes, filename: str) -> Iterator[PhotoFile]:
    """The pictures of a file, in its order, each as soon as it is asked for. Raises FileRefused for a zip that is none."""
    if not filename.lower().endswith(".zip"):
        yield _read(filename, lambda: data)
        return
    files = [(name, opened) for name, opened in entries_of(data, filename) if not is_noise(name)]
    if not any(name.lower().endswith(ENDINGS) for name, _opened in files):
        raise FileRefused("photos_none", filename=filename)
    for name, opened in files:
        if name.lower().endswith(ENDINGS):
            yield _read(name, opened)


def whose(name: str) -> tuple[str, str]:
    """Name and identity number that a file's name says; either may be empty."""
    stem = PurePosixPath(name).stem
    found = _NUMBER.search(stem)
    number = clean_identity(found.group()) if found else ""
    rest = stem.replace(found.group(), "", 1) if found else stem
    person = _AROUND.sub("", _AROUND.sub("", rest).strip()).strip("_-. ()（）")
    return "".join(person.split()), number


def _read(name: str, opened) -> PhotoFile:
    person, number = whose(name)
    notes = Notes(name)
    if number and (fault := check_identity(number)):
        notes.warn(fault.code, "", number, **fault.params)
    data = opened()
    if len(data) > LARGEST:
        notes.warn("photo_size", "", megabytes=LARGEST // (1024 * 1024))
        return PhotoFile(name, person, number, findings=tuple(notes.findings))
    original, portrait = take_photo(data, notes)
    return PhotoFile(name, person, number, original, portrait, tuple(notes.findings))
