"""The résumé as the appointment form prints it: entries with a hanging indent, in the largest size that fits. Pure.

What is printed are the words of the stored text. Only its line breaks are those of the paper: a line that an export had
broken by hand goes on where the one before ended; a remark in brackets of its own line keeps its line.
"""

from __future__ import annotations

from dataclasses import dataclass

from .resume_lines import LineReader, opening_of
from .resume_text import EDGES
from .text_fit import BODY, SMALLEST, columns_of, fit_lines, wrap

HANG = 18
"""Half columns of `yyyy.MM--yyyy.MM` and two blanks."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph: the period before the indent, the text behind it. `is_free`: neither period nor indent."""

    head: str
    text: str
    is_free: bool = False

    def lines(self, columns: int) -> list[str]:
        """The text in lines of a cell of so many half columns."""
        return wrap(self.text, columns if self.is_free else max(columns - HANG, 2))


@dataclass(frozen=True, slots=True)
class FittedResume:
    """Entries, the lines of each, the size, and whether even the smallest readable size was too large."""

    entries: tuple[Entry, ...]
    lines: tuple[tuple[str, ...], ...]
    size: float
    overflows: bool


def entries_of(text: str) -> list[Entry]:
    """The paragraphs of a stored résumé: segments, remarks below them, and after an empty one the memberships."""
    reader = LineReader(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    reader.gather()
    found: list[Entry] = []
    for block in reader.blocks:
        opening = opening_of(block.parts[0])
        if opening is None:
            found.append(Entry("", block.parts[0], is_free=not any(entry.head for entry in found)))
        else:
            cut = opening.last
            found.append(Entry(block.parts[0][:cut].strip(EDGES), block.parts[0][cut:].strip(EDGES)))
        found.extend(Entry("", part) for part in block.parts[1:])
    members = [line for line in (each.strip(EDGES) for each in reader.memberships) if line]
    if found and members:
        found.append(Entry("", ""))
    return found + [Entry("", line) for line in members]


def fit_resume(text: str, width: float, height: float) -> FittedResume:
    """The résumé in its cell (mm): 12 pt, else 11.5, 11 … 7; smaller still when even that is too large (`overflows`)."""
    entries = entries_of(text)

    def lines_at(size: float) -> list[str]:
        return [line for entry in entries for line in entry.lines(columns_of(width, size))]

    fitted = fit_lines(lines_at, height, smallest=SMALLEST, largest=BODY)
    lines = tuple(tuple(entry.lines(columns_of(width, fitted.size))) for entry in entries)
    return FittedResume(tuple(entries), lines, fitted.size, fitted.overflows)
