"""Labels of codes, kept per process for as long as the token of the code tables stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import get_language

from ..models import CodeRow, CodeTable
from . import tokens


class UnknownCodeTable(KeyError):
    """No code table of this name is loaded."""

    def __init__(self, table: str):
        super().__init__(f"no code table {table} (did load_regulations run?)")


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a code table."""

    code: str
    label_zh: str
    label_en: str
    parent: str
    gist: str
    enabled: bool

    def label(self, lang: str | None = None) -> str:
        """Name in the language asked for, else in the reader's; Chinese where a table has no English."""
        language = lang or get_language() or "zh-hans"
        return self.label_en if language.startswith("en") and self.label_en else self.label_zh


@dataclass(frozen=True, slots=True)
class _Kept:
    """Tables read under one token; replaced as a whole, so threads never mix two states."""

    token: UUID | None
    tables: dict[str, dict[str, Code]]


_kept = _Kept(None, {})


def _read(table: str) -> dict[str, Code]:
    columns = ("code", "label_zh", "label_en", "parent_code", "gist", "enabled")
    rows = CodeRow.objects.filter(table__code=table).order_by("sort", "code").values_list(*columns)
    found = {row[0]: Code(*row) for row in rows}
    if not found and not CodeTable.objects.filter(code=table).exists():
        raise UnknownCodeTable(table)
    return found


def codes(table: str) -> Mapping[str, Code]:
    """Rows of a table by code, in order, disabled ones included (old data bears them).

    Raises `UnknownCodeTable` when no such table is loaded.
    """
    global _kept  # noqa: PLW0603 - a process-wide memory, swapped in one assignment
    token, kept = tokens.current(tokens.CODES), _kept
    if token is None or token != kept.token:
        kept = _kept = _Kept(token, {})
    if table not in kept.tables:
        kept.tables[table] = _read(table)
    return MappingProxyType(kept.tables[table])


def code_label(table: str, code: str, lang: str | None = None) -> str:
    """Name of a code; a code the table does not have stands for itself, as old and foreign data bring such codes."""
    row = codes(table).get(code)
    return row.label(lang) if row else code
