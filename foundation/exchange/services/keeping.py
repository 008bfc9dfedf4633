"""Rows as they are read, matched and written part by part, counted on the way; what repeats is judged at the end."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from foundation.common.copying import JsonText, copy_values

from ..models import ImportRow
from ..progress import PART, UNKNOWN, parts_of
from ..rows import Finding, Level, StagedRow
from . import masking

GROUPS = 500
"""Groups of rows with one key that are judged at a time."""
FAR = 1_000_000_000


class Whole:
    """A file that was read as a whole, in the shape of one that is read row by row."""

    repeated = ()

    def __init__(self, result) -> None:
        self.rows, self.findings, self.sheets = result.rows, result.findings, result.sheets
        self.question, self.expected = result.question, len(result.rows)

    def parts(self):
        """All rows at once: a kind that reads a whole file may match one row by another."""
        return [list(self.rows)] if self.rows else []


class Streamed:
    """A file that is read row by row (`ImportKind.stream`)."""

    rows = ()

    def __init__(self, reading) -> None:
        self._reading = reading

    def __getattr__(self, name):
        return getattr(self._reading, name)

    def parts(self):
        """The rows, some at a time."""
        return parts_of(self._reading)


@contextmanager
def open_reading(kind, batch, data: bytes):
    """The file under reading. Raises FileRefused, here or while its rows are taken."""
    if kind.stream is None:
        yield Whole(kind.parse(data, batch.file_name, batch.organization, batch.year))
        return
    opened = kind.stream(data, batch.file_name, batch.organization, batch.year)
    del data  # the child has it; a large file is not held twice
    with opened as reading:
        yield Streamed(reading)


class Tally:
    """What is counted of a file for its preview."""

    def __init__(self) -> None:
        self.rows = self.errors = self.warnings = self.readings = self.bad = 0
        self.kinds, self.proposals = Counter(), Counter()
        self.is_matched = False

    def note(self, findings, times: int = 1) -> None:
        """Count findings; `times` -1 takes them out again."""
        for finding in findings:
            self.errors += times * (finding.level is Level.ERROR)
            self.warnings += times * (finding.level is Level.WARNING)

    def add(self, row: StagedRow, proposal: str, *, readings: int, times: int = 1) -> None:
        """Count a row; `times` -1 takes it out again."""
        self.rows += times
        self.readings += times * readings
        self.kinds[row.kind] += times
        self.note(row.findings, times)
        if not row.is_valid:
            self.bad += times
        elif proposal:
            self.proposals[proposal] += times

    def as_counts(self, sheets) -> dict:
        """The counts of a batch."""
        counts = {
            "rows": self.rows, "errors": self.errors, "warnings": self.warnings, "readings": self.readings,
            "kinds": dict(self.kinds), "sheets": [sheet.as_dict() for sheet in sheets],
        }  # fmt: skip
        if self.is_matched:
            counts |= {"bad_rows": self.bad, "proposals": {name: n for name, n in self.proposals.items() if n}}
        return counts


def keep_rows(batch, kind, reading, meter) -> tuple[Tally, list[Finding]]:
    """Write all rows of the file; returns the counts and the findings that belong to no row."""
    tally, place = Tally(), 0
    for part in reading.parts():
        matched, rows = _matched(kind, batch.organization, part)
        tally.is_matched = tally.is_matched or kind.match is not None
        made = []
        for row, match in zip(rows, matched, strict=True):
            place += 1
            made.append(_row(batch, place, row, match, kind.secrets))
            tally.add(row, str(match.proposal) if match else "", readings=len(row.normalised))
        for some in parts_of(made, PART):
            copy_values(ImportRow, COLUMNS, some)
        meter.tell(place, reading.expected if reading.expected >= place else UNKNOWN)
    findings = [*reading.findings, *_settle(batch, kind, reading, tally)]
    tally.note(findings)
    return tally, findings


def _matched(kind, organization, rows):
    """What each row meets, and the rows with what speaks against single ones."""
    if kind.match is None:
        return [None] * len(rows), rows
    matched = kind.match(organization, rows)
    return matched, [
        replace(row, findings=(*row.findings, *match.findings)) if match.findings else row
        for row, match in zip(rows, matched, strict=True)
    ]


def _settle(batch, kind, reading, tally) -> list[Finding]:
    """Judge rows of one key beside each other: some are gone, some get an error. Returns what is told of those gone."""
    told, gone = [], []
    for groups in parts_of(reading.repeated, GROUPS):
        places = [place + 1 for group in groups for place in group]
        kept = {row.position: masking.shown(row) for row in batch.rows.filter(position__in=places)}
        stored = [[kept[place + 1] for place in group] for group in groups]
        judged = reading.judge([[_as_staged(row) for row in group] for group in stored])
        for row, each in (
            (r, j) for rows, found in zip(stored, judged, strict=True) for r, j in zip(rows, found, strict=True)
        ):
            if each.finding is None:
                continue
            tally.add(_as_staged(row), row.proposal, readings=len(row.normalised), times=-1)
            if each.is_gone:
                told.append(each.finding)
                gone.append(row.pk)
                continue
            row.findings = [*row.findings, masking.hide(each.finding.as_dict(), [_as_staged(row)], kind.secrets)]
            row.has_error = True
            tally.add(_as_staged(row), row.proposal, readings=len(row.normalised))
            ImportRow.objects.filter(pk=row.pk).update(findings=row.findings, has_error=True)
    if gone:
        batch.rows.filter(pk__in=gone).delete()
        _renumber(batch)
    return told


def _as_staged(row: ImportRow) -> StagedRow:
    findings = tuple(Finding.from_dict(finding) for finding in row.findings)
    return StagedRow(row.kind, row.key, row.values, row.sheet, row.row, row.column, findings=findings)


def _renumber(batch) -> None:
    """Positions without gaps, by way of numbers that are not in use."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE exchange_importrow SET position = position + %s WHERE batch_id = %s", [FAR, batch.pk])
        cursor.execute(
            "UPDATE exchange_importrow r SET position = n.place FROM (SELECT id, row_number() OVER (ORDER BY position) AS place"
            " FROM exchange_importrow WHERE batch_id = %s) n WHERE r.id = n.id",
            [batch.pk],
        )


COLUMNS = (
    "batch_id", "position", "kind", "key", "sheet", "row", "column", "raw", "values", "secret", "normalised", "findings",
    "has_error", "proposal", "target", "decision",
)  # fmt: skip


_encoded = DjangoJSONEncoder(ensure_ascii=False).encode


def _row(batch, position, row, match, secrets) -> tuple:
    """Values of the row's columns, in the order of `COLUMNS`."""
    hidden = masking.hider([row], secrets)

    def as_json(value) -> JsonText:
        return JsonText(hidden(_encoded(value))) if value else JsonText("{}" if isinstance(value, dict) else "[]")

    return (
        batch.pk, position, row.kind, hidden(row.key)[:200], hidden(row.sheet)[:80], row.row, (row.column or "")[:60],
        as_json(row.raw), as_json(row.values), masking.kept(row, secrets),
        as_json([reading.as_dict() for reading in row.normalised]), as_json([each.as_dict() for each in row.findings]),
        not row.is_valid, match.proposal if match else "", match.target if match else None, "",
    )  # fmt: skip
