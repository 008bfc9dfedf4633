"""What one row of a roster says of a person, and whether it can be true. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from foundation.exchange.rows import StagedRow

from ..rules.identity_number import birth_day, check_holder, check_identity, clean_identity
from ..rules.labels import LabelTable
from ..rules.partial_dates import PartialDate, compute_age
from ..rules.party_joining import parse_party_joining
from .education_text import split_education, split_school
from .roster_cells import RosterRow, first_day
from .unit_posts import UnitFinder

PARTY_AGE = 18
"""党章 article 1: members are at least 18."""
SEXES = {"男": "1", "女": "2"}
TEXTS = {
    "raised_in": 60, "health": 60, "second_party": 18, "third_party": 18, "title_text": 120, "speciality": 220,
    "full_school": 180, "service_school": 180, "remark": 500,
}  # fmt: skip
"""Columns that are text alone, with their length."""
LABELS = {
    "ethnicity": ("ethnic_gbt3304", 18),
    "native_place": ("native_place_editor_zb01", 60),
    "birth_place": ("native_place_editor_zb01", 60),
    "politics": ("political_gb4762_short", 18),
    "rank": ("rank_zb148", 40),
    "level": ("post_level_zb09_2017", 40),
    "category": ("person_category_zb125_2017", 40),
    "managed_by": ("manage_category_zb130", 40),
    "establishment": ("establishment_zb135", 40),
}
# Places are free text where the list has no such place: the list is the editor's and has counties of one province.
FREE = {"native_place", "birth_place"}
BLOCKS = {"resume": "resume_text", "awards": "awards_text", "ratings": "ratings_text"}
# 广东省新会市 is written 广东新会: province and place without the words of their kind.
_PLACE = re.compile(r"(\S{2,3})省(\S{2,})(?:市|县|区)")
MODES = (("full", "全日制"), ("service", "在职"))

# What a number and the rest of a row contradict each other in: the code of the text, and the column that is shown.
CONTRADICTIONS = {
    "id_sex_differs": ("roster_id_sex_differs", "sex"),
    "id_birth_differs": ("roster_id_birth_differs", "birth"),
}


def read_person(row: RosterRow, finder: UnitFinder, tables: Mapping[str, LabelTable], as_of: date) -> StagedRow:
    """One person; everything wrong with the row is told at once."""
    name = row.name()
    number = read_number(row)
    values: dict = {"name": name, "id_number": number}
    values["sex"] = SEXES.get(row.label("sex", tables.get("sex_gbt2261_1"), longest=10, is_strict=True), "")
    born = read_birth(row, number, values)
    for field, longest in TEXTS.items():
        values[field] = row.text(field, longest=longest)
    for field, (table, longest) in LABELS.items():
        values[field] = _label(row, field, tables.get(table), longest)
    for field, column in BLOCKS.items():
        values[column] = row.block(field)
    _party(row, values, born, as_of)
    _work(row, values, born, as_of)
    _unit_and_post(row, values, finder)
    for field in ("post_since", "rank_since", "level_since", "registered"):
        if found := read_dated(row, field, born, as_of):
            values["registered_on" if field == "registered" else field] = (
                first_day(found) if field == "registered" else found.storage
            )
    values["education"] = _education(row, values, tables)
    values["phone"] = row.text("phone", longest=40)
    return row.staged("person", f"{name}/{number}", values)


def _label(row: RosterRow, field: str, table: LabelTable | None, longest: int) -> str:
    if field in FREE and table is not None:
        text = row.text(field, longest=longest)
        match = table.match(text)
        place = match.label or (_PLACE.sub(r"\1\2", text) if "省" in text else text)
        if place != text:
            row.note(field, place, "usual_word")
        return place
    return row.label(field, table, longest=longest)


def read_number(row: RosterRow, *, is_needed: bool = True) -> str:
    """The identity number; in a roster a number that is none refuses the row, and without `is_needed` a masked one says
    nothing."""
    if "id_number" not in row.columns:
        return ""
    raw = row.raw("id_number")
    if not is_needed and (not raw or "*" in raw):
        return ""
    if not raw:
        row.error("value_missing", "id_number", name="身份证号")
        return ""
    number = clean_identity(raw)
    if fault := check_identity(number):
        row.error(fault.code, "id_number", value=number, **fault.params)
        return ""
    cell = row.cell("id_number")
    if cell and cell.value != number:
        row.note("id_number", number, "check_letter" if cell.value.upper() == number else "spaces")
    return number


def printed(day: PartialDate) -> str:
    """1985.07, as a roster is printed."""
    return day.printed


def read_birth(
    row: RosterRow, number: str, values: dict, written: Callable[[PartialDate], str] = printed
) -> PartialDate | None:
    """The birth month; its day stands in the number. Contradictions with the number are told here.

    `written` makes the text that is kept beside the day.
    """
    stated = row.day("birth")
    day = birth_day(number) if number else None
    if day and stated and _may_be_october(row, stated, day):
        stated = PartialDate(stated.year, 10)
        row.findings = [
            f for f in row.findings if f.code != "date_october_or_january" or f.column != row.letter("birth")
        ]
        row.note("birth", stated.printed, "october_by_number")
    sex = {"1": "男", "2": "女"}.get(values["sex"], "")
    for fault in check_holder(number, sex=sex, born=stated) if number else ():
        row.error(*CONTRADICTIONS[fault.code], **fault.params)
    if stated:
        values["birth_text"] = written(stated)
    elif day and row.cell("birth") is None:
        values["birth_text"] = printed(PartialDate.of(day))
    born = PartialDate.of(day) if day else stated
    values["birth"] = born.storage if born else ""
    return born


def _may_be_october(row: RosterRow, stated: PartialDate, day: date) -> bool:
    ambiguous = any(f.code == "date_october_or_january" and f.column == row.letter("birth") for f in row.findings)
    return ambiguous and (stated.year, day.month) == (day.year, 10)


def read_dated(row: RosterRow, field: str, born: PartialDate | None, as_of: date) -> PartialDate | None:
    """A date that lies after the birth and not after the roster's own day."""
    found = row.day(field)
    if found and found.first_day > as_of:
        row.error("roster_date_later", field, as_of=f"{as_of.year}.{as_of.month:02d}")
        return None
    if found and born and found.last_day < born.first_day:
        row.error("roster_before_birth", field, born=born.printed)
        return None
    return found


def _work(row: RosterRow, values: dict, born: PartialDate | None, as_of: date) -> None:
    if found := read_dated(row, "work", born, as_of):
        values["work_text"], values["work_on"] = found.printed, first_day(found)


def _party(row: RosterRow, values: dict, born: PartialDate | None, as_of: date) -> None:
    """入党时间: a date mostly, else the grammar of parties. An empty cell says that the person is no member."""
    raw = row.raw("party")
    if not raw:
        return
    cell = row.cell("party")
    joining = parse_party_joining(raw)
    if joining.joined is None and not joining.parties and not joining.is_unaffiliated and not joining.is_probationary:
        if row.day("party") is None and any(character.isdigit() for character in raw):
            return  # a date that does not exist: told by the reading of the date
        row.findings = [f for f in row.findings if f.column != row.letter("party") or f.code == "date_placeholder"]
    for code in joining.problems:
        row.warn(code, "party")
    if joining.joined is not None and not joining.parties and not joining.remark:
        row.day("party")
    values["party_text"] = joining.printed or raw
    if joining.joined is not None:
        check_party_age(row, joining.joined, born, as_of)
        values["party_on"] = first_day(joining.joined)
    if not values["politics"] and cell is not None:
        values["politics"] = _politics(joining)


def check_party_age(
    row: RosterRow, joined: PartialDate, born: PartialDate | None, as_of: date, field: str = "party"
) -> None:
    """Nobody joins below 18, or after the day of the file; told at the cell of `field`."""
    age = compute_age(born, joined) if born else None
    if joined.first_day > as_of:
        row.error("roster_date_later", field, as_of=f"{as_of.year}.{as_of.month:02d}")
    elif born and (age is None or age < PARTY_AGE):
        row.error("roster_party_age", field, born=born.printed, age=PARTY_AGE)


def _politics(joining) -> str:
    """Political status that the line itself says."""
    if joining.is_probationary:
        return "预备党员"
    if joining.joined:
        return "中共党员"
    return joining.parties[0] if joining.parties else "无党派" if joining.is_unaffiliated else ""


def _unit_and_post(row: RosterRow, values: dict, finder: UnitFinder) -> None:
    """Unit and post from one cell or from two."""
    field = "unit_post" if row.raw("unit_post") else "unit"
    text = row.text(field, longest=1000)
    post = row.text("post", longest=200)
    if not text:
        row.error("value_missing", "unit_post" if "unit_post" in row.columns else "unit", name="工作单位及现任职务")
        return
    found = finder.split(text)
    if not found.unit:
        row.error("roster_unit_unknown", field, finder.offers(text))
        return
    if found.is_former:
        row.note(field, finder.units[found.unit].name, "former_name")
    title = post or found.post
    values["unit"] = found.unit
    values["post_text"] = text if field == "unit_post" else f"{text}{post}"
    values["post"] = title[:80]
    if len(title) > 80:
        row.error("value_too_long", field, limit=80)


def _education(row: RosterRow, values: dict, tables: Mapping[str, LabelTable]) -> list[dict]:
    """Education of both modes; the words of the form stay beside the rows made of them."""
    found = []
    for prefix, mode in MODES:
        education, degree = row.text(f"{prefix}_education", longest=60), row.text(f"{prefix}_degree", longest=60)
        if both := row.raw(f"{prefix}_both"):
            education, degree = split_education(both, tables["education_zb64"])
        education = _wording(row, prefix, education, tables["education_zb64"])
        degree = _wording(row, prefix, degree, tables["degree_gbt6864"], is_quiet="、" in degree)
        values[f"{prefix}_education"], values[f"{prefix}_degree"] = education, degree
        school = values.get(f"{prefix}_school", "")
        if education or degree or school:
            place = split_school(school)
            found.append(
                {
                    "mode": mode,
                    "education": education,
                    "degree": degree,
                    "school": place.school,
                    "subject": place.subject,
                }
            )
    return found


def _wording(row: RosterRow, prefix: str, text: str, table: LabelTable, *, is_quiet: bool = False) -> str:
    match = table.match(text)
    if match.code or not text or is_quiet:
        return match.label if match.code else text
    field = next(f for f in (f"{prefix}_both", f"{prefix}_education", f"{prefix}_degree") if f in row.columns)
    row.warn("label_unknown", field, value=text)
    return text
