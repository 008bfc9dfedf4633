"""Effects on talks, letters and leads that no measure of the bottom rank has opened: withdrawn, and put back by the reversal.

What a measure has opened goes with the measure (`assessments`).
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.casework.registry import kind_of
from foundation.casework.services.engine import perform
from supervision.models import AdjustmentLead, Admonishment, Reminder

from ..choices import Outcome
from ..effect_kinds import Candidate, Decision, EffectKind, Subjects, register
from ..effect_rows import effect_rows, rows_of
from ..models import DecidedEffect
from .decided_effects import gone

MEASURE = "assessments.measure"  # natural key of the room above: what it opened is withdrawn with it
RULE = "TOL-PRECONDITIONS"
WITHDRAWN = "withdrawn"


def _reads(models):
    """Open cases of the models about the people, by the kind of case."""

    def reads(subjects: Subjects) -> dict:
        found = {}
        for model in models:
            flow = kind_of(model()).flow
            rows = model.objects.system().filter(official__in=subjects.officials).exclude(source_kind=MEASURE)
            rows = rows.filter(status__in=flow.step("withdraw").sources)
            found[flow.kind] = effect_rows(rows, "pk", "case_no", "status", "official", name="official__name")
        return found

    return reads


def _find(code: str, models, after):
    def find(subjects: Subjects, outcome: str):
        for model in models:
            flow, states = kind_of(model()).flow, dict(model._meta.get_field("status").flatchoices)
            for row in rows_of(subjects, flow.kind, "pk"):
                words = {"name": row["name"], "tool": flow.label, "case_no": row["case_no"]}
                yield Candidate(
                    kind=code,
                    target=row["case_no"],
                    label=_("%(name)s: %(tool)s %(case_no)s") % words,
                    before=str(states[row["status"]]),
                    after=after(),
                    rule_id=RULE,
                    official=row["official"],
                    state={"status": row["status"]},
                    is_proposed=False,
                )

    return find


def _case(effect: DecidedEffect, models):
    for model in models:
        found = model.objects.system().filter(case_no=effect.target).first()
        if found is not None:
            return found
    raise gone(effect)


def _withdraw(models):
    def apply(effect: DecidedEffect, decision: Decision, actor):
        case = _case(effect, models)
        if case.status != effect.state["status"]:
            raise gone(effect)
        perform(case, "withdraw", actor=actor, reason=f"{decision.word} {decision.case_no}：{decision.matter}")

    return apply


def _reinstate(models):
    def reverse(effect: DecidedEffect, decision: Decision, actor):
        case = _case(effect, models)
        if case.status != WITHDRAWN:
            raise gone(effect)
        perform(case, f"reinstate_{effect.state['status']}", actor=actor, reason=decision.reason)

    return reverse


TOOLS, LEADS = (Reminder, Admonishment), (AdjustmentLead,)
register(
    EffectKind(
        "tool_withdrawn",
        gettext_lazy("Talk or letter withdrawn"),
        frozenset({Outcome.EXEMPT}),
        _reads(TOOLS),
        _find("tool_withdrawn", TOOLS, lambda: _("withdrawn, its period ends")),
        _withdraw(TOOLS),
        _reinstate(TOOLS),
        order=50,
    )
)
register(
    EffectKind(
        "lead_closed",
        gettext_lazy("Lead for an adjustment closed"),
        frozenset({Outcome.EXEMPT}),
        _reads(LEADS),
        _find("lead_closed", LEADS, lambda: _("withdrawn")),
        _withdraw(LEADS),
        _reinstate(LEADS),
        order=55,
    )
)
