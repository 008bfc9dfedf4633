"""What rows would do to what is recorded: found matches, and the difference field by field. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from .rows import Finding


@dataclass(frozen=True, slots=True)
class Matched:
    """What a row meets: a `proposal` of `models.Proposal`, the recorded object, and what speaks against the row."""

    proposal: str
    target: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its name, what is recorded, what the file says."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A row beside what is recorded: whom it meets (words, address), and the fields that would change."""

    who: str = ""
    url: str = ""
    differences: tuple[Difference, ...] = ()
