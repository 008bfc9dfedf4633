"""The engine: `perform` is the only way a case changes its status.

Lock the row, find the step, check permission and scope, ask the guards, run the effect, save, write the case event,
open and close clocks, write the audit entry: one transaction, all or nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import scope_of

from ..flow import START, Step
from ..models import CaseEvent
from ..registry import CaseKind, Handler, kind_of
from . import deadlines


@dataclass(frozen=True)
class Offer:
    """A step as a button: shown to who may take it; disabled with the reasons that stand against it."""

    step: Step
    reasons: tuple[Reason, ...]

    @property
    def blocked(self) -> bool:
        """Shown, but not to be pressed: the reasons say why."""
        return bool(self.reasons)

    @property
    def buttons(self) -> list[tuple[str, Any, str]]:
        """Value, label and look of each button: one, or one for each answer; only the first stands out."""
        look = "danger" if self.step.style == "danger" else "primary" if self.step.waits else ""
        answers = self.step.answers or ((self.step.name, self.step.label),)
        return [(value, label, "" if place else look) for place, (value, label) in enumerate(answers)]


def _refusals(kind: CaseKind, case, step: Step, actor, payload=None) -> tuple[Reason, ...]:
    handler = kind.handlers.get(step.name, Handler())
    guards = handler.guards if payload is None else (*handler.guards, *handler.input_guards)
    return tuple(reason for guard in guards for reason in guard(case, actor=actor, **(payload or {})))


def _may(actor, step: Step, case) -> bool:
    """Does the actor hold the step's permission at the unit of the case that the step names?"""
    return scope_of(actor, step.permission).covers(getattr(case, step.at).path)


def available(case, user) -> list[Offer]:
    """The steps that lead on from here and that the user may take, each with what stands against it."""
    kind = kind_of(case)
    steps = [s for s in kind.flow.from_state(case.status) if not s.automatic and _may(user, s, case)]
    return [Offer(step, _refusals(kind, case, step, user)) for step in steps]


def _next_seq(kind: str, case_no: str) -> int:
    last = CaseEvent.objects.filter(kind=kind, case_no=case_no).order_by("-seq").values_list("seq", flat=True).first()
    return (last or 0) + 1


def _write_event(kind: CaseKind, case, *, action, source, actor, reason, data):
    CaseEvent.objects.create(
        kind=kind.flow.kind,
        case_no=case.case_no,
        seq=_next_seq(kind.flow.kind, case.case_no),
        action=action,
        from_status=source,
        to_status=case.status,
        at=timezone.now(),
        actor_id=actor.pk,
        actor_name=str(actor),
        reason=reason,
        data=data or {},
    )


@transaction.atomic
def open_case(case, *, actor, reason="", data=None):
    """Save a new case in one of its initial states, with its first event. Raises DomainError for another state."""
    kind = kind_of(case)
    if case.status not in kind.flow.initial:
        raise DomainError("CASE_BAD_START", _("A case of this kind does not begin in this state."), status=400)
    case.workflow_version = kind.flow.version
    case.save(force_insert=True)
    _write_event(kind, case, action="open", source=START, actor=actor, reason=reason, data=data)
    deadlines.open_for_state(kind.flow, case)
    return case


@transaction.atomic
def note(case, *, actor, action: str, reason="", data=None):
    """Write an event that moves nothing (a basis that changed, a paper added)."""
    _write_event(kind_of(case), case, action=action, source=case.status, actor=actor, reason=reason, data=data)


@transaction.atomic
def perform(case, action: str, *, actor, reason="", expected_version=None, **payload):
    """Take a step of a case and return the changed case.

    Raises PermissionDenied without the step's permission at the case's unit, DomainError when the step does not lead
    on from here, when a reason is missing, when somebody else was faster, or with the reasons of the guards.
    """
    kind = kind_of(case)
    locked = (
        kind.model.objects.select_for_update(of=("self",)).select_related("organization__jurisdiction").get(pk=case.pk)
    )
    step = kind.flow.step(action)
    if step is None:
        raise DomainError("CASE_UNKNOWN_STEP", _("This kind of case has no such step."), status=400)
    if not _may(actor, step, locked):
        raise PermissionDenied(step.permission)
    if expected_version is not None and locked.version != expected_version:
        raise DomainError(
            "CASE_CHANGED",
            _("Somebody changed this case while you were reading it. Look at the timeline, then decide again."),
        )
    if locked.status not in step.sources:
        raise DomainError(
            "CASE_STEP_NOT_HERE",
            _("This step is not possible any more: the case has moved on. Look at the timeline for who did what."),
        )
    reason = (reason or "").strip()
    if step.needs_reason and not reason:
        raise DomainError(
            "CASE_NEEDS_REASON", _("Give the reason for this decision: it stays in the record."), status=400
        )
    refusals = _refusals(kind, locked, step, actor, payload | {"reason": reason})
    if refusals:
        raise DomainError("CASE_REFUSED", refusals[0].text or _("The rules stand against this step."), refusals)
    source = locked.status
    handler = kind.handlers.get(action, Handler())
    data = (handler.effect(locked, actor=actor, reason=reason, **payload) if handler.effect else None) or {}
    locked.status = step.target
    locked.version += 1
    if step.target in kind.flow.terminal:
        locked.closed_at = timezone.now()
    locked.save()
    _write_event(kind, locked, action=action, source=source, actor=actor, reason=reason, data=data)
    deadlines.move(kind.flow, locked)
    record(
        actor=actor,
        action=f"{kind.flow.kind}.{action}",
        target_kind=kind.flow.kind,
        target_no=locked.case_no,
        target_label=locked.case_no,
        org_path=locked.organization.path,
        reason=reason,
        data={"from": source, "to": locked.status, **data},
    )
    return locked
