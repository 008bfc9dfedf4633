"""What the preview of an import shows."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from foundation.common.lists import words
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization
from foundation.regulations.services.codes import codes

from .kinds import all_kinds, kind_for
from .messages import text, where, why, why_of
from .models import BatchStatus, ColumnMapping, Decision, ImportBatch, ImportRow, Proposal
from .rows import Finding, Level, Reading
from .value_words import NORMAL, ROW_KINDS, VALUE_LABELS


def whole(batches):
    """The batches with everything their page shows but the bytes; `skipped` counts the rows left out by decision,
    `suggested` those that wait and suggest exactly one person.
    """
    rows = ImportRow.objects.filter(batch=OuterRef("pk"))
    return (
        batches.defer(None)
        .defer("content")
        .annotate(skipped=_number(rows.filter(decision=Decision.SKIP)), suggested=_number(waiting_suggestions(rows)))
    )


def _number(rows):
    return Coalesce(Subquery(rows.order_by().values("batch").annotate(number=Count("*")).values("number")), 0)


def waiting_suggestions(rows):
    """Of the rows those that wait for a decision and suggest exactly one recorded person."""
    return rows.filter(proposal=Proposal.ASK, decision="", has_error=False, target__isnull=False)


def batches_for(user):
    """Batches of the kinds and counties for which the user may import."""
    found = ImportBatch.objects.none()
    for kind in all_kinds():
        if scope_of(user, kind.permission):
            found |= ImportBatch.objects.visible_to(user, kind.permission).filter(kind=kind.code)
    return found.select_related("organization").defer("content", "findings")


def mappings_for(user, permission: str):
    """Remembered columns of the kinds and counties for which the user may import, and all where `permission` is held."""
    found = ColumnMapping.objects.visible_to(user, permission)
    for kind in all_kinds():
        if scope_of(user, kind.permission):
            found |= ColumnMapping.objects.visible_to(user, kind.permission).filter(kind=kind.code)
    return found


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


MOST_TOLD = 2000
"""Rows whose findings and readings one page shows."""
REASONS = """
SELECT reading ->> 'why', count(*) FROM exchange_importrow, jsonb_array_elements(normalised) reading
 WHERE batch_id = %s GROUP BY 1
"""


def told_rows(batch) -> list:
    """Rows about which anything is told, in the order of the file: sheet, row, key, normalised, findings (1 query).

    Of a long file at most `MOST_TOLD`: those with errors before those with other findings, these before the rest.
    """
    rows = batch.rows.exclude(findings=[], normalised=[]).annotate(is_plain=Q(findings=[]))
    columns = ("sheet", "row", "key", "normalised", "findings", "position")
    told = rows.order_by("-has_error", "is_plain", "position").values_list(*columns, named=True)[:MOST_TOLD]
    return sorted(told, key=lambda row: row.position)


def finding_lines(batch, rows=None) -> list[FindingLine]:
    """All findings of a batch, errors first, then in the order of the file. `rows`: what `told_rows` gave, else it is asked."""
    found = [Finding.from_dict(data) for data in batch.findings]
    for row in told_rows(batch) if rows is None else rows:
        found += [Finding.from_dict(item) for item in row.findings]
    order = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
    found.sort(key=lambda finding: order[finding.level])
    return [FindingLine(str(f.level), where(f), f.value, text(f), f.candidates) for f in found]


def shortened(text: str, most: int = 160) -> str:
    """The beginning of a long text: a row of the preview tells what is there, the file tells all of it."""
    return text if len(text) <= most else f"{text[:most]}…"


class Preview:
    """Staged values in the reader's words: names instead of codes (1 query, and what the kind asks for its own).

    `units` are the units of the county by code.
    """

    def __init__(self, batch):
        kind = kind_for(batch.kind)
        self.units = {unit.code: unit for unit in Organization.objects.system().below(batch.organization)}
        names = {code: str(unit) for code, unit in self.units.items()}
        categories = {code: row.label() for code, row in codes("unit_category").items()}
        self.labels, self.shown = VALUE_LABELS | dict(kind.labels), kind.shown
        self.words = {
            "unit": names,
            "responsible": names,
            "parent": names,
            "category": categories,
            "categories": categories,
        } | dict(kind.words(batch))

    def key(self, key: str) -> str:
        """What a row is about; empty parts of its key are left out."""
        return " · ".join(self._part(part) for part in key.split("/") if part)

    def _part(self, part):
        return next((str(table[part]) for table in self.words.values() if part in table), part)

    def pairs(self, key: str, values: dict) -> list[tuple[str, str]]:
        """What a row says: (label, value), leaving out what is empty, the normal case, or said by its key."""
        said = set(key.split("/"))
        return [
            (str(self.labels.get(name, name)), shortened(self._text(name, value)))
            for name, value in self.shown(values).items()
            if value not in (None, "", [], {}) and NORMAL.get(name) != value and str(value) not in said
        ]

    def _text(self, name, value):
        table = self.words.get(name, {})
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return words(
                " ".join(self._text(key, part) for key, part in one.items() if part and not isinstance(part, bool))
                for one in value
            )
        if isinstance(value, dict):
            return words(f"{table.get(one, one)} {self._text(name, other)}" for one, other in value.items())
        if isinstance(value, list):
            return words(value)
        return str(table.get(value, value))


def rows_of(batch, wanted: str):
    """Rows of a batch in their order: all of them, or those of a proposal, with errors, or left out by decision."""
    rows = batch.rows.order_by("position")
    if wanted == "bad":
        return rows.filter(has_error=True)
    if wanted == Decision.SKIP:
        return rows.filter(decision=Decision.SKIP)
    return rows.filter(proposal=wanted, has_error=False) if wanted in Proposal.values else rows


def groups_of(batch) -> list[tuple[str, str, int]]:
    """What the rows of a batch can be narrowed to: word of the address, label, number; nothing where rows are not matched."""
    counts = batch.counts.get("proposals")
    if counts is None:
        return []
    skipped = getattr(batch, "skipped", None)
    if skipped is None:
        skipped = batch.rows.filter(decision=Decision.SKIP).count()
    found = [("", gettext("all"), batch.counts["rows"])]
    found += [(choice.value, choice.label, counts.get(choice.value, 0)) for choice in Proposal]
    found += [("bad", gettext("with errors"), batch.counts["bad_rows"]), ("skip", gettext("left out"), skipped)]
    return [group for group in found if group[2]]


def pages_of(batch, wanted: str, size: int) -> Paginator:
    """The rows of a group in pages; how many there are is known from the groups."""
    pages = Paginator(rows_of(batch, wanted), size)
    known = {word: count for word, _label, count in groups_of(batch)}
    if known and wanted in known:
        pages.count = known[wanted]
    elif not wanted:
        pages.count = batch.counts["rows"]
    return pages


def complete_rows(batch, preview: Preview, rows) -> None:
    """Give the rows of one page their words, and what each would change (the kind's own queries)."""
    kind = kind_for(batch.kind)
    compared = kind.compare(batch, rows, preview.units) if kind.compare and batch.status == BatchStatus.STAGED else {}
    for row in rows:
        row.about, row.kind_label = preview.key(row.key), ROW_KINDS.get(row.kind, row.kind)
        row.pairs, row.compared = preview.pairs(row.key, row.values), compared.get(row.pk)


def reading_lines(preview: Preview, rows) -> list[ReadingLine]:
    """Every normalised reading in the order of the file; `rows` are what `told_rows` gave."""
    lines = []
    for row in rows:
        for data in row.normalised:
            reading = Reading.from_dict(data)
            place = f"{row.sheet} {reading.column}{row.row or ''}"
            lines.append(ReadingLine(place, preview.key(row.key), reading.raw, reading.value, why(reading)))
    return lines


def reasons_for_readings(batch, lines) -> list[tuple[str, int]]:
    """How often each reason occurs in the whole file, the most frequent first (1 query where `lines` are not all)."""
    if batch.counts["readings"] <= len(lines):
        return Counter(line.why for line in lines).most_common()
    with connection.cursor() as cursor:
        cursor.execute(REASONS, [batch.pk])
        counted = Counter()
        for code, count in cursor.fetchall():
            counted[why_of(code)] += count
    return counted.most_common()


def possible_decisions(batch) -> list[tuple[str, str]]:
    """What may be decided about a row: nobody new where the kind is about recorded people alone."""
    known_only = kind_for(batch.kind).is_about_known
    return [choice for choice in Decision.choices if not (known_only and choice[0] == Decision.NEW)]


def may_import(user, batch) -> bool:
    """May the user apply and undo this batch?"""
    return scope_of(user, kind_for(batch.kind).permission).covers(batch.organization.path)


def remembered_columns(kind_code: str, organization) -> dict[str, tuple[dict, str, str]]:
    """What was decided about columns in a county: signature of the header → columns, by whom, on which day (1 query)."""
    found = ColumnMapping.objects.system().filter(kind=kind_code, organization=organization)
    return {
        row.signature: (row.columns, row.decided_by_name, timezone.localdate(row.decided_at).isoformat())
        for row in found
    }


def good_rows(batch) -> int:
    """How many rows may be applied without those that have errors; 0 where this cannot be."""
    of_file = any(finding["level"] == Level.ERROR for finding in batch.findings)
    if not kind_for(batch.kind).is_partial or not batch.has_errors or of_file:
        return 0
    return batch.counts["rows"] - batch.counts["bad_rows"]
