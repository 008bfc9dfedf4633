"""Papers of cases (附件): taken in after a look at their bytes, kept under their hash, handed out to who sees the case."""

import hashlib
from decimal import ROUND_UP, Decimal
from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.regulations.services.rulebook import rulebook

from ..file_types import KNOWN, ending_of
from ..models import Attachment
from ..registry import kind_of
from .deadlines import county_of
from .engine import note

MEGABYTE = 1024 * 1024
NAME_LONGEST = 200


def limits_for(case) -> tuple[int, tuple[str, ...]]:
    """Largest size in megabytes and allowed endings, as the county's rulebook says today."""
    book = rulebook(on=timezone.localdate(), jurisdiction=county_of(case))
    allowed = tuple(ending for ending in book.value("CASE-FILE-TYPES") if ending in KNOWN)
    return int(book.value("CASE-FILE-MB")), allowed


def refusals(case, *, actor, part="") -> tuple:
    """What stands against adding a paper to a case now. Raises PermissionDenied for who may not add any."""
    kind = kind_of(case)
    if not kind.papers or not kind.papers.lets_add(case, actor):
        raise PermissionDenied(f"{kind.flow.kind}: papers")
    return tuple(reason for guard in kind.papers.guards for reason in guard(case, actor=actor, part=part))


@transaction.atomic
def add(*, actor, case, file: File | None, part: str = "") -> Attachment:
    """Take a paper into a case, or into a `part` of it (the figure that it proves). The same bytes are kept once.

    Raises PermissionDenied for who may not add papers to the case; DomainError when the case does not take papers now
    (409), and when the file is missing, empty, too large, of a type that is not allowed, or not what its name says (400).
    """
    _lock(case)
    against = refusals(case, actor=actor, part=part)
    if against:
        raise DomainError("PAPER_REFUSED", against[0].text, against)
    if file is None:
        raise DomainError("PAPER_MISSING", _("Choose a file first."), status=400)
    name, ending, data = checked(case, file)
    kind = kind_of(case).flow.kind
    paper, is_new = keep(kind=kind, case_no=case.case_no, part=part, actor=actor, name=name, ending=ending, data=data)
    if not is_new:
        return paper
    note(case, actor=actor, action="paper_added", data=_facts(paper))
    _record(case, paper, actor, "casework.paper.added")
    return paper


def keep(*, kind, case_no, actor, name, ending, data, part="") -> tuple[Attachment, bool]:
    """Store checked bytes as a paper (part of an act that records). The paper, and whether it is new."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = Attachment.objects.filter(kind=kind, case_no=case_no, part=part, sha256=sha256, withdrawn_at=None).first()
    if known:
        return known, False
    return Attachment.objects.create(
        kind=kind,
        case_no=case_no,
        part=part,
        name=name[-NAME_LONGEST:],
        content_type=KNOWN[ending].content_type,
        size=len(data),
        sha256=sha256,
        file=_store(sha256, data),
        added_by_id_text=str(actor.pk or ""),
        added_by_name=str(actor),
    ), True


@transaction.atomic
def withdraw(*, actor, attachment: Attachment, case, reason: str) -> Attachment:
    """Take a paper out of a case: it stays on record with who and why, and is not handed out any more.

    Raises PermissionDenied for who may not add papers, DomainError without a reason or when the case has moved on.
    """
    _lock(case)
    against = refusals(case, actor=actor, part=attachment.part)
    if against:
        raise DomainError("PAPER_REFUSED", against[0].text, against)
    reason = (reason or "").strip()
    if not reason:
        raise DomainError("REASON_MISSING", _("Say why the paper is withdrawn: it stays in the record."), status=400)
    locked = Attachment.objects.select_for_update().get(pk=attachment.pk, case_no=case.case_no)
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by_name = timezone.now(), str(actor)
        locked.save(update_fields=["withdrawn_at", "withdrawn_by_name"])
        note(case, actor=actor, action="paper_withdrawn", reason=reason, data=_facts(locked))
        _record(case, locked, actor, "casework.paper.withdrawn", reason)
    return locked


@transaction.atomic
def take_out(*, actor, attachment: Attachment, case) -> bytes:
    """The bytes of a paper; taking it is recorded.

    Raises DomainError 410 when the store has lost it, or holds other bytes than were taken in.
    """
    if not default_storage.exists(attachment.file.name):
        raise DomainError("PAPER_LOST", _("The store has no such file any more. Tell the administrators."), status=410)
    with default_storage.open(attachment.file.name) as stored:
        data = stored.read()
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        raise DomainError(
            "PAPER_ALTERED",
            _("The stored file is not the one that was taken in, so it is not handed out. Tell the administrators."),
            status=410,
        )
    _record(case, attachment, actor, "casework.paper.taken")
    return data


def _lock(case):
    """Papers and steps of one case one after the other: their events are numbered."""
    case.refresh_from_db(from_queryset=type(case).objects.select_for_update(of=("self",)))


def checked(case, file: File) -> tuple[str, str, bytes]:
    """Name, ending and bytes of a file that may become a paper of what belongs to `case.organization`.

    Raises DomainError 400 for a file that is empty, too large, of a type that is not taken, or not what its name says.
    """
    name = PurePosixPath((file.name or "").replace("\\", "/")).name.replace("\0", "").strip()
    megabytes, allowed = limits_for(case)
    ending = ending_of(name)
    if not name or not file.size:
        raise DomainError("PAPER_EMPTY", _("The file is empty. Choose another one."), status=400)
    if file.size > megabytes * MEGABYTE:
        size = (Decimal(file.size) / MEGABYTE).quantize(Decimal("0.1"), ROUND_UP)
        text = _("“%(name)s” has %(size)s MB; a paper may have %(most)d MB at most. Make it smaller or split it.")
        raise DomainError("PAPER_TOO_LARGE", text % {"name": name, "size": size, "most": megabytes}, status=400)
    if ending not in allowed:
        text = _("“%(name)s” is of a type that is not taken. Papers may be: %(types)s.")
        raise DomainError("PAPER_TYPE", text % {"name": name, "types": ", ".join(allowed)}, status=400)
    data = file.read()
    if not KNOWN[ending].fits(data):
        text = _("“%(name)s” is called .%(ending)s, but its content is something else. Save it again as %(ending)s.")
        raise DomainError("PAPER_CONTENT", text % {"name": name, "ending": ending}, status=400)
    return name, ending, data


def _store(sha256: str, data: bytes) -> str:
    """Path of the bytes in the store, written unless they are there already. What a rolled back act left is used again."""
    path = f"attachments/{sha256[:2]}/{sha256}"
    if default_storage.exists(path):
        if default_storage.size(path) == len(data):
            return path
        default_storage.delete(path)  # half a file of a server that died
    return default_storage.save(path, ContentFile(data))


def _facts(paper: Attachment) -> dict:
    return {"name": paper.name, "part": paper.part, "sha256": paper.sha256}


def _record(case, paper: Attachment, actor, action: str, reason=""):
    record(
        actor=actor,
        action=action,
        target_kind=paper.kind,
        target_no=paper.case_no,
        target_label=paper.case_no,
        org_path=case.organization.path,
        reason=reason,
        data=_facts(paper),
    )
