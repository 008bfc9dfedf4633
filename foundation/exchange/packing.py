"""Several files chosen together kept as one: a zip that the same files always make alike, so that they are the same batch. Pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip knows; the time of packing would make other bytes each time


def pack(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of (name, bytes), in the order of the names. Files of one name are kept apart by a number behind it."""
    held, taken = io.BytesIO(), set()
    with zipfile.ZipFile(held, "w") as made:
        for name, data in sorted(files):
            place = _free(name, taken)
            taken.add(place)
            made.writestr(zipfile.ZipInfo(place, _DAY), data)
    return held.getvalue()


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, place = 1, name
    while place in taken:
        number += 1
        place = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
    return place
