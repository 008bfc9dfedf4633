"""The parameters of the scoring methods (assessment engine §2, §8), read from the JSON of a csv cell. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from foundation.exchange.columns import RowReader
from foundation.exchange.sandbox.formats import plain

from ..rules.methods import ALLOWED, CAP_MOST, HUNDRED, NEEDED, are_reversed, number_of

COLUMN = "params"


def read_params(reader: RowReader, method: str, direction: str) -> dict[str, Any]:
    """The parameters with every number as plain text; every fault is reported to the reader."""
    raw = _object(reader)
    if raw is None or not method:
        return {}
    for name in raw:
        if name not in ALLOWED[method]:
            reader.error("params_unknown", COLUMN, method=method, name=name)
    for name in NEEDED.get(method, ()):
        if name not in raw:
            reader.error("params_missing", COLUMN, method=method, name=name)
    if method == "grade":
        return _grade_table(reader, raw)
    numbers = {name: _number(reader, name, raw[name]) for name in ALLOWED[method] if name in raw}
    found = {name: number for name, number in numbers.items() if number is not None}
    _check_ranges(reader, found)
    if method == "efficacy":
        _check_bounds(reader, raw, found, direction)
    return {name: plain(number) for name, number in found.items()}


def _object(reader: RowReader) -> dict[str, Any] | None:
    """The JSON object of the cell; an empty cell is an empty object. Fractions are read exactly."""
    text = reader.raw(COLUMN).strip()
    if not text:
        return {}
    try:
        found = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=str)
    except (ValueError, RecursionError):
        reader.error("params_json", COLUMN)
        return None
    if not isinstance(found, dict):
        reader.error("params_json", COLUMN)
        return None
    return found


def _number(reader: RowReader, name: str, value: object) -> Decimal | None:
    number = number_of(value)
    if number is None:
        reader.error("params_number", COLUMN, name=name, value=value)
    return number


def _check_ranges(reader: RowReader, found: Mapping[str, Decimal]) -> None:
    if "cap" in found and not 0 < found["cap"] <= CAP_MOST:
        reader.error("params_range", COLUMN, name="cap", value=plain(found["cap"]), range=f"> 0, ≤ {CAP_MOST}")
    if "step" in found and found["step"] <= 0:
        reader.error("params_range", COLUMN, name="step", value=plain(found["step"]), range="> 0")
    if "floor" in found and not 0 <= found["floor"] <= HUNDRED:
        reader.error("params_range", COLUMN, name="floor", value=plain(found["floor"]), range="0 … 100")


def _check_bounds(reader: RowReader, raw: Mapping[str, Any], found: Mapping[str, Decimal], direction: str) -> None:
    """Fixed bounds are given both or neither (§8), and the best lies on the better side."""
    if ("best" in raw) != ("worst" in raw):
        reader.error("params_bounds", COLUMN)
    elif len(found) == 2 and direction:
        best, worst = found["best"], found["worst"]
        if are_reversed(best, worst, direction):
            details = {"best": plain(best), "worst": plain(worst), "direction": direction}
            reader.error("params_reversed", COLUMN, **details)


def _grade_table(reader: RowReader, raw: Mapping[str, Any]) -> dict[str, Any]:
    if "table" not in raw:
        return {}
    table = raw["table"]
    numbers = {word: number_of(points) for word, points in table.items()} if isinstance(table, dict) else {}
    if not numbers or any(not word.strip() or n is None or not 0 <= n <= HUNDRED for word, n in numbers.items()):
        reader.error("params_table", COLUMN)
        return {}
    return {"table": {word: plain(points) for word, points in numbers.items() if points is not None}}
