"""Long acts on a batch, done by the worker: read, apply, undo. What is to be done stands in the batch's `progress`.

The broker only wakes workers. A worker holds the row's lock for the one transaction in which it does the act and forgets
the order: a message that comes twice finds the row locked or nothing ordered, and a killed worker leaves the order as it
was, to be taken up by the next message or by the sweeper.
"""

import logging
from datetime import timedelta
from os import SEEK_END
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.actors import SystemActor
from foundation.common.results import DomainError
from foundation.common.tasks import enqueue

from ..kinds import kind_for
from ..models import BatchStatus, ImportBatch
from ..progress import Meter
from . import batches
from .contents import content_of, digest_of, keep_parts
from .staging import authorise, batch_of, entry_of, read_kept, stage

logger = logging.getLogger(__name__)
TASK = "exchange.carry_out"
MAX_ATTEMPTS = 3
WAIT = timedelta(minutes=1)
"""So long after it was ordered or begun an act that nobody holds is woken again."""


def _read(batch, actor, options, meter):
    authorise(actor, kind_for(batch.kind), batch.organization)
    read_kept(batch, content_of(batch), actor=actor, meter=meter)


def _apply(batch, actor, options, meter):
    batches.apply(batch, actor=actor, good_rows_only=options["good_rows_only"], meter=meter)


def _undo(batch, actor, options, meter):
    batches.undo(batch, actor=actor, reason=options["reason"], meter=meter)


ACTS = {"read": _read, "apply": _apply, "undo": _undo}


def _order(batch, act: str, actor, **options) -> ImportBatch:
    now = timezone.now().isoformat()
    batch.progress = {
        "act": act, "by": actor.pk, "name": str(actor), "language": translation.get_language(), "attempts": 0,
        "asked_at": now, "begun_at": now, "options": options,
    }  # fmt: skip
    enqueue(TASK, batch.pk)
    return batch


@transaction.atomic
def stage_or_order(*, actor, kind_code: str, file: BinaryIO, file_name: str, organization, year=None) -> ImportBatch:
    """As `staging.stage`; a large file is kept part by part, and read by the worker. Uploading it again meanwhile changes
    nothing.
    """
    size = file.seek(0, SEEK_END)
    purpose = {"file_name": file_name, "organization": organization, "year": year}
    if size <= settings.IMPORT_BYTES_AT_ONCE:
        file.seek(0)
        return stage(actor=actor, kind_code=kind_code, data=file.read(), **purpose)
    batch = batch_of(actor=actor, kind=kind_for(kind_code), sha256=digest_of(file), size=size, **purpose)
    if batch.status == BatchStatus.APPLIED or batch.is_waiting:
        return batch
    _order_reading(batch, actor)
    keep_parts(batch, file)
    return batch


def _order_reading(batch, actor) -> ImportBatch:
    batch.status, batch.counts, batch.findings = BatchStatus.READING, {}, []
    _order(batch, "read", actor).save()
    counts = {"bytes": batch.size}
    record(actor=actor, action="exchange.import.received", target_kind="exchange.batch", **entry_of(batch, counts))
    return batch


@transaction.atomic
def read_again(batch: ImportBatch, *, actor) -> ImportBatch:
    """Read a batch's file once more, at once or by the worker: its columns are known now, or reading it had failed."""
    authorise(actor, kind_for(batch.kind), batch.organization)
    locked = ImportBatch.objects.system().select_for_update(of=("self",)).select_related("organization")
    batch = locked.defer("content").get(pk=batch.pk)
    if batch.is_waiting:
        return batch
    if batch.status not in (BatchStatus.READING, BatchStatus.COLUMNS, BatchStatus.STAGED):
        raise DomainError("IMPORT_NOT_STAGED", _("Only an import that waits to be applied can be decided about."))
    if batch.size > settings.IMPORT_BYTES_AT_ONCE:
        return _order_reading(batch, actor)
    return read_kept(batch, content_of(batch), actor=actor)


def apply_or_order(batch: ImportBatch, *, actor, good_rows_only: bool = False) -> ImportBatch:
    """As `batches.apply`; what has many rows is applied by the worker. What stands against it is said at once."""
    if batch.counts.get("rows", 0) <= settings.IMPORT_ROWS_AT_ONCE:
        return batches.apply(batch, actor=actor, good_rows_only=good_rows_only)
    with transaction.atomic():
        locked = batches.locked_for_applying(batch, actor=actor, good_rows_only=good_rows_only)
        return _ordered(locked, "apply", actor, good_rows_only=good_rows_only)


def undo_or_order(batch: ImportBatch, *, actor, reason: str) -> ImportBatch:
    """As `batches.undo`; what has many rows is taken back by the worker."""
    if batch.counts.get("rows", 0) <= settings.IMPORT_ROWS_AT_ONCE:
        return batches.undo(batch, actor=actor, reason=reason)
    with transaction.atomic():
        locked = batches.locked_for_undoing(batch, actor=actor, reason=reason)
        return _ordered(locked, "undo", actor, reason=reason)


def _ordered(locked, act, actor, **options) -> ImportBatch:
    if locked.is_waiting or (act == "apply" and locked.status == BatchStatus.APPLIED):
        return locked
    _order(locked, act, actor, **options).save(update_fields=["progress"])
    counts = {"act": act, "rows": locked.counts["rows"]}
    record(actor=actor, action="exchange.import.ordered", target_kind="exchange.batch", **entry_of(locked, counts))
    return locked


def carry_out(batch_pk: int) -> bool:
    """Do the act that is ordered for a batch, if any and nobody else is doing it. Returns whether this call did it.

    What the act itself refuses is kept as the batch's fault. Other errors go up to the caller and leave the order; the
    sweeper tries again, three times in all.
    """
    if not _begin(batch_pk):
        return False
    meter = Meter(batch_pk)
    try:
        return _carry_out(batch_pk, meter)
    except (DomainError, PermissionDenied) as refused:
        _keep_fault(batch_pk, refused)
        return True
    finally:
        meter.clear()


def _free(batch_pk):
    """The batch with an order that nobody holds, locked; else None."""
    rows = ImportBatch.objects.system().select_for_update(of=("self",), skip_locked=True)
    batch = rows.select_related("organization").defer("content").filter(pk=batch_pk, progress__has_key="act").first()
    return batch if batch and batch.is_waiting else None


def _begin(batch_pk) -> bool:
    """Count the attempt. An act that killed its worker three times is given up."""
    with transaction.atomic():
        batch = _free(batch_pk)
        if batch is None:
            return False
        order = batch.progress
        if order["attempts"] >= MAX_ATTEMPTS:
            with translation.override(order["language"]):
                order["fault"] = gettext(
                    "This could not be finished: the worker stopped three times. Nothing was changed. Try again, or tell the people who run the system."
                )
        order |= {"attempts": order["attempts"] + 1, "begun_at": timezone.now().isoformat()}
        batch.save(update_fields=["progress"])
        return batch.is_waiting


@transaction.atomic
def _carry_out(batch_pk, meter) -> bool:
    batch = _free(batch_pk)
    if batch is None:
        return False
    order = batch.progress
    with translation.override(order["language"]):
        ACTS[order["act"]](batch, _actor_of(order), order["options"], meter)
    ImportBatch.objects.system().filter(pk=batch_pk).update(progress={})
    return True


def _actor_of(order):
    """Who ordered: the rights of now count, not those of then."""
    if order["by"] is None:
        return SystemActor(order["name"])
    user = get_user_model().objects.filter(pk=order["by"], is_active=True).first()
    if user is None:
        raise PermissionDenied
    return user


@transaction.atomic
def _keep_fault(batch_pk, refused):
    batch = _free(batch_pk)
    if batch is None:
        return
    with translation.override(batch.progress["language"]):
        batch.progress["fault"] = str(
            getattr(refused, "message", "") or gettext("You do not hold the right for this any more.")
        )
    batch.save(update_fields=["progress"])


def sweep() -> int:
    """Wake acts whose worker died or whose message was lost. Returns how many."""
    now, woken = timezone.now(), 0
    waiting = ImportBatch.objects.system().filter(progress__has_key="act").exclude(progress__has_key="fault")
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            batch = _free(pk)
            if batch and now - parse_datetime(batch.progress["begun_at"]) > WAIT:
                logger.warning("the ordered act on import %s is woken again", batch.number)
                enqueue(TASK, pk)
                woken += 1
    return woken
