"""A block of a category sheet as entries: one per unit and indicator, with the place it came from. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from foundation.exchange.cleaning import name_key
from foundation.exchange.rows import Finding, Level, Reading
from foundation.exchange.sandbox.content import Cell
from foundation.exchange.sandbox.formats import plain

from .figures import PERCENT, Figure
from .layout import Block, DataRow
from .lookups import IndicatorFacts
from .notes import Notes
from .units_of_rows import UnitFinder

_WHOLE = Decimal(1)
_HALF = Decimal(50)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands for a unit under an indicator; `unit_readings` only at the first entry of a line."""

    unit: str
    indicator: IndicatorFacts
    row: DataRow
    column: int
    figure: Figure
    unit_readings: tuple[Reading, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.unit, self.indicator.code

    @property
    def cell(self) -> Cell | None:
        return self.row.cells.get(self.column)


def read_grid(
    block: Block,
    columns: Mapping[int, IndicatorFacts],
    read: Callable[[Cell | None, IndicatorFacts, Notes], Figure],
    finder: UnitFinder,
    notes: Notes,
) -> list[Entry]:
    """All entries of a block. The cells of a line without a usable unit are read too: all faults of a file are told at once."""
    entries = []
    once = finder.once()
    for row in block.rows:
        unit, unit_readings = finder.find(row)
        usable = unit is not None and not once.is_second(unit, row)
        for column, indicator in columns.items():
            figure = read(row.cells.get(column), indicator, notes)
            if not usable:
                notes.findings.extend(figure.findings)
                continue
            entries.append(Entry(unit or "", indicator, row, column, figure, unit_readings))
            unit_readings = ()
    return entries


def doubtful_fractions(entries: Sequence[Entry], notes: Notes) -> dict[tuple[str, str], Finding]:
    """Percentages that look like fractions: 0.985 in a column whose other figures lie around 98.

    A true percent cell that lost its format looks like this. Nothing is corrected: the number stands as it is.
    """
    by_column: dict[int, list[Entry]] = {}
    for entry in entries:
        if name_key(entry.indicator.unit_of_measure) == PERCENT and entry.figure.number is not None:
            by_column.setdefault(entry.column, []).append(entry)
    found = {}
    for members in by_column.values():
        usual = median(entry.figure.number for entry in members if entry.figure.number is not None)
        for entry in members:
            number = entry.figure.number
            if usual > _HALF and number is not None and entry.cell is not None:
                if 0 < number <= _WHOLE and not entry.figure.is_percent:
                    percent = f"{plain(number * 100)}%"
                    found[entry.key] = notes.at(Level.WARNING, "looks_like_fraction", entry.cell, percent=percent)
    return found
