"""First half of a verification: are the seals themselves whole, in order and equal to what was exported?

On the way it gathers the windows of transactions, in groups, whose rows the second half compares.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import canonical
from ..catalog import SealedTable
from ..findings import Finding, Kind
from ..models import Seal
from .export import read_export

ROWS_PER_GROUP = 100_000
SEALS_PER_FETCH = 5  # a full seal is 2 MB


@dataclass(frozen=True)
class Slice:
    """Where in a seal's leaves a table's rows stand (in bytes; the first byte is 1, as SQL counts)."""

    seal: int
    start: int
    length: int


@dataclass
class Group:
    """Adjoining windows whose rows are compared together: one query per table instead of one per seal."""

    from_xact: int
    to_xact: int
    last_seal: int
    windows: int = 1
    rows: int = 0
    tables: dict[str, SealedTable] = field(default_factory=dict)
    slices: dict[str, list[Slice]] = field(default_factory=dict)

    def takes(self, seal, parts) -> bool:
        """May the seal join? It must adjoin, hash the same columns, and leave the group small unless it is one window."""
        same_window = (seal.from_xact, seal.to_xact) == (self.from_xact, self.to_xact) and self.windows == 1
        adjoins = seal.from_xact == self.to_xact or seal.to_xact == self.to_xact
        small = self.rows + seal.rows <= ROWS_PER_GROUP
        same_columns = all(self.tables.get(table.name, table) == table for table, _ in parts)
        return adjoins and (same_window or small) and same_columns

    def add(self, seal, parts):
        """Take the seal's tables in."""
        if seal.to_xact != self.to_xact:
            self.windows += 1
            self.to_xact = seal.to_xact
        self.last_seal = seal.number
        self.rows += seal.rows
        start = 1
        for table, rows in parts:
            length = rows * canonical.LEAF.size
            self.tables[table.name] = table
            self.slices.setdefault(table.name, []).append(Slice(seal.number, start, length))
            start += length


@dataclass
class Chain:
    """Walks the seals once: `groups()` yields what the row comparison needs, and `findings` fills meanwhile."""

    findings: list[Finding] = field(default_factory=list)
    sealed_until: int = 0
    digests: dict[int, bytes] = field(default_factory=dict)

    def groups(self) -> Iterator[Group]:
        """Groups of windows in order; the leaves of a seal whose content cannot be read are left out."""
        group, before = None, None
        for seal in Seal.objects.order_by("number").iterator(chunk_size=SEALS_PER_FETCH):
            parts = _parts(seal)
            self._check(seal, before, parts)
            if group and not (parts and group.takes(seal, parts)):
                yield group
                group = None
            if parts:
                group = group or Group(seal.from_xact, seal.to_xact, seal.number)
                group.add(seal, parts)
            before = seal
        if group:
            yield group

    def _check(self, seal, before, parts):
        self.sealed_until = max(self.sealed_until, seal.to_xact)
        self.digests[seal.number] = bytes(seal.digest)
        expected = before.number + 1 if before else 1
        self.findings += [Finding(Kind.SEAL_MISSING, seal=missing) for missing in range(expected, seal.number)]
        if seal.number == expected and not _follows(seal, before):
            self.findings.append(Finding(Kind.CHAIN_BROKEN, seal=seal.number))
        if not parts or canonical.digest_of(seal) != bytes(seal.digest):
            self.findings.append(Finding(Kind.SEAL_ALTERED, seal=seal.number))

    def compare_with_export(self, path) -> list[Finding]:
        """How the seals just walked differ from the exported file; the newest may not be exported yet."""
        if not path or not self.digests:
            return []
        try:
            exported = read_export(path)
        except (OSError, ValueError) as error:
            return [Finding(Kind.EXPORT_MISSING, facts={"file": str(path), "problem": str(error)})]
        seen = {seal["number"] for seal in exported}
        found = [Finding(Kind.SEAL_MISSING, seal=number) for number in sorted(seen - set(self.digests))]
        found += [
            Finding(Kind.EXPORT_MISMATCH, seal=seal["number"])
            for seal in exported
            if self.digests.get(seal["number"], seal["digest"]) != seal["digest"]
        ]
        last = max(seen, default=0)
        return found + [Finding(Kind.NOT_EXPORTED, seal=n) for n in self.digests if n < last and n not in seen]


def _follows(seal, before) -> bool:
    if before is None:
        return bytes(seal.prev) == canonical.FIRST_PREV and seal.from_xact == 0
    same_window = (seal.from_xact, seal.to_xact) == (before.from_xact, before.to_xact)
    return bytes(seal.prev) == bytes(before.digest) and (same_window or seal.from_xact == before.to_xact)


def _parts(seal) -> list[tuple[SealedTable, int]] | None:
    """The seal's tables with their numbers of rows; None when its content does not hang together."""
    try:
        parts = [
            (SealedTable(part["table"], part["key"], tuple(part["columns"])), int(part["rows"])) for part in seal.tables
        ]
    except (KeyError, TypeError, ValueError):
        return None
    rows = sum(count for _, count in parts)
    sound = all(count > 0 for _, count in parts) and rows == seal.rows > 0
    return parts if sound and len(seal.leaves) == rows * canonical.LEAF.size else None
