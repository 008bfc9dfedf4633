"""Columns that a sheet of people may have: heading, width, and how the cell reads in a row of the record. Dates print 1985.07."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .choices import Sex, Status
from .rules.form_wording import printed_date
from .rules.partial_dates import PartialDate, compute_age
from .rules.party_joining import parse_party_joining

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: code, heading, width in characters, columns of the record it reads, and the cell's text."""

    code: str
    label: Any
    width: int
    needs: tuple[str, ...]
    read: Callable[[Row], str]


@lru_cache(maxsize=65536)
def month_of(text: str, day: date | None) -> str:
    """1985.07 of the text, else of the day."""
    if text:
        return printed_date(text)
    return f"{day.year:04d}.{day.month:02d}" if day else ""


@lru_cache(maxsize=4096)
def party_of(text: str, day: date | None) -> str:
    """入党时间 as forms print it."""
    return parse_party_joining(text).printed if text else month_of("", day)


def stacked(*parts: str) -> str:
    """What stands one below the other in a cell; the same words once."""
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _plain(name: str) -> Callable[[Row], str]:
    return lambda row: row[name] or ""


def _column(code: str, label, width: int, name: str = "") -> SheetColumn:
    name = name or code
    return SheetColumn(code, label, width, (name,), _plain(name))


def _day(code: str, label, name: str) -> SheetColumn:
    return SheetColumn(code, label, 9, (name,), lambda row: month_of("", row[name]))


def _month(code: str, label, text: str, day: str) -> SheetColumn:
    return SheetColumn(code, label, 9, (text, day), lambda row: month_of(row[text], row[day]))


def _words(code: str, label, choices) -> SheetColumn:
    return SheetColumn(code, label, 6, (code,), lambda row: str(choices.get(row[code], row[code])))


def _both(code: str, label, width: int, first: str, second: str) -> SheetColumn:
    return SheetColumn(code, label, width, (first, second), lambda row: stacked(row[first], row[second]))


def _age(row: Row) -> str:
    born = row["birth_on"]
    age = compute_age(PartialDate(born.year, born.month), row["day"]) if born else None
    return "" if age is None else str(age)


NUMBER, PHONE = "id_number", "phone"
"""Columns that are masked unless their reader may see them and says why."""
_ALL = (
    _column("name", pgettext_lazy("person", "name"), 9),
    _column("unit", _("unit"), 22, "home__name"),
    _column("post_text", _("unit and post"), 30),
    _words("sex", _("sex"), dict(Sex.choices)),
    _column("ethnicity", _("ethnicity"), 7),
    _month("birth", _("month of birth"), "birth_text", "birth_on"),
    SheetColumn("age", _("age"), 5, ("birth_on",), _age),
    _column("native_place", _("native place"), 10),
    _column("birth_place", _("place of birth"), 10),
    _column("health", _("health"), 7),
    _column("politics", _("political status"), 9),
    SheetColumn("party", _("joined the Party"), 10, ("party_text", "party_on"), lambda row: party_of(row["party_text"], row["party_on"])),
    _month("work", _("began to work"), "work_text", "work_on"),
    _both("full_education", _("full-time education"), 10, "full_education", "full_degree"),
    _both("full_school", _("school of full-time education"), 22, "full_school", "full_degree_school"),
    _both("service_education", _("in-service education"), 10, "service_education", "service_degree"),
    _both("service_school", _("school of in-service education"), 22, "service_school", "service_degree_school"),
    _column("title_text", _("professional title"), 12),
    _column("speciality", _("speciality"), 14),
    SheetColumn("post_since", _("in this post since"), 9, ("post_since_text", "post_on"), lambda row: month_of(row["post_since_text"], row["post_on"])),
    _column("level", _("level of post"), 10),
    _day("level_since", _("at this level since"), "level_on"),
    _column("rank", pgettext_lazy("civil service", "rank"), 10),
    _day("rank_since", _("in this rank since"), "rank_on"),
    _column("category", _("category of staff"), 14),
    _column("managed_by", _("managed by"), 12),
    _column("establishment", _("establishment"), 10),
    _words("status", _("status"), dict(Status.choices)),
    SheetColumn("registered", _("registered as civil servant on"), 9, ("registered_on",), lambda row: month_of("", row["registered_on"])),
    _column(NUMBER, _("identity number"), 20, "id_masked"),
    _column(PHONE, _("mobile phone"), 13, "phone_masked"),
    _column("ratings_text", _("results of annual assessments"), 24),
    _column("awards_text", _("awards and sanctions"), 24),
    _column("resume_text", _("résumé"), 40),
    _column("remark", pgettext_lazy("record", "remark"), 14),
)  # fmt: skip
COLUMNS = {column.code: column for column in _ALL}
USUAL = ("name", "post_text", "sex", "ethnicity", "native_place", "birth", "work", "party", "full_education", "full_school", "service_education", "service_school", "rank", "post_since", "rank_since")  # fmt: skip
"""What the dialog has ticked."""
