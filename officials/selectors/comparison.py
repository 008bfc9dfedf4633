"""People side by side (同屏比较): the same facts on the same line, and whether they differ."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from foundation.regulations.services.rulebook import rulebook

from ..choices import Sex
from ..models import AnnualRating, Official, Photo
from ..roster_columns import age, full_years, month
from .reaching import reaching_month
from .roster import VIEW

MOST = 4
RATED_YEARS = 5


@dataclass(frozen=True)
class Line:
    """A fact of everybody. `differs`: not everybody has the same; `is_long`: a text of many lines."""

    label: Any
    values: list
    differs: bool
    is_long: bool = False


def compared(user, chosen: list[int], today: date) -> tuple[list[Official], list[Line]]:
    """The chosen people whom the user may see, in that order, and their facts (2 queries)."""
    photo = Exists(Photo.objects.system().filter(official=OuterRef("pk")))
    people = Official.objects.visible_to(user, VIEW).kept().filter(pk__in=chosen).select_related("home", "form_details")
    found = {person.pk: person for person in people.annotate(has_photo=photo)}
    ordered = [found[pk] for pk in dict.fromkeys(chosen) if pk in found]
    ratings: dict[int, list[str]] = {}
    for row in AnnualRating.objects.system().filter(official__in=found).order_by("-year"):
        ratings.setdefault(row.official_id, []).append(f"{row.year} {row.grade}")
    book = rulebook(on=today)
    for person in ordered:
        person.reaches = reaching_month(person, getattr(person, "form_details", None), book)
    return ordered, [_line(label, [read(p) for p in ordered], long) for label, read, long in _facts(today, ratings)]


def _line(label, values, is_long) -> Line:
    return Line(label, values, len(set(map(str, values))) > 1 and not is_long, is_long)


def _facts(today, ratings):
    def years(name):
        return lambda person: _with_years(getattr(person, name), today)

    def text(name):
        return lambda person: getattr(person, name)

    return [
        (_("Unit"), lambda p: str(p.home or ""), False),
        (_("Unit and post"), lambda p: p.post_short or p.post_text, False),
        (_("In this post since"), years("post_on"), False),
        (_("Level of post"), text("level"), False),
        (pgettext_lazy("civil service", "Rank"), text("rank"), False),
        (_("In this rank since"), years("rank_on"), False),
        (_("Sex"), lambda p: dict(Sex.choices).get(p.sex, ""), False),
        (_("Born"), lambda p: month(p.birth_on), False),
        (_("Age"), lambda p: age({"birth_on": p.birth_on}, today), False),
        (_("Reaches the retirement age"), lambda p: p.reaches.printed if p.reaches else "", False),
        (_("Ethnicity"), text("ethnicity"), False),
        (_("Native place"), text("native_place"), False),
        (_("Political status"), text("politics"), False),
        (_("Joined the Party"), lambda p: month(p.party_on), False),
        (_("Began to work"), lambda p: month(p.work_on), False),
        (_("Full-time education"), lambda p: f"{p.full_education} {p.full_degree} {p.full_school}".strip(), False),
        (
            _("In-service education"),
            lambda p: f"{p.service_education} {p.service_degree} {p.service_school}".strip(),
            False,
        ),
        (_("Professional title"), text("title_text"), False),
        (_("Speciality"), text("speciality"), False),
        (_("Annual ratings"), lambda p: "\n".join(ratings.get(p.pk, [])[:RATED_YEARS]), False),
        (_("Awards and sanctions"), text("awards_text"), True),
        (_("Résumé"), text("resume_text"), True),
    ]


def _with_years(day, today) -> str:
    if not day or day > today:
        return month(day)
    years = full_years(day, today)
    return ngettext("%(month)s (%(years)d year)", "%(month)s (%(years)d years)", years) % {
        "month": month(day),
        "years": years,
    }
