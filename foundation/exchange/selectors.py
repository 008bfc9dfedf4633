"""What the preview of an import shows."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext

from foundation.common.scoping import scope_of

from .kinds import all_kinds, kind_for
from .messages import NORMAL, VALUE_LABELS, text, where, why
from .models import ImportBatch
from .rows import Finding, Level, Reading


def batches_for(user):
    """Batches of the kinds and counties for which the user may import."""
    found = ImportBatch.objects.none()
    for kind in all_kinds():
        if scope_of(user, kind.permission):
            found |= ImportBatch.objects.visible_to(user, kind.permission).filter(kind=kind.code)
    return found.select_related("organization").defer("content", "findings")


@dataclass(frozen=True)
class FindingLine:
    """One finding as the preview prints it."""

    level: str
    place: str
    value: str
    text: str
    candidates: tuple


@dataclass(frozen=True)
class ReadingLine:
    """One cell that was not taken letter by letter."""

    place: str
    key: str
    raw: str
    value: str
    why: str


def finding_lines(batch) -> list[FindingLine]:
    """All findings of a batch, errors first, then in the order of the file (1 query)."""
    found = [Finding.from_dict(data) for data in batch.findings]
    for data in batch.rows.exclude(findings=[]).order_by("position").values_list("findings", flat=True):
        found += [Finding.from_dict(item) for item in data]
    order = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
    found.sort(key=lambda finding: order[finding.level])
    return [FindingLine(str(f.level), where(f), f.value, text(f), f.candidates) for f in found]


def reading_lines(batch) -> list[ReadingLine]:
    """Every normalised reading in the order of the file (1 query)."""
    lines = []
    rows = batch.rows.exclude(normalised=[]).order_by("position")
    for sheet, row, key, readings in rows.values_list("sheet", "row", "key", "normalised"):
        for data in readings:
            reading = Reading.from_dict(data)
            place = f"{sheet} {reading.column}{row or ''}"
            lines.append(ReadingLine(place, key, reading.raw, reading.value, why(reading)))
    return lines


def reasons_for_readings(lines) -> list[tuple[str, int]]:
    """How often each reason occurs, the most frequent first."""
    return Counter(line.why for line in lines).most_common()


def value_pairs(values: dict) -> list[tuple[str, str]]:
    """What a row says, in words: (label, value), leaving out what is empty or the normal case."""
    pairs = []
    for name, value in values.items():
        if value in (None, "", [], {}) or (name in NORMAL and NORMAL[name] == value):
            continue
        if isinstance(value, bool):
            value = gettext("yes") if value else gettext("no")
        elif isinstance(value, dict):
            value = ", ".join(f"{key}: {item}" for key, item in value.items())
        elif isinstance(value, list):
            value = ", ".join(str(item) for item in value)
        pairs.append((str(VALUE_LABELS.get(name, name)), str(value)))
    return pairs


def may_import(user, batch) -> bool:
    """May the user apply and undo this batch?"""
    return scope_of(user, kind_for(batch.kind).permission).covers(batch.organization.path)
