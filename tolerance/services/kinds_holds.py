"""Effect on the record: a hold ends (解除暂缓), and stands again when the decision is reversed.

A clearance offers the holds that follow from reports about the person; decisions on tolerance offer every hold, and propose none,
because which of them comes from the event people decide.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from officials.choices import Nature
from officials.models import Restriction
from officials.selectors.restrictions import kind_label
from officials.services.restrictions import lift_row, restore_row

from ..choices import Outcome
from ..effect_kinds import Candidate, Decision, EffectKind, Subjects, register
from ..effect_rows import day_of, effect_rows, rows_of
from ..models import DecidedEffect
from .decided_effects import gone
from .report_holds import REPORT

CODE = "hold_released"
OFFICE = "zh-hans"  # effects are kept in the language of the office


def holds(subjects: Subjects) -> dict:
    """Standing holds of the people of a case."""
    rows = Restriction.objects.system().standing().filter(official__in=subjects.officials, nature=Nature.HOLD)
    columns = ("pk", "kind", "source_kind", "source_no", "starts_on", "review_on", "official")
    return {CODE: effect_rows(rows, *columns, name="official__name")}


def find_holds(subjects: Subjects, outcome: str):
    """Those that the outcome may end."""
    for row in rows_of(subjects, CODE, "official", "starts_on", "pk"):
        if outcome != Outcome.CLEARED or row["source_kind"] == REPORT:
            yield candidate_of(row)


def candidate_of(row) -> Candidate:
    """A standing hold as something that a decision may end."""
    review_on = day_of(row["review_on"])
    with override(OFFICE):
        words = {"name": row["name"], "kind": kind_label(row["kind"]), "source": row["source_no"]}
        return Candidate(
            kind=CODE,
            target=str(row["pk"]),
            label=_("%(name)s: hold, %(kind)s (%(source)s)") % words,
            before=_("held since %(day)s, for review on %(review)s")
            % {"day": f"{day_of(row['starts_on']):%Y.%m.%d}", "review": f"{review_on:%Y.%m.%d}" if review_on else "—"},
            after=_("not held, free to be considered again"),
            rule_id="R-CLR-HOLD",
            official=row["official"],
            state={"source_kind": row["source_kind"], "source_no": row["source_no"]},
            is_proposed=False,
        )


def _lift(effect: DecidedEffect, decision: Decision, actor):
    row = Restriction.objects.system().filter(pk=effect.target).first()
    by = f"{decision.word} {decision.case_no}"[:120]
    if row is None or not lift_row(row, on=decision.decided_on, by=by, reason=decision.reason or decision.matter):
        raise gone(effect)
    effect.state = effect.state | {"lifted_by": by}


def _restore(effect: DecidedEffect, decision: Decision, actor):
    row = Restriction.objects.system().filter(pk=effect.target).first()
    if row is None or not restore_row(row, by=effect.state["lifted_by"]):
        raise gone(effect)


register(
    EffectKind(
        CODE,
        gettext_lazy("Hold released"),
        frozenset({Outcome.EXEMPT, Outcome.MITIGATED, Outcome.CLEARED}),
        holds,
        find_holds,
        _lift,
        _restore,
        order=50,
    )
)
