"""Staged rows as apply functions take them: what is to be written, without what only the preview shows."""

from dataclasses import dataclass, fields

from .rows import Values


@dataclass(slots=True)
class TakenRow:
    """A staged row (see `ImportRow`), with its secret values among the others."""

    pk: int
    position: int
    kind: str
    key: str
    sheet: str
    row: int | None
    column: str
    values: Values
    secret: bytes | None
    proposal: str
    target: int | None
    decision: str


FIELDS = tuple(each.name for each in fields(TakenRow))
"""Columns of the table, in their order."""
