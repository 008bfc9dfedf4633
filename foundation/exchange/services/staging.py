"""From a file to staged rows: read, matched against what is recorded, kept with every finding. Nothing is applied."""

import hashlib
from dataclasses import replace

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.copying import copy_rows
from foundation.common.crypto import seal_bytes
from foundation.common.results import DomainError
from foundation.common.scoping import require

from ..kinds import kind_for
from ..models import BatchStatus, ImportBatch, ImportRow
from ..progress import PART, SILENT, parts_of
from ..refusals import FileRefused
from . import masking


def authorise(actor, kind, organization):
    """The kind's permissions, all of them, for the whole jurisdiction. Raises PermissionDenied."""
    for permission in (kind.permission, *kind.also_needs):
        require(actor, permission, organization.path)


def entry_of(batch, counts: dict, reason: str = "") -> dict:
    """What the audit entry of an act on a batch says beside the act."""
    return {
        "target_no": batch.number,
        "target_label": batch.file_name,
        "org_path": batch.organization.path,
        "reason": reason,
        "data": {"kind": batch.kind, "year": batch.year, "sha256": batch.sha256, "counts": counts},
    }


def _wait_for_twin(*identity):
    """The same bytes for the same purpose are staged one after the other: a double click finds the first one's batch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["|".join(map(str, identity))])


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('exchange_importbatch', 'id'))")
        return cursor.fetchone()[0]


@transaction.atomic
def stage(*, actor, kind_code: str, data: bytes, file_name: str, organization, year=None, meter=SILENT) -> ImportBatch:
    """Read a file and keep what was read, with every finding; nothing is applied.

    The same bytes for the same purpose give the same batch. Raises PermissionDenied outside the actor's scope,
    DomainError when the file cannot be read at all or the year is missing.
    """
    kind = kind_for(kind_code)
    batch = keep_file(actor=actor, kind=kind, data=data, file_name=file_name, organization=organization, year=year)
    if batch.status == BatchStatus.APPLIED:
        return batch
    return read_kept(batch, data, actor=actor, meter=meter)


def keep_file(*, actor, kind, data: bytes, file_name: str, organization, year=None) -> ImportBatch:
    """The batch of these bytes for this purpose, not saved: the one that stands already, else a new one.

    An applied one is given back untouched. Errors as `stage`; call it inside of a transaction.
    """
    authorise(actor, kind, organization)
    if kind.needs_year and not year:
        raise DomainError("IMPORT_NEEDS_YEAR", _("Choose the year that this file is about."), status=400)
    year = year if kind.needs_year else None
    sha256 = hashlib.sha256(data).hexdigest()
    _wait_for_twin(kind.code, organization.pk, year, sha256)
    same = ImportBatch.objects.system().filter(kind=kind.code, organization=organization, year=year, sha256=sha256)
    batch = same.exclude(status=BatchStatus.UNDONE).first()
    if batch and batch.status == BatchStatus.APPLIED:
        return batch
    if batch is None:
        key = _next_number()
        batch = ImportBatch(pk=key, number=f"IMP-{key:06d}", generation=same.count() + 1)
    batch.kind, batch.organization, batch.year = kind.code, organization, year
    batch.file_name = masking.without_numbers(file_name)[:200] if kind.secrets else file_name[:200]
    batch.sha256, batch.size, batch.content = sha256, len(data), seal_bytes(data)
    batch.created_by_name = batch.created_by_name or str(actor)
    return batch


def read_kept(batch, data: bytes, *, actor, meter=SILENT) -> ImportBatch:
    """Read the bytes of a batch anew (units or indicators may have been added since) and save what was read.

    Raises DomainError when the file cannot be read at all; call it inside of a transaction.
    """
    kind, organization = kind_for(batch.kind), batch.organization
    try:
        result = kind.parse(data, batch.file_name, organization, batch.year)
    except FileRefused as refused:
        raise DomainError("FILE_REFUSED", refused.message, status=400) from refused
    batch.rows.all().delete()
    batch.status = BatchStatus.COLUMNS if result.question else BatchStatus.STAGED
    matched, result = _matched(kind, organization, result)
    batch.findings = masking.hide([finding.as_dict() for finding in result.findings], result.rows, kind.secrets)
    batch.counts = _counts(result, matched)
    batch.progress = {}
    batch.save()
    pairs = enumerate(zip(result.rows, matched, strict=True), start=1)
    made = (_row(batch, position, row, match, kind.secrets) for position, (row, match) in pairs)
    total = len(result.rows)
    for done, part in enumerate(parts_of(made), start=1):
        copy_rows(part, with_keys=False)
        meter.tell(done * PART, total)
    record(actor=actor, action="exchange.import.staged", target_kind="exchange.batch", **entry_of(batch, batch.counts))
    return batch


def _matched(kind, organization, result):
    """What each row meets, and the result with what speaks against single rows."""
    if kind.match is None:
        return [None] * len(result.rows), result
    matched = kind.match(organization, result.rows)
    rows = tuple(
        replace(row, findings=(*row.findings, *match.findings)) if match.findings else row
        for row, match in zip(result.rows, matched, strict=True)
    )
    return matched, replace(result, rows=rows)


def _counts(result, matched) -> dict:
    by_kind, by_proposal, bad = {}, {}, 0
    for row, match in zip(result.rows, matched, strict=True):
        by_kind[row.kind] = by_kind.get(row.kind, 0) + 1
        bad += not row.is_valid
        if match is not None and row.is_valid:
            by_proposal[str(match.proposal)] = by_proposal.get(str(match.proposal), 0) + 1
    counts = {
        "rows": len(result.rows),
        "errors": len(result.errors),
        "warnings": len(result.warnings),
        "readings": len(result.readings),
        "kinds": by_kind,
        "sheets": [sheet.as_dict() for sheet in result.sheets],
    }
    if any(match is not None for match in matched):
        counts |= {"bad_rows": bad, "proposals": by_proposal}
    return counts | ({"question": masking.hide(result.question, [], ("number",))} if result.question else {})


def _row(batch, position, row, match, secrets) -> ImportRow:
    data = masking.hide(row.as_dict(), [row], secrets)
    return ImportRow(
        batch=batch,
        position=position,
        kind=row.kind,
        key=data["key"][:200],
        sheet=data["sheet"][:80],
        row=row.row,
        column=(row.column or "")[:60],
        raw=data["raw"],
        values=data["values"],
        secret=masking.kept(row, secrets),
        normalised=data["normalised"],
        findings=data["findings"],
        has_error=not row.is_valid,
        proposal=match.proposal if match else "",
        target=match.target if match else None,
    )
