"""Corrections of records: a unit's liaison asks, field by field; the cadre section takes them over or declines."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require

from ..models import Correction, Official
from ..sections import SECTIONS, Section
from ..stored_values import spoken, typed
from ..workflows import ASK, ASKED, CORRECTION
from .readings import differing
from .records import change_section


@transaction.atomic
def ask(*, actor, official: Official, section: Section, values: dict, grounds: str) -> Correction:
    """Ask that fields of one section be corrected; `values` as the section's form cleaned them.

    Raises PermissionDenied outside the actor's units; DomainError when nothing differs, without grounds, or while
    another correction of the same fields waits.
    """
    locked = Official.objects.system().select_for_update(of=("self",)).select_related("home").get(pk=official.pk)
    require(actor, ASK, locked.org_path)
    known = {name: values[name] for name in section.fields if name in values}
    changed = differing(locked, known)
    if not changed:
        raise DomainError("NOTHING_DIFFERS", _("Nothing differs from what is recorded."), status=400)
    if not grounds.strip():
        text = _("Say on what the correction rests: a document, a certificate.")
        raise DomainError(
            "REASON_MISSING", text, [Reason("REASON_MISSING", {"field": "reason"}, text=text)], status=400
        )
    waiting = Correction.objects.system().filter(official=locked, status=ASKED)
    taken = {item["name"] for case in waiting for item in case.changes} & set(changed)
    if taken:
        labels = "、".join(sorted(str(Official._meta.get_field(name).verbose_name) for name in taken))
        raise DomainError(
            "CORRECTION_WAITS", _("A correction of these fields waits already: %(fields)s.") % {"fields": labels}
        )
    changes = [
        {"name": name, "old": typed(getattr(locked, name)), "new": typed(changed[name])}
        for name in section.fields
        if name in changed
    ]
    case = Correction(
        case_no=f"GZ-{locked.pk}-{Correction.objects.system().filter(official=locked).count() + 1:03d}",
        status=ASKED,
        organization=locked.home,
        opened_on=timezone.localdate(),
        official=locked,
        section=section.code,
        changes=changes,
        grounds=grounds.strip(),
        asked_by_id=actor.pk,
        asked_by_name=str(actor),
    )
    open_case(case, actor=actor, reason=case.grounds, data={"fields": sorted(changed)})
    record(
        actor=actor,
        action="officials.correction.asked",
        target_kind=CORRECTION.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=locked.org_path,
        reason=case.grounds,
        data={"official": locked.pk, "section": section.code, "fields": sorted(changed)},
    )
    return case


def record_stands(case, *, actor, **payload):
    """What was asked rests on values that may have changed since: then it is asked anew."""
    if case.official.trashed_at:
        return [Reason("IN_TRASH", text=_("This record is in the trash. Restore it first."))]
    moved = [item["name"] for item in case.changes if typed(getattr(case.official, item["name"])) != item["old"]]
    if not moved:
        return []
    labels = "、".join(str(Official._meta.get_field(name).verbose_name) for name in moved)
    text = _("The record was changed since in: %(fields)s. Decline this, and let the unit ask again.")
    return [Reason("RECORD_CHANGED", {"fields": moved}, text=text % {"fields": labels})]


def is_the_asker(case, *, actor, **payload):
    """Only who asked takes it back."""
    if actor.pk is not None and actor.pk == case.asked_by_id:
        return []
    return [Reason("CORRECTION_NOT_YOURS", text=_("Only who asked for this may withdraw it."))]


def _take_over(case, *, actor, reason, **payload):
    """The record is changed in the same transaction, for the reason of the decision."""
    values = {item["name"]: spoken(Official, item["name"], item["new"]) for item in case.changes}
    changed = change_section(
        actor=actor,
        official=case.official,
        section=SECTIONS[case.section],
        values=values,
        version=case.official.version,
        reason=f"{case.case_no} {reason}"[:300],
    )
    return {"fields": changed}


def papers_while_asked(case, *, actor, part=""):
    """Papers come with what is asked; a decided correction is closed."""
    if case.status == ASKED:
        return []
    return [Reason("CORRECTION_DECIDED", text=_("The correction is decided; its papers stay as they are."))]


bind(
    CORRECTION,
    Correction,
    url_name="officials:correction",
    named_by=("official",),
    papers=Papers(view="officials.view_official", add=(ASK, "officials.edit_official"), guards=(papers_while_asked,)),
    take=Handler(guards=(record_stands,), effect=_take_over),
    decline=Handler(),
    withdraw=Handler(guards=(is_the_asker,)),
)
