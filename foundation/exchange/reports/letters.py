"""An official letter in the form of GB/T 9704-2012: what stands in it, as docx and as PDF. Pure.

Page 210 × 297 mm, margins 37 above, 35 below, 28 left, 26 right, so that 22 lines of 28 characters fit; text 16 pt (3号)
FangSong, title 22 pt (2号) XiaoBiaoSong, headings HeiTi; page number 14 pt (4号) between dashes, outside edge.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .content import Table, cell_text, printable
from .typeset import typeset

DATE_INDENT = 4  # 成文日期右空四字


class Part(StrEnum):
    """A paragraph: text, a heading of the first level (一、), a closing line."""

    TEXT = "text"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a letter."""

    text: str
    part: Part = Part.TEXT


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter (公文). `mark` is the red head (发文机关标志), none when empty; `symbol` the number (发文字号); `issuer` signs.

    Without `symbol`, `addressee` or `issuer` their lines are left out. `signed_by`: lines that are signed by hand in the
    issuer's place, such as those of a record of a talk.

    `table` stands behind the paragraph whose number is `table_after`. `copies` (抄送) and `printed_by` fill the foot (版记).
    """

    mark: str
    symbol: str
    title: str
    addressee: str
    paragraphs: tuple[Paragraph, ...]
    issuer: str
    issued_on: date
    table: Table | None = None
    table_after: int = 0
    signed_by: tuple[str, ...] = ()
    copies: str = ""
    printed_by: str = ""
    words: tuple[str, str] = ("抄送：", "印发")

    @property
    def day(self) -> str:
        """The day in Arabic digits with the full year, without leading zeros (GB/T 9704 7.3.5.4)."""
        return day_in_words(self.issued_on)

    @property
    def foot(self) -> tuple[str, str, str]:
        """Lines of the foot: copies, who printed, when."""
        copies = f"{self.words[0]}{self.copies}" if self.copies else ""
        return copies, self.printed_by, f"{self.day}{self.words[1]}" if self.printed_by else ""


def day_in_words(day: date) -> str:
    """A day as letters write it: 2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def width_of(text: str) -> float:
    """Width in characters of the text's size: Latin letters and digits are half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)


def signature_indents(issuer: str, day: str) -> tuple[float, float]:
    """Characters left free on the right of issuer and day: the day four, the issuer centred above it, never outside."""
    centred = DATE_INDENT + (width_of(day) - width_of(issuer)) / 2
    if centred >= 0:
        return centred, DATE_INDENT
    return 0.0, DATE_INDENT - centred  # a long name: it ends at the margin, and the day stays centred below it


def write_pdf(letter: Letter, *, at: datetime) -> bytes:
    """The letter as PDF. Raises DomainError when the machine has no Chinese font."""
    return typeset("letter", as_data(letter), at=at)


def as_data(letter: Letter) -> dict:
    """What the template takes."""
    issuer_indent, day_indent = signature_indents(letter.issuer, letter.day)
    table = letter.table
    return {
        "mark": printable(letter.mark),
        "symbol": printable(letter.symbol),
        "title": printable(letter.title),
        "addressee": printable(letter.addressee),
        "paragraphs": [{"text": printable(p.text), "part": str(p.part)} for p in letter.paragraphs],
        "issuer": printable(letter.issuer),
        "signed_by": [printable(text) for text in letter.signed_by],
        "issuer_indent": issuer_indent,
        "day": letter.day,
        "day_indent": day_indent,
        "table_after": letter.table_after,
        "table": {
            "columns": [{"title": printable(c.title), "width": c.width, "number": c.is_number} for c in table.columns],
            "rows": [[cell_text(v, c) for v, c in zip(row.cells, table.columns, strict=True)] for row in table.rows],
        }
        if table
        else None,
        "foot": [printable(text) for text in letter.foot],
    }
