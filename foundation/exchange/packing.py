"""Several files chosen together kept as one: a zip that the same files always make alike, so that they are the same batch. Pure."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from typing import BinaryIO

_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip knows; the time of packing would make other bytes each time


def pack(files: Sequence[tuple[str, BinaryIO]], into: BinaryIO) -> None:
    """Write a zip of (name, file) in the order of the names, one file in memory at a time. Files of one name are kept apart
    by a number behind it.
    """
    taken: set[str] = set()
    with zipfile.ZipFile(into, "w") as made:
        for name, file in sorted(files, key=lambda pair: (pair[0], _digest(pair[1]))):
            place = _free(name, taken)
            taken.add(place)
            file.seek(0)
            made.writestr(zipfile.ZipInfo(place, _DAY), file.read())


def _digest(file: BinaryIO) -> bytes:
    file.seek(0)
    return hashlib.sha256(file.read()).digest()


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, place = 1, name
    while place in taken:
        number += 1
        place = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
    return place
