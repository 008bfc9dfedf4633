"""Read model of the person page (一张图)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..badges import badges_of
from ..choices import Sex, Status
from ..import_texts import TEXTS
from ..models import AnnualRating, Official, Photo, PostHolding, RankHolding
from ..rules.completeness import SETS, Completeness, compute_completeness
from ..rules.partial_dates import DateUnreadable, PartialDate, compute_age, parse_partial_date
from ..rules.party_joining import parse_party_joining
from ..rules.resume import parse_resume
from ..sections import ROW_SECTIONS, SECTIONS

VIEW = "officials.view_official"
STRIP_YEARS = 5
# How the strip shows a conclusion: outstanding stands out, and so does what has consequences.
GRADE_CSS = {
    "优秀": "strip-best",
    "基本称职": "strip-low",
    "基本合格": "strip-low",
    "不称职": "strip-bad",
    "不合格": "strip-bad",
}
MODEL_OF = {code: section.model for code, section in ROW_SECTIONS.items()} | {"photo": Photo}


def load_person(user, pk) -> Official:
    """The person, with what the page says about sets without reading them (1 query). Raises Http404, PermissionDenied."""
    rated = AnnualRating.objects.system().filter(official=OuterRef("pk")).order_by("year", "pk")
    rated = rated.values(one=JSONObject(year="year", grade="grade"))
    there = {f"has_{code}": Exists(MODEL_OF[code].objects.system().filter(official=OuterRef("pk"))) for code in SETS}
    query = Official.objects.select_related("home", "home__parent").annotate(**there, rated=ArraySubquery(rated))
    return _worded(query.get_visible(user=user, perm=VIEW, pk=pk))


def _worded(person) -> Official:
    """The person with what is printed for coded and partial values."""
    person.sex_words = dict(Sex.choices).get(person.sex, "")
    person.status_words = dict(Status.choices).get(person.status, person.status)
    person.birth_words = _printed(person.birth_text, person.birth_on)
    person.work_words = _printed(person.work_text, person.work_on)
    person.party_words = parse_party_joining(person.party_text).printed if person.party_text else ""
    return person


def _printed(text: str, day: date | None) -> str:
    """A date as forms print it: 1985.07; a text that cannot be read stands as it is."""
    try:
        return parse_partial_date(text).printed if text else PartialDate.of(day).printed if day else ""
    except DateUnreadable:
        return text


def completeness_of(person) -> Completeness:
    """How complete the record is; for a person from `load_person`."""
    filled = {code for code in SETS if getattr(person, f"has_{code}")}
    return compute_completeness(vars(person), filled, person.none_declared)


def missing_words(completeness: Completeness) -> list[tuple[str, str]]:
    """What is missing, in words, with the section in which it is filled in."""
    places = {name: section.code for section in SECTIONS.values() for name in section.fields}
    words = []
    for name in completeness.missing:
        if name in places:
            words.append((str(Official._meta.get_field(name).verbose_name), places[name]))
        else:
            label = _("photo") if name == "photo" else ROW_SECTIONS[name].label
            words.append((str(label), name))
    return words


@dataclass(frozen=True)
class Spell:
    """One line of the timeline: a post or a rank with its days; `x` and `w` place it on the line, in percent."""

    text: str
    unit: str
    starts_on: date | None
    ends_on: date | None
    is_main: bool
    is_rank: bool
    x: str = "0"
    w: str = "0"
    document_no: str = ""


def timeline(person, day: date) -> list[Spell]:
    """Posts, then ranks, each the latest first, on one scale of years (2 queries)."""
    held = PostHolding.objects.system().filter(official=person).select_related("post__organization")
    ranks = RankHolding.objects.system().filter(official=person)
    spells = [
        (
            h.post.title if h.post else h.title_text,
            str(h.post.organization) if h.post else h.unit_text,
            h.starts_on,
            h.ends_on,
            h.is_main,
            False,
            h.document_no,
        )
        for h in held.order_by("-starts_on", "order_in_person", "pk")
    ]
    spells += [
        (r.label, "", r.starts_on, r.ends_on, True, True, r.document_no)
        for r in ranks.order_by(F("starts_on").desc(nulls_last=True), "pk")
    ]
    starts = [spell[2] for spell in spells if spell[2]]
    if not starts:
        return [Spell(*spell[:6], document_no=spell[6]) for spell in spells]
    first = min(starts).toordinal()
    span = max(day.toordinal() - first, 1)

    def place(start, end):
        left = (start.toordinal() - first) * 100 / span if start else 0.0
        until = min((end or day).toordinal(), day.toordinal())
        return f"{left:.2f}", f"{max((until - first) * 100 / span - left, 0.6):.2f}"

    return [Spell(*s[:6], *place(s[2], s[3]), document_no=s[6]) for s in spells]


def rating_strip(person, day: date) -> list[dict[str, Any]]:
    """The last five assessed years with the conclusion, or that none is recorded; of a person from `load_person`."""
    last = day.year - 1
    years = range(last - STRIP_YEARS + 1, last + 1)
    grades = {row["year"]: row["grade"] for row in person.rated if row["year"] >= years[0]}
    # a year that runs may be rated early; it stands at the end then
    shown = [*years, *(year for year in sorted(grades) if year > last)]
    return [
        {"year": year, "grade": grades.get(year, ""), "css": GRADE_CSS.get(grades.get(year, ""), "")} for year in shown
    ]


def age_of(person, day: date) -> int | None:
    """Completed years to the month."""
    return compute_age(PartialDate.of(person.birth_on), day) if person.birth_on else None


def header_of(person, user, day: date) -> dict:
    """What stands above the tabs."""
    done = completeness_of(person)
    return {
        "person": person,
        "age": age_of(person, day),
        "badges": badges_of([person.pk], day, user)[person.pk],
        "completeness": done,
        "missing": missing_words(done),
        "strip": rating_strip(person, day),
    }


def resume_of(person) -> dict:
    """The résumé as it stands, and in words what was found in it, line by line."""
    problems = [
        _("Line %(line)d: %(text)s")
        % {"line": found.line, "text": TEXTS[found.code] % {"value": found.value, "other": found.other}}
        for found in parse_resume(person.resume_text).problems
    ]
    return {"text": person.resume_text, "problems": problems}


def rows_of(person, *codes) -> list[dict]:
    """Information sets of a tab: heading, columns, cells in words (1 query a set)."""
    return [_set(person, ROW_SECTIONS[code]) for code in codes]


def _set(person, section) -> dict:
    order = ("-year",) if section.code == "ratings" else ("sort", "pk")
    rows = section.model.objects.system().filter(official=person).order_by(*order)
    return {
        "label": section.label,
        "columns": [section.model._meta.get_field(name).verbose_name for name in section.fields],
        "rows": [[_cell(getattr(row, name)) for name in section.fields] for row in rows],
        "is_declared": section.none_code in person.none_declared,
    }


def _cell(value):
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return PartialDate.of(value).printed if isinstance(value, date) else value
