"""The citizen identity number (公民身份号码): its form and its check character, GB 11643-1999. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

_FORM = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class IdentityFault:
    """Why a number is none: a code of the import texts and its values."""

    code: str
    params: dict[str, str] = field(default_factory=dict, hash=False)


def check_character(first_seventeen: str) -> str:
    """The 18th character, ISO 7064 MOD 11-2 over the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECK[total % 11]


def birth_day(number: str) -> date | None:
    """The birth date inside a number of the right form; None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def check_identity(number: str) -> IdentityFault | None:
    """None for a good number, else its first fault: length, characters, birth date, check character."""
    if len(number) != 18:
        return IdentityFault("id_length")
    if not _FORM.fullmatch(number):
        return IdentityFault("id_characters")
    if birth_day(number) is None:
        return IdentityFault("id_birth_day")
    expected = check_character(number[:17])
    if number[17] != expected:
        return IdentityFault("id_checksum", {"expected": expected})
    return None
