"""Lines of the sheets behind A01: posts, ranks, titles, education, awards, ratings, family, recruitment. Pure."""

from __future__ import annotations

from collections.abc import Callable

from foundation.exchange.rows import Level, Values

from ..rules.collection_columns import EDUCATION, RANK_KINDS, SANCTION_ROOT, CollectionSheet
from ..rules.partial_dates import PartialDate, parse_partial_date
from .collection_cells import read_label, read_line
from .collection_people import Facts
from .roster_cells import RosterRow, first_day

Reader = Callable[[RosterRow, CollectionSheet, Facts], Values | None]
_RANK_TABLES = {True: "rank_zb148", False: "post_level_zb09_2017"}


def _needs(row: RosterRow, sheet: CollectionSheet, values: Values, *names: str) -> bool:
    """Are these columns filled in? Each that is not is told."""
    headers = {column.name: column.header for column in sheet.columns}
    missing = [name for name in names if values.get(name) in (None, "")]
    for name in missing:
        if not any(found.column == row.letter(name) and found.level is Level.ERROR for found in row.findings):
            row.error("value_missing", name, name=headers[name])
    return not missing


def _stored(text: str) -> str:
    return parse_partial_date(text).storage if text else ""


def _spell(row: RosterRow, values: Values, facts: Facts) -> None:
    """Beginning and end as stored dates; their order, and the state that is said beside them."""
    state = values.pop("state", "")
    for name in ("starts", "ends"):
        values[name] = _stored(values.get(name, ""))
    starts, ends = (PartialDate.stored(values[name]) if values[name] else None for name in ("starts", "ends"))
    if starts and starts.first_day > facts.today:
        row.error("roster_date_later", "starts", as_of=f"{facts.today.year}.{facts.today.month:02d}")
    if starts and ends and ends.last_day < starts.first_day:
        row.error("collection_ends_before", "ends", starts=starts.printed)
    if state == "已免" and not ends and not row.raw("ends"):
        row.warn("collection_end_missing", "state")
    if state == "在任" and ends:
        row.error("collection_still_held", "state", ends=ends.printed)


def read_post(row: RosterRow, sheet: CollectionSheet, facts: Facts) -> Values | None:
    """A post held. One without its first day, or left on an unknown day, cannot be placed in time and is left out."""
    values = read_line(row, sheet, facts.tables)
    was_left = values.get("state") == "已免" and not row.raw("ends")
    _spell(row, values, facts)
    if not _needs(row, sheet, values, "unit", "title"):
        return None
    if not values["starts"]:
        if not row.raw("starts"):
            row.warn("collection_post_undated", "starts", value=values["title"])
        return None
    if was_left:
        return None
    name = values.pop("unit")
    values["unit"] = facts.finder.exact(name)
    if not values["unit"]:
        values["unit_text"] = name
        row.report(
            Level.INFO if values["ends"] else Level.WARNING, "collection_outside", "unit", facts.finder.offers(name)
        )
    values["is_main"] = values.get("is_main", not values["ends"])
    return {name: value for name, value in values.items() if value != ""}


def read_rank(row: RosterRow, sheet: CollectionSheet, facts: Facts) -> Values | None:
    """A rank (职级) or level of post (职务层次) held; a line without a day is the present one."""
    values = read_line(row, sheet, facts.tables)
    _spell(row, values, facts)
    if not _needs(row, sheet, values, "kind", "label"):
        return None
    kinds = {label: is_rank for is_rank, label in RANK_KINDS.items()} | {"1": True, "0": False}
    kind = values.pop("kind")
    if kind not in kinds:
        row.error("value_unknown", "kind", allowed="、".join(RANK_KINDS.values()))
        return None
    values["is_rank"] = kinds[kind]
    read_label(row, "label", facts.tables[_RANK_TABLES[values["is_rank"]]], 40)
    return {name: value for name, value in values.items() if value != ""}


def _plain(*needed: str) -> Reader:
    def read(row: RosterRow, sheet: CollectionSheet, facts: Facts) -> Values | None:
        values = read_line(row, sheet, facts.tables)
        return _without_codes(values) if _needs(row, sheet, values, *needed) else None

    return read


def _without_codes(values: Values) -> Values:
    return {name: value for name, value in values.items() if not name.endswith("_code")}


def read_education(row: RosterRow, sheet: CollectionSheet, facts: Facts) -> Values | None:
    """Education or degree: one of them and the kind of study are needed."""
    values = read_line(row, sheet, facts.tables)
    if not values.get("education") and not values.get("degree"):
        _needs(row, sheet, values, "education")
    if not _needs(row, EDUCATION, values, "mode"):
        return None
    return _without_codes(values)


def read_award(row: RosterRow, sheet: CollectionSheet, facts: Facts) -> Values | None:
    """Award or sanction: which of the two its code says, else its name in the code table."""
    values = read_line(row, sheet, facts.tables)
    if not _needs(row, sheet, values, "label"):
        return None
    table = facts.tables["reward_punish_zb65"]
    code = str(values.get("label_code", "")) or table.match(values["label"]).code
    return _without_codes(values) | {"is_sanction": code.startswith(SANCTION_ROOT)}


def read_rating(row: RosterRow, sheet: CollectionSheet, facts: Facts) -> Values | None:
    """Conclusion of a year."""
    values = read_line(row, sheet, facts.tables)
    if not _needs(row, sheet, values, "grade", "year"):
        return None
    if not 1950 <= values["year"] <= facts.today.year:
        row.error("number_range", "year", name="考核年度", range=f"1950 … {facts.today.year}")
        return None
    return values


def read_member(row: RosterRow, sheet: CollectionSheet, facts: Facts) -> Values | None:
    """Family member."""
    values = read_line(row, sheet, facts.tables)
    if not _needs(row, sheet, values, "member_name", "relation"):
        return None
    values["name"] = values.pop("member_name")
    return values


def read_extra(row: RosterRow, sheet: CollectionSheet, facts: Facts) -> Values:
    """Recruitment: columns of the person."""
    values = read_line(row, sheet, facts.tables)
    for name in ("recruited_on", "selected_on"):
        if values.get(name):
            values[name] = first_day(parse_partial_date(values[name]))
    return values


READERS: dict[str, Reader] = {
    "posts": read_post,
    "ranks": read_rank,
    "titles": _plain("title"),
    "education": read_education,
    "awards": read_award,
    "ratings": read_rating,
    "family": read_member,
    "extra": read_extra,
}
