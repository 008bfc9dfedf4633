"""A batch from file to data: stage, apply, undo. Each is one transaction with one audit entry."""

from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.collector import seldom_collecting
from foundation.common.results import DomainError

from ..kinds import kind_for, standing_against
from ..messages import text
from ..models import BatchStatus, Decision, ImportBatch, Proposal
from ..progress import PART, SILENT, parts_of
from ..refusals import FileRefused
from ..reports.annotated import annotate
from ..rows import Finding, Level
from ..taken import FIELDS, TakenRow
from . import masking
from .changes import Changes
from .contents import content_of
from .staging import authorise, entry_of, stage
from .undoing import take_back

__all__ = ["apply", "stage", "take_marked", "take_out", "undo"]


def _check_guard(kind, batch):
    reasons = standing_against(kind, batch)
    if reasons:
        raise DomainError("IMPORT_NOT_NOW", reasons[0].text, reasons)


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


def _locked(batch):
    query = ImportBatch.objects.system().select_for_update(of=("self",)).select_related("organization")
    return query.defer("content").get(pk=batch.pk)


@transaction.atomic
def apply(batch: ImportBatch, *, actor, good_rows_only: bool = False, meter=SILENT) -> ImportBatch:
    """Write what a batch says, all of it or nothing. Applying an applied batch again changes nothing.

    `good_rows_only`: rows with errors are left out, where the kind of import allows it; the counts and the entry say how
    many. Raises DomainError while the batch has errors or open questions, was undone, or its year is locked.
    """
    locked = locked_for_applying(batch, actor=actor, good_rows_only=good_rows_only)
    if locked.status == BatchStatus.APPLIED:
        return locked
    changes = Changes(locked)
    rows = locked.rows.exclude(decision=Decision.SKIP).order_by("position")
    total = locked.counts["rows"]
    done = _write(locked, rows.filter(has_error=False) if good_rows_only else rows, changes, meter)
    if done < total:
        changes.counts["left_out"] = total - done
    locked.status, locked.applied_at, locked.applied_by_name = BatchStatus.APPLIED, timezone.now(), str(actor)
    locked.counts = {**locked.counts, **changes.counts}
    locked.save(update_fields=["status", "applied_at", "applied_by_name", "counts"])
    record(
        actor=actor, action="exchange.import.applied", target_kind="exchange.batch", **entry_of(locked, changes.counts)
    )
    return locked


def locked_for_applying(batch, *, actor, good_rows_only: bool = False):
    """The batch, locked, when nothing stands against applying it; one that is applied as well. Raises as `apply`."""
    locked = _locked(batch)
    kind = kind_for(locked.kind)
    authorise(actor, kind, locked.organization)
    if locked.status == BatchStatus.APPLIED:
        return locked
    if locked.status == BatchStatus.UNDONE:
        raise DomainError("IMPORT_UNDONE", _("This import was undone. Upload the file again to start a new one."))
    _refuse_unfinished(kind, locked, good_rows_only)
    _check_guard(kind, locked)
    return locked


def _write(batch, rows, changes, meter) -> int:
    """Hand the rows to the kind's apply function, in parts where it takes parts; returns how many they were."""
    kind, done = kind_for(batch.kind), 0
    found = (masking.shown(TakenRow(*values)) for values in rows.values_list(*FIELDS).iterator(PART))
    with _judged_at_the_end(), seldom_collecting():
        if not kind.is_applied_in_parts:
            taken = list(found)
            kind.apply(batch, taken, changes)
            done = len(taken)
        else:
            for part in parts_of(found):
                kind.apply(batch, part, changes)
                changes.save()
                done += len(part)
                meter.tell(done, batch.counts["rows"])
    changes.save()
    return done


def _refuse_unfinished(kind, batch, good_rows_only):
    """Errors, columns without a meaning and rows without a decision stand against applying."""
    if batch.status == BatchStatus.READING:
        raise DomainError("IMPORT_READING", _("The file is still being read. Apply it when it stands as staged."))
    if batch.status == BatchStatus.COLUMNS:
        raise DomainError("IMPORT_NEEDS_COLUMNS", _("First say what the columns of the file mean."))
    count = batch.rows.filter(proposal=Proposal.ASK, decision="", has_error=False).count()
    if count:
        raise DomainError(
            "IMPORT_UNDECIDED",
            _("%(count)d rows may be about people who are recorded already. Decide about each of them first.")
            % {"count": count},
        )
    of_file = any(finding["level"] == Level.ERROR for finding in batch.findings)
    if batch.has_errors and (of_file or not (kind.is_partial and good_rows_only)):
        raise DomainError(
            "IMPORT_HAS_ERRORS",
            _("The file has %(count)d errors. Correct them in the file and upload it again; nothing was imported.")
            % {"count": batch.counts["errors"]},
        )


@transaction.atomic
def undo(batch: ImportBatch, *, actor, reason: str, meter=SILENT) -> ImportBatch:
    """Take an applied batch back. Raises DomainError when it was not applied, its rows changed since, or are in use."""
    locked = locked_for_undoing(batch, actor=actor, reason=reason)
    with _judged_at_the_end():
        counts = take_back(locked, meter)
    locked.status, locked.undone_at, locked.undone_by_name = BatchStatus.UNDONE, timezone.now(), str(actor)
    locked.undo_reason = reason.strip()[:300]
    locked.save(update_fields=["status", "undone_at", "undone_by_name", "undo_reason"])
    record(
        actor=actor, action="exchange.import.undone", target_kind="exchange.batch", **entry_of(locked, counts, reason)
    )
    return locked


def locked_for_undoing(batch, *, actor, reason: str):
    """The batch, locked, when nothing stands against taking it back. Raises as `undo`."""
    locked = _locked(batch)
    kind = kind_for(locked.kind)
    authorise(actor, kind, locked.organization)
    if not (reason or "").strip():
        raise DomainError("REASON_MISSING", _("Say why the import is undone."), status=400)
    if locked.status != BatchStatus.APPLIED:
        raise DomainError("IMPORT_NOT_APPLIED", _("Only an applied import can be undone."))
    _check_guard(kind, locked)
    return locked


@transaction.atomic
def take_marked(batch: ImportBatch, *, actor) -> bytes:
    """The uploaded workbook with its bad cells marked and the reasons in a column; that somebody took it is an entry.

    Raises DomainError for a kind of import that is no workbook of this sort.
    """
    kind = kind_for(batch.kind)
    authorise(actor, kind, batch.organization)
    if kind.reread is None:
        raise DomainError("IMPORT_NOT_MARKED", _("Files of this kind are not given back with marks."), status=404)
    found = [Finding.from_dict(data) for data in batch.findings]
    for data in batch.rows.exclude(findings=[]).order_by("position").values_list("findings", flat=True):
        found += [Finding.from_dict(item) for item in data]
    data = content_of(batch)
    record(
        actor=actor,
        action="exchange.import.downloaded",
        target_kind="exchange.batch",
        **entry_of(batch, {"bytes": len(data), "marked": True}),
    )
    pairs = ((finding, text(finding)) for finding in found)
    try:
        book = kind.reread(data, batch.file_name)
    except FileRefused as refused:
        raise DomainError(
            "IMPORT_TOO_LONG_TO_MARK",
            _("The file is too long to be handed back with marks. Take the faults from the list on the page."),
        ) from refused
    return annotate(book, pairs, gettext("What is wrong and what to do"))


@transaction.atomic
def take_out(batch: ImportBatch, *, actor) -> bytes:
    """The file as it was uploaded; that somebody took it is an audit entry."""
    kind = kind_for(batch.kind)
    authorise(actor, kind, batch.organization)
    record(
        actor=actor,
        action="exchange.import.downloaded",
        target_kind="exchange.batch",
        **entry_of(batch, {"bytes": batch.size}),
    )
    return content_of(batch)
