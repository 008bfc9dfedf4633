"""Schemes as a workbook that the import reads back as it was written. Pure: documents in, bytes out."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from ..rules.schemes import Content, plain
from ..scheme_columns import (
    BETWEEN,
    DEDUCTION_WORD,
    GROUP_WORD,
    INDICATOR_HEADINGS,
    INDICATOR_SHEET,
    NOTES,
    NOTES_SHEET,
    PARAMETER_COLUMNS,
    PARAMETER_HEADINGS,
    PARAMETER_SHEET,
    WORDS,
)

_WIDTHS = {"name": 30, "responsible_name": 18, "tie_breakers": 36, "table": 30, "veto_effect": 20, "group": 14}
_EXACT_DIGITS = 15  # what a spreadsheet number holds; longer ones are written as text


@dataclass(frozen=True)
class SchemeOfYear:
    """A scheme to write: year, name of its category, document."""

    year: int
    category: str
    content: Content


def write_schemes(schemes: Iterable[SchemeOfYear], departments: Mapping[str, str]) -> bytes:
    """The workbook of some schemes; `departments` is code → name."""
    schemes = list(schemes)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#EEF1F6", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        cell = book.add_format({"border": 1, "valign": "vcenter"})
        parameters = [_parameter_row(scheme) for scheme in schemes]
        leaves = [row for scheme in schemes for row in _leaf_rows(scheme, departments)]
        _sheet(book, PARAMETER_SHEET, PARAMETER_HEADINGS, parameters, head, cell)
        _sheet(book, INDICATOR_SHEET, INDICATOR_HEADINGS, leaves, head, cell)
        notes = book.add_worksheet(NOTES_SHEET)
        notes.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        for place, line in enumerate(NOTES):
            notes.write_string(place, 0, line)
    return out.getvalue()


def _sheet(book, name, headings, rows, head, cell):
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_row(0, 32)
    for column, (key, heading) in enumerate(headings.items()):
        sheet.set_column(column, column, _WIDTHS.get(key, 11))
        sheet.write_string(0, column, heading, head)
    for number, row in enumerate(rows, start=1):
        for column, key in enumerate(headings):
            _write(sheet, number, column, row.get(key), cell)


def _write(sheet, row, column, value, cell):
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell)
    elif isinstance(value, Decimal | int) and len(plain(Decimal(value)).replace(".", "").lstrip("-0")) <= _EXACT_DIGITS:
        sheet.write_number(row, column, float(value), cell)
    else:
        sheet.write_string(row, column, plain(value) if isinstance(value, Decimal) else str(value), cell)


def _parameter_row(scheme: SchemeOfYear) -> dict:
    values = dict(scheme.content.parameters)
    values["excellent_share"] = values["excellent_share"] * 100
    values["tie_breakers"] = BETWEEN.join(
        DEDUCTION_WORD if item["by"] == "deduction" else f"{GROUP_WORD}{item['group']}"
        for item in values["tie_breakers"]
    )
    for name in ("veto_effect", "bottom_mode", "bottom_ties"):
        values[name] = WORDS[name][values[name]]
    return values | {"year": scheme.year, "category": scheme.category}


def _leaf_rows(scheme: SchemeOfYear, departments):
    for leaf in scheme.content.leaves:
        params = {name: leaf.params.get(name) for name in PARAMETER_COLUMNS}
        table = params.pop("table")
        yield {
            "year": scheme.year,
            "category": scheme.category,
            "group": leaf.group,
            "code": leaf.code,
            "name": leaf.name,
            "weight": leaf.weight,
            "unit_of_measure": leaf.unit_of_measure,
            "responsible_code": leaf.responsible,
            "responsible_name": departments.get(leaf.responsible, ""),
            "method": WORDS["method"][leaf.method],
            "direction": WORDS["direction"][leaf.direction],
            "table": BETWEEN.join(f"{word}={points}" for word, points in table.items()) if table else "",
            **{name: Decimal(value) if value is not None else None for name, value in params.items()},
        }
