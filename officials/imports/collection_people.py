"""The front page of a person in the collection workbook (A01), and what is read off the lines that belong to it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from foundation.exchange.rows import Finding, Reading, StagedRow, Values

from ..rules.collection_columns import PEOPLE
from ..rules.form_defaults import EducationRow, education_texts
from ..rules.identity_number import clean_identity
from ..rules.labels import LabelTable
from ..rules.partial_dates import PartialDate
from ..rules.party_joining import parse_party_joining
from .collection_cells import read_value
from .roster_cells import RosterRow, first_day
from .roster_people import MODES, SEXES, check_party_age, read_birth, read_dated, read_number
from .unit_posts import UnitFinder

_STATUS = "person_status_zb126_2017"
_READ_APART = {"sex", "birth", "work", "party_text", "party_on", "status", "home", "level_since", "rank_since"}
_DAYS = {"registered_on", "recruited_on", "selected_on"}


@dataclass(frozen=True)
class Facts:
    """Units, code tables by name, today, and the unit of people whose own is not told."""

    finder: UnitFinder
    tables: Mapping[str, LabelTable]
    today: date
    county: str = ""


@dataclass
class Gathered:
    """A person while the sheets are read: the front page, the lines of every set, what was found in them."""

    row: StagedRow
    lines: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Finding] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def take(self, name: str, row: RosterRow, values: Values | None) -> None:
        """A line of a set; None when it was too broken to be one."""
        if values:
            self.lines[name].append(values)
        self.findings += row.findings
        self.readings += row.readings


def key_of(row: RosterRow) -> str:
    """Name and number of a line; a masked number counts as it stands."""
    name = "".join(row.raw("name").split())
    return f"{name}/{clean_identity(row.raw('id_number'))}"


def read_front(row: RosterRow, facts: Facts) -> StagedRow:
    """One line of A01; a number that fails its check, or contradicts sex or birth, refuses it."""
    values: Values = {"name": row.name()}
    number = read_number(row, is_needed=False)
    if not number and ("*" in row.raw("id_number") or not row.raw("id_number")):
        row.warn("collection_no_number", "id_number", value=values["name"])
    values["id_number"] = number
    values["sex"] = SEXES.get(row.label("sex", facts.tables["sex_gbt2261_1"], longest=10, is_strict=True), "")
    born = read_birth(row, number, values, written=lambda day: day.exchanged)
    for column in PEOPLE.own_columns:
        if column.name in _READ_APART:
            continue
        if column.name in _DAYS:
            values[column.name] = first_day(read_dated(row, column.name, born, facts.today))
        elif column.table:
            values[column.name] = row.label(column.name, facts.tables[column.table], longest=column.longest)
        else:
            values[column.name] = read_value(row, column, facts.tables)
    for name in ("level_since", "rank_since"):
        found = read_dated(row, name, born, facts.today)
        values[name] = found.storage if found else ""
    if found := read_dated(row, "work", born, facts.today):
        values["work_text"], values["work_on"] = found.exchanged, first_day(found)
    _party(row, values, born, facts.today)
    label = row.label("status", facts.tables[_STATUS], longest=20, is_strict=True)
    values["status"] = facts.tables[_STATUS].match(label).code
    _home(row, values, facts)
    return row.staged("person", key_of(row), values)


def _party(row: RosterRow, values: Values, born: PartialDate | None, today: date) -> None:
    text = row.text("party_text", longest=100)
    joining = parse_party_joining(text)
    for code in joining.problems:
        row.warn(code, "party_text")
    values["party_text"] = text
    joined = read_dated(row, "party_on", born, today) or joining.joined
    if joined is not None:
        check_party_age(row, joined, born, today, field="party_on" if row.raw("party_on") else "party_text")
        values["party_on"] = first_day(joined)


def _home(row: RosterRow, values: Values, facts: Facts) -> None:
    """统计关系所在单位; without it a new person belongs to the unit of the post, else to the county."""
    if text := row.text("home", longest=200):
        values["home"] = facts.finder.exact(text)
        if not values["home"]:
            row.error("roster_unit_unknown", "home", facts.finder.offers(text))
    values["home_if_new"] = facts.finder.split(values.get("post_text", "")).unit or facts.county


def finish(gathered: Gathered, facts: Facts) -> StagedRow:
    """The staged row of a person: front page and lines together, and what the lines say that the front page leaves out."""
    values: Values = {**gathered.row.values, **_if_front_is_silent(gathered)}
    family = gathered.lines["family"]
    gathered.lines["family"] = [
        {name: value for name, value in line.items() if name != "sort"}
        for line in sorted(family, key=lambda line: line.get("sort", len(family)))
    ]
    for line in gathered.lines.pop("extra", []):
        values |= line
    values |= {name: lines for name, lines in gathered.lines.items() if lines}
    return replace(
        gathered.row,
        values=values,
        findings=(*gathered.row.findings, *gathered.findings),
        normalised=(*gathered.row.normalised, *gathered.readings),
    )


def _if_front_is_silent(gathered: Gathered) -> dict[str, Any]:
    """Since when the present post is held, rank and level of the open lines, the words of the form for a new person."""
    front, found = gathered.row.values, {}
    post = next((line for line in gathered.lines["posts"] if line["is_main"] and not line.get("ends")), None)
    if post:
        found["post_since"] = post["starts"]
        if (order := post.pop("team_order", None)) is not None:
            found["team_order"] = order
    for line in gathered.lines["posts"]:
        line.pop("team_order", None)
    for is_rank, name in ((True, "rank"), (False, "level")):
        line = next((r for r in gathered.lines["ranks"] if r["is_rank"] is is_rank and not r.get("ends")), None)
        if line and not front.get(name):
            found[name] = line["label"]
            found |= {f"{name}_since": line["starts"]} if line.get("starts") else {}
    shown = [
        EducationRow(e["mode"], *(e.get(name, "") for name in ("education", "degree", "school", "subject")))
        for e in gathered.lines["education"]
        if e.get("is_shown", True)
    ]
    columns = ("education", "degree", "school", "degree_school")
    words = {
        f"{prefix}_{column}": text
        for prefix, mode in MODES
        for column, text in zip(columns, education_texts(shown, mode), strict=True)
        if text
    }
    return found | ({"if_new": words} if words else {})
