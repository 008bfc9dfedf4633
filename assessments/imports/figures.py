"""One figure or target of a score workbook: a cell, an indicator, and what it means (assessment engine §2, §8). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from foundation.exchange.cleaning import (
    Unreadable,
    clean_name,
    is_blank,
    is_not_applicable,
    name_key,
    number_of,
    text_of,
)
from foundation.exchange.rows import Finding, Level, Reading
from foundation.exchange.sandbox.content import TEXT, Cell
from foundation.exchange.sandbox.formats import plain

from ..rules.methods import HUNDRED
from .lookups import IndicatorFacts
from .notes import Notes, readings

NOT_APPLICABLE = "不适用"
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says: a number, a grade word, "does not apply", nothing (a gap), or something unreadable (`findings`)."""

    number: Decimal | None = None
    word: str = ""
    is_applicable: bool = True
    is_gap: bool = False
    is_percent: bool = False
    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str | None:
        return None if self.number is None else plain(self.number)


def read_figure(cell: Cell | None, indicator: IndicatorFacts, notes: Notes) -> Figure:
    """The raw figure (完成值): a number, or a grade word for the method `grade`."""
    if cell is None or is_blank(cell):
        return Figure(is_gap=True)
    if cell.kind == TEXT and is_not_applicable(cell.value):
        return _not_applicable(cell)
    if indicator.method == "grade":
        return _grade(cell, indicator, notes)
    figure = _number(cell, indicator, notes)
    if indicator.method == "direct" and figure.number is not None and not 0 <= figure.number <= HUNDRED:
        return _wrong(notes, "direct_range", cell)
    return figure


def read_target(cell: Cell | None, indicator: IndicatorFacts, notes: Notes) -> Figure:
    """The yearly target (目标值): a number above 0."""
    if cell is None or is_blank(cell):
        return Figure(is_gap=True)
    if cell.kind == TEXT and is_not_applicable(cell.value):
        return _not_applicable(cell)
    target = _number(cell, indicator, notes)
    if target.number is not None and target.number <= 0:
        return _wrong(notes, "target_not_positive", cell)
    return target


def _wrong(notes: Notes, code: str, cell: Cell, **params: object) -> Figure:
    return Figure(findings=(notes.at(Level.ERROR, code, cell, **params),))


def _not_applicable(cell: Cell) -> Figure:
    whys = () if cell.value == NOT_APPLICABLE else ("not_applicable",)
    return Figure(is_applicable=False, readings=readings(cell, NOT_APPLICABLE, whys))


def _number(cell: Cell, indicator: IndicatorFacts, notes: Notes) -> Figure:
    try:
        number = number_of(cell)
    except Unreadable as fault:
        return _wrong(notes, fault.code, cell)
    measure = name_key(indicator.unit_of_measure)
    if number.is_percent and measure and measure != PERCENT:
        return _wrong(notes, "percent_not_expected", cell, unit=indicator.unit_of_measure)
    read = readings(cell, number.text, number.whys)
    return Figure(number=number.value, is_percent=number.is_percent, readings=read)


def _grade(cell: Cell, indicator: IndicatorFacts, notes: Notes) -> Figure:
    try:
        cleaned = clean_name(text_of(cell))
    except Unreadable as fault:
        return _wrong(notes, fault.code, cell)
    if cell.kind != TEXT or (indicator.grades and cleaned.value not in indicator.grades):
        return _wrong(notes, "grade_unknown", cell, allowed="、".join(indicator.grades))
    return Figure(word=cleaned.value, readings=readings(cell, cleaned.value, cleaned.whys))
