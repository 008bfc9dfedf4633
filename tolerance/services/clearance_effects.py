"""What a clearance changes elsewhere: holds end with it, visits follow; a withdrawal takes both back."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.audit.services.entries import record
from foundation.casework.services.engine import perform
from foundation.common.actors import SystemActor
from supervision.choices import VisitPurpose
from supervision.models import Revisit
from supervision.services.revisits import plan_revisit
from supervision.workflows.revisit import MADE, PLANNED

from ..choices import Outcome
from ..effect_kinds import Candidate, Decision, Subjects
from ..models import Clearance
from ..rules.clearance import visit_days
from ..workflows.clearance import CLEARANCE, CLEARED, REVISITED
from .clearance_law import law_of
from .decided_effects import apply_planned, candidates_for, plan, reverse_applied
from .report_holds import REPORT


def subjects_of(case: Clearance, day) -> Subjects:
    """Whom the clearance is about: one person, nothing of any year's assessment."""
    return Subjects(frozenset(), frozenset({case.official_id}), (day.year,), day)


def is_of_report(case: Clearance, candidate: Candidate) -> bool:
    """Does the hold follow from the very report that is cleared? Then it ends with the clearance, whoever chooses what."""
    return candidate.state.get("source_kind") == REPORT and candidate.state.get("source_no") == case.source_no != ""


def candidates_of(case: Clearance, day) -> list[tuple[Candidate, bool]]:
    """What clearing would end, each with whether it belongs to the report itself."""
    found = candidates_for(subjects_of(case, day), Outcome.CLEARED)
    return [(candidate, is_of_report(case, candidate)) for candidate in found]


def decision_of(case: Clearance, word: str, day, reason: str, by: str = "") -> Decision:
    """The clearance, or its withdrawal, as the decision in whose name effects are applied."""
    return Decision(
        case_kind=CLEARANCE.kind,
        case_no=case.case_no,
        outcome=Outcome.CLEARED,
        word=word,
        decided_on=day,
        decided_by=by or case.principal_leader or case.leader_in_charge,
        situation="、".join(case.grounds),
        matter=reason,
        reason=reason,
    )


def apply_clearance(case: Clearance, *, actor, chosen=()) -> dict:
    """Release the holds of the report and those chosen besides, plan the visits; in the transaction of the step.

    Raises DomainError (EFFECT_GONE) when a hold is not as it was shown.
    """
    own = [candidate.key for candidate, belongs in candidates_of(case, case.cleared_on) if belongs]
    plan(case, CLEARANCE.kind, subjects_of(case, case.cleared_on), Outcome.CLEARED, [*own, *chosen])
    with override("zh-hans"):  # what stays in the record is said in the language of the office
        reason = _("cleared of the report: %(case_no)s") % {"case_no": case.case_no}
        applied = apply_planned(decision_of(case, "澄清", case.cleared_on, reason), actor=actor)
        matter = _("visit after clearance, %(case_no)s") % {"case_no": case.case_no}
    for sequence, day in enumerate(visit_days(case.cleared_on, law_of(case)), start=1):
        plan_revisit(
            actor=actor,
            official=case.official,
            due_on=day,
            source_kind=CLEARANCE.kind,
            source_no=case.case_no,
            purpose=VisitPurpose.CLEARANCE,
            summary=matter,
            sequence=sequence,
        )
    return {"effects": [effect.target for effect in applied]}


def withdraw_clearance(case: Clearance, *, actor, day, reason: str, by: str) -> dict:
    """Holds stand again as they stood, visits to come lapse; in the transaction of the step."""
    reversed_ = reverse_applied(decision_of(case, "撤回澄清", day, reason, by), actor=actor)
    ordered = SystemActor(str(actor), actor.pk)
    for visit in visits_of(case).filter(status=PLANNED):
        perform(visit, "lapse", actor=ordered, reason=_("The clearance was withdrawn."))
    return {"effects": [effect.target for effect in reversed_]}


def visits_of(case: Clearance):
    """The visits that follow a clearance, in order."""
    found = Revisit.objects.system().filter(source_kind=CLEARANCE.kind, source_no=case.case_no)
    return found.order_by("sequence", "pk")


@transaction.atomic
def follow_visits(*, actor) -> int:
    """Move clearances on whose visits have been made, as the nightly sweep does. Returns how many moved. Idempotent.

    A visit that was cancelled is none that was made: whether the case goes on without it, a person decides.
    """
    moved = []
    cases = Clearance.objects.system().filter(status__in=[CLEARED, REVISITED]).exclude(certificate_no="")
    for case in cases.order_by("pk"):
        visits = visits_of(case)
        waiting = {visit.sequence for visit in visits if visit.status == PLANNED}
        made = sum(visit.status == MADE for visit in visits)
        if case.status == CLEARED and made and 1 not in waiting:
            case = perform(case, "visit", actor=actor, reason=_("The visit has been made."))  # noqa: PLW2901
            moved.append(case.case_no)
        if case.status == REVISITED and not waiting and made >= len(visit_days(case.cleared_on, law_of(case))):
            perform(case, "visit_again", actor=actor, reason=_("The visit has been made."))
            moved.append(case.case_no)
    if moved:
        record(
            actor=actor,
            action="tolerance.clearance.followed",
            target_kind=CLEARANCE.kind,
            target_no=moved[0],
            data={"cases": moved},
        )
    return len(moved)
