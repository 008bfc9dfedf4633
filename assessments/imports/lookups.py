"""What the register knows, handed to the score parser: units, categories and indicators of one year. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from foundation.exchange.cleaning import name_key
from foundation.exchange.matching import NameIndex


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit with every name it may be written by; `category` is that of the year, "" when it is not assessed."""

    code: str
    name: str
    short_name: str = ""
    former: tuple[str, ...] = ()
    category: str = ""

    @property
    def label(self) -> str:
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator of the year's scheme of a category; `grades` are the words that `grade` knows, `responsible` a unit code."""

    category: str
    code: str
    name: str
    group: str = ""
    unit_of_measure: str = ""
    method: str = "direct"
    direction: str = "higher"
    responsible: str = ""
    grades: tuple[str, ...] = ()

    @property
    def needs_target(self) -> bool:
        return self.method == "completion"


@dataclass(frozen=True)
class ScoreLookups:
    """`categories` is code → name of the sheet, in the order of the workbook."""

    year: int
    categories: Mapping[str, str]
    units: Sequence[UnitFacts]
    indicators: Sequence[IndicatorFacts]

    @cached_property
    def unit_by_code(self) -> Mapping[str, UnitFacts]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def assessed(self) -> NameIndex:
        """Names of the units that are assessed in the year: what a sheet may name."""
        return self._index(unit for unit in self.units if unit.category)

    @cached_property
    def others(self) -> NameIndex:
        """Names of all other units: to tell "not assessed" from "unknown"."""
        return self._index(unit for unit in self.units if not unit.category)

    def units_in(self, category: str) -> list[UnitFacts]:
        return [unit for unit in self.units if unit.category == category]

    def indicators_in(self, category: str) -> list[IndicatorFacts]:
        return [indicator for indicator in self.indicators if indicator.category == category]

    def category_of_sheet(self, title: str) -> str | None:
        """The category whose name is the title of the sheet."""
        key = name_key(title)
        return next((code for code, name in self.categories.items() if name_key(name) == key), None)

    def is_elsewhere(self, name: str, category: str) -> bool:
        """True when another category of the year has an indicator of this name."""
        key = name_key(name)
        return any(name_key(i.name) == key for i in self.indicators if i.category != category)

    def responsible_name(self, indicator: IndicatorFacts) -> str:
        unit = self.unit_by_code.get(indicator.responsible)
        return unit.label if unit else indicator.responsible

    @staticmethod
    def _index(units) -> NameIndex:
        index = NameIndex()
        for unit in units:
            index.add(unit.code, unit.label, (unit.name, unit.short_name), unit.former)
        return index
