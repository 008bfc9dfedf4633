"""The demo county as counties of the oracle: a small reader of its own, made only for the tests.

It knows the layout of the score workbooks of the demo and nothing else; the product's import is another matter.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl

from .engine import Outcome, assess
from .spec import Adjustment, County, Effect, Indicator, PastYear, Post, Scheme, Score, Spell, Veto

ROOT = Path(__file__).parents[3]
INPUT = ROOT / "demo" / "heshan"
EXPECTED = ROOT / "tests" / "data" / "heshan"
GAPS = EXPECTED / "scores-2024-gaps.xlsx"

SHEETS = {
    "综合管理类": "GENERAL",
    "经济管理类": "ECONOMIC",
    "社会管理类": "SOCIAL",
    "垂直管理类": "VERTICAL",
    "优化发展区": "OPTIMISED",
    "重点开发区": "KEY",
    "生态保护区": "ECOLOGICAL",
}
WHOLE = {"places", "min_class_size"}
WORDS = {"veto_effect", "bottom_mode", "bottom_ties"}


def rows(path: Path) -> list[dict[str, str]]:
    """Lines of a csv file of the demo or of the expected results."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def county(year: int, workbook: Path | None = None) -> County:
    """One cycle of the demo county; `workbook` is another score file. The years before are taken as published."""
    units = {line["code"]: line[f"category_{year}"] for line in rows(INPUT / "units.csv") if line[f"category_{year}"]}
    schemes = _schemes(year)
    scores, adjustments, vetoes = _workbook(workbook or INPUT / f"scores-{year}.xlsx", schemes)
    return County(
        year=year,
        units=units,
        schemes=schemes,
        scores=scores,
        adjustments=adjustments,
        vetoes=vetoes,
        effects=_effects(),
        history=_history(year),
        posts=_posts(),
        names={line["code"]: line["short_name"] for line in rows(INPUT / "units.csv")},
    )


@cache
def outcome(year: int) -> Outcome:
    """The oracle's results of one cycle."""
    return assess(county(year))


def _history(year: int) -> dict[str, dict[int, PastYear]]:
    """The published years before; the demo starts in 2023."""
    history: dict[str, dict[int, PastYear]] = {}
    for past in range(2023, year):
        for unit, result in outcome(past).units.items():
            was = PastYear(bool(result.flagged), bool(result.shielded), result.category)
            history.setdefault(unit, {})[past] = was
    return history


def _schemes(year: int) -> dict[str, Scheme]:
    indicators: dict[str, list[Indicator]] = {}
    for line in rows(INPUT / f"indicators-{year}.csv"):
        indicators.setdefault(line["category"], []).append(
            Indicator(
                code=line["code"],
                weight=Decimal(line["weight"]),
                method=line["method"],
                direction=line["direction"],
                params=_decimals(json.loads(line["params"])),
                group=line["group"],
                name=line["name"],
                responsible=line["responsible_code"],
            )
        )
    schemes = {}
    for line in rows(INPUT / "schemes.csv"):
        if line["year"] == str(year):
            category = line["category"]
            given = {key: value for key, value in line.items() if value and key not in ("year", "category")}
            parameters = {key: _parameter(key, value) for key, value in given.items()}
            schemes[category] = Scheme(indicators=tuple(indicators[category]), **parameters)
    return schemes


def _parameter(key: str, value: str):
    if key == "tie_breakers":
        return tuple(json.loads(value))
    if key in WORDS:
        return value
    return int(value) if key in WHOLE else Decimal(value)


def _decimals(params):
    if isinstance(params, dict):
        return {key: _decimals(value) for key, value in params.items()}
    return Decimal(params)


def _effects() -> tuple[Effect, ...]:
    return tuple(
        Effect(
            unit=line["unit"],
            effect=line["effect"],
            year=int(line["assessment_year"]),
            target_kind=line["target_kind"],
            target=line["target"],
            is_effective=line["effective"] == "1",
        )
        for line in rows(INPUT / "events" / "tolerance.csv")
        if line["assessment_year"]
    )


def _posts() -> tuple[Post, ...]:
    spells: dict[tuple[str, str], list[Spell]] = {}
    for line in rows(INPUT / "principal-posts.csv"):
        ends_on = date.fromisoformat(line["to"]) if line["to"] else None
        spell = Spell(line["id_number"], date.fromisoformat(line["from"]), ends_on)
        spells.setdefault((line["unit"], line["post"]), []).append(spell)
    return tuple(Post(unit, title, tuple(held)) for (unit, title), held in spells.items())


# --- the score workbook -----------------------------------------------------------------------------------------------


def _plain(value) -> str:
    return "".join(unicodedata.normalize("NFKC", str(value)).split()) if value is not None else ""


@cache
def _codes() -> dict[str, str]:
    lines = [line for line in rows(INPUT / "units.csv") if line["kind"] != "section"]
    return {_plain(line[key]): line["code"] for line in lines for key in ("short_name", "name")}


def _number(cell) -> Decimal | None:
    text = _plain(cell.value).replace(",", "").removesuffix("%")
    if not text:
        return None
    number = Decimal(text)
    return number * 100 if isinstance(cell.value, float | int) and "%" in cell.number_format else number


def _workbook(path: Path, schemes: dict[str, Scheme]):
    book = openpyxl.load_workbook(path)
    scores: dict[str, dict[str, Score]] = {}
    for title, category in SHEETS.items():
        scores |= _sheet(book[title], schemes[category])
    adjustments = tuple(
        Adjustment(_plain(row[7].value), _codes()[_plain(row[1].value)], _number(row[4]))
        for row in book["加分扣分"].iter_rows(min_row=3)
        if _plain(row[7].value)
    )
    vetoes = tuple(
        Veto(_plain(row[5].value), _codes()[_plain(row[1].value)])
        for row in book["一票否决"].iter_rows(min_row=3)
        if _plain(row[5].value)
    )
    return scores, adjustments, vetoes


def _sheet(sheet, scheme: Scheme) -> dict[str, dict[str, Score]]:
    by_name = {_plain(indicator.name): indicator for indicator in scheme.indicators}
    headers = [_plain(cell.value) for cell in sheet[4]]
    figures, targets, block = {}, {}, figures_columns(headers, by_name)
    store = figures
    for row in sheet.iter_rows(min_row=6):
        first, second = _plain(row[0].value), _plain(row[1].value)
        if first == "序号":
            block = figures_columns([_plain(cell.value).rsplit("(", 1)[0] for cell in row], by_name)
            store = targets
        elif second in _codes():
            store[_codes()[second]] = {indicator.code: row[column] for column, indicator in block.items()}
    return {
        unit: {
            indicator.code: _score(indicator, cells[indicator.code], targets.get(unit, {}).get(indicator.code))
            for indicator in scheme.indicators
        }
        for unit, cells in figures.items()
    }


def figures_columns(headers: list[str], by_name: dict[str, Indicator]) -> dict[int, Indicator]:
    """Column number → indicator, by the name in the header."""
    return {column: by_name[header] for column, header in enumerate(headers) if header in by_name}


def _score(indicator: Indicator, cell, target_cell) -> Score:
    if _plain(cell.value) in ("/", "不适用"):
        return Score(is_applicable=False)
    has_target = target_cell is not None and _plain(target_cell.value) not in ("/", "不适用")
    target = _number(target_cell) if has_target else None
    if indicator.method == "grade":
        return Score(word=_plain(cell.value), target=target)
    return Score(figure=_number(cell), target=target)
