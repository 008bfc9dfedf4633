"""What every import parser returns: staged rows, findings with their place, and the readings that were normalised.

Pure: no Django, no database. Everything here turns into JSON and back (`as_dict` / `from_dict`), so an import batch can
keep it, show it in the preview and apply it later. Texts are made late, in the reader's language: see `messages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

Values = dict[str, Any]


class Level(StrEnum):
    """How much a finding weighs: an error keeps its row out, a warning is shown before applying, an info explains."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One offer for a name that matched nothing: the code to choose and the name the register has for it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell about one place of a file.

    `code` is the message id in `messages.TEXTS`, `params` fills its placeholders. `row` counts from 1 as the spreadsheet
    shows it; `column` is the letter of a worksheet column or the header name of a csv column; `value` is the raw text.
    """

    level: Level
    code: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    params: dict[str, str] = field(default_factory=dict, hash=False)
    candidates: tuple[Candidate, ...] = ()

    def as_dict(self) -> Values:
        return asdict(self) | {"level": str(self.level), "candidates": [asdict(c) for c in self.candidates]}

    @classmethod
    def from_dict(cls, data: Values) -> Finding:
        candidates = tuple(Candidate(**c) for c in data.get("candidates", ()))
        return cls(**(data | {"level": Level(data["level"]), "candidates": candidates}))


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell that was not taken letter by letter: what stood there, what was read, and why (a code of `messages.WHYS`)."""

    column: str
    raw: str
    value: str
    why: str

    def as_dict(self) -> Values:
        return {"column": self.column, "raw": self.raw, "value": self.value, "why": self.why}

    @classmethod
    def from_dict(cls, data: Values) -> Reading:
        return cls(**data)


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One fact to apply.

    `kind` says which (see the parser), `key` is its natural key inside the kind, `values` what to write: JSON types only,
    exact numbers as text, days as ISO text. `raw` keeps the original cells by column, for the preview and for disputes.
    """

    kind: str
    key: str
    values: Values
    sheet: str = ""
    row: int | None = None
    column: str = ""
    raw: dict[str, str] = field(default_factory=dict, hash=False)
    normalised: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_valid(self) -> bool:
        """True when nothing found in this row forbids applying it."""
        return not any(f.level is Level.ERROR for f in self.findings)

    def as_dict(self) -> Values:
        return {
            "kind": self.kind,
            "key": self.key,
            "values": self.values,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "raw": self.raw,
            "normalised": [r.as_dict() for r in self.normalised],
            "findings": [f.as_dict() for f in self.findings],
        }

    @classmethod
    def from_dict(cls, data: Values) -> StagedRow:
        normalised = tuple(Reading.from_dict(r) for r in data.get("normalised", ()))
        findings = tuple(Finding.from_dict(f) for f in data.get("findings", ()))
        return cls(**(data | {"normalised": normalised, "findings": findings}))


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a row beside others of its key: it stays as it is, stays with a finding, or is gone with one."""

    finding: Finding | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """What became of one sheet: `role` is category, adjustments, vetoes, hidden, unknown or table (a csv file)."""

    name: str
    role: str
    rows: int = 0
    category: str = ""

    def as_dict(self) -> Values:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ParseResult:
    """All rows and all findings of a file. `findings` are those of no single staged row; `all_findings` has every one.

    `question` is set when columns must be assigned before the file can be read: {sheet, signature, columns: [{letter,
    header, fields, is_open, examples}]}; there are no rows then.
    """

    rows: tuple[StagedRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    sheets: tuple[SheetSummary, ...] = ()
    question: Values | None = None

    def all_findings(self) -> Iterator[Finding]:
        """Findings of the file and its sheets first, then those of the rows, in the order of the file."""
        yield from self.findings
        for row in self.rows:
            yield from row.findings

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.all_findings() if f.level is Level.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.all_findings() if f.level is Level.WARNING)

    @property
    def readings(self) -> tuple[tuple[StagedRow, Reading], ...]:
        """Every normalised reading with the row it belongs to: the list the preview shows before anything is applied."""
        return tuple((row, reading) for row in self.rows for reading in row.normalised)

    @property
    def is_applicable(self) -> bool:
        """True when the whole file can be applied: an import is all or nothing."""
        return not self.errors

    def of_kind(self, kind: str) -> tuple[StagedRow, ...]:
        return tuple(row for row in self.rows if row.kind == kind)
