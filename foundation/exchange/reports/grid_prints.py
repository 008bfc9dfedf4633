"""A form as PDF, and its pages as pictures for the screen: the same ink. Pure but for the fonts read."""

from __future__ import annotations

from datetime import datetime

from .content import printable
from .grids import Cell, Form, Page, Passage, inset_of
from .typeset import drawn_pages, typeset


def write_pdf(form: Form, *, at: datetime) -> bytes:
    """The form as PDF/A. Raises DomainError when the machine has no Chinese font."""
    return typeset("grid", _data(form), at=at)


def draw_pages(form: Form) -> list[bytes]:
    """Each page as an SVG picture. Raises DomainError when the machine has no Chinese font."""
    return drawn_pages("grid", _data(form))


def _data(form: Form) -> dict:
    return {
        "name": printable(form.name),
        "leading": form.leading,
        "outer": form.outer,
        "inner": form.inner,
        "picture": list(form.picture),
        "pages": [_page(page) for page in form.pages],
    }


def _page(page: Page) -> dict:
    return {
        "margins": list(page.margins),
        "columns": list(page.columns),
        "rows": list(page.rows),
        "title": printable(page.title),
        "title_height": page.title_height,
        "below": [printable(words) for words in page.below],
        "cells": [_cell(cell) for cell in page.cells],
    }


def _cell(cell: Cell) -> dict:
    return {
        "row": cell.row,
        "column": cell.column,
        "down": cell.down,
        "across": cell.across,
        "size": cell.size,
        "align": str(cell.align),
        "inset": inset_of(cell.align),
        "picture": cell.is_picture,
        "joins_below": cell.joins_below,
        "joins_above": cell.joins_above,
        "top": cell.at_top,
        "passages": [_passage(passage) for passage in cell.passages],
    }


def _passage(passage: Passage) -> dict:
    return {
        "lines": [printable(line) for line in passage.lines],
        "head": printable(passage.head),
        "hang": passage.hang,
    }
