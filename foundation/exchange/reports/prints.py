"""A report as PDF: A4 landscape, heading rows repeated, page x of y. Pure."""

from __future__ import annotations

from datetime import datetime

from .content import Report, Section, Table, cell_text, printable
from .typeset import typeset


def write_report(report: Report, *, at: datetime) -> bytes:
    """The report as PDF. Raises DomainError when the machine has no Chinese font."""
    data = {
        "title": printable(report.title),
        "author": printable(report.author),
        "language": report.language[:2],
        "as_of": printable(report.as_of),
        "page_words": printable(report.page_words),
        "seal": [printable(words) for words in report.seal],
        "colon": report.colon,
        "sections": [_section(section) for section in report.sections],
    }
    return typeset("report", data, at=at)


def _section(section: Section) -> dict:
    return {
        "title": printable(section.title),
        "facts": [[printable(label), printable(value)] for label, value in section.facts],
        "tables": [_table(table) for table in section.tables],
        "notes": [printable(note) for note in section.notes],
    }


def _table(table: Table) -> dict:
    return {
        "caption": printable(table.caption),
        "columns": [
            {"title": printable(column.title), "width": column.width, "number": column.is_number}
            for column in table.columns
        ],
        "rows": [
            {
                "look": str(row.look),
                "cells": [cell_text(value, column) for value, column in zip(row.cells, table.columns, strict=True)],
            }
            for row in table.rows
        ],
    }
