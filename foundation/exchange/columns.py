"""Reading one row of a csv table column by column: every fault and every normalised reading is collected. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from .cleaning import CleanNumber, Unreadable, clean_code, clean_day, clean_number, clean_text, clean_whole
from .rows import Candidate, Finding, Level, ParseResult, Reading, SheetSummary, StagedRow
from .sandbox.tables import Table, TableRow

T = TypeVar("T")


class RowReader:
    """One row under reading. A column that cannot be read gives None (or "") and one finding; reading goes on."""

    def __init__(self, table: Table, row: TableRow) -> None:
        self._table = table
        self._row = row
        self._findings: list[Finding] = [f for f in table.findings if f.row == row.number]
        self._readings: list[Reading] = []

    @property
    def number(self) -> int:
        return self._row.number

    @property
    def is_valid(self) -> bool:
        return not any(f.level is Level.ERROR for f in self._findings)

    def has(self, column: str) -> bool:
        """Does the table have the column at all?"""
        return column in self._row.cells

    def raw(self, column: str) -> str:
        return self._row.cells.get(column, "")

    def report(
        self,
        level: Level,
        code: str,
        column: str,
        candidates: Sequence[Candidate] = (),
        **params: object,
    ) -> None:
        texts = {key: str(value) for key, value in params.items()}
        value = texts.pop("value", self.raw(column))
        place = (self._table.name, self._row.number, column)
        self._findings.append(Finding(level, code, *place, value, texts, tuple(candidates)))

    def error(self, code: str, column: str, candidates: Sequence[Candidate] = (), **params: object) -> None:
        self.report(Level.ERROR, code, column, candidates, **params)

    def text(self, column: str, *, required: bool = False, longest: int = 120) -> str:
        """Text as it stands, without spaces at its edges."""
        cleaned = clean_text(self.raw(column))
        self._note(column, cleaned.value, cleaned.whys)
        return self._checked(column, cleaned.value, required, longest)

    def code(self, column: str, *, required: bool = False, longest: int = 40) -> str:
        """A code: half width, no spaces."""
        cleaned = clean_code(self.raw(column))
        self._note(column, cleaned.value, cleaned.whys)
        return self._checked(column, cleaned.value, required, longest)

    def choice(self, column: str, allowed: Collection[str], *, required: bool = True) -> str:
        """One of a closed set; "" when empty or not in it."""
        value = self.code(column, required=required)
        if value and value not in allowed:
            self.error("value_unknown", column, allowed=", ".join(allowed))
            return ""
        return value

    def flag(self, column: str) -> bool | None:
        """0 or 1."""
        value = self.choice(column, ("0", "1"))
        return value == "1" if value else None

    def decimal(self, column: str, *, required: bool = False) -> Decimal | None:
        number = self._read(column, required, self._number)
        return number.value if number else None

    def whole(self, column: str, *, required: bool = False, most: int = 1_000_000) -> int | None:
        """A whole number from 0 to `most`."""
        found = self._read(column, required, clean_whole)
        if found is None:
            return None
        value, whys = found
        self._note(column, str(value), whys)
        if value > most:
            self.error("number_range", column, name=column, range=f"0 … {most}")
            return None
        return value

    def year(self, column: str, *, required: bool = False) -> int | None:
        """A calendar year from 2000 to 2100."""
        value = self.whole(column, required=required)
        if value is not None and not 2000 <= value <= 2100:
            self.error("year_unlikely", column)
            return None
        return value

    def day(self, column: str, *, required: bool = False) -> date | None:
        found = self._read(column, required, clean_day)
        if found is None:
            return None
        value, whys = found
        self._note(column, value.isoformat(), whys)
        return value

    def note(self, column: str, value: str, why: str) -> None:
        """Record a reading that the caller normalised."""
        self._readings.append(Reading(column, self.raw(column), value, why))

    def staged(self, kind: str, key: str, values: dict[str, Any]) -> StagedRow:
        """The row with everything collected about it."""
        return StagedRow(
            kind=kind,
            key=key,
            values=values,
            sheet=self._table.name,
            row=self._row.number,
            raw={column: cell for column, cell in self._row.cells.items() if cell},
            normalised=tuple(self._readings),
            findings=tuple(self._findings),
        )

    def _number(self, text: str) -> CleanNumber:
        number = clean_number(text)
        if number.is_percent:
            raise Unreadable("number_text")
        return number

    def _read(self, column: str, required: bool, read: Callable[[str], T]) -> T | None:
        raw = self.raw(column)
        if not clean_text(raw).value:
            if required:
                self.error("value_missing", column, name=column)
            return None
        try:
            found = read(raw)
        except Unreadable as fault:
            self.error(fault.code, column)
            return None
        if isinstance(found, CleanNumber):
            self._note(column, found.text, found.whys)
        return found

    def _checked(self, column: str, value: str, required: bool, longest: int) -> str:
        if required and not value:
            self.error("value_missing", column, name=column)
        if len(value) > longest:
            self.error("value_too_long", column, limit=longest)
        return value

    def _note(self, column: str, value: str, whys: Iterable[str]) -> None:
        self._readings.extend(Reading(column, self.raw(column), value, why) for why in whys)


class Keys:
    """Which key stood first in which row."""

    def __init__(self) -> None:
        self._first: dict[Any, int] = {}

    def first_row(self, key: Any, row: int) -> int | None:
        """None for a new key, which is entered; else the row where it stood first."""
        if key in self._first:
            return self._first[key]
        self._first[key] = row
        return None


def missing_columns(table: Table, required: Sequence[str]) -> ParseResult | None:
    """The result that refuses the table when columns are missing, else None."""
    names = [name for name in required if name not in table.header]
    if not names:
        return None
    params = {"names": ", ".join(names)}
    finding = Finding(Level.ERROR, "csv_columns_missing", table.name, 1, names[0], "", params)
    return ParseResult((), (finding,), (SheetSummary(table.name, "table"),))


def unknown_columns(table: Table, known: Collection[str]) -> list[Finding]:
    """An info for every column that is not read."""
    extra = [name for name in table.header if name not in known]
    return [Finding(Level.INFO, "column_ignored", table.name, 1, name, name, {"name": name}) for name in extra]


def result_of(table: Table, rows: Sequence[StagedRow], findings: Sequence[Finding]) -> ParseResult:
    """The result for one csv table."""
    return ParseResult(tuple(rows), tuple(findings), (SheetSummary(table.name, "table", len(rows)),))


def with_findings(rows: Sequence[StagedRow], extra: Mapping[int, Sequence[Finding]]) -> list[StagedRow]:
    """The rows with findings added that only a look at all rows could make; `extra` is by position."""
    return [replace(row, findings=(*row.findings, *extra[i])) if extra.get(i) else row for i, row in enumerate(rows)]


def finding_at(
    row: StagedRow, level: Level, code: str, column: str, candidates: Sequence[Candidate] = (), **params: object
) -> Finding:
    """A finding at one column of a staged row."""
    texts = {key: str(value) for key, value in params.items()}
    value = texts.pop("value", row.raw.get(column, ""))
    return Finding(level, code, row.sheet, row.row, column, value, texts, tuple(candidates))
