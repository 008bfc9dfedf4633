"""Which indicator a column is about, and whether title and date of a form belong to the year. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from foundation.exchange.cleaning import name_key
from foundation.exchange.columns import Keys
from foundation.exchange.matching import NameIndex
from foundation.exchange.rows import Level
from foundation.exchange.sandbox.content import Cell, SheetContent
from foundation.exchange.sandbox.places import column_letter

from .layout import Block, Heading, Layout, word
from .lookups import IndicatorFacts, ScoreLookups
from .notes import Notes

SERIAL = "序号"
REMARKS = frozenset({"备注", "说明"})
_YEAR_OF_TITLE = re.compile(r"(\d{4})年度", re.ASCII)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII)
_NAME_AND_MEASURE = re.compile(r"(.+)\(([^()]+)\)")


def check_titles(layout: Layout, year: int, notes: Notes) -> None:
    """The title names the year (2024年度), the line below it a day of that year (数据截至)."""
    for cell in layout.above:
        text = word(cell)
        if (match := _YEAR_OF_TITLE.search(text)) and int(match[1]) != year:
            notes.error("year_differs", cell, found=match[1], year=year)
        for match in _DAY.finditer(text):
            check_day(match, year, cell, notes)


def check_day(match: re.Match[str], year: int, cell: Cell, notes: Notes) -> None:
    """One day that was written out in a text."""
    try:
        found = date(*(int(part) for part in match.groups()))
    except ValueError:
        notes.error("day_impossible", cell, value=match[0])
        return
    if found.year != year:
        notes.error("day_outside_year", cell, value=match[0], year=year)


class HeadingMatcher:
    """Matches the headings of one category sheet with the indicators of its scheme."""

    def __init__(self, sheet: SheetContent, category: str, lookups: ScoreLookups, notes: Notes) -> None:
        self.sheet = sheet
        self.category = category
        self.lookups = lookups
        self.notes = notes
        self.indicators = {indicator.code: indicator for indicator in lookups.indicators_in(category)}
        self.index = NameIndex()
        for indicator in self.indicators.values():
            self.index.add(indicator.code, indicator.name, (indicator.name,))

    def figures(self, block: Block) -> dict[int, IndicatorFacts]:
        """Column → indicator for the block of figures. Tells unknown, repeated and missing columns."""
        columns = self._match(block, list(self.indicators.values()))
        self._tell_missing(block, columns, list(self.indicators.values()), "indicator_missing")
        self._tell_unread_columns(block)
        return columns

    def targets(self, block: Block) -> dict[int, IndicatorFacts]:
        """Column → indicator for the block of targets: those scored by target completion."""
        needed = [indicator for indicator in self.indicators.values() if indicator.needs_target]
        columns = {}
        for column, indicator in self._match(block, needed).items():
            if indicator.needs_target:
                columns[column] = indicator
            else:
                cell = next(heading.cell for heading in block.headings if heading.column == column)
                self.notes.error("target_not_expected", cell)
        self._tell_missing(block, columns, needed, "target_column_missing")
        self._tell_unread_columns(block)
        return columns

    def _match(self, block: Block, wanted: Sequence[IndicatorFacts]) -> dict[int, IndicatorFacts]:
        columns: dict[int, IndicatorFacts] = {}
        once = Keys()
        for heading in block.headings:
            if heading.name == SERIAL or heading.name in REMARKS:
                continue
            indicator, measure = self._find(heading)
            if indicator is None:
                continue
            if first := once.first_row(indicator.code, heading.column):
                self.notes.error("indicator_twice", heading.cell, first=column_letter(first))
                continue
            self._check_measure(heading, indicator, measure)
            if "\n" in heading.cell.value:
                self.notes.tell(Level.INFO, "heading_read", heading.cell, name=indicator.name)
            if self.sheet.is_hidden_column(heading.column):
                self.notes.tell(Level.WARNING, "hidden_column", heading.cell)
            columns[heading.column] = indicator
        return columns

    def _find(self, heading: Heading) -> tuple[IndicatorFacts | None, str]:
        """The indicator and the unit of measure that the heading itself names, as in `招商引资（万元）`."""
        name, measure = heading.name, ""
        codes = self.index.find(name).codes
        if not codes and (match := _NAME_AND_MEASURE.fullmatch(name)):
            name, measure = match[1], match[2]
            codes = self.index.find(name).codes
        if len(codes) > 1:
            in_group = [c for c in codes if name_key(self.indicators[c].group) == name_key(heading.group)]
            codes = tuple(in_group) if len(in_group) == 1 else codes
        if len(codes) == 1:
            return self.indicators[codes[0]], measure
        if codes:
            self.notes.error("indicator_ambiguous", heading.cell, self.index.candidates(codes))
        elif self.lookups.is_elsewhere(name, self.category):
            self.notes.error("indicator_not_in_scheme", heading.cell, self.index.offers(name), year=self.lookups.year)
        else:
            self.notes.error("indicator_unknown", heading.cell, self.index.offers(name), year=self.lookups.year)
        return None, ""

    def _check_measure(self, heading: Heading, indicator: IndicatorFacts, measure: str) -> None:
        """万元 where the scheme says 亿元 is a figure 10,000 times too large: never converted silently."""
        expected = name_key(indicator.unit_of_measure)
        cell = heading.unit_of_measure
        for found, place in ((measure, heading.cell), (word(cell), cell)):
            if found and place and expected and name_key(found) != expected:
                details = {"value": found, "expected": indicator.unit_of_measure}
                self.notes.error("unit_of_measure_differs", place, **details)

    def _tell_missing(
        self, block: Block, columns: dict[int, IndicatorFacts], wanted: Sequence[IndicatorFacts], code: str
    ) -> None:
        present = {indicator.code for indicator in columns.values()}
        for indicator in wanted:
            if indicator.code not in present:
                details = {"name": indicator.name, "value": indicator.name}
                self.notes.about(Level.ERROR, code, block.header_row, None, **details)

    def _tell_unread_columns(self, block: Block) -> None:
        """Filled cells without a heading, and remarks: they are not read, so they are told."""
        headed = {heading.column: heading for heading in block.headings}
        for row in block.rows:
            for column, cell in row.cells.items():
                heading = headed.get(column)
                if heading is None and column > block.unit_column:
                    self.notes.error("cell_without_heading", cell)
                elif heading is not None and heading.name in REMARKS:
                    self.notes.tell(Level.INFO, "remark", cell)
