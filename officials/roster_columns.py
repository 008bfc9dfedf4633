"""Columns of the roster that a reader may choose from, and how each is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .choices import Sex, Status


@dataclass(frozen=True)
class Column:
    """A column: code in the address, heading, how a line says it, what it sorts by (empty: it does not)."""

    code: str
    label: Any
    text: Callable[[dict, date], Any]
    sort: str = ""
    css: str = ""


def month(day: date | None) -> str:
    """1985.07."""
    return f"{day:%Y.%m}" if day else ""


def full_years(since: date | None, day: date) -> int | None:
    """Whole years since a day; None without one."""
    if since is None or since > day:
        return None
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def age(row: dict, day: date) -> int | None:
    """Age by months: the year is full with the month of birth (到月)."""
    born = row["birth_on"]
    return day.year - born.year - (day.month < born.month) if born else None


def _joined(row, *names):
    return " ".join(dict.fromkeys(row[name] for name in names if row[name]))


def _label(choices):
    labels = dict(choices)
    return lambda value: labels.get(value, value)


_sex, _status = _label(Sex.choices), _label(Status.choices)
COLUMNS = (
    Column("sex", _("Sex"), lambda row, day: _sex(row["sex"]), css="nowrap"),
    Column("birth", _("Born"), lambda row, day: month(row["birth_on"]), "birth", "nowrap num"),
    Column("age", _("Age"), age, css="num"),
    Column("ethnicity", _("Ethnicity"), lambda row, day: row["ethnicity"], css="nowrap"),
    Column("native_place", _("Native place"), lambda row, day: row["native_place"], css="nowrap"),
    Column(
        "unit", _("Unit"), lambda row, day: row["unit_then"] or row["outside_then"] or row["unit_name"], css="nowrap"
    ),
    Column("post", _("Unit and post"), lambda row, day: row["title_then"] or row["post_short"] or row["post_text"]),
    Column("level", _("Level of post"), lambda row, day: row["level"], css="nowrap"),
    Column("post_on", _("In this post since"), lambda row, day: month(row["post_on"]), "post_on", "nowrap num"),
    Column("post_years", _("Years in post"), lambda row, day: full_years(row["post_on"], day), css="num"),
    Column("rank", pgettext_lazy("civil service", "Rank"), lambda row, day: row["rank"], css="nowrap"),
    Column("rank_on", _("In this rank since"), lambda row, day: month(row["rank_on"]), "rank_on", "nowrap num"),
    Column("politics", _("Political status"), lambda row, day: row["politics"], css="nowrap"),
    Column("party_on", _("Joined the Party"), lambda row, day: month(row["party_on"]), css="nowrap num"),
    Column("work_on", _("Began to work"), lambda row, day: month(row["work_on"]), css="nowrap num"),
    Column("full_education", _("Full-time education"), lambda row, day: _joined(row, "full_education", "full_degree")),
    Column("full_school", _("School and subject (full-time)"), lambda row, day: row["full_school"]),
    Column(
        "service_education",
        _("In-service education"),
        lambda row, day: _joined(row, "service_education", "service_degree"),
    ),
    Column("service_school", _("School and subject (in-service)"), lambda row, day: row["service_school"]),
    Column("title", _("Professional title"), lambda row, day: row["title_text"]),
    Column("category", _("Category of staff"), lambda row, day: row["category"], css="nowrap"),
    Column("status", _("Status"), lambda row, day: _status(row["status"]), css="nowrap"),
    Column("number", _("Identity number"), lambda row, day: row["id_masked"], css="nowrap num"),
)
USUAL = ("sex", "birth", "post", "level", "post_on", "rank", "politics", "full_education")
BY_CODE = {column.code: column for column in COLUMNS}


def columns_of(codes) -> list[Column]:
    """The chosen columns in their usual order; the usual ones when nothing sensible was chosen."""
    wanted = set(codes) & set(BY_CODE) or set(USUAL)
    return [column for column in COLUMNS if column.code in wanted]
