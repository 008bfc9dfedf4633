"""What a decision on tolerance (容错) does to measures of the bottom rank: set aside with what they opened, or one step lower.

A measure is set aside, not withdrawn: the decision on tolerance can itself be reversed, and then the measure stands where it
stood (assessment engine §4, reading 23).
"""

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.casework.services.engine import note, perform
from tolerance.choices import Outcome
from tolerance.effect_kinds import Candidate, Decision, EffectKind, Subjects, register
from tolerance.models import DecidedEffect
from tolerance.services.decided_effects import gone

from ..choices import STEP_ORDER, MeasureStep
from ..models import Measure
from ..workflows import MANUAL, PROPOSED, REVIEWED
from ..workflows.measure import SET_ASIDE, SHELTERED

RULE = "TOL-SITUATIONS"


def _measures(subjects: Subjects, states):
    about = Q(organization__in=subjects.units) | Q(official__in=subjects.officials)
    rows = Measure.objects.system().filter(about, cycle__year__in=subjects.years, status__in=states)
    return rows.select_related("organization", "official", "post", "cycle").order_by("cycle__year", "pk")


def _label(case: Measure) -> str:
    return _("%(year)d, %(unit)s: %(step)s, %(who)s") % {
        "year": case.cycle.year,
        "unit": case.organization.name,
        "step": case.get_step_display(),
        "who": case.official.name if case.official_id else case.post.title,
    }


def _candidate(code: str, case: Measure, after: str) -> Candidate:
    return Candidate(
        kind=code,
        target=case.case_no,
        label=_label(case),
        before=f"{case.get_step_display()} · {case.get_status_display()}",
        after=after,
        rule_id=RULE,
        unit=case.organization_id,
        official=case.official_id,
        year=case.cycle.year,
        state={"status": case.status, "step": case.step},
    )


def find_measures(subjects: Subjects, outcome: str):
    """Measures of the units or people that are proposed or decided, whatever they have opened."""
    for case in _measures(subjects, SET_ASIDE):
        yield _candidate("measure_set_aside", case, _("set aside, with the talk or letter that it opened"))


def find_lower(subjects: Subjects, outcome: str):
    """Measures not decided yet that have a step below theirs."""
    for case in _measures(subjects, (MANUAL, PROPOSED, REVIEWED)):
        lower = _lower(case.step)
        if lower != MeasureStep.NONE:
            yield _candidate("measure_lowered", case, str(MeasureStep(lower).label))


def _lower(step: str) -> str:
    return STEP_ORDER[max(STEP_ORDER.index(step) - 1, 0)]


def _load(effect: DecidedEffect, status: str) -> Measure:
    case = Measure.objects.system().select_for_update(of=("self",)).filter(case_no=effect.target).first()
    if case is None or case.status != status:
        raise gone(effect)
    return case


def _reason(decision: Decision) -> str:
    return f"{decision.word} {decision.case_no}：{decision.matter}"


def set_aside(effect: DecidedEffect, decision: Decision, actor):
    """Effect of an exemption: nothing waits for anybody any more, what the measure had opened is withdrawn."""
    perform(_load(effect, effect.state["status"]), "set_aside", actor=actor, reason=_reason(decision))


def take_up(effect: DecidedEffect, decision: Decision, actor):
    """Reversal: the measure stands where it stood, and what it had opened."""
    perform(_load(effect, SHELTERED), f"take_up_{effect.state['status']}", actor=actor, reason=decision.reason)


def _change_step(effect: DecidedEffect, actor, now: str, then: str, reason: str):
    case = _load(effect, effect.state["status"])
    if case.step != now:
        raise gone(effect)
    Measure.objects.system().filter(pk=case.pk).update(step=then, version=F("version") + 1)
    note(case, actor=actor, action="step_changed", reason=reason, data={"from": now, "to": then})


def lower(effect: DecidedEffect, decision: Decision, actor):
    """Effect of a lighter handling: one step lower, still to be decided."""
    step = effect.state["step"]
    _change_step(effect, actor, step, _lower(step), _reason(decision))


def raise_again(effect: DecidedEffect, decision: Decision, actor):
    """Reversal: the step that it had."""
    step = effect.state["step"]
    _change_step(effect, actor, _lower(step), step, decision.reason)


register(
    EffectKind("measure_set_aside", gettext_lazy("Measure set aside"), frozenset({Outcome.EXEMPT}), find_measures,
               set_aside, take_up, order=20)
)  # fmt: skip
register(
    EffectKind("measure_lowered", gettext_lazy("Measure one step lower"), frozenset({Outcome.MITIGATED}), find_lower,
               lower, raise_again, order=21)
)  # fmt: skip
