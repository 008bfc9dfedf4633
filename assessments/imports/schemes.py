"""schemes.csv: the parameters of each (year, category): caps, veto, grades, bottom rule (assessment engine §2, §3). Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from foundation.exchange.columns import Keys, RowReader, missing_columns, result_of, unknown_columns
from foundation.exchange.rows import ParseResult
from foundation.exchange.sandbox.formats import plain
from foundation.exchange.sandbox.tables import Table

from ..rules.methods import HUNDRED

REQUIRED = (
    "year", "category", "bonus_cap", "deduction_cap", "veto_effect", "places", "excellent_share", "excellent_line",
    "good_line", "pass_line", "bottom_mode", "bottom_value", "min_class_size", "exempt_line", "bottom_ties", "tie_breakers",
)  # fmt: skip
_OPTIONAL = ("excellent_min",)
VETO_EFFECTS = ("cap_grade", "rank_last")
BOTTOM_MODES = ("last_n", "last_percent")
BOTTOM_TIES = ("all", "none")
_MOST_PLACES = 6
_MOST_POINTS = Decimal(1000)
_ONE = Decimal(1)


def parse_schemes(table: Table, categories: Mapping[str, str]) -> ParseResult:
    """Rows of kind `scheme`, key year/category; `categories` is code → name.

    Values: the columns of the file, numbers as text, whole numbers as int, tie_breakers as the list of the engine:
    {"by": "deduction"} or {"by": "group", "group": name}.
    """
    if refused := missing_columns(table, REQUIRED):
        return refused
    keys = Keys()
    rows = []
    for row in table.rows:
        reader = RowReader(table, row)
        values = _values(reader, categories)
        key = f"{values['year']}/{values['category']}"
        if first := keys.first_row(key, row.number):
            reader.error("duplicate_key", "category", first=first, value=key)
        rows.append(reader.staged("scheme", key, values))
    return result_of(table, rows, unknown_columns(table, (*REQUIRED, *_OPTIONAL)))


def _values(reader: RowReader, categories: Mapping[str, str]) -> dict[str, Any]:
    lines = {
        name: _between(reader, name, Decimal(0), _MOST_POINTS) for name in ("excellent_line", "good_line", "pass_line")
    }
    known = [line for line in lines.values() if line is not None]
    if known != sorted(known, reverse=True):
        reader.error("lines_order", "excellent_line")
    mode = reader.choice("bottom_mode", BOTTOM_MODES)
    return {
        "year": reader.year("year", required=True),
        "category": reader.choice("category", tuple(categories)),
        "bonus_cap": _text(_between(reader, "bonus_cap", Decimal(0), _MOST_POINTS)),
        "deduction_cap": _text(_between(reader, "deduction_cap", -_MOST_POINTS, Decimal(0))),
        "veto_effect": reader.choice("veto_effect", VETO_EFFECTS),
        "places": reader.whole("places", required=True, most=_MOST_PLACES),
        "excellent_share": _text(_between(reader, "excellent_share", Decimal(0), _ONE, places=4)),
        "excellent_min": reader.whole("excellent_min", most=1_000) or 0,
        **{name: _text(line) for name, line in lines.items()},
        "bottom_mode": mode,
        "bottom_value": _text(_bottom_value(reader, mode)),
        "min_class_size": reader.whole("min_class_size", required=True, most=10_000),
        "exempt_line": _text(_between(reader, "exempt_line", Decimal(0), _MOST_POINTS, required=False)),
        "bottom_ties": reader.choice("bottom_ties", BOTTOM_TIES),
        "tie_breakers": _tie_breakers(reader),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _between(
    reader: RowReader, column: str, least: Decimal, most: Decimal, *, places: int = 2, required: bool = True
) -> Decimal | None:
    """A number within a range and with no more decimal places than are stored."""
    number = reader.decimal(column, required=required)
    if number is None:
        return None
    if not least <= number <= most:
        reader.error("number_range", column, name=column, range=f"{least} … {most}")
    if number != round(number, places):
        reader.error("number_too_long", column)
    return number


def _bottom_value(reader: RowReader, mode: str) -> Decimal | None:
    """`last_n` counts units, `last_percent` is a percentage: 10 means 10 % (§8)."""
    value = _between(reader, "bottom_value", Decimal(0), HUNDRED if mode == "last_percent" else _MOST_POINTS)
    if value is not None and mode == "last_n" and value != value.to_integral_value():
        reader.error("whole_number", "bottom_value")
    return value


def _tie_breakers(reader: RowReader) -> list[dict[str, str]]:
    text = reader.raw("tie_breakers").strip() or "[]"
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        reader.error("tie_breaker_unknown", "tie_breakers")
        return []
    for item in found:
        if not _is_tie_breaker(item):
            reader.error("tie_breaker_unknown", "tie_breakers", value=json.dumps(item, ensure_ascii=False))
    return [item for item in found if _is_tie_breaker(item)]


def _is_tie_breaker(item: object) -> bool:
    if item == {"by": "deduction"}:
        return True
    return (
        isinstance(item, dict)
        and set(item) == {"by", "group"}
        and item["by"] == "group"
        and isinstance(item["group"], str)
        and bool(item["group"].strip())
    )
