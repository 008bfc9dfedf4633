"""A batch from file to data: stage, apply, undo. Each is one transaction with one audit entry."""

import hashlib
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.crypto import open_bytes, seal_bytes
from foundation.common.results import DomainError
from foundation.common.scoping import require

from ..kinds import kind_for, standing_against
from ..models import BatchStatus, ImportBatch, ImportRow
from ..refusals import FileRefused
from . import masking
from .changes import Changes, take_back


def _authorise(actor, kind, organization):
    """The kind's permissions, all of them, for the whole jurisdiction. Raises PermissionDenied."""
    for permission in (kind.permission, *kind.also_needs):
        require(actor, permission, organization.path)


def _check_guard(kind, batch):
    reasons = standing_against(kind, batch)
    if reasons:
        raise DomainError("IMPORT_NOT_NOW", reasons[0].text, reasons)


def _wait_for_twin(*identity):
    """The same bytes for the same purpose are staged one after the other: a double click finds the first one's batch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["|".join(map(str, identity))])


WAITING = """
SELECT string_agg(quote_ident(conname), ', ') FROM pg_constraint
 WHERE condeferrable AND NOT condeferred AND connamespace = current_schema()::regnamespace
"""


@contextmanager
def _judged_at_the_end():
    """Let the database judge what can wait (periods that must not overlap) when all rows are written, not row by row.

    Raises DomainError when the whole contradicts what is stored.
    """
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        (names,) = cursor.fetchone()
        if names is None:
            yield
            return
        cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")
        yield
        try:
            with transaction.atomic():
                cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
        except IntegrityError as error:
            raise DomainError(
                "IMPORT_CONTRADICTS",
                _(
                    "The result would contradict what is registered, so nothing was changed. Look for records of the same days."
                ),
            ) from error


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('exchange_importbatch', 'id'))")
        return cursor.fetchone()[0]


@transaction.atomic
def stage(*, actor, kind_code: str, data: bytes, file_name: str, organization, year=None) -> ImportBatch:
    """Read a file and keep what was read, with every finding; nothing is applied.

    The same bytes for the same purpose give the same batch. Raises PermissionDenied outside the actor's scope,
    DomainError when the file cannot be read at all or the year is missing.
    """
    kind = kind_for(kind_code)
    _authorise(actor, kind, organization)
    if kind.needs_year and not year:
        raise DomainError("IMPORT_NEEDS_YEAR", _("Choose the year that this file is about."), status=400)
    year = year if kind.needs_year else None
    sha256 = hashlib.sha256(data).hexdigest()
    _wait_for_twin(kind.code, organization.pk, year, sha256)
    same = ImportBatch.objects.system().filter(kind=kind.code, organization=organization, year=year, sha256=sha256)
    known = same.exclude(status=BatchStatus.UNDONE).first()
    if known and known.status == BatchStatus.APPLIED:
        return known
    try:
        result = kind.parse(data, file_name, organization, year)
    except FileRefused as refused:
        raise DomainError("FILE_REFUSED", refused.message, status=400) from refused
    if known:  # read again: units or indicators may have been added since
        known.rows.all().delete()
        batch = known
    else:
        key = _next_number()
        batch = ImportBatch(pk=key, number=f"IMP-{key:06d}", generation=same.count() + 1)
    batch.kind, batch.organization, batch.year = kind.code, organization, year
    batch.file_name, batch.sha256, batch.size, batch.content = file_name[:200], sha256, len(data), seal_bytes(data)
    batch.created_by_name = batch.created_by_name or str(actor)
    batch.findings = masking.hide([finding.as_dict() for finding in result.findings], result.rows, kind.secrets)
    batch.counts = _counts(result)
    batch.save()
    ImportRow.objects.bulk_create(
        (_row(batch, position, row, kind.secrets) for position, row in enumerate(result.rows, start=1)), batch_size=2000
    )
    _write_entry(batch, actor, "exchange.import.staged", batch.counts)
    return batch


def _counts(result) -> dict:
    by_kind = {}
    for row in result.rows:
        by_kind[row.kind] = by_kind.get(row.kind, 0) + 1
    return {
        "rows": len(result.rows),
        "errors": len(result.errors),
        "warnings": len(result.warnings),
        "readings": len(result.readings),
        "kinds": by_kind,
        "sheets": [sheet.as_dict() for sheet in result.sheets],
    }


def _row(batch, position, row, secrets) -> ImportRow:
    data = masking.hide(row.as_dict(), [row], secrets)
    return ImportRow(
        batch=batch,
        position=position,
        kind=row.kind,
        key=data["key"][:200],
        sheet=row.sheet[:80],
        row=row.row,
        column=(row.column or "")[:60],
        raw=data["raw"],
        values=data["values"],
        secret=masking.kept(row, secrets),
        normalised=data["normalised"],
        findings=data["findings"],
        has_error=not row.is_valid,
    )


def _write_entry(batch, actor, action, data, reason=""):
    record(
        actor=actor,
        action=action,
        target_kind="exchange.batch",
        target_no=batch.number,
        target_label=batch.file_name,
        org_path=batch.organization.path,
        reason=reason,
        data={"kind": batch.kind, "year": batch.year, "sha256": batch.sha256, "counts": data},
    )


def _locked(batch):
    query = ImportBatch.objects.system().select_for_update(of=("self",)).select_related("organization")
    return query.defer("content").get(pk=batch.pk)


@transaction.atomic
def apply(batch: ImportBatch, *, actor) -> ImportBatch:
    """Write what a batch says, all of it or nothing. Applying an applied batch again changes nothing.

    Raises DomainError while the batch has errors, was undone, or its year is locked.
    """
    locked = _locked(batch)
    kind = kind_for(locked.kind)
    _authorise(actor, kind, locked.organization)
    if locked.status == BatchStatus.APPLIED:
        return locked
    if locked.status == BatchStatus.UNDONE:
        raise DomainError("IMPORT_UNDONE", _("This import was undone. Upload the file again to start a new one."))
    if locked.has_errors:
        raise DomainError(
            "IMPORT_HAS_ERRORS",
            _("The file has %(count)d errors. Correct them in the file and upload it again; nothing was imported.")
            % {"count": locked.counts["errors"]},
        )
    _check_guard(kind, locked)
    changes = Changes(locked)
    with _judged_at_the_end():
        kind.apply(locked, [masking.shown(row) for row in locked.rows.order_by("position")], changes)
    changes.save()
    locked.status, locked.applied_at, locked.applied_by_name = BatchStatus.APPLIED, timezone.now(), str(actor)
    locked.counts = {**locked.counts, **changes.counts}
    locked.save(update_fields=["status", "applied_at", "applied_by_name", "counts"])
    _write_entry(locked, actor, "exchange.import.applied", changes.counts)
    return locked


@transaction.atomic
def undo(batch: ImportBatch, *, actor, reason: str) -> ImportBatch:
    """Take an applied batch back. Raises DomainError when it was not applied, its rows changed since, or are in use."""
    locked = _locked(batch)
    kind = kind_for(locked.kind)
    _authorise(actor, kind, locked.organization)
    if not (reason or "").strip():
        raise DomainError("REASON_MISSING", _("Say why the import is undone."), status=400)
    if locked.status != BatchStatus.APPLIED:
        raise DomainError("IMPORT_NOT_APPLIED", _("Only an applied import can be undone."))
    _check_guard(kind, locked)
    with _judged_at_the_end():
        counts = take_back(locked)
    locked.status, locked.undone_at, locked.undone_by_name = BatchStatus.UNDONE, timezone.now(), str(actor)
    locked.undo_reason = reason.strip()[:300]
    locked.save(update_fields=["status", "undone_at", "undone_by_name", "undo_reason"])
    _write_entry(locked, actor, "exchange.import.undone", counts, reason)
    return locked


@transaction.atomic
def take_out(batch: ImportBatch, *, actor) -> bytes:
    """The file as it was uploaded; that somebody took it is an audit entry."""
    kind = kind_for(batch.kind)
    _authorise(actor, kind, batch.organization)
    _write_entry(batch, actor, "exchange.import.downloaded", {"bytes": batch.size})
    return open_bytes(batch.content)
