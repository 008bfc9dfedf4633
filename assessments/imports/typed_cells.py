"""A figure as it is typed or pasted into the entry grid, read as a cell of the score workbook is read. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from foundation.exchange.cleaning import clean_text
from foundation.exchange.rows import Finding, Level, Reading
from foundation.exchange.sandbox.content import TEXT, Cell

from ..rules.figures import Entered
from .figures import NOT_APPLICABLE, Figure, read_figure, read_target
from .lookups import IndicatorFacts
from .notes import Notes

# 不适用：理由 / 不适用（理由） / "/：理由": the reason beside the mark, in one cell.
_WITH_REASON = re.compile(r"(不适用|[/／])\s*(?:[:：]\s*(?P<after>.+)|[（(]\s*(?P<inside>.+?)\s*[)）])", re.DOTALL)
# Everything typed is text: no news to who typed it.
_SILENT = frozenset({"text_number"})


@dataclass(frozen=True)
class TypedCell:
    """What was typed means: the figure as it would be stored, the reason of 不适用, and everything to tell about it."""

    entered: Entered
    reason: str = ""
    readings: tuple[Reading, ...] = ()
    findings: tuple[tuple[str, Finding], ...] = ()


def split_reason(text: str) -> tuple[str, str]:
    """The mark 不适用 and its reason where both stand in one cell; any other text as it is, without a reason."""
    match = _WITH_REASON.fullmatch(clean_text(text).value)
    if not match:
        return text, ""
    return NOT_APPLICABLE, (match["after"] or match["inside"]).strip()


def read_typed(figure: str, target: str, indicator: IndicatorFacts) -> TypedCell:
    """Read a figure and its target. `findings` name the field (`figure`, `target`) and forbid storing the cell."""
    text, reason = split_reason(figure)
    notes = Notes("")
    value = read_figure(_cell(text, 1), indicator, notes)
    goal = Figure(is_gap=True)
    if indicator.needs_target and value.is_applicable:
        goal = read_target(_cell(target, 2), indicator, notes)
    findings = [("figure", finding) for finding in value.findings] + [("target", finding) for finding in goal.findings]
    if value.is_applicable and not goal.is_applicable:
        findings.append(("target", notes.at(Level.ERROR, "not_applicable_target", _cell(target, 2))))
    entered = Entered(value.number, value.word, goal.number, value.is_applicable)
    told = tuple(replace(one, raw=figure) if one.raw == text else one for one in (*value.readings, *goal.readings))
    return TypedCell(entered, reason, tuple(one for one in told if one.why not in _SILENT), tuple(findings))


def _cell(text: str, column: int) -> Cell:
    return Cell(1, column, TEXT, text)
