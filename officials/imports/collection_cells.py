"""One line of a sheet of the collection workbook: cells by column into values; every fault is told at its cell. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from foundation.exchange.cleaning import Unreadable, clean_number, clean_whole
from foundation.exchange.rows import Candidate, Values

from ..rules.collection_columns import CollectionColumn, CollectionSheet
from ..rules.labels import How, LabelTable
from .roster_cells import RosterRow

FLAGS = {"是": True, "1": True, "否": False, "0": False, "领导职务": True, "非领导职务": False}
MOST = {"years": Decimal(99), "year": 2200}
Tables = Mapping[str, LabelTable]


def read_line(row: RosterRow, sheet: CollectionSheet, tables: Tables) -> Values:
    """Values of the columns behind the key; empty cells give none."""
    values: Values = {}
    for column in sheet.own_columns:
        value = read_value(row, column, tables)
        if value not in (None, ""):
            values[column.name] = value
    for column in sheet.own_columns:
        if column.kind == "code":
            _decode(row, values, column, tables[column.table])
    return values


def read_value(row: RosterRow, column: CollectionColumn, tables: Tables) -> Any:
    """One cell by the kind of its column."""
    name = column.name
    if column.kind == "lines":
        text = row.block(name)
        if len(text) > column.longest:
            row.error("value_too_long", name, limit=column.longest)
        return text
    if column.kind == "day":
        found = row.day(name)
        return found.exchanged if found else ""
    if column.kind == "label" and column.table:
        return read_label(row, name, tables[column.table], column.longest)
    if column.kind == "flag":
        return _flag(row, column)
    if column.kind in ("number", "decimal"):
        return _number(row, column)
    return row.text(name, longest=column.longest)


def read_label(row: RosterRow, field: str, table: LabelTable, longest: int) -> str:
    """The words as they stand; those that the table does not have are told, with what may be meant."""
    text = row.text(field, longest=longest)
    found = table.match(text)
    if not found.code and found.how is not How.EMPTY:
        row.warn("label_unknown", field, [Candidate(code, label) for code, label in found.offers])
    return text


def _flag(row: RosterRow, column: CollectionColumn) -> bool | None:
    text = row.text(column.name, longest=20)
    if text and text not in FLAGS:
        row.error("value_unknown", column.name, allowed="是、否")
    return FLAGS.get(text)


def _number(row: RosterRow, column: CollectionColumn) -> int | str | None:
    text = row.text(column.name, longest=20)
    if not text:
        return None
    try:
        if column.kind == "number":
            value, _whys = clean_whole(text)
        else:
            value = clean_number(text).value
    except Unreadable as fault:
        row.error(fault.code, column.name)
        return None
    most = MOST.get(column.name, 9_999)
    if not 0 <= value <= most:
        row.error("number_range", column.name, name=column.header, range=f"0 … {most}")
        return None
    return value if column.kind == "number" else str(value)


def _decode(row: RosterRow, values: Values, column: CollectionColumn, table: LabelTable) -> None:
    """A code beside a label: says the label where that is empty; one that says something else is told, the label counts."""
    code, source = str(values.get(column.name, "")), column.name.removesuffix("_code")
    if not code:
        return
    label = table.labels.get(code, "")
    if not label and not values.get(source):
        row.error("collection_code_unknown", column.name)
    elif not values.get(source):
        values[source] = label
        row.note(column.name, label, "code_read")
    elif label and (found := table.match(values[source])).code and found.code != code:
        row.warn("collection_code_differs", column.name, label=label, other=values[source])
