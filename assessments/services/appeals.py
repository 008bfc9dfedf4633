"""Appeals as cases: filed by the unit, answered by the responsible department, decided by the office (engine §6)."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.audit.services.entries import record
from foundation.casework.registry import Handler, Papers, bind
from foundation.casework.services.engine import open_case
from foundation.casework.services.notices import tell
from foundation.common.results import DomainError, Reason
from foundation.common.scoping import require, scope_of

from ..choices import AppealTarget
from ..models import Appeal, Cycle, Opening, RunUnit
from ..rules.appeals import Filing, check_decider, check_filing, check_points, is_late, read_value
from ..rules.figures import Entered, check_figure
from ..selectors.appeals import actors_of, objectionable, open_appeals
from ..workflows.appeal import APPEAL, DECIDE, FILED, LATE
from .appeal_effects import indicator_of, read_settled, settle_appeal
from .openings import rerun_key
from .parameters import parameters_for
from .publish_requests import lapse_outdated
from .scores import FAULT_TEXTS

FILE = "assessments.file_appeal"
TEXTS = {
    "APPEAL_YEAR_PUBLISHED": gettext_lazy("The year is published; objections are over. Turn to the assessment office."),
    "APPEAL_OPENING_REPLACED": gettext_lazy("This run is not open to the units any more. Look at the one that is, then object to what stands there."),
    "APPEAL_ALREADY_OPEN": gettext_lazy("Your unit already objects to this, and nothing is decided yet."),
    "APPEAL_WINDOW_CLOSED": gettext_lazy(
        "The window for appeals ended on %(due)s. Say why the appeal comes late: the assessment office then decides whether"
        " it is admitted."
    ),
    "APPEAL_GROUNDS_MISSING": gettext_lazy("Give the grounds of the appeal."),
    "APPEAL_WANTED_ONE": gettext_lazy("Either write the figure that is right, or choose that it is to be struck out."),
    "APPEAL_STANDS_THERE": gettext_lazy("The figure you want is the one that stands there."),
    "APPEAL_UNKNOWN_TARGET": gettext_lazy("The opened run shows no such figure, adjustment or veto of this unit."),
    "APPEAL_VETO_STRUCK": gettext_lazy("A veto can only be struck out."),
    "APPEAL_NUMBER": gettext_lazy("Points are a number other than 0."),
    "APPEAL_POINTS_RANGE": gettext_lazy("Points lie between -100 and 100, with at most 4 decimal places."),
    "APPEAL_POINTS_SIGN": gettext_lazy("A deduction has points below 0 and a bonus above 0, as before. Choose that it is struck out to take it away."),
    "APPEAL_SAME_PERSON_FILED": gettext_lazy("You filed this appeal. Somebody else must decide on it."),
    "APPEAL_SAME_PERSON_ANSWERED": gettext_lazy("You answered this appeal. Somebody else must decide on it."),
}  # fmt: skip


@transaction.atomic
def file_appeal(
    opening: Opening, unit, *, actor, target: str, grounds: str, wanted="", strikes=False, late_reason="", today=None
) -> Appeal:
    """Object to what stands about a unit in the opened run; returns the case.

    `target` names it as `figure:code`, `adjustment:number` or `veto:number`; `wanted` is the right figure, grade word or
    points, `strikes` asks to strike it out (a figure then does not apply). After the window a reason for lateness makes a
    case that waits for the office's admission. Raises PermissionDenied for who may not file for the unit, DomainError
    (400 for what was typed) with everything that stands against it.
    """
    require(actor, FILE, unit.path)
    cycle = (
        Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=opening.cycle_id)
    )
    opening = Opening.objects.system().select_related("run").get(pk=opening.pk)
    today, late_reason, grounds = today or timezone.localdate(), (late_reason or "").strip(), (grounds or "").strip()
    thing, wanted = _thing(opening, cycle, unit, target), read_value(wanted)
    same = open_appeals(cycle).filter(organization=unit, target_kind=thing.kind, target=thing.code).first()
    filing = Filing(
        today=today,
        due_on=opening.due_on,
        is_current=opening.ended_at is None,
        is_locked=cycle.is_locked,
        late_reason=late_reason,
        open_case=same.case_no if same else "",
        stated=thing.stated,
        wanted=wanted,
        strikes=strikes,
        grounds=grounds,
    )
    _refuse(check_filing(filing), due=opening.due_on, status=409 if filing.is_locked or same else 400)
    late = is_late(today, opening.due_on)
    case = Appeal(
        case_no=_next_number(cycle),
        status=LATE if late else FILED,
        organization=unit,
        opened_on=today,
        cycle=cycle,
        opening=opening,
        run=opening.run,
        responsible=thing.responsible,
        target_kind=thing.kind,
        target=thing.code,
        target_name=thing.name[:300],
        stated=thing.stated[:60],
        wanted=wanted[:60],
        grounds=grounds,
        late_reason=late_reason if late else "",
    )
    _check_value(case, wanted)
    open_case(case, actor=actor, reason=grounds, data={"run": opening.run.number, "target": thing.key})
    record(
        actor=actor,
        action="assessments.appeal.filed",
        target_kind=APPEAL.kind,
        target_no=case.case_no,
        target_label=case.case_no,
        org_path=unit.path,
        reason=grounds,
        data={"run": opening.run.number, "target": thing.key, "wanted": wanted, "late": late},
    )
    return case


def _thing(opening, cycle, unit, target):
    row = RunUnit.objects.system().filter(run=opening.run_id, unit=unit).select_related("unit").first()
    if row is not None:
        row.run = opening.run
        row.run.cycle = cycle
    things = {thing.key: thing for thing in objectionable(row)} if row else {}
    if target not in things:
        _refuse(["APPEAL_UNKNOWN_TARGET"], status=400)
    return things[target]


def _next_number(cycle) -> str:
    taken = Appeal.objects.system().filter(cycle=cycle).count()
    return f"SS-{cycle.jurisdiction.code}-{cycle.year}-{taken + 1:03d}"


def _reasons(codes, due=None) -> list[Reason]:
    said = {"due": f"{due:%Y.%m.%d}" if due else ""}
    return [Reason(code, text=str(TEXTS[code]) % said) for code in codes]


def _refuse(codes, due=None, status=400):
    if codes:
        reasons = _reasons(codes, due)
        raise DomainError(codes[0], reasons[0].text, reasons, status=status)


def value_faults(case, value: str) -> list[Reason]:
    """What is wrong with a wanted, answered or decided value of an appeal; an empty text strikes out and is never wrong."""
    if not value:
        return []
    if case.target_kind == AppealTarget.VETO:
        return _reasons(["APPEAL_VETO_STRUCK"])
    if case.target_kind == AppealTarget.ADJUSTMENT:
        return _reasons(check_points(value, case.stated))
    leaf, meant = indicator_of(case), read_settled(case, value)
    table = parameters_for(case.cycle.year, case.cycle.jurisdiction.code).grade_table
    entered = Entered(meant.get("figure"), meant["word"], None, True)
    faults = check_figure(entered, leaf.method, leaf.params.get("table", table))
    return [Reason(fault.code, text=str(FAULT_TEXTS[fault.code]) % {"value": fault.value}) for fault in faults]


def _check_value(case, value):
    faults = value_faults(case, value)
    if faults:
        raise DomainError(faults[0].code, faults[0].text, faults, status=400)


def not_a_party(case, *, actor, **payload):
    """Whoever filed or answered does not decide."""
    codes = check_decider(actor.pk, filed_by=actors_of(case, "open"), answered_by=actors_of(case, "answer"))
    return _reasons(codes)


def answer_fits(case, *, actor, agrees=True, value=None, **payload):
    """What the department holds to be right fits the indicator's method."""
    return [] if agrees or value is None else value_faults(case, read_value(value))


def decision_fits(case, *, actor, value=None, **payload):
    """What is decided fits the indicator's method."""
    return [] if value is None else value_faults(case, read_value(value))


def keep_answer(case, *, actor, reason, agrees=True, value=None, **payload):
    """Put the department's answer into the case: it agrees with what is wanted, or says what is right (else: what stands)."""
    held = case.stated if value is None else read_value(value)[:60]
    case.agrees, case.answered = bool(agrees), case.wanted if agrees else held
    return {"agrees": case.agrees, "value": case.answered}


def carry_out(case, *, actor, reason, value=None, **payload):
    """Change what the appeal is about, let an open request to publish lapse, and ask the office to calculate again."""
    case.settled = (case.answered if case.agrees else case.wanted) if value is None else read_value(value)[:60]
    settle_appeal(case, actor=actor, value=case.settled, reason=reason)
    lapse_outdated(case.cycle, actor=actor, why=_("Appeal %(case_no)s was accepted.") % {"case_no": case.case_no})
    tell(
        key=rerun_key(case.cycle),
        message="assessments.rerun",
        params={"year": case.cycle.year, "case_no": case.case_no},
        organization=case.cycle.jurisdiction,
        permission="assessments.run_calculation",
        severity="orange",
        url=reverse("assessments:cycle", args=[case.cycle.jurisdiction.code, case.cycle.year]),
    )
    return {"value": case.settled, "before": case.stated}


def brings_papers(case, actor) -> bool:
    """The unit, the department that answers and the office bring papers into an appeal."""
    places = ((FILE, case.organization), ("assessments.answer_appeal", case.responsible), (DECIDE, case.organization))
    return any(scope_of(actor, permission).covers(unit.path) for permission, unit in places)


def still_open(case, *, actor, part=""):
    """Nothing is added to what is decided."""
    if case.status in APPEAL.open_states():
        return []
    return [Reason("APPEAL_DECIDED", text=_("The appeal is closed; its papers stay as they are."))]


bind(
    APPEAL,
    Appeal,
    url_name="assessments:appeal",
    papers=Papers(view="assessments.view_appeal", guards=(still_open,), may_add=brings_papers),
    answer=Handler(input_guards=(answer_fits,), effect=keep_answer),
    accept=Handler(guards=(not_a_party,), input_guards=(decision_fits,), effect=carry_out),
    reject=Handler(guards=(not_a_party,)),
)
