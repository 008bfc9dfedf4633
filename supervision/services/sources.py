"""What a decision of a room above does later to the cases that it opened: its ground goes, it is taken back, it comes back.

A room above names its decision by natural key (`source_kind`, `source_no`) and need not know the cases. What can be undone:

* Not carried out yet (an approved reminder or admonishment, an open lead): withdrawn, nothing remains but the record. Wholly
  reversible: the case goes back to where it stood and waits again.
* Carried out, its clocks run (a reminder that was held; an admonishment that was delivered, examined or reported): the talk
  cannot be undone, but it stops counting: the case is withdrawn, what it restricted is lifted today. Reversible: the case goes
  back to the same state, its clocks run from the day of the talk as before, the restrictions stand again with the days that
  they had; the days between are not added.
* Ended (an admonishment that was checked, or not corrected; a lead that was taken up): its state is history and stays. What an
  admonishment restricted is lifted and can be restored; a lead that it opened is withdrawn with it. A lead that another
  procedure has taken up is not called back from here: that is noted, and the procedure answers for itself.

A hold after expiry (期满影响使用) ends with the admonishment and is not put back: it was a judgement of its own, made anew.
What was declined, dropped or revoked by hand is not in force: nothing happens to it.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.casework.registry import kind_of
from foundation.casework.services.engine import note, perform
from foundation.common.results import DomainError
from officials.services.restrictions import lift, restore

from ..models import Admonishment
from ..selectors.sources import (
    BASIS_CHANGED,
    BASIS_RESTORED,
    SOURCE_REINSTATED,
    SOURCE_WITHDRAWN,
    cases_of_source,
    state_before,
    was_taken_back,
)
from ..workflows.admonishment import CLOSED, UNCORRECTED
from ..workflows.lead import TAKEN_UP
from ..workflows.taking_back import WITHDRAWN
from .holds import drop_holds
from .revisits import follow_period

NOTED = (CLOSED, UNCORRECTED, TAKEN_UP)
"""Ended states that a withdrawal is noted in."""


@dataclass
class Answer:
    """Numbers of the cases: those that changed their state, and ended ones of which it was only noted."""

    moved: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)


@transaction.atomic
def note_ground(*, actor, source_kind: str, source_no: str, stands: bool, data: dict) -> int:
    """The decision has lost its ground, or has it again: said in the timeline of each of its cases. Returns how many.

    Nothing moves, people decide what follows; but while the ground is gone nothing is carried out
    (`tool_guards.ground_stands`). The audit entry is the decision's own.
    """
    cases = cases_of_source(source_kind, source_no)
    for case in cases:
        note(case, actor=actor, action=BASIS_RESTORED if stands else BASIS_CHANGED, data=data)
    return len(cases)


@transaction.atomic
def withdraw_by_source(*, actor, source_kind: str, source_no: str, reason: str) -> Answer:
    """Take back what a decision opened, because an upper decision (tolerance, correction, appeal) took the decision back.

    What happens in which state, and what can be reversed, says the module. Raises DomainError (400) without a reason;
    PermissionDenied when the actor may not revoke at the unit of a case (`supervision.agree_tool`; for a lead
    `supervision.review_tool`): then nothing is withdrawn at all.
    """
    _ask_for(reason)
    answer = Answer()
    for case in cases_of_source(source_kind, source_no):
        if case.status in kind_of(case).flow.step("withdraw").sources:
            perform(case, "withdraw", actor=actor, reason=reason)
            answer.moved.append(case.case_no)
        elif case.status in NOTED and not was_taken_back(case):
            _withdraw_ended(case, answer, actor=actor, reason=reason)
    return answer


@transaction.atomic
def reinstate_by_source(*, actor, source_kind: str, source_no: str, reason: str) -> Answer:
    """Put back what `withdraw_by_source` took: the upper decision was itself reversed.

    Each case returns to the state it had; what an ended one restricted stands again. Raises as `withdraw_by_source`.
    """
    _ask_for(reason)
    answer = Answer()
    for case in cases_of_source(source_kind, source_no):
        if case.status == WITHDRAWN:
            perform(case, f"reinstate_{state_before(case)}", actor=actor, reason=reason)
            answer.moved.append(case.case_no)
        elif was_taken_back(case):
            _reinstate_ended(case, answer, actor=actor, reason=reason)
    return answer


def _ask_for(reason: str) -> None:
    if not reason.strip():
        raise DomainError("REASON_MISSING", _("Give the reason: it stays in the record."), status=400)


def _withdraw_ended(case, answer: Answer, *, actor, reason: str) -> None:
    """An ended case keeps its state; what it restricts is lifted, what it opened goes the same way."""
    kind = kind_of(case).flow.kind
    lifted = 0
    if isinstance(case, Admonishment):
        by = f"{case.case_no} {actor}"
        lifted = lift(source_kind=kind, source_no=case.case_no, on=timezone.localdate(), by=by, reason=reason)
        follow_period(case, actor=actor)
        drop_holds(actor=actor, source_kind=kind, source_no=case.case_no, reason=reason)
    _tell(
        case, SOURCE_WITHDRAWN, "supervision.tool.source_withdrawn", actor=actor, reason=reason, data={"lifted": lifted}
    )
    answer.noted.append(case.case_no)
    opened = withdraw_by_source(actor=actor, source_kind=kind, source_no=case.case_no, reason=reason)
    answer.moved += opened.moved
    answer.noted += opened.noted


def _reinstate_ended(case, answer: Answer, *, actor, reason: str) -> None:
    kind = kind_of(case).flow.kind
    restored = 0
    if isinstance(case, Admonishment):
        restored = restore(source_kind=kind, source_no=case.case_no)
        follow_period(case, actor=actor)
    _tell(
        case,
        SOURCE_REINSTATED,
        "supervision.tool.source_reinstated",
        actor=actor,
        reason=reason,
        data={"restored": restored},
    )
    answer.noted.append(case.case_no)
    opened = reinstate_by_source(actor=actor, source_kind=kind, source_no=case.case_no, reason=reason)
    answer.moved += opened.moved
    answer.noted += opened.noted


def _tell(case, said: str, action: str, *, actor, reason: str, data: dict) -> None:
    note(case, actor=actor, action=said, reason=reason, data=data)
    record(
        actor=actor,
        action=action,
        target_kind=kind_of(case).flow.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=case.organization.path,
        reason=reason[:300],
        data=data,
    )
