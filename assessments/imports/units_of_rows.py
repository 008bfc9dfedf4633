"""Which unit a line of a form is about. Pure."""

from __future__ import annotations

from foundation.exchange.cleaning import Unreadable, clean_name, text_of
from foundation.exchange.columns import Keys
from foundation.exchange.rows import Reading

from .layout import DataRow
from .lookups import ScoreLookups
from .notes import Notes, readings


class UnitFinder:
    """Finds units by name for one block; `category` limits a sheet to its own units (None: any assessed unit)."""

    def __init__(self, lookups: ScoreLookups, notes: Notes, category: str | None = None) -> None:
        self.lookups = lookups
        self.notes = notes
        self.category = category

    def find(self, row: DataRow) -> tuple[str | None, tuple[Reading, ...]]:
        """The code and how the name was read; None after a finding was told."""
        try:
            name = text_of(row.unit)
        except Unreadable as fault:
            self.notes.error(fault.code, row.unit)
            return None, ()
        match = self.lookups.assessed.find(name)
        if len(match.codes) > 1:
            self.notes.error("unit_ambiguous", row.unit, self.lookups.assessed.candidates(match.codes))
            return None, ()
        if match.code is None:
            self._tell_unknown(row, name)
            return None, ()
        unit = self.lookups.unit_by_code[match.code]
        if self.category and unit.category != self.category:
            category = self.lookups.categories.get(unit.category, unit.category)
            self.notes.error("unit_wrong_sheet", row.unit, category=category, year=self.lookups.year)
            return None, ()
        whys = clean_name(name).whys + (("former_name",) if match.is_former else ())
        return unit.code, readings(row.unit, unit.label, whys)

    def once(self) -> OncePerUnit:
        return OncePerUnit(self.notes)

    def _tell_unknown(self, row: DataRow, name: str) -> None:
        other = self.lookups.others.find(name)
        if other.codes:
            self.notes.error("unit_not_assessed", row.unit, year=self.lookups.year)
        else:
            self.notes.error("unit_unknown", row.unit, self.lookups.assessed.offers(name))


class OncePerUnit:
    """Each unit has one line in a block of figures or targets."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.keys = Keys()

    def is_second(self, code: str, row: DataRow) -> bool:
        first = self.keys.first_row(code, row.number)
        if first is None:
            return False
        self.notes.error("unit_twice", row.unit, first=first)
        return True
