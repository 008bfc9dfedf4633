"""Opening a preview to the assessed units (预览开放): which run they see, and until when they may object (engine §6)."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.casework.services.notices import settle, tell_each
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.regulations.services.calendar import add_working_days
from foundation.regulations.services.rulebook import rulebook

from ..models import Cycle, Opening, Run, RunUnit
from .publishing import is_current

OPEN = "assessments.publish_run"
APPEAL_DAYS = "ASM-APPEAL-DAYS"


@transaction.atomic
def open_preview(run: Run, *, actor, reason: str, today=None) -> Opening:
    """Open a run to the units of its cycle, each to its own result, and tell them until when they may object.

    The opening before it, if any, is replaced, and the notice says so. The last day is computed once in working days
    (rule ASM-APPEAL-DAYS, day one is the working day after today) and stored. Raises PermissionDenied for who does not
    hold the county as a whole, DomainError without a reason, for a published year, an outdated run, or a run that is
    open already.
    """
    cycle = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=run.cycle_id)
    require(actor, OPEN, cycle.jurisdiction.path)
    reason, today = (reason or "").strip(), today or timezone.localdate()
    run.cycle = cycle
    earlier = Opening.objects.system().current().filter(cycle=cycle).select_related("run").first()
    _refuse(run, cycle, earlier, reason)
    book = rulebook(on=today, jurisdiction=cycle.jurisdiction.code)
    due = add_working_days(today, int(book.value(APPEAL_DAYS)))
    if earlier:
        Opening.objects.system().filter(pk=earlier.pk).update(ended_at=timezone.now())
    opening = Opening.objects.create(
        cycle=cycle,
        run=run,
        opened_on=today,
        due_on=due.date,
        is_estimated=due.estimated,
        rule_id=APPEAL_DAYS,
        rulebook_version=book.version,
        reason=reason,
        at=timezone.now(),
        actor_id=actor.pk,
        actor_name=str(actor),
    )
    told = _tell_units(opening, earlier)
    settle(rerun_key(cycle))
    record(
        actor=actor,
        action="assessments.preview.opened",
        target_kind="assessments.run",
        target_no=run.number,
        target_label=run.number,
        org_path=cycle.jurisdiction.path,
        reason=reason,
        rulebook_version=book.version,
        data={"due": due.date, "units": told, "replaces": earlier.run.number if earlier else ""},
    )
    return opening


def _refuse(run, cycle, earlier, reason):
    if not reason:
        raise DomainError("REASON_MISSING", _("Name the document or the reason for opening the preview."), status=400)
    if cycle.is_locked:
        raise DomainError("CYCLE_LOCKED", _("This year is published. Open it for correction with a reason first."))
    if earlier and earlier.run_id == run.pk:
        raise DomainError("ALREADY_OPENED", _("This run is open to the units already."))
    if not is_current(run):
        raise DomainError(
            "RUN_OUTDATED", _("The inputs changed after this run. Calculate again, then open the new run.")
        )


def rerun_key(cycle) -> str:
    """Key of the notice that asks the office to calculate again."""
    return f"assessments.rerun:{cycle.jurisdiction.code}:{cycle.year}"


def _key(cycle, unit) -> str:
    return f"assessments.opened:{cycle.jurisdiction.code}:{cycle.year}:{unit.code}"


def _tell_units(opening, earlier) -> int:
    cycle, run = opening.cycle, opening.run
    rows = RunUnit.objects.system().filter(run=run).defer(*RunUnit.FIGURES, "notes").select_related("unit")
    params = {"year": cycle.year, "run": run.number, "due": f"{opening.due_on:%Y.%m.%d}"}
    if earlier:
        params["earlier"] = earlier.run.number
    facts = {
        _key(cycle, row.unit): {
            "organization": row.unit,
            "params": params,
            "url": reverse("assessments:unit", args=[cycle.jurisdiction.code, cycle.year, row.unit.code]),
        }
        for row in rows
    }
    message = "assessments.preview_replaced" if earlier else "assessments.preview_opened"
    tell_each(facts, message=message, severity="blue", permission="assessments.file_appeal")
    return len(facts)


def close_opening(cycle):
    """End the opening of a cycle and its notices: the year is published (part of the signed publication, which records)."""
    Opening.objects.system().current().filter(cycle=cycle).update(ended_at=timezone.now())
    units = RunUnit.objects.system().filter(run__openings__cycle=cycle).values_list("unit__code", flat=True).distinct()
    code, year = cycle.jurisdiction.code, cycle.year
    return settle(rerun_key(cycle), *(f"assessments.opened:{code}:{year}:{unit}" for unit in units))
