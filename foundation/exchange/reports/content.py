"""What stands on a printed table: sections with facts, tables and notes. Says nothing about a format. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | None

# What XML 1.0 cannot hold: such a character in a name would make the whole file unreadable.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(value: object) -> str:
    """The value as text that every format can hold; nothing for None."""
    return "" if value is None else _UNPRINTABLE.sub("", str(value))


class Look(StrEnum):
    """How a row stands out: a heading of a group, a sum, a row that is marked, one that does not count."""

    PLAIN = "plain"
    GROUP = "group"
    TOTAL = "total"
    MARKED = "marked"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width (in characters), and for numbers the decimal places shown.

    `places` None means text; 0 and more means a number, right-aligned, stored as a number.
    """

    title: str
    width: int = 12
    places: int | None = None

    @property
    def is_number(self) -> bool:
        """Are the cells numbers?"""
        return self.places is not None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[Value, ...]
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the heading is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet of a workbook, or a part that begins on a new page. `name` is the sheet's, `facts` are label and value."""

    name: str
    title: str
    tables: tuple[Table, ...]
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A paper. `as_of` is the line of the day (截至日期), `page_words` the foot with {page} and {pages}, `seal` the words
    beside the room for the seal.
    """

    title: str
    sections: tuple[Section, ...]
    as_of: str
    page_words: str
    seal: tuple[str, ...] = ()
    author: str = ""
    language: str = "zh-hans"
    colon: str = "："

    def facts_line(self, section: Section) -> str:
        """The facts of a section in one line."""
        return "    ".join(f"{label}{self.colon}{value}" for label, value in section.facts)


def cell_text(value: Value, column: Column) -> str:
    """A cell as a reader sees it: numbers with the column's places, rounded half up, a true minus sign."""
    if value is None or not column.is_number or isinstance(value, str):
        return printable(value)
    step = Decimal(1).scaleb(-(column.places or 0))
    shown = Decimal(value).quantize(step, rounding="ROUND_HALF_UP")
    return f"{shown:f}".replace("-", "\N{MINUS SIGN}")


def unique_names(names: Iterable[str], longest: int = 31) -> list[str]:
    """Names of sheets as spreadsheet programs allow them: no []:*?/\\, at most 31 characters, each once."""
    found: list[str] = []
    for name in names:
        clean = re.sub(r"[\[\]:*?/\\]", " ", printable(name)).strip().strip("'") or "-"
        short, number = clean[:longest], 1
        while short.casefold() in {each.casefold() for each in found}:
            number += 1
            tail = f" {number}"
            short = clean[: longest - len(tail)] + tail
        found.append(short)
    return found
