"""From a file to staged rows: read, matched against what is recorded, kept with every finding. Nothing is applied."""

import hashlib

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.collector import seldom_collecting
from foundation.common.crypto import seal_bytes
from foundation.common.results import DomainError
from foundation.common.scoping import require

from ..kinds import kind_for
from ..models import BatchStatus, ImportBatch
from ..progress import SILENT
from ..refusals import FileRefused
from . import masking
from .keeping import keep_rows, open_reading


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
    batch = batch_of(
        actor=actor,
        kind=kind_for(kind_code),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        file_name=file_name,
        organization=organization,
        year=year,
    )
    if batch._state.adding:
        batch.content = seal_bytes(data)
    if batch.status == BatchStatus.APPLIED:
        return batch
    return read_kept(batch, data, actor=actor, meter=meter)


def batch_of(*, actor, kind, sha256: str, size: int, file_name: str, organization, year=None) -> ImportBatch:
    """The batch of the bytes with this digest for this purpose, not saved: the one that stands already, else a new one,
    which has no bytes yet.

    An applied one is given back untouched. Errors as `stage`; call it inside of a transaction.
    """
    authorise(actor, kind, organization)
    if kind.needs_year and not year:
        raise DomainError("IMPORT_NEEDS_YEAR", _("Choose the year that this file is about."), status=400)
    year = year if kind.needs_year else None
    _wait_for_twin(kind.code, organization.pk, year, sha256)
    same = ImportBatch.objects.system().filter(kind=kind.code, organization=organization, year=year, sha256=sha256)
    batch = same.exclude(status=BatchStatus.UNDONE).defer("content").first()
    if batch and batch.status == BatchStatus.APPLIED:
        return batch
    if batch is None:
        key = _next_number()
        batch = ImportBatch(pk=key, number=f"IMP-{key:06d}", generation=same.count() + 1, content=b"")
    batch.kind, batch.organization, batch.year = kind.code, organization, year
    batch.file_name = masking.without_numbers(file_name)[:200] if kind.secrets else file_name[:200]
    batch.sha256, batch.size = sha256, size
    batch.created_by_name = batch.created_by_name or str(actor)
    return batch


def read_kept(batch, data: bytes, *, actor, meter=SILENT) -> ImportBatch:
    """Read the bytes of a batch anew (units or indicators may have been added since) and save what was read.

    Raises DomainError when the file cannot be read at all, also after rows were written: call it inside of a transaction.
    """
    kind = kind_for(batch.kind)
    batch.rows.all().delete()
    opened = open_reading(kind, batch, data)
    del data
    try:
        with opened as reading, seldom_collecting():
            tally, findings = keep_rows(batch, kind, reading, meter)
    except FileRefused as refused:
        raise DomainError("FILE_REFUSED", refused.message, status=400) from refused
    batch.status = BatchStatus.COLUMNS if reading.question else BatchStatus.STAGED
    batch.findings = masking.hide([finding.as_dict() for finding in findings], reading.rows, kind.secrets)
    batch.counts = tally.as_counts(reading.sheets)
    if reading.question:
        batch.counts["question"] = masking.hide(reading.question, [], ("number",))
    batch.progress = {}
    batch.save()
    record(actor=actor, action="exchange.import.staged", target_kind="exchange.batch", **entry_of(batch, batch.counts))
    return batch
