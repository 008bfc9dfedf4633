"""Keeping a record: one section or one information set at a time, with the reason, against the version the page had shown."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.crypto import decrypt
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require
from foundation.common.tasks import enqueue

from ..models import Official
from ..sections import RowSection, Section
from .readings import differing, read_values

EDIT, TRASH = "officials.edit_official", "officials.trash_official"


def lock(official: Official, actor, permission: str, version: int | None = None) -> Official:
    """The row, locked, after the permission at its unit and the page's version were checked.

    Raises PermissionDenied; DomainError (409) when somebody changed the record meanwhile, with who and when.
    """
    locked = Official.objects.system().select_for_update(of=("self",)).select_related("home").get(pk=official.pk)
    require(actor, permission, locked.org_path)
    if version is not None and locked.version != version:
        raise DomainError(
            "RECORD_CHANGED",
            _(
                "Somebody else changed this record after you opened it. What you typed is still here: compare and save again."
            ),
            [Reason("RECORD_CHANGED", {"version": locked.version})],
            status=409,
        )
    return locked


def _note(actor, official, action, reason="", **data):
    record(
        actor=actor,
        action=action,
        target_kind="officials.official",
        target_no=official.pk,
        target_label=official.name,
        org_path=official.org_path,
        reason=reason,
        data=data,
    )


def _followed(official: Official):
    """Let the alerts about the person follow the change, once it is committed."""
    enqueue("casework.sweep_person", official.pk)


def number_of(official: Official) -> str:
    """The identity number in full, for what must compare it; empty without one. Showing it is `unmask`."""
    return decrypt(official.id_cipher) if bytes(official.id_cipher) else ""


@transaction.atomic
def change_section(
    *, actor, official: Official, section: Section, values: dict, version: int, reason: str
) -> list[str]:
    """Change one section of the person's own row; returns the names of what changed (none: nothing is written).

    Raises DomainError without a reason, on a stale version (409), or for a record in the trash.
    """
    locked = lock(official, actor, EDIT, version)
    _refuse_trashed(locked)
    known = {name: values[name] for name in section.fields if name in values}
    changed = differing(locked, read_values(known, number_of(locked)))
    names = [name for name in section.fields if name in changed]
    if not names:
        return []
    _need_reason(reason)
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=[*changed, "version"])
    _note(actor, locked, "officials.record.changed", reason.strip(), section=section.code, fields=names)
    _followed(locked)
    return names


@transaction.atomic
def replace_rows(
    *, actor, official: Official, section: RowSection, rows: list[dict], version: int, reason: str, declares_none=False
) -> dict[str, int]:
    """Bring an information set to these rows, in this order; a row with `pk` is one that stands already.

    `declares_none`: the person has none such (无此类情况), said out loud; refused beside rows. Returns how many rows were
    added, changed and removed.
    """
    locked = lock(official, actor, EDIT, version)
    _refuse_trashed(locked)
    if declares_none and rows:
        raise DomainError(
            "NONE_BESIDE_ROWS", _("There are rows, so it cannot be declared that there are none."), status=400
        )
    counts = _bring_to(locked, section, rows)
    declared = [code for code in locked.none_declared if code != section.none_code]
    declared += [section.none_code] if declares_none and section.none_code else []
    if not any(counts.values()) and sorted(declared) == sorted(locked.none_declared):
        return counts
    _need_reason(reason)
    locked.none_declared = declared
    locked.version += 1
    locked.save(update_fields=["none_declared", "version"])
    _note(
        actor,
        locked,
        "officials.record.rows-changed",
        reason.strip(),
        section=section.code,
        none=declares_none,
        **counts,
    )
    _followed(locked)
    return counts


def _bring_to(official, section: RowSection, rows) -> dict[str, int]:
    stored = {row.pk: row for row in section.model.objects.system().filter(official=official)}
    counts = {"added": 0, "changed": 0, "removed": 0}
    kept = {row["pk"] for row in rows if row.get("pk") in stored}
    counts["removed"] = section.model.objects.system().filter(official=official, pk__in=set(stored) - kept).delete()[0]
    fresh = []
    for place, values in enumerate(rows, start=1):
        wanted = {name: values[name] for name in section.fields if name in values} | {"sort": place}
        row = stored.get(values.get("pk"))
        if row is None:
            fresh.append(section.model(official=official, **wanted))
        elif changed := differing(row, wanted):
            for name, value in changed.items():
                setattr(row, name, value)
            row.save(update_fields=list(changed))
            counts["changed"] += 1
    section.model.objects.bulk_create(fresh)
    counts["added"] = len(fresh)
    return counts


@transaction.atomic
def trash(*, actor, official: Official, reason: str) -> Official:
    """Put a record in the trash (回收站): it leaves rosters and searches, its number stays taken, it can be restored.

    Raises DomainError without a reason, or when it lies there already.
    """
    locked = lock(official, actor, TRASH)
    _refuse_trashed(locked)
    _need_reason(reason)
    locked.trashed_at, locked.trashed_by_name, locked.trash_reason = timezone.now(), str(actor), reason.strip()[:300]
    locked.version += 1
    locked.save(update_fields=["trashed_at", "trashed_by_name", "trash_reason", "version"])
    _note(actor, locked, "officials.record.trashed", locked.trash_reason)
    _followed(locked)
    return locked


@transaction.atomic
def restore(*, actor, official: Official, reason: str) -> Official:
    """Take a record out of the trash; everything stands as it was. Raises DomainError when it does not lie there."""
    locked = lock(official, actor, TRASH)
    if locked.trashed_at is None:
        raise DomainError("NOT_IN_TRASH", _("This record is not in the trash."))
    _need_reason(reason)
    locked.trashed_at, locked.trashed_by_name, locked.trash_reason = None, "", ""
    locked.version += 1
    locked.save(update_fields=["trashed_at", "trashed_by_name", "trash_reason", "version"])
    _note(actor, locked, "officials.record.restored", reason.strip())
    _followed(locked)
    return locked


@transaction.atomic
def unmask(*, actor, official: Official, reason: str) -> dict[str, str]:
    """The identity number and mobile phone in full; that somebody looked, and why, is an audit entry.

    Raises PermissionDenied, DomainError without a reason.
    """
    locked = lock(official, actor, "officials.unmask_official")
    _need_reason(reason)
    _note(actor, locked, "officials.record.unmasked", reason.strip())
    phone = decrypt(locked.phone_cipher) if bytes(locked.phone_cipher) else ""
    return {"id_number": number_of(locked), "phone": phone}


def _need_reason(reason: str):
    if not (reason or "").strip():
        raise DomainError(
            "REASON_MISSING",
            _("Say why, in a few words: it stands in the history."),
            [
                Reason(
                    "REASON_MISSING", {"field": "reason"}, text=_("Say why, in a few words: it stands in the history.")
                )
            ],
            status=400,
        )


def _refuse_trashed(official: Official):
    if official.trashed_at:
        raise DomainError("IN_TRASH", _("This record is in the trash. Restore it first."))
