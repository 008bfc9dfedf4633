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
from tolerance.effect_rows import effect_rows, rows_of
from tolerance.models import DecidedEffect
from tolerance.services.decided_effects import gone

from ..choices import STEP_ORDER, MeasureStep
from ..models import Measure
from ..workflows import MANUAL, PROPOSED, REVIEWED
from ..workflows.measure import SET_ASIDE, SHELTERED, STATES

RULE = "TOL-SITUATIONS"


def measures(subjects: Subjects) -> dict:
    """Measures of the units or people that can be set aside."""
    about = Q(organization__in=subjects.units) | Q(official__in=subjects.officials)
    rows = Measure.objects.system().filter(about, cycle__year__in=subjects.years, status__in=SET_ASIDE)
    columns = {
        "year": "cycle__year",
        "unit": "organization",
        "unit_name": "organization__name",
        "name": "official__name",
        "post": "post__title",
    }
    return {"measures": effect_rows(rows, "pk", "case_no", "step", "status", "official", **columns)}


def _candidate(code: str, row, after: str) -> Candidate:
    step, status = MeasureStep(row["step"]).label, dict(STATES)[row["status"]]
    words = {"year": row["year"], "unit": row["unit_name"], "step": step, "who": row["name"] or row["post"]}
    return Candidate(
        kind=code,
        target=row["case_no"],
        label=_("%(year)d, %(unit)s: %(step)s, %(who)s") % words,
        before=f"{step} · {status}",
        after=after,
        rule_id=RULE,
        unit=row["unit"],
        official=row["official"],
        year=row["year"],
        state={"status": row["status"], "step": row["step"]},
    )


def find_measures(subjects: Subjects, outcome: str):
    """Measures of the units or people that are proposed or decided, whatever they have opened."""
    for row in rows_of(subjects, "measures", "year", "pk"):
        yield _candidate("measure_set_aside", row, _("set aside, with the talk or letter that it opened"))


def find_lower(subjects: Subjects, outcome: str):
    """Measures not decided yet that have a step below theirs."""
    for row in rows_of(subjects, "measures", "year", "pk"):
        lower = _lower(row["step"])
        if row["status"] in (MANUAL, PROPOSED, REVIEWED) and lower != MeasureStep.NONE:
            yield _candidate("measure_lowered", row, str(MeasureStep(lower).label))


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
    EffectKind("measure_set_aside", gettext_lazy("Measure set aside"), frozenset({Outcome.EXEMPT}), measures, find_measures,
               set_aside, take_up, order=20)
)  # fmt: skip
register(
    EffectKind("measure_lowered", gettext_lazy("Measure one step lower"), frozenset({Outcome.MITIGATED}), measures, find_lower,
               lower, raise_again, order=21)
)  # fmt: skip
