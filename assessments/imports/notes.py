"""Findings and readings at cells of one worksheet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foundation.exchange.rows import Candidate, Finding, Level, Reading
from foundation.exchange.sandbox.content import Cell
from foundation.exchange.sandbox.places import column_letter


class Notes:
    """Collects what is to tell about one sheet."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.findings: list[Finding] = []

    def at(
        self, level: Level, code: str, cell: Cell, candidates: Sequence[Candidate] = (), **params: object
    ) -> Finding:
        """A finding at a cell, not yet collected."""
        texts = {key: str(value) for key, value in params.items()}
        value = texts.pop("value", cell.value)
        return Finding(level, code, self.sheet, cell.row, cell.letter, value, texts, tuple(candidates))

    def error(self, code: str, cell: Cell, candidates: Sequence[Candidate] = (), **params: object) -> None:
        self.findings.append(self.at(Level.ERROR, code, cell, candidates, **params))

    def tell(self, level: Level, code: str, cell: Cell, **params: object) -> None:
        self.findings.append(self.at(level, code, cell, **params))

    def about(
        self, level: Level, code: str, row: int | None = None, column: int | None = None, **params: object
    ) -> None:
        """A finding about a place that has no cell of its own: a missing row, a missing column, the sheet."""
        texts = {key: str(value) for key, value in params.items()}
        value = texts.pop("value", "")
        letter = column_letter(column) if column else ""
        self.findings.append(Finding(level, code, self.sheet, row, letter, value, texts))


def readings(cell: Cell, value: str, whys: Iterable[str]) -> tuple[Reading, ...]:
    """One reading for each way in which the cell was normalised."""
    return tuple(Reading(cell.letter, cell.value, value, why) for why in whys)
