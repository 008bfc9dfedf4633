"""A scheme workbook as `reports.scheme_workbook` writes it and people change it: read as the csv forms are. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from foundation.exchange.cleaning import Unreadable, clean_text, is_blank, name_key, number_of, text_of
from foundation.exchange.rows import Finding, Level, ParseResult, SheetSummary, StagedRow
from foundation.exchange.sandbox.content import NUMBER, Cell, SheetContent, WorkbookContent
from foundation.exchange.sandbox.formats import plain
from foundation.exchange.sandbox.places import column_letter
from foundation.exchange.sandbox.tables import Table, TableRow

from ..scheme_columns import (
    BETWEEN,
    DEDUCTION_WORD,
    GROUP_WORD,
    INDICATOR_HEADINGS,
    INDICATOR_SHEET,
    NOTES_SHEET,
    PARAMETER_COLUMNS,
    PARAMETER_HEADINGS,
    PARAMETER_SHEET,
    WORDS,
)
from .indicators import parse_indicators
from .schemes import parse_schemes

_SEPARATORS = re.compile(r"[；;]")
_OPTIONAL = {"responsible_name", "unit_of_measure", *PARAMETER_COLUMNS}


def parse_scheme_workbook(
    content: WorkbookContent, categories: Mapping[str, str], units: Mapping[str, str]
) -> ParseResult:
    """Rows of kinds `scheme` and `indicator` (values: see `schemes` and `indicators`).

    `categories` is code → name, `units` is code → name. Weights that do not sum to 100 are a warning: what is imported is
    a draft.
    """
    found = {sheet.name: sheet for sheet in content.sheets}
    results = []
    for name, headings, parse in (
        (PARAMETER_SHEET, PARAMETER_HEADINGS, lambda table: parse_schemes(table, categories)),
        (INDICATOR_SHEET, INDICATOR_HEADINGS, lambda table: parse_indicators(table, categories, units)),
    ):
        if name in found:
            results.append(_Form(found[name], headings, categories).parse(parse))
        else:
            missing = Finding(Level.ERROR, "sheet_missing", name, None, "", name, {"name": name})
            results.append(ParseResult((), (missing,)))
    for sheet in content.sheets:
        if sheet.name not in (PARAMETER_SHEET, INDICATOR_SHEET):
            known = sheet.hidden or sheet.name == NOTES_SHEET
            results.append(ParseResult((), (), (SheetSummary(sheet.name, "hidden" if known else "unknown"),)))
    return ParseResult(
        tuple(row for result in results for row in result.rows),
        tuple(finding for result in results for finding in result.findings),
        tuple(sheet for result in results for sheet in result.sheets),
    )


class _Form:
    """One sheet with its headings in row 1."""

    def __init__(self, sheet: SheetContent, headings: Mapping[str, str], categories: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.headings = headings
        self.codes = {name_key(name): code for code, name in categories.items()}
        self.findings: list[Finding] = []
        self.columns = self._columns()
        self.letters = {key: column_letter(column) for column, key in self.columns.items()}

    def _columns(self) -> dict[int, str]:
        keys = {name_key(heading): key for key, heading in self.headings.items()}
        first = self.sheet.rows.get(1, {})
        return {column: keys[text] for column, cell in first.items() if (text := name_key(cell.value)) in keys}

    def parse(self, parse) -> ParseResult:
        missing = [name for key, name in self.headings.items() if key not in self.letters and key not in _OPTIONAL]
        if missing:
            params = {"names": "、".join(missing)}
            finding = Finding(Level.ERROR, "csv_columns_missing", self.sheet.name, 1, "A", "", params)
            return ParseResult((), (finding,), (SheetSummary(self.sheet.name, "table"),))
        result = parse(self._table())
        rows = tuple(self._placed(row) for row in result.rows)
        findings = (*self.findings, *(self._at(finding) for finding in result.findings))
        return ParseResult(rows, findings, result.sheets)

    def _table(self) -> Table:
        rows = []
        for number, cells in self.sheet.rows.items():
            if number == 1 or all(is_blank(cell) for cell in cells.values()):
                continue
            texts = {key: self._text(key, cells.get(column)) for column, key in self.columns.items()}
            rows.append(TableRow(number, self._as_csv(texts)))
        header = [key for key in self.headings if key not in PARAMETER_COLUMNS]
        more = [] if self.headings is PARAMETER_HEADINGS else ["params"]
        return Table(self.sheet.name, (*header, *more), tuple(rows))

    def _text(self, key: str, cell: Cell | None) -> str:
        if cell is None or is_blank(cell):
            return ""
        try:
            if cell.kind == NUMBER:
                return plain(number_of(cell).value)
            text = clean_text(text_of(cell)).value
        except Unreadable as fault:
            place = (self.sheet.name, cell.row, cell.letter)
            self.findings.append(Finding(Level.ERROR, fault.code, *place, cell.value))
            return ""
        if key == "category":
            return self.codes.get(name_key(text), text)
        codes = {name_key(word): code for code, word in WORDS.get(key, {}).items()}
        return codes.get(name_key(text), text)

    def _as_csv(self, texts: dict[str, str]) -> dict[str, str]:
        """The row as the csv form has it: shares as fractions, parameters and tie-breakers as JSON."""
        if self.headings is PARAMETER_HEADINGS:
            share = texts.get("excellent_share", "")
            if re.fullmatch(r"[0-9]+(\.[0-9]+)?", share):
                texts["excellent_share"] = plain(Decimal(share) / 100)
            texts["tie_breakers"] = _tie_breakers(texts.get("tie_breakers", ""))
            return texts
        params: dict[str, object] = {key: texts.pop(key) for key in PARAMETER_COLUMNS if texts.get(key)}
        if "table" in params:
            params["table"] = _grades(str(params["table"]))
        texts["params"] = json.dumps(params, ensure_ascii=False) if params else ""
        return {key: value for key, value in texts.items() if key not in PARAMETER_COLUMNS}

    def _placed(self, row: StagedRow) -> StagedRow:
        return replace(
            row,
            findings=tuple(self._at(finding) for finding in row.findings),
            normalised=tuple(replace(r, column=self.letters.get(r.column, r.column)) for r in row.normalised),
        )

    def _at(self, finding: Finding) -> Finding:
        """The finding at the letter of its column, with the form's headings for the csv names."""
        params = dict(finding.params)
        key = params.get("name", "") if finding.column == "params" else finding.column
        if params.get("name") in self.headings:
            params["name"] = self.headings[params["name"]]
        level = Level.WARNING if finding.code == "weights_sum" else finding.level
        return replace(finding, level=level, column=self.letters.get(key, ""), params=params)


def _tie_breakers(text: str) -> str:
    """`指标组得分：创新；扣分少者在前` as the list of the engine; what is neither is left for the parser to refuse."""
    found: list[object] = []
    for part in filter(None, (clean_text(part).value for part in _SEPARATORS.split(text))):
        if part == DEDUCTION_WORD:
            found.append({"by": "deduction"})
        elif part.startswith((GROUP_WORD, GROUP_WORD.replace("：", ":"))):
            found.append({"by": "group", "group": part[len(GROUP_WORD) :].strip()})
        else:
            found.append(part)
    return json.dumps(found, ensure_ascii=False)


def _grades(text: str) -> object:
    """`优=100；良=85` as a table; what is none is left for the parser to refuse."""
    pairs = [part.replace("＝", "=").partition("=") for part in text.replace(BETWEEN, ";").split(";") if part.strip()]
    if not pairs or any(not sign for _word, sign, _points in pairs):
        return text
    return {word.strip(): points.strip() for word, _sign, points in pairs}
