"""What reading one person's file gives: the card, the picture for the page, findings and readings. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from foundation.exchange.rows import Candidate, Finding, Level, Reading

from ..rules.person_card import PersonCard
from .photos import Portrait

LARGEST = 20 * 1024 * 1024  # bytes of one person's file


@dataclass(frozen=True, slots=True)
class CardFile:
    """One file: its name, the SHA-256 of its bytes, and the card, None when it was refused or is none (see `findings`).

    `readings` are values that were not taken letter by letter.
    """

    name: str
    sha256: str
    card: PersonCard | None = None
    portrait: Portrait | None = None
    findings: tuple[Finding, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def is_valid(self) -> bool:
        """A card was read and nothing forbids to apply it."""
        return self.card is not None and not any(found.level is Level.ERROR for found in self.findings)

    def with_findings(self, more: Iterable[Finding]) -> CardFile:
        """The same file with further findings behind its own."""
        return CardFile(self.name, self.sha256, self.card, self.portrait, (*self.findings, *more), self.readings)


def digest(data: bytes) -> str:
    """The SHA-256 of a file, as the batch keeps it."""
    return hashlib.sha256(data).hexdigest()


class Notes:
    """Findings and readings while one file is read; they all name the file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self.readings: list[Reading] = []

    def tell(
        self,
        level: Level,
        code: str,
        label: str = "",
        value: str = "",
        *,
        row: int | None = None,
        candidates: tuple[Candidate, ...] = (),
        **params: object,
    ) -> None:
        """Add a finding about the field with this label."""
        texts = {key: str(param) for key, param in params.items()}
        self.findings.append(Finding(level, code, self.name, row, label, value, texts, candidates))

    def warn(self, code: str, label: str = "", value: str = "", **options: Any) -> None:
        """Add a warning; options as for `tell`."""
        self.tell(Level.WARNING, code, label, value, **options)

    def read(self, label: str, raw: str, value: str, why: str) -> None:
        """Note that a field was not taken letter by letter."""
        self.readings.append(Reading(label, raw, value, why))
