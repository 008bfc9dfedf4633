"""Names of places in a worksheet: column letters and ranges. Pure, standard library only."""

from __future__ import annotations

import re
from functools import lru_cache

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@lru_cache(maxsize=LAST_COLUMN)
def column_letter(number: int) -> str:
    """1 → A, 27 → AA, 16384 → XFD."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def split_reference(reference: str) -> tuple[int, int]:
    """`C12` → (12, 3). ValueError when it is no reference or lies outside of any worksheet."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    row, column = int(match[2]), column_number(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(reference)
    return row, column


def split_range(reference: str) -> tuple[int, int, int, int]:
    """`A1:C2` → (1, 1, 2, 3): first row, first column, last row, last column. ValueError as above."""
    first, _, last = reference.partition(":")
    top, left = split_reference(first)
    bottom, right = split_reference(last) if last else (top, left)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
