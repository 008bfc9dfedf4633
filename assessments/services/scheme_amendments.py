"""Amending issued schemes (修订): with reason and document, before and after kept for good (engine §2)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError

from ..models import Scheme, SchemeAmendment
from ..rules.scheme_faults import check_complete, check_shape
from ..rules.schemes import Content, compute_changes
from .scheme_content import content_of, departments_of, store_content
from .scheme_editing import (
    AMENDED,
    SchemeRefused,
    check_departments,
    checked_document_number,
    label_of,
    lock_scheme,
    number_of_scheme,
    refuse_overtaken,
    refuse_untold_loss,
)


@transaction.atomic
def amend(
    *,
    actor,
    scheme: Scheme,
    content: Content,
    reason: str,
    document_no: str,
    expected_version=None,
    figures_removed: int | None = None,
) -> SchemeAmendment:
    """Change an issued scheme by an amendment and return it; before and after stay on record, word by word.

    `figures_removed` as for `save_draft`. Raises PermissionDenied outside of the actor's county; DomainError when the year is published, the scheme still a
    draft, reason or document number missing, nothing changes, somebody else was faster (412), or the document cannot
    stand: weights are again exactly 100 (SchemeRefused, 400).
    """
    locked = lock_scheme(scheme, actor)
    if not locked.is_issued:
        raise DomainError("SCHEME_IS_DRAFT", _("The scheme is not issued yet: edit the draft, no amendment is needed."))
    refuse_overtaken(locked, expected_version)
    reason = (reason or "").strip()
    if not reason:
        raise DomainError("REASON_MISSING", _("Say why the issued scheme is amended."), status=400)
    number = checked_document_number(document_no)
    faults = [
        *check_complete(content),
        *check_shape(content),
        *check_departments(content, departments_of(locked.cycle.jurisdiction)),
    ]
    if faults:
        raise SchemeRefused(faults, content)
    before = content_of(locked)
    changes = compute_changes(before, content)
    if not changes:
        raise DomainError("NOTHING_CHANGED", _("The amendment changes nothing."), status=400)
    refuse_untold_loss(locked, content, figures_removed)
    figures = store_content(locked, content)
    amendment = SchemeAmendment.objects.create(
        scheme=locked,
        number=SchemeAmendment.objects.system().filter(scheme=locked).count() + 1,
        at=timezone.now(),
        actor_id=actor.pk,
        actor_name=str(actor)[:120],
        reason=reason[:300],
        document_no=number,
        version=locked.version,
        before=before.as_dict(),
        after=content.as_dict(),
    )
    record(
        actor=actor,
        action=AMENDED,
        target_kind="assessments.scheme",
        target_no=number_of_scheme(locked),
        target_label=label_of(locked),
        org_path=locked.cycle.jurisdiction.path,
        reason=reason,
        basis=number,
        data={
            "version": locked.version,
            "amendment": amendment.number,
            "changes": [change.as_dict() for change in changes],
            "figures_removed": figures,
        },
    )
    return amendment
