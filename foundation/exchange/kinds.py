"""Kinds of imports: each room above registers what it can read and how it applies it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from foundation.common.results import DomainError


@dataclass(frozen=True)
class ImportKind:
    """One kind of import.

    `parse(data, file_name, organization, year)` returns a ParseResult and writes nothing. `apply(batch, rows, changes)`
    writes through `changes` only.
    `also_needs` are further permissions, of a kind that writes what other kinds write too.
    `secrets` names values that are kept encrypted and shown masked (identity numbers).
    `words(batch)` gives the preview words for coded values: name of the value → code → text. `labels` names values that
    mean something else here than elsewhere. `shown(values)` gives the values that the preview prints, in their order.
    `stream(data, file_name, organization, year)` opens (context manager) a file that is read row by row instead of as a
    whole: iterating gives rows; `findings`, `sheets`, `question`, `expected`, `repeated` and `judge` as of a
    `RosterReading`.
    `is_applied_in_parts`: `apply` is called for one part of the rows after the other, in their order and in one
    transaction; what it must know of earlier parts it keeps in `changes.kept`.
    `takes_several`: endings of files that may be chosen together; they are kept as a zip, which the kind reads too.
    `is_about_known`: a row never brings somebody new.
    `is_partial`: rows with errors may be left out and the others applied. `match(organization, rows)` gives a `Matched` for
    every row, `compare(batch, rows, units)` what would change, by the row's key (see `comparing`; `units` of the
    county by code). `fields` are the fields
    that the columns of a sheet may be assigned to, with their names; `required_fields` must be. `reread(data, file_name)`
    gives the workbook again, to hand it back with its faults marked.
    `order` says in which order a county is set up. Rooms further up add their own guards with `add_guard`.
    """

    code: str
    label: Any
    hint: Any
    permission: str
    extensions: tuple[str, ...]
    needs_year: bool
    parse: Callable
    apply: Callable
    also_needs: tuple[str, ...] = ()
    order: int = 0
    secrets: tuple[str, ...] = ()
    words: Callable[[Any], Mapping[str, Mapping[str, Any]]] = lambda batch: {}
    labels: Mapping[str, Any] = field(default_factory=dict)
    shown: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda values: values
    takes_several: tuple[str, ...] = ()
    is_about_known: bool = False
    is_partial: bool = False
    is_applied_in_parts: bool = False
    stream: Callable | None = None
    match: Callable | None = None
    compare: Callable | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    required_fields: tuple[str, ...] = ()
    reread: Callable | None = None


_kinds: dict[str, ImportKind] = {}
_guards: dict[str, list[Callable]] = {}


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


def add_guard(code: str, guard: Callable) -> None:
    """Add a guard to a kind that a room below registered (a published year locks what was imported for it)."""
    if guard not in _guards.setdefault(code, []):
        _guards[code].append(guard)


def standing_against(kind: ImportKind, batch) -> list:
    """Reasons why the data of a batch may not change now."""
    return [reason for guard in _guards.get(kind.code, []) for reason in guard(batch)]
