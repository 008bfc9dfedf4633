"""Dates as personnel papers write them: a year, mostly a month, sometimes a day or a season. Pure.

A file of the interchange says 198507, a roster 1985.07, 1985.7, 1985年7月 or 19850715, a parent's birth date 1942 or 1941底.
All of them are read into one value; what was written stays with whoever keeps the text.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

SEASONS = {"春": 4, "夏": 7, "秋": 10, "冬": 12, "初": 3, "中": 6, "底": 12}
"""Season words and the month on whose first day the editor of the form counts them."""
_SEASON_MONTHS = {"春": (2, 5), "夏": (5, 8), "秋": (8, 11), "冬": (10, 12), "初": (1, 4), "中": (5, 8), "底": (11, 12)}
_FIRST_YEAR, _LAST_YEAR = 1850, 2200
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
_LONGEST = 40

_DIGITS = re.compile(r"(\d{4})(?:(\d\d)(\d\d)?)?(?:年)?", re.ASCII)
_PARTS = re.compile(r"(\d{4})[./\-年。](\d{1,2})(?:月|\.)?", re.ASCII)
_FULL = re.compile(
    r"(\d{4})(?:\.(\d{1,2})\.(\d{1,2})\.?|/(\d{1,2})/(\d{1,2})|-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)"
    r"(?:T?\d\d:\d\d:\d\d(?:\.0+)?)?",
    re.ASCII,
)
_SEASON = re.compile(r"(\d{4})年?(?:[./\-]?(\d{1,2})月?)?([春夏秋冬初中底])(?:季|天|期|旬)?", re.ASCII)
_PLACEHOLDER = re.compile(r"[-—–―─/、.]+|无|不详|不清|未知|待查")
_STORED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|([春夏秋冬初中底]))?", re.ASCII)


class DateUnreadable(ValueError):
    """No date can be told from the text. `code`: date_empty, date_placeholder (——), date_text, date_digits, date_year,
    date_month or date_day."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class PartialDate:
    """A year with what is known of the rest. A season stands in place of a month; a day needs a month.

    What is told of it is kept with it: a roster says the same month thousands of times.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: str | None = None

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise DateUnreadable("date_year")
        if self.month is not None and not 1 <= self.month <= 12:
            raise DateUnreadable("date_month")
        if self.season is not None and (self.month is not None or self.season not in SEASONS):
            raise DateUnreadable("date_text")
        if self.day is not None and (
            self.month is None or not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]
        ):
            raise DateUnreadable("date_day")

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A calendar day as such a date."""
        return _of_day(day)

    @classmethod
    def stored(cls, text: str) -> PartialDate:
        """Back from `storage`. Raises DateUnreadable("date_text") for anything else."""
        return _stored(text)

    @cached_property
    def storage(self) -> str:
        """What is stored: 1985, 1985-07, 1985-07-15 or 1941底."""
        if self.month is None:
            return f"{self.year:04d}{self.season or ''}"
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")

    @cached_property
    def printed(self) -> str:
        """What forms print: 1985.07 (never the day), 1942 or 1941底."""
        return f"{self.year:04d}{self.season or ''}" if self.month is None else f"{self.year:04d}.{self.month:02d}"

    @property
    def exchanged(self) -> str:
        """What interchange files hold: 198507, 19850715, 1942 or 1941底."""
        return self.storage.replace("-", "")

    @property
    def counted_month(self) -> int | None:
        """The month that counts for ages: its own, or that of its season; None when only the year is known."""
        return SEASONS[self.season] if self.season else self.month

    @cached_property
    def first_day(self) -> date:
        """The earliest day that may be meant. Seasons are taken wide: 春 from February to May, 底 November and December."""
        months = _SEASON_MONTHS[self.season] if self.season else (self.month or 1,)
        return date(self.year, months[0], self.day or 1)

    @cached_property
    def last_day(self) -> date:
        """The latest day that may be meant."""
        month = _SEASON_MONTHS[self.season][1] if self.season else self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def may_be(self, day: date) -> bool:
        """Could this date mean that day?"""
        return self.first_day <= day <= self.last_day

    def month_index(self) -> int | None:
        """Months since the year 0, to tell distances; None without a month or season."""
        month = self.counted_month
        return None if month is None else self.year * 12 + month - 1


@lru_cache(maxsize=8192)
def _of_day(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


@lru_cache(maxsize=8192)
def _stored(text: str) -> PartialDate:
    match = _STORED.fullmatch(text)
    if not match:
        raise DateUnreadable("date_text")
    year, month, day, season = match.groups()
    return PartialDate(int(year), int(month) if month else None, int(day) if day else None, season)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date and what must be said about reading it.

    `notes`: `date_season_beside_month` (199512春: the month was taken), `date_october_or_january` (the number 1990.1
    of a worksheet may have been typed as 1990.10; read as January).
    """

    value: PartialDate
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def read_partial_date(text: str, *, is_number: bool = False) -> DateReading:
    """Read a date in any form that is met. Raises DateUnreadable.

    `is_number`: the text comes from a numeric worksheet cell, which cannot keep the zero of 1990.10.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKC", text[:_LONGEST]) if not c.isspace() and c not in _INVISIBLE)
    if not bare:
        raise DateUnreadable("date_empty")
    if _PLACEHOLDER.fullmatch(bare):
        raise DateUnreadable("date_placeholder")
    if len(text.strip()) > _LONGEST:
        raise DateUnreadable("date_text")
    if match := _DIGITS.fullmatch(bare):
        return DateReading(_made(*match.groups()))
    if match := _PARTS.fullmatch(bare):
        october = is_number and bare[4:] == ".1"
        return DateReading(_made(*match.groups()), ("date_october_or_january",) if october else ())
    if match := _FULL.fullmatch(bare):
        return DateReading(_made(*(part for part in match.groups() if part)))
    if match := _SEASON.fullmatch(bare):
        year, month, season = match.groups()
        if month:
            return DateReading(_made(year, month), ("date_season_beside_month",))
        return DateReading(PartialDate(int(year), season=season))
    raise DateUnreadable("date_digits" if bare.isascii() and bare.isdigit() else "date_text")


def parse_partial_date(text: str) -> PartialDate:
    """The date alone; see `read_partial_date`."""
    return read_partial_date(text).value


def _made(year: str, month: str | None = None, day: str | None = None) -> PartialDate:
    return PartialDate(int(year), int(month) if month else None, int(day) if day else None)


def compute_age(born: PartialDate, at: PartialDate | date) -> int | None:
    """Completed years to the month, as the form counts them; by the year when one side has no month. None before birth.

    Born in April 1972 and counted in April 2024: 52, whatever the days are.
    """
    month, born_month = at.month if isinstance(at, date) else at.counted_month, born.counted_month
    early = month is not None and born_month is not None and month < born_month
    years = at.year - born.year - (1 if early else 0)
    return years if years >= 0 else None
