"""One sheet of a category: the figures of its units, and below them the yearly targets (年度目标值). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.exchange.rows import Finding, Level, StagedRow
from foundation.exchange.sandbox.content import SheetContent
from foundation.exchange.sandbox.places import column_letter

from .figures import read_figure, read_target
from .grid import Entry, doubtful_fractions, read_grid
from .headings import HeadingMatcher, check_titles
from .layout import Block, scan
from .lookups import ScoreLookups
from .notes import Notes
from .units_of_rows import UnitFinder

TARGETS_TITLE = "目标值"
# What a gap misses, in the words of the calculation's refusal.
RAW, TARGET = "raw", "target"

Grid = Mapping[tuple[str, str], Entry]


def parse_category_sheet(
    sheet: SheetContent, category: str, lookups: ScoreLookups
) -> tuple[list[StagedRow], list[Finding]]:
    """Rows of kind `score`, one per unit and indicator, and `target`, one per unit and indicator scored by completion.

    Values of both: unit, category, indicator, is_applicable, is_gap, target (text or None). A score has also figure (text
    or None), word (grade), and gaps: which of "raw" and "target" are missing. The target stands in both, so that a score
    row alone can be stored; the target row keeps its place and readings.
    """
    return _CategorySheet(sheet, category, lookups).parse()


class _CategorySheet:
    def __init__(self, sheet: SheetContent, category: str, lookups: ScoreLookups) -> None:
        self.sheet = sheet
        self.category = category
        self.lookups = lookups
        self.notes = Notes(sheet.name)
        self.finder = UnitFinder(lookups, self.notes, category)
        self.matcher = HeadingMatcher(sheet, category, lookups, self.notes)

    def parse(self) -> tuple[list[StagedRow], list[Finding]]:
        layout = scan(self.sheet, self.notes)
        check_titles(layout, self.lookups.year, self.notes)
        figures = next((block for block in layout.blocks if TARGETS_TITLE not in block.title), None)
        targets = next((block for block in layout.blocks if TARGETS_TITLE in block.title), None)
        if figures is None:
            self.notes.about(Level.ERROR, "header_missing")
            return [], self.notes.findings
        entries = read_grid(figures, self.matcher.figures(figures), read_figure, self.finder, self.notes)
        self._tell_missing_units(figures, entries)
        goals = self._read_targets(figures, targets, entries)
        return self._stage(entries, goals), self.notes.findings

    def _read_targets(self, figures: Block, block: Block | None, entries: Sequence[Entry]) -> list[Entry]:
        needed = [entry for entry in entries if entry.indicator.needs_target and entry.figure.is_applicable]
        if block is None:
            if needed:
                last = max((row.number for row in figures.rows), default=figures.header_row)
                self.notes.about(Level.ERROR, "targets_missing", last)
            return []
        goals = read_grid(block, self.matcher.targets(block), read_target, self.finder, self.notes)
        present = {entry.unit for entry in goals}
        for unit in dict.fromkeys(entry.unit for entry in needed):
            if unit not in present and goals:
                label = self.lookups.unit_by_code[unit].label
                details = {"unit": label, "value": label}
                self.notes.about(Level.ERROR, "target_row_missing", block.header_row, block.unit_column, **details)
        return goals

    def _tell_missing_units(self, block: Block, entries: Sequence[Entry]) -> None:
        present = {entry.unit for entry in entries}
        for unit in self.lookups.units_in(self.category):
            if unit.code not in present:
                details = {"unit": unit.label, "value": unit.label, "year": self.lookups.year}
                self.notes.about(Level.ERROR, "unit_row_missing", block.header_row, block.unit_column, **details)

    def _stage(self, entries: Sequence[Entry], goals: Sequence[Entry]) -> list[StagedRow]:
        figures, targets = {e.key: e for e in entries}, {e.key: e for e in goals}
        doubts = doubtful_fractions(entries, self.notes)
        scores = [self._score(entry, targets.get(entry.key), doubts.get(entry.key)) for entry in entries]
        return scores + [self._target(entry, figures.get(entry.key)) for entry in goals]

    def _score(self, entry: Entry, goal: Entry | None, doubt: Finding | None) -> StagedRow:
        figure = entry.figure
        gaps = [RAW] if figure.is_gap else []
        if goal and goal.figure.is_gap and figure.is_applicable:
            gaps.append(TARGET)
        values = {
            "figure": figure.text,
            "word": figure.word,
            "target": goal.figure.text if goal and figure.is_applicable else None,
            "gaps": gaps,
        }
        extra = [self._gap("figure_gap", entry)] if figure.is_gap else []
        return self._staged("score", entry, values, [*extra, *([doubt] if doubt else [])])

    def _target(self, entry: Entry, score: Entry | None) -> StagedRow:
        target = entry.figure
        figure = score.figure if score else None
        extra = []
        if figure and not figure.is_applicable:
            if target.number is not None and entry.cell:
                extra.append(self.notes.at(Level.INFO, "not_applicable_figure", entry.cell))
        elif target.is_gap:
            extra.append(self._gap("target_gap", entry))
        elif not target.is_applicable and figure and not figure.findings and entry.cell:
            extra.append(self.notes.at(Level.ERROR, "not_applicable_target", entry.cell))
        return self._staged("target", entry, {"target": target.text}, extra)

    def _gap(self, code: str, entry: Entry) -> Finding:
        place = Notes(self.sheet.name)
        responsible = self.lookups.responsible_name(entry.indicator)
        place.about(Level.WARNING, code, entry.row.number, entry.column, responsible=responsible)
        return place.findings[0]

    def _staged(self, kind: str, entry: Entry, values: dict[str, Any], extra: Sequence[Finding]) -> StagedRow:
        common = {
            "unit": entry.unit,
            "category": self.category,
            "indicator": entry.indicator.code,
            "is_applicable": entry.figure.is_applicable,
            "is_gap": entry.figure.is_gap,
        }
        return StagedRow(
            kind=kind,
            key=f"{entry.unit}/{entry.indicator.code}",
            values=common | values,
            sheet=self.sheet.name,
            row=entry.row.number,
            column=column_letter(entry.column),
            raw={"unit": entry.row.unit.value, kind: entry.cell.value if entry.cell else ""},
            normalised=(*entry.unit_readings, *entry.figure.readings),
            findings=(*entry.figure.findings, *extra),
        )
