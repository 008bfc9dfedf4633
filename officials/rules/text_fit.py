"""How much text a cell of a printed form takes: widths, line breaks, and the largest size that fits. Pure.

Widths are counted in halves of a Chinese character (half columns, as 宋体 has them): a character of full width takes two,
a Latin letter or digit one. Sizes are points, measures of paper millimetres.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import floor

MM_PER_POINT = 25.4 / 72
LEADING = 1.25
"""Distance of two lines, in sizes of the type."""
BODY, SMALLEST, TINIEST = 12.0, 7.0, 3.5
"""小四, the smallest size that is read with ease, and the smallest at all."""
_NO_START = frozenset("，。、；：？！）》」』】〕”’·…—,.;:?!)]}％%")
_NO_END = frozenset("（《「『【〔“‘([{")
# A date, a number or a Latin word stays in one piece.
_TOKENS = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-/%+&']*|\s+|.", re.DOTALL)


def half_columns(text: str) -> int:
    """Width of a text in half columns; marks without width count nothing."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc", "Mn"):
        return 0
    return 2 if character in "·“”‘’…—―─" or unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, columns: int) -> list[str]:
    """One paragraph broken into lines of at most `columns` half columns, by the rules of Chinese setting.

    No closing mark begins a line and no opening mark ends one: the character before moves down with it.
    """
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for token in _pieces(text, columns):
        width = half_columns(token)
        if used + width > columns and line:
            carried = _carried(line, token)
            lines.append("".join(line).rstrip())
            line = carried
            used = half_columns("".join(line))
            if token.isspace() and not line:
                continue
        line.append(token)
        used += width
    lines.append("".join(line).rstrip())
    return lines


def _pieces(text: str, columns: int) -> Iterable[str]:
    """Tokens, those longer than a line cut."""
    for match in _TOKENS.finditer(text):
        token = match[0]
        while half_columns(token) > columns and len(token) > 1:
            yield token[:columns]
            token = token[columns:]
        yield token


def _carried(line: list[str], token: str) -> list[str]:
    """What of a full line goes down with the next token; the line is shortened by it."""
    carried: list[str] = []
    first = token
    while len(line) > 1 and (first[0] in _NO_START or line[-1][-1] in _NO_END) and len(carried) < 4:
        first = line.pop()
        carried.insert(0, first)
    return carried


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of a cell and the size in which they stand. `overflows`: even the smallest size was too large."""

    lines: tuple[str, ...]
    size: float
    overflows: bool = False


def columns_of(width: float, size: float) -> int:
    """Half columns that a width in mm takes at a size."""
    return max(2, floor(2 * width / (size * MM_PER_POINT) + 1e-9))


def lines_of(height: float, size: float, leading: float = LEADING) -> int:
    """Lines that a height in mm takes at a size; the last line needs no distance below."""
    pitch = size * leading * MM_PER_POINT
    return max(1, floor((height + (leading - 1) * size * MM_PER_POINT) / pitch + 1e-9))


def sizes(largest: float = BODY, smallest: float = SMALLEST) -> list[float]:
    """Sizes tried, half a point apart: 12, 11.5, … 7."""
    return [largest - step / 2 for step in range(int((largest - smallest) * 2) + 1)]


def fit(
    paragraphs: Sequence[str], width: float, height: float, *, smallest: float = SMALLEST, largest: float = BODY
) -> Fitted:
    """The paragraphs in the largest size in which all their lines stand in the cell (mm).

    What does not fit in the smallest size overflows; it is set smaller still, so that nothing is lost from the paper.
    """

    def lines_at(size: float) -> list[str]:
        return [line for part in paragraphs for line in wrap(part, columns_of(width, size))]

    return fit_lines(lines_at, height, smallest=smallest, largest=largest)


def fit_lines(
    lines_at: Callable[[float], Sequence[str]], height: float, *, smallest: float = SMALLEST, largest: float = BODY
) -> Fitted:
    """The same for any way to break lines: `lines_at` gives the lines at a size."""
    for size in sizes(largest, min(smallest, TINIEST)):
        lines = tuple(lines_at(size))
        if len(lines) <= lines_of(height, size):
            break
    return Fitted(lines, size, overflows=size < smallest or len(lines) > lines_of(height, size))
