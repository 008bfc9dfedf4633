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
from ..models import DecidedEffect
from .decided_effects import gone

MEASURE = "assessments.measure"  # natural key of the room above: what it opened is withdrawn with it
RULE = "TOL-PRECONDITIONS"
WITHDRAWN = "withdrawn"


def _find(code: str, models, after):
    def find(subjects: Subjects, outcome: str):
        for model in models:
            rows = model.objects.system().filter(official__in=subjects.officials).exclude(source_kind=MEASURE)
            flow = kind_of(model()).flow
            for row in rows.filter(status__in=flow.step("withdraw").sources).select_related("official").order_by("pk"):
                yield Candidate(
                    kind=code,
                    target=row.case_no,
                    label=_("%(name)s: %(tool)s %(case_no)s")
                    % {"name": row.official.name, "tool": flow.label, "case_no": row.case_no},
                    before=row.get_status_display(),
                    after=after(),
                    rule_id=RULE,
                    official=row.official_id,
                    state={"status": row.status},
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
        _find("lead_closed", LEADS, lambda: _("withdrawn")),
        _withdraw(LEADS),
        _reinstate(LEADS),
        order=55,
    )
)
