"""Kinds of imports: each room above registers what it can read and how it applies it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foundation.common.results import DomainError


@dataclass(frozen=True)
class ImportKind:
    """One kind of import.

    `parse(data, file_name, organization, year)` returns a ParseResult and writes nothing. `apply(batch, rows, changes)`
    writes through `changes` only. `guard(batch)` returns reasons why its data may not change now (both ways).
    `order` says in which order a county is set up.
    """

    code: str
    label: Any
    hint: Any
    permission: str
    extensions: tuple[str, ...]
    needs_year: bool
    parse: Callable
    apply: Callable
    guard: Callable | None = None
    order: int = 0


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Make a kind of import known."""
    _kinds[kind.code] = kind


def kind_for(code: str) -> ImportKind:
    """The kind with this code. Raises DomainError for an unknown one."""
    if code not in _kinds:
        raise DomainError("IMPORT_UNKNOWN_KIND", code, status=400)
    return _kinds[code]


def all_kinds() -> list[ImportKind]:
    """All kinds in the order in which a county is set up."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.code))
