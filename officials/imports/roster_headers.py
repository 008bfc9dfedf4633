"""The header of a roster (名册): found among the first rows, over one level or two, its words turned into fields. Pure.

Which words mean which field stands in `data/roster_headers.csv`; a header of two levels is written group/leaf. A word
that stands there for two fields (学历 may be full-time or in-service) is ambiguous, one that does not stand there unknown:
both are asked about, and nothing is guessed.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundation.exchange.cleaning import is_blank
from foundation.exchange.sandbox.content import SheetContent
from foundation.exchange.sandbox.places import column_letter

from ..rules.labels import label_key

HEADERS = Path(__file__).resolve().parent / "data" / "roster_headers.csv"
IGNORED = "ignored"
SEARCHED_ROWS = 20
LEAST = 3
"""So many headers must be known before a row counts as the header."""


@cache
def known_headers() -> Mapping[str, tuple[str, ...]]:
    """Key of a header (levels joined by /) → the fields that it may mean."""
    found: dict[str, list[str]] = defaultdict(list)
    with HEADERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[_key(row["header"])].append(row["field"])
    return {key: tuple(fields) for key, fields in found.items()}


def _key(header: str) -> str:
    return "/".join(label_key(part) for part in header.split("/"))


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column of a roster: its number, the words above it, the fields that they may mean (none: unknown)."""

    column: int
    header: str
    fields: tuple[str, ...]

    @property
    def letter(self) -> str:
        return column_letter(self.column)

    @property
    def field(self) -> str:
        """The field, when there is only one."""
        return self.fields[0] if len(self.fields) == 1 else ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: first and last row, and the columns in order."""

    top: int
    bottom: int
    columns: tuple[HeaderColumn, ...]

    @property
    def signature(self) -> str:
        """What tells this form of header from others: SHA-256 over its words and their columns."""
        words = "\n".join(f"{column.letter} {_key(column.header)}" for column in self.columns)
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def open_columns(self) -> tuple[HeaderColumn, ...]:
        """Columns whose meaning must be asked: unknown, ambiguous, or second of their field."""
        first: dict[str, int] = {}
        for column in self.columns:
            first.setdefault(column.field, column.column)
        return tuple(c for c in self.columns if not c.field or (c.field != IGNORED and first[c.field] != c.column))

    def fields(self, remembered: Mapping[str, str] | None = None) -> dict[str, int]:
        """Field → column, by the header's words and by what the user decided for this form of header (column
        letter → field).
        """
        decided = remembered or {}
        found: dict[str, int] = {}
        for column in self.columns:
            field = decided.get(column.letter) or column.field
            if field and field != IGNORED:
                found.setdefault(field, column.column)
        return found


def find_header(sheet: SheetContent) -> Header | None:
    """The header among the first rows of a sheet; None when the sheet is no roster (names must be there)."""
    best: tuple[int, Header] | None = None
    for row in [number for number in sheet.rows if number <= SEARCHED_ROWS]:
        if any(low < row <= high for low, _, high, _ in sheet.merged):
            continue  # the second level of a header that begins above
        bottom = row + 1 if _has_second_level(sheet, row) else row
        columns = _columns(sheet, row, bottom)
        score = sum(1 for column in columns if column.fields)
        has_names = any("name" in column.fields for column in columns)
        if has_names and score >= LEAST and (best is None or score > best[0]):
            best = score, Header(row, bottom, columns)
    return best[1] if best else None


def _columns(sheet: SheetContent, top: int, bottom: int) -> tuple[HeaderColumn, ...]:
    """Columns of a header of these rows; a cell below a merged group stands under the group's words."""
    known, found = known_headers(), []
    width = max((column for row in (top, bottom) for column in sheet.rows.get(row, {})), default=0)
    width = max([width, *(right for low, _, high, right in sheet.merged if low <= bottom and high >= top)])
    for number in range(1, width + 1):
        words = []
        for row in dict.fromkeys((top, bottom)):
            cell = sheet.spanning(row, number)
            if cell is not None and not is_blank(cell) and (text := " ".join(cell.value.split())) not in words:
                words.append(text)
        if words:
            header = "/".join(words)
            found.append(HeaderColumn(number, header, _meaning(words, known)))
    return tuple(found)


def _meaning(words: list[str], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The whole header, else its parts written together, else the last part alone where the group says nothing."""
    whole = known.get("/".join(label_key(word) for word in words)) or known.get(label_key("".join(words)))
    if whole or len(words) == 1:
        return whole or ()
    return known.get(label_key(words[-1]), ()) if label_key(words[0]) not in known else ()


def _has_second_level(sheet: SheetContent, top: int) -> bool:
    """Does a cell of this row reach into the row below?"""
    return any(low == top and high == top + 1 for low, _, high, _ in sheet.merged)
