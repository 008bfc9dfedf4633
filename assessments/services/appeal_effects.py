"""What an accepted appeal changes: a figure through its own service, an adjustment or veto with its history."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.audit.services.entries import record
from foundation.common.decimals import plain
from foundation.common.results import DomainError
from foundation.common.scoping import require

from ..choices import AppealTarget
from ..models import Adjustment, Cycle, Indicator, Score, Veto
from ..rules.appeals import as_number
from .scores import change_score

CORRECT = "assessments.decide_appeal"


def indicator_of(case) -> Indicator:
    """The indicator that an appeal is about. Raises DomainError when the scheme has it no longer."""
    leaves = Indicator.objects.system().filter(scheme__cycle=case.cycle_id, code=case.target)
    held = case.organization.categories.filter(year=case.cycle.year).values("category")
    found = leaves.filter(scheme__category__in=held).select_related("responsible", "scheme").first()
    if found is None:
        raise DomainError("APPEAL_TARGET_GONE", gettext_lazy("What the appeal is about does not exist any more."))
    return found


def read_settled(case, text: str) -> dict:
    """What a decided or answered text means for the figure: the arguments of `change_score`."""
    if not text:
        return {"is_applicable": False}
    number = as_number(text)
    if indicator_of(case).method == "grade" or number is None:
        return {"word": text, "figure": None, "is_applicable": True}
    return {"figure": number, "word": "", "is_applicable": True}


@transaction.atomic
def settle_appeal(case, *, actor, value: str, reason: str):
    """Change what an accepted appeal is about into `value`; an empty text strikes it out.

    The record's reason names the appeal. Raises PermissionDenied, and DomainError when the year is locked, the figure
    does not fit the method, or what the appeal is about is gone.
    """
    said = _("Appeal %(case_no)s accepted: %(reason)s") % {"case_no": case.case_no, "reason": reason}
    if case.target_kind == AppealTarget.FIGURE:
        leaf = indicator_of(case)
        score = Score(cycle_id=case.cycle_id, unit=case.organization, indicator=leaf)
        return change_score(actor=actor, score=score, reason=said, **read_settled(case, value))
    if case.target_kind == AppealTarget.ADJUSTMENT:
        return correct_adjustment(_stored(Adjustment, case), actor=actor, points=as_number(value), reason=said)
    return lift_veto(_stored(Veto, case), actor=actor, reason=said)


def _stored(model, case):
    row = model.objects.system().filter(cycle=case.cycle_id, unit=case.organization_id, number=case.target).first()
    if row is None:
        raise DomainError("APPEAL_TARGET_GONE", gettext_lazy("What the appeal is about does not exist any more."))
    return row


def _open_cycle(row, actor) -> Cycle:
    cycle = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=row.cycle_id)
    require(actor, CORRECT, cycle.jurisdiction.path)
    if cycle.is_locked:
        raise DomainError(
            "CYCLE_LOCKED", gettext_lazy("This year is published. Open it for correction with a reason first.")
        )
    return cycle


@transaction.atomic
def correct_adjustment(row: Adjustment, *, actor, points: Decimal | None, reason: str):
    """Give an adjustment other points, or strike it out (None): its rows of history stay. Raises DomainError, PermissionDenied."""
    _open_cycle(row, actor)
    before = plain(row.points)
    if points is None:
        row.delete()
    else:
        row.points = points
        row.save(update_fields=["points"])
    action = "assessments.adjustment.struck" if points is None else "assessments.adjustment.corrected"
    _recorded(row, actor, action, reason, {"before": before, "after": points})


@transaction.atomic
def lift_veto(row: Veto, *, actor, reason: str):
    """Strike out a veto: its rows of history stay. Raises DomainError, PermissionDenied."""
    _open_cycle(row, actor)
    row.delete()
    _recorded(row, actor, "assessments.veto.lifted", reason, {"ground": row.ground})


def _recorded(row, actor, action, reason, data):
    record(
        actor=actor,
        action=action,
        target_kind=f"assessments.{row._meta.model_name}",
        target_no=row.number,
        target_label=f"{row.unit} · {row.number}",
        org_path=row.unit.path,
        reason=reason,
        data=data,
    )
