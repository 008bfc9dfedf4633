"""What people decide before a batch is applied: the meaning of columns, and what becomes of single rows."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError

from ..kinds import kind_for
from ..models import BatchStatus, ColumnMapping, Decision, ImportBatch
from ..selectors import waiting_suggestions
from .queue import read_again
from .staging import authorise, entry_of

IGNORED = "ignored"


@transaction.atomic
def assign_columns(batch: ImportBatch, *, actor, columns: dict[str, str]) -> ImportBatch:
    """Say what the columns of a file mean, for this file and all later ones with this header; then read it again.

    `columns`: column letter → field of the kind, or "ignored". Raises DomainError when a field is named twice, is not one
    of the kind's, or the batch does not wait for it.
    """
    kind = kind_for(batch.kind)
    authorise(actor, kind, batch.organization)
    question = batch.counts.get("question")
    if batch.status != BatchStatus.COLUMNS or not question:
        raise DomainError("IMPORT_NO_QUESTION", _("The columns of this file are known."))
    _check(kind, question, columns)
    ColumnMapping.objects.update_or_create(
        organization=batch.organization,
        kind=kind.code,
        signature=question["signature"],
        defaults={
            "headers": {column["letter"]: column["header"] for column in question["columns"]},
            "columns": columns,
            "decided_by_name": str(actor),
        },
    )
    record(
        actor=actor,
        action="exchange.import.columns",
        target_kind="exchange.batch",
        **entry_of(batch, {"columns": columns}),
    )
    return read_again(batch, actor=actor)


def _check(kind, question, columns):
    letters = {column["letter"] for column in question["columns"]}
    fields = [field for field in columns.values() if field != IGNORED]
    if set(columns) != letters or not set(fields) <= set(kind.fields):
        raise DomainError("IMPORT_COLUMNS", _("Say for every column what it means."), status=400)
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice:
        raise DomainError(
            "IMPORT_COLUMNS_TWICE",
            _("“%(field)s” is chosen for two columns. Choose it once.") % {"field": kind.fields[twice]},
            status=400,
        )
    missing = [name for name in kind.required_fields if name not in fields]
    if missing:
        raise DomainError(
            "IMPORT_COLUMNS_MISSING",
            _("No column means “%(field)s”. Without it nobody can be told apart.") % {"field": kind.fields[missing[0]]},
            status=400,
        )


def _locked(batch: ImportBatch, actor):
    """The batch under its lock, with its kind. Raises PermissionDenied; DomainError unless it waits to be applied."""
    kind = kind_for(batch.kind)
    authorise(actor, kind, batch.organization)
    locked = ImportBatch.objects.system().select_for_update().defer("content").get(pk=batch.pk)
    if locked.status != BatchStatus.STAGED or locked.is_waiting:
        raise DomainError("IMPORT_NOT_STAGED", _("Only an import that waits to be applied can be decided about."))
    return kind, locked


@transaction.atomic
def decide(batch: ImportBatch, *, actor, decisions: dict[int, str]) -> int:
    """Decide about rows, by their position: a `Decision`, or "" to take the row as proposed. Returns how many changed.

    Raises DomainError when the batch is not waiting, a row has nobody whom it could change, or cannot bring somebody new.
    """
    kind, locked = _locked(batch, actor)
    changed = []
    for row in locked.rows.filter(position__in=decisions):
        decision = decisions[row.position]
        nobody = decision == Decision.UPDATE and row.target is None
        if decision not in ("", *Decision.values) or nobody or (decision == Decision.NEW and kind.is_about_known):
            raise DomainError("IMPORT_DECISION", _("This row cannot be decided so."), status=400)
        if row.decision != decision:
            row.decision = decision
            changed.append(row)
    locked.rows.bulk_update(changed, ["decision"])
    if changed:
        counts = {str(row.position): row.decision for row in changed}
        record(actor=actor, action="exchange.import.decided", target_kind="exchange.batch", **entry_of(batch, counts))
    return len(changed)


@transaction.atomic
def take_suggestions(batch: ImportBatch, *, actor) -> int:
    """Decide that every row which waits and suggests exactly one person changes that person. Returns how many there were.

    The decisions stand like any other: they are seen, and may be decided otherwise. Raises DomainError as `decide`.
    """
    _kind, locked = _locked(batch, actor)
    rows = list(waiting_suggestions(locked.rows).order_by("position"))
    for row in rows:
        row.decision = Decision.UPDATE
    locked.rows.bulk_update(rows, ["decision"])
    if rows:
        counts = {str(row.position): row.decision for row in rows} | {"all_suggestions": len(rows)}
        record(actor=actor, action="exchange.import.decided", target_kind="exchange.batch", **entry_of(batch, counts))
    return len(rows)
