"""One row of a roster under reading: every cell with its value, every fault and every reading that was normalised. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from foundation.exchange.cleaning import Unreadable, clean_text, text_of
from foundation.exchange.rows import Candidate, Finding, Level, Reading, StagedRow, Values
from foundation.exchange.sandbox.content import DATE, NUMBER, TEXT, Cell
from foundation.exchange.sandbox.places import column_letter

from ..rules.labels import How, LabelTable
from ..rules.partial_dates import DateUnreadable, PartialDate, read_partial_date

_USUAL = re.compile(r"\d{4}(?:\.\d\d|\d\d)", re.ASCII)


class RosterRow:
    """The cells of one person by field. A cell that cannot be read gives nothing and one finding; reading goes on."""

    def __init__(
        self,
        sheet: str,
        number: int,
        cells: Mapping[int, Cell],
        columns: Mapping[str, int],
        usual: re.Pattern[str] = _USUAL,
    ) -> None:
        """`usual`: how dates are written in such a file, so that nothing need be said about them."""
        self.usual = usual
        self.sheet, self.number, self.cells, self.columns = sheet, number, cells, columns
        self._by_field = {field: cell for field, column in columns.items() if (cell := cells.get(column)) is not None}
        self._raw: dict[str, str] = {}
        self.findings: list[Finding] = []
        self.readings: list[Reading] = []

    def cell(self, field: str) -> Cell | None:
        """The cell of a field; None when it is empty or the sheet has no such column."""
        return self._by_field.get(field)

    def letter(self, field: str) -> str:
        """The column of a field."""
        return column_letter(self.columns[field]) if field in self.columns else ""

    def report(
        self,
        level: Level,
        code: str,
        field: str,
        candidates: Sequence[Candidate] = (),
        value: str | None = None,
        **params,
    ) -> None:
        """Note a finding at the cell of a field."""
        cell = self.cell(field)
        shown = value if value is not None else (cell.value if cell else "")
        texts = {key: str(each) for key, each in params.items()}
        self.findings.append(
            Finding(level, code, self.sheet, self.number, self.letter(field), shown, texts, tuple(candidates))
        )

    def error(self, code: str, field: str, candidates: Sequence[Candidate] = (), **params: Any) -> None:
        """Note what keeps the row out."""
        self.report(Level.ERROR, code, field, candidates, **params)

    def warn(self, code: str, field: str, candidates: Sequence[Candidate] = (), **params: Any) -> None:
        """Note what is to be looked at."""
        self.report(Level.WARNING, code, field, candidates, **params)

    def note(self, field: str, value: str, why: str) -> None:
        """Note that a cell was not taken letter by letter."""
        cell = self.cell(field)
        self.readings.append(Reading(self.letter(field), cell.value if cell else "", value, why))

    def raw(self, field: str) -> str:
        """The text of a cell with its line feeds, without blanks at its ends."""
        text = self._raw.get(field)
        if text is None:
            cell = self._by_field.get(field)
            text = self._raw[field] = "" if cell is None else self._read(field, cell)
        return text

    def _read(self, field: str, cell: Cell) -> str:
        if cell.kind == TEXT and cell.value.isalnum():  # no blank stands in it, so none at its ends
            return cell.value
        try:
            return text_of(cell).strip().strip("\u3000\u00a0\ufeff\u200b").strip()
        except Unreadable as fault:
            if cell.kind == DATE:
                return cell.value
            self.error(fault.code, field)
            return ""

    def text(self, field: str, *, longest: int) -> str:
        """Text in one line."""
        if field not in self._by_field:
            return ""
        text = self.raw(field)
        if not text.isalnum():
            text = clean_text(text).value
        if len(text) > longest:
            self.error("value_too_long", field, limit=longest)
        return text

    def block(self, field: str) -> str:
        """Text of several lines, unchanged but for the kind of line feed."""
        return self.raw(field).replace("\r\n", "\n").replace("\r", "\n")

    def name(self, *, longest: int = 60) -> str:
        """The name without the blanks that pad two characters; those between Latin letters stay."""
        text = self.raw("name")
        bare = text
        if not text.isalpha():
            text = clean_text(text).value
            bare = "".join(text.split())
        if any(character.isascii() and character.isalpha() for character in bare):
            bare = " ".join(text.split())
        cell = self.cell("name")
        if cell and bare != cell.value:
            self.note("name", bare, "spaces")
        if not bare:
            self.error("value_missing", "name", name="姓名")
        elif len(bare) > longest:
            self.error("value_too_long", "name", limit=longest)
        return bare

    def day(self, field: str) -> PartialDate | None:
        """A date as far as it is told; None with a finding when it cannot be read."""
        cell = self._by_field.get(field)
        if cell is None or not (text := self.raw(field)):
            return None
        try:
            reading = read_partial_date(text, is_number=cell.kind == NUMBER)
        except DateUnreadable as fault:
            level = Level.WARNING if fault.code == "date_placeholder" else Level.ERROR
            self.report(level, fault.code, field)
            return None
        for code in reading.notes:
            self.warn(code, field)
        if cell.kind == DATE:
            self.note(field, reading.value.printed, "day_cell")
        elif not self.usual.fullmatch(text):
            self.note(field, reading.value.printed, "day_written")
        return reading.value

    def label(self, field: str, table: LabelTable | None, *, longest: int, is_strict: bool = False) -> str:
        """The label of a code table; words that the table does not have are kept, with a warning."""
        text = self.text(field, longest=longest)
        if not text or table is None:
            return text
        match = table.match(text)
        if match.code:
            if match.label != text:
                self.note(field, match.label, "usual_word")
            return match.label
        offers = [Candidate(code, label) for code, label in match.offers]
        if is_strict:
            self.error("value_unknown", field, offers, allowed="、".join(table.labels.values()))
            return ""
        if match.how is not How.EMPTY:
            self.warn("label_unknown", field, offers)
        return text

    def staged(self, kind: str, key: str, values: Values) -> StagedRow:
        """The row with everything found about it; what is empty is left out."""
        return StagedRow(
            kind=kind,
            key=key,
            values={name: value for name, value in values.items() if value or value is False or value == 0},
            sheet=self.sheet,
            row=self.number,
            column=self.letter("id_number"),
            raw={column_letter(column): cell.value for column, cell in self.cells.items() if cell.value},
            normalised=tuple(self.readings),
            findings=tuple(self.findings),
        )


def first_day(value: PartialDate | None) -> str | None:
    """The first day that a date may mean, as ISO text: what is stored where only the month counts."""
    return value.first_day.isoformat() if value else None


def month_only(value: PartialDate) -> date:
    """The first day of the month of a date."""
    return date(value.year, value.counted_month or 1, 1)
