"""The citizen identity number (公民身份号码), GB 11643-1999: form, check character, and what it says of its holder. Pure.

The region part is never judged: registers of regions change, and a number issued by a county that no longer exists, or
not yet did in the birth year, is as good as any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import mul

from .partial_dates import PartialDate

_FORM = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_FORM = re.compile(r"\d{15}", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
MALE, FEMALE = "男", "女"


@dataclass(frozen=True, slots=True)
class IdentityFault:
    """Why a number is none, or what it contradicts: a code of the import texts and its values."""

    code: str
    params: dict[str, str] = field(default_factory=dict, hash=False)


def clean_identity(text: str) -> str:
    """The number as it is compared: half width, without blanks, its last character in capitals."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(c for c in text.translate(_WIDE) if c.isprintable() and not c.isspace()).upper()


def check_character(first_seventeen: str) -> str:
    """The 18th character, ISO 7064 MOD 11-2 over the first seventeen digits."""
    total = sum(map(mul, map(int, first_seventeen), _WEIGHTS))
    return _CHECK[total % 11]


def birth_day(number: str) -> date | None:
    """The birth date inside a number of the right form; None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """男 when the 17th digit is odd, else 女. The number must have the right form."""
    return MALE if int(number[16]) % 2 else FEMALE


def modern_number(old: str) -> str | None:
    """The 18 characters that a number of 15 digits (until 1999) became; None when it is no such number."""
    if not _OLD_FORM.fullmatch(old):
        return None
    seventeen = f"{old[:6]}19{old[6:]}"
    number = seventeen + check_character(seventeen)
    return number if birth_day(number) else None


@lru_cache(maxsize=64)  # the same number is asked about more than once while its row is read
def check_identity(number: str) -> IdentityFault | None:
    """None for a good number, else its first fault.

    Codes: id_fifteen (an old number; the new one in `number`), id_length, id_characters, id_birth_day and id_checksum
    (the right character in `expected`).
    """
    if len(number) == 15 and (modern := modern_number(number)):
        return IdentityFault("id_fifteen", {"number": modern})
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


def check_holder(number: str, *, sex: str = "", born: PartialDate | None = None) -> tuple[IdentityFault, ...]:
    """What a good number contradicts: id_sex_differs (`expected`, `given`), id_birth_differs (`expected`, `given`).

    Only what is given is compared, a birth date as far as it is known. In an interchange file these are warnings: the
    date verified in the archive (三龄两历) may rightly differ. Nothing is said about a number that is none.
    """
    if check_identity(number) is not None:
        return ()
    found = []
    if sex in (MALE, FEMALE) and sex != sex_of(number):
        found.append(IdentityFault("id_sex_differs", {"expected": sex_of(number), "given": sex}))
    day = birth_day(number)
    if born is not None and day is not None and not born.may_be(day):
        shown = PartialDate.of(day)
        exact = born.printed == shown.printed  # the same month on another day: then the days must be told
        found.append(
            IdentityFault(
                "id_birth_differs",
                {
                    "expected": shown.storage if exact else shown.printed,
                    "given": born.storage if exact else born.printed,
                },
            )
        )
    return tuple(found)
