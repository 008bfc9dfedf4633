"""scores-YYYY.xlsx: the workbook that the assessment office mails, read as it is. Pure.

One sheet per category, then 加分扣分 and 一票否决; hidden sheets are not read. All faults of all sheets are collected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from foundation.exchange.cleaning import is_blank, name_key
from foundation.exchange.matching import NameIndex
from foundation.exchange.rows import Finding, Level, ParseResult, SheetSummary, StagedRow
from foundation.exchange.sandbox.content import SheetContent, WorkbookContent

from .category_sheet import parse_category_sheet
from .lists import parse_adjustments, parse_vetoes
from .lookups import ScoreLookups
from .notes import Notes

ADJUSTMENTS, VETOES = "加分扣分", "一票否决"
_LISTS: dict[str, tuple[str, Callable[[SheetContent, ScoreLookups], tuple[list[StagedRow], list[Finding]]]]] = {
    ADJUSTMENTS: ("adjustments", parse_adjustments),
    VETOES: ("vetoes", parse_vetoes),
}


def parse_score_workbook(content: WorkbookContent, lookups: ScoreLookups) -> ParseResult:
    """Staged rows of kinds `score`, `target`, `adjustment`, `veto` (values: see `category_sheet` and `lists`)."""
    return _ScoreWorkbook(lookups).parse(content)


class _ScoreWorkbook:
    def __init__(self, lookups: ScoreLookups) -> None:
        self.lookups = lookups
        self.rows: list[StagedRow] = []
        self.findings: list[Finding] = []
        self.sheets: list[SheetSummary] = []
        self.seen: Counter[str] = Counter()

    def parse(self, content: WorkbookContent) -> ParseResult:
        for sheet in content.sheets:
            self._read(sheet)
        self._tell_missing_sheets()
        return ParseResult(tuple(self.rows), tuple(self.findings), tuple(self.sheets))

    def _read(self, sheet: SheetContent) -> None:
        if sheet.hidden:
            self._leave(sheet, "hidden", "sheet_hidden")
        elif all(is_blank(cell) for cell in sheet.cells.values()):
            self._leave(sheet, "empty", "sheet_empty")
        elif (name := self._list_name(sheet)) is not None:
            role, parse = _LISTS[name]
            if self._is_first(sheet, name):
                self._take(sheet, role, "", parse(sheet, self.lookups))
        elif (category := self.lookups.category_of_sheet(sheet.name)) is not None:
            if self._is_first(sheet, self.lookups.categories[category]) and self._is_assessable(sheet, category):
                self._take(sheet, "category", category, parse_category_sheet(sheet, category, self.lookups))
        else:
            self._tell_unknown(sheet)

    @staticmethod
    def _list_name(sheet: SheetContent) -> str | None:
        return next((name for name in _LISTS if name_key(name) == name_key(sheet.name)), None)

    def _take(
        self, sheet: SheetContent, role: str, category: str, parsed: tuple[list[StagedRow], list[Finding]]
    ) -> None:
        rows, findings = parsed
        self.rows.extend(rows)
        self.findings.extend(findings)
        self.sheets.append(SheetSummary(sheet.name, role, len(rows), category))

    def _leave(self, sheet: SheetContent, role: str, code: str) -> None:
        self.findings.append(Finding(Level.INFO, code, sheet.name))
        self.sheets.append(SheetSummary(sheet.name, role))

    def _is_first(self, sheet: SheetContent, name: str) -> bool:
        self.seen[name] += 1
        if self.seen[name] > 1:
            self._refuse(sheet, "sheet_twice", name=name)
        return self.seen[name] == 1

    def _is_assessable(self, sheet: SheetContent, category: str) -> bool:
        """The category needs units and a scheme in the year before a sheet about it can be read."""
        if not self.lookups.units_in(category):
            self._refuse(sheet, "sheet_category_absent", year=self.lookups.year)
            return False
        if not self.lookups.indicators_in(category):
            self._refuse(sheet, "scheme_missing", category=self.lookups.categories[category], year=self.lookups.year)
            return False
        return True

    def _tell_unknown(self, sheet: SheetContent) -> None:
        index = NameIndex()
        for code, name in self.lookups.categories.items():
            index.add(code, name, (name,))
        for name in _LISTS:
            index.add(name, name, (name,))
        offers = index.offers(sheet.name)
        self.findings.append(Finding(Level.ERROR, "sheet_unknown", sheet.name, None, "", sheet.name, {}, offers))
        self.sheets.append(SheetSummary(sheet.name, "unknown"))

    def _refuse(self, sheet: SheetContent, code: str, **params: object) -> None:
        notes = Notes(sheet.name)
        notes.about(Level.ERROR, code, value=sheet.name, **params)
        self.findings.extend(notes.findings)
        self.sheets.append(SheetSummary(sheet.name, "refused"))

    def _tell_missing_sheets(self) -> None:
        """Every category that has units in the year, and both lists."""
        names = [name for code, name in self.lookups.categories.items() if self.lookups.units_in(code)]
        for name in (*names, *_LISTS):
            if not self.seen[name]:
                self.findings.append(Finding(Level.ERROR, "sheet_missing", name, None, "", name, {"name": name}))
