"""An official form as a grid in millimetres: pages, rows, columns, cells with the lines that stand in them. Pure.

The form decides every break and size (its printing rules say how); the writers only put the ink there: `grid_prints`
as PDF and as pictures for the screen, `grid_documents` as docx.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where lines stand in the width of a cell."""

    CENTRE = "center"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a cell: its text, and the same broken into lines. `head` stands before a hanging indent of `hang` em."""

    text: str
    lines: tuple[str, ...]
    head: str = ""
    hang: float = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at a row and column (from 0), over `down` rows and `across` columns; `size` and `leading` in points.

    `is_picture`: here stands the page's picture. `joins_below`, `joins_above`: no rule between it and its neighbour.
    """

    row: int
    column: int
    down: int = 1
    across: int = 1
    passages: tuple[Passage, ...] = ()
    size: float = 12
    align: Align = Align.CENTRE
    is_picture: bool = False
    joins_below: bool = False
    joins_above: bool = False
    at_top: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page: margins top, bottom, left, right in mm, title, columns and rows in mm, cells, lines below the grid."""

    margins: tuple[float, float, float, float]
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[Cell, ...]
    title: str = ""
    title_height: float = 0
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form of A4 pages. `leading`: distance of lines in sizes of the type. `picture`: a JPEG, or nothing."""

    name: str
    pages: tuple[Page, ...]
    leading: float
    outer: float = 1.5
    inner: float = 1.0
    picture: bytes = b""


INSET, CENTRED_INSET = 1.0, 0.4
"""Blank inside a cell at its left and right, in mm; little is needed where lines stand in the middle."""


def inset_of(align: Align) -> float:
    """Blank at either side of a cell, in mm."""
    return CENTRED_INSET if align == Align.CENTRE else INSET
