"""Cells as clerks type them, turned into exact values. Pure.

Each function returns the value together with the codes of `messages.WHYS` that say what was changed on the way, so that
nothing is normalised silently; what cannot be read raises `Unreadable` with the code of the text for the user.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from .sandbox.content import BOOLEAN, DATE, ERROR, FORMULA, NUMBER, Cell
from .sandbox.formats import plain

# Full-width forms of ASCII (U+FF01-FF5E) stand 0xFEE0 above it; U+2212 and U+FE63 are minus signs of other origins.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MINUS = {0x2212: "-", 0xFE63: "-"}
# Seen but not meant: spaces of every width, and characters without any width.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
_EDGES = (
    " \t\r\n\v\f\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f" + _INVISIBLE
)

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII
)
_LONGEST = 40
# Room of the numeric columns that take figures: less than a thousand billion, ten places behind the point.
_TOO_LARGE = Decimal(10) ** 15
PLACES = 10
NOT_APPLICABLE = frozenset({"/", "不适用"})


class Unreadable(ValueError):
    """The text has no value of the wanted kind; `code` is a key of `messages.TEXTS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A value as exact text and what was changed to get it (codes, in order, each once)."""

    value: str
    whys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanNumber:
    """An exact number; `is_percent` when it was written or shown with a percent sign (103.5 % is 103.5)."""

    value: Decimal
    whys: tuple[str, ...] = ()
    is_percent: bool = False

    @property
    def text(self) -> str:
        return plain(self.value)


@lru_cache(maxsize=8192)
def clean_text(text: str) -> Cleaned:
    """Text without spaces at its edges and without invisible characters; what stands inside stays, line feeds become spaces."""
    if text.isprintable() and text[:1] != " " and text[-1:] != " ":  # most texts: a blank is the only printable edge
        return Cleaned(text)
    whys = []
    stripped = text.strip(_EDGES)
    if stripped != text:
        whys.append("spaces")
    visible = "".join(c for c in stripped if c not in _INVISIBLE)
    if visible != stripped:
        whys.append("invisible")
    joined = re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", visible)
    if joined != visible:
        whys.append("line_feed")
    return Cleaned(joined, tuple(whys))


@lru_cache(maxsize=8192)
def clean_name(text: str) -> Cleaned:
    """A name of a unit, an indicator or a person for comparing: half width, no spaces or line feeds anywhere."""
    whys = []
    narrow = text.translate(_WIDE)
    if narrow != text:
        whys.append("full_width")
    bare = "".join(c for c in narrow if c not in _EDGES)
    if any(c in narrow for c in "\r\n"):
        whys.append("line_feed")
    if len(bare) != len(narrow) - narrow.count("\r") - narrow.count("\n"):
        whys.append("spaces")
    return Cleaned(bare, tuple(whys))


def name_key(text: str) -> str:
    """The form under which two spellings of one name are the same."""
    return clean_name(text).value.casefold()


def clean_code(text: str) -> Cleaned:
    """A code or a document's identity: half width, no spaces. Case is kept."""
    return clean_name(text)


def clean_number(text: str) -> CleanNumber:
    """Read `12,345`, `１０３．５％`, ` +1.5 `, `−0.5`. Raises Unreadable for anything that needs a guess."""
    whys = []
    stripped = text.strip(_EDGES)
    if stripped != text:
        whys.append("spaces")
    narrow = stripped.translate(_WIDE)
    if narrow != stripped:
        whys.append("full_width")
    ascii_minus = narrow.translate(_MINUS)
    if ascii_minus != narrow:
        whys.append("minus")
    is_percent = ascii_minus.endswith("%")
    bare = ascii_minus[:-1].rstrip(_EDGES) if is_percent else ascii_minus
    if is_percent:
        whys.append("percent_text")
    if len(bare) > _LONGEST:
        raise Unreadable("number_too_long")
    if "," in bare:
        if not _GROUPED.fullmatch(bare):
            raise Unreadable("number_grouping" if re.fullmatch(r"[+-]?[\d,.]+", bare, re.ASCII) else "number_text")
        bare = bare.replace(",", "")
        whys.append("thousands")
    elif not _PLAIN.fullmatch(bare):
        raise Unreadable("number_text")
    if bare.startswith("+"):
        whys.append("plus")
    return CleanNumber(_within_room(Decimal(bare)), tuple(whys), is_percent)


def number_of(cell: Cell) -> CleanNumber:
    """The number of a worksheet cell: typed as number, shown as percent, or written as text."""
    if cell.kind == NUMBER:
        value = Decimal(cell.value)
        whys = [why for flag, why in ((cell.is_formula, "formula"), (cell.is_rounded, "fifteen_digits")) if flag]
        if cell.is_percent:
            value *= 100
            whys.append("percent_cell")
        if _places(value) > PLACES:
            # Only a computed figure has so many: 100/3. Text with as many digits is refused instead.
            value = value.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
            whys.append("ten_places")
        return CleanNumber(_within_room(value), tuple(whys), is_percent=cell.is_percent)
    _refuse_other_kinds(cell)
    number = clean_number(cell.value)
    whys = (*(("formula",) if cell.is_formula else ()), *number.whys)
    return CleanNumber(number.value, whys or ("text_number",), number.is_percent)


def _places(number: Decimal) -> int:
    return len(plain(number).partition(".")[2])


def _within_room(number: Decimal) -> Decimal:
    if abs(number) >= _TOO_LARGE or _places(number) > PLACES:
        raise Unreadable("number_too_long")
    return number


def text_of(cell: Cell) -> str:
    """What a worksheet cell says, for names and remarks: a number cell as its digits. Raises Unreadable for errors."""
    if cell.kind in (ERROR, FORMULA):
        _refuse_other_kinds(cell)
    return cell.value


def _refuse_other_kinds(cell: Cell) -> None:
    codes = {DATE: "cell_is_date", BOOLEAN: "cell_is_boolean", ERROR: "cell_is_error", FORMULA: "cell_is_formula"}
    if cell.kind in codes:
        raise Unreadable(codes[cell.kind])


def is_not_applicable(text: str) -> bool:
    """`/`, `／` and 不适用: the only ways to say that an indicator does not apply."""
    return clean_name(text).value in NOT_APPLICABLE


def is_blank(cell: Cell | None) -> bool:
    """True for no cell and for one that holds nothing but spaces."""
    if cell is None:
        return True
    value = cell.value
    return not value.isalnum() and cell.kind not in (FORMULA, ERROR) and not value.strip(_EDGES)


def clean_day(text: str) -> tuple[date, tuple[str, ...]]:
    """Read a day: 2024-12-31, 2024/12/31, 2024.12.31, 2024年12月31日. Raises Unreadable."""
    cleaned = clean_name(text)
    match = _DAY.fullmatch(cleaned.value)
    if match:
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            found = date(year, month, day)
        except ValueError as error:
            raise Unreadable("day_impossible") from error
        whys = cleaned.whys if cleaned.value == found.isoformat() else (*cleaned.whys, "day_written")
        return found, whys
    raise Unreadable("day_text")


def day_of(cell: Cell) -> tuple[date, tuple[str, ...]]:
    """The day of a worksheet cell: a date cell, or a text as in `clean_day`."""
    if cell.kind == DATE:
        try:
            return datetime.fromisoformat(cell.value).date(), ("day_cell",)
        except ValueError as error:
            raise Unreadable("day_text") from error
    if cell.kind in (BOOLEAN, ERROR, FORMULA):
        _refuse_other_kinds(cell)
    return clean_day(cell.value)


def clean_whole(text: str) -> tuple[int, tuple[str, ...]]:
    """A whole number that is not negative: counts, quotas, years. Raises Unreadable."""
    number = clean_number(text)
    if number.is_percent or number.value != number.value.to_integral_value() or number.value < 0:
        raise Unreadable("whole_number")
    if number.value > 1_000_000_000:
        raise Unreadable("number_too_long")
    return int(number.value), number.whys
