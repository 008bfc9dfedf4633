"""What a decision on tolerance (容错) may change in the yearly assessment: void, shield, mitigate (assessment engine §4).

The decision lies in the room below; this room says there what it has to offer (`tolerance.effect_kinds`). What is chosen becomes an
`AssessmentEffect`, which the next calculation counts.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.common.templatetags.ui import rounded
from tolerance.choices import Effect, Outcome, Target
from tolerance.effect_kinds import Candidate, Decision, EffectKind, Subjects, register
from tolerance.models import AssessmentEffect, DecidedEffect
from tolerance.services.decided_effects import gone

from ..models import Adjustment, Cycle, RunUnit, Score, Veto

RULE = "TOL-SITUATIONS"


def _in_force(subjects: Subjects) -> set[tuple]:
    """Effects on these units and years that stand already, by unit, year, effect and target (1 query a question)."""
    if "effects in force" not in subjects.known:
        rows = AssessmentEffect.objects.system().effective()
        rows = rows.filter(organization__in=subjects.units, year__in=subjects.years)
        columns = ("organization", "year", "effect", "target_kind", "target")
        subjects.known["effects in force"] = set(rows.values_list(*columns))
    return subjects.known["effects in force"]


def _key(unit: int, year: int, kind="", target="") -> str:
    return f"{unit}:{year}" + (f":{kind}:{target}" if kind else "")


def _void(unit, year: int, kind: str, target: str, code: str, label: str, before: str) -> Candidate:
    return Candidate(
        kind=code,
        target=_key(unit.pk, year, kind, target),
        label=label,
        before=before,
        after=_("not counted"),
        rule_id=RULE,
        unit=unit.pk,
        year=year,
        state={"target_kind": kind, "target": target},
        is_proposed=False,
    )


def _numbered(model, kind: str, code: str, words, before):
    """Finder of deductions or vetoes of the units and years that nothing has voided yet."""

    def find(subjects: Subjects, outcome: str):
        taken = _in_force(subjects)
        rows = model.objects.system().filter(unit__in=subjects.units, cycle__year__in=subjects.years)
        if model is Adjustment:
            rows = rows.filter(points__lt=0)  # a bonus cannot be void (§8)
        for row in rows.select_related("unit", "cycle").order_by("cycle__year", "unit__code", "number"):
            if (row.unit_id, row.cycle.year, Effect.VOID, kind, row.number) not in taken:
                facts = {"unit": row.unit.name, "year": row.cycle.year, "number": row.number, "ground": row.ground}
                yield _void(row.unit, row.cycle.year, kind, row.number, code, words() % facts, before(row))

    return find


def find_indicators(subjects: Subjects, outcome: str):
    """Figures of the units and years that count so far."""
    taken = _in_force(subjects)
    rows = Score.objects.system().filter(unit__in=subjects.units, cycle__year__in=subjects.years, is_applicable=True)
    rows = rows.select_related("unit", "cycle", "indicator").order_by("cycle__year", "unit__code", "indicator__code")
    for row in rows:
        if (row.unit_id, row.cycle.year, Effect.VOID, Target.INDICATOR, row.indicator.code) not in taken:
            facts = {"unit": row.unit.name, "year": row.cycle.year, "name": row.indicator.name}
            before = row.word or (rounded(row.figure, 4) if row.figure is not None else _("no figure yet"))
            label = _("%(unit)s, %(year)d: indicator “%(name)s”") % facts
            yield _void(row.unit, row.cycle.year, Target.INDICATOR, row.indicator.code, "void_indicator", label, before)


def _results(subjects: Subjects) -> list[tuple[RunUnit, int]]:
    """The published result of each unit and year, of the newest run where nothing is published (read once a question)."""
    if "results" not in subjects.known:
        subjects.known["results"] = list(_read_results(subjects))
    return subjects.known["results"]


def _read_results(subjects: Subjects):
    cycles = Cycle.objects.system().filter(year__in=subjects.years, jurisdiction__in=_counties(subjects))
    runs = {cycle.published_run_id or _latest(cycle): cycle.year for cycle in cycles}
    rows = RunUnit.objects.system().filter(run__in=[run for run in runs if run], unit__in=subjects.units)
    for row in rows.defer(*RunUnit.FIGURES).select_related("unit").order_by("unit__code", "run"):
        yield row, runs[row.run_id]


def _counties(subjects: Subjects):
    found = RunUnit._meta.get_field("unit").related_model.objects.system().filter(pk__in=subjects.units)
    return found.values("jurisdiction")


def _latest(cycle: Cycle) -> int | None:
    return cycle.runs.order_by("-pk").values_list("pk", flat=True).first()


def _standing(row: RunUnit) -> str:
    words = {"rank": row.rank, "n": row.n, "streak": row.streak}
    if not row.flagged:
        return _("rank %(rank)d of %(n)d, not at the bottom") % words
    return _("rank %(rank)d of %(n)d, at the bottom, %(streak)d years in a row") % words


def _whole_year(code: str, effect: str, after):
    """Finder of an effect on a unit's year as a whole: proposed where the unit is at the bottom."""

    def find(subjects: Subjects, outcome: str):
        taken = _in_force(subjects)
        for row, year in _results(subjects):
            if (row.unit_id, year, effect, "", "") in taken:
                continue
            yield Candidate(
                kind=code,
                target=_key(row.unit_id, year),
                label=_("%(unit)s, assessment of %(year)d") % {"unit": row.unit.name, "year": year},
                before=_standing(row),
                after=after(),
                rule_id=RULE,
                unit=row.unit_id,
                year=year,
                is_proposed=row.flagged,
            )

    return find


def _apply(effect_word: str):
    def apply(effect: DecidedEffect, decision: Decision, actor):
        target = {name: effect.state.get(name, "") for name in ("target_kind", "target")}
        known = AssessmentEffect.objects.system().effective()
        key = {"organization": effect.about_unit_id, "year": effect.year, "effect": effect_word} | target
        if known.filter(**key).exists():
            raise gone(effect)
        AssessmentEffect.objects.update_or_create(
            case_no=decision.case_no[:40],
            organization_id=effect.about_unit_id,
            year=effect.year,
            effect=effect_word,
            **target,
            defaults={
                "decision": decision.word,
                "situation": decision.situation[:40],
                "decided_on": decision.decided_on,
                "decided_by": decision.decided_by,
                "matter": decision.matter[:200],
                "is_effective": True,
            },
        )

    return apply


def _reverse(effect_word: str):
    def reverse(effect: DecidedEffect, decision: Decision, actor):
        target = {name: effect.state.get(name, "") for name in ("target_kind", "target")}
        rows = (
            AssessmentEffect.objects.system()
            .effective()
            .filter(
                case_no=decision.case_no,
                organization=effect.about_unit_id,
                year=effect.year,
                effect=effect_word,
                **target,
            )
        )
        if rows.update(is_effective=False) != 1:
            raise gone(effect)

    return reverse


def _kind(code, label, outcome, find, effect, order):
    register(EffectKind(code, label, frozenset({outcome}), find, _apply(effect), _reverse(effect), order))


_kind("shield", gettext_lazy("Unit shielded for a year"), Outcome.EXEMPT,
      _whole_year("shield", Effect.SHIELD, lambda: _("keeps its rank; no measure, the year does not count in the streak")),
      Effect.SHIELD, 10)  # fmt: skip
_kind("void_adjustment", gettext_lazy("Deduction not counted"), Outcome.EXEMPT,
      _numbered(Adjustment, Target.ADJUSTMENT, "void_adjustment",
                lambda: _("%(unit)s, %(year)d: deduction %(number)s (%(ground)s)"),
                lambda row: _("%(points)s points") % {"points": rounded(row.points, 2)}), Effect.VOID, 11)  # fmt: skip
_kind("void_veto", gettext_lazy("Veto not counted"), Outcome.EXEMPT,
      _numbered(Veto, Target.VETO, "void_veto", lambda: _("%(unit)s, %(year)d: veto %(number)s (%(ground)s)"),
                lambda row: _("veto in force")), Effect.VOID, 12)  # fmt: skip
_kind("void_indicator", gettext_lazy("Indicator not applicable"), Outcome.EXEMPT, find_indicators, Effect.VOID, 13)
_kind("mitigate", gettext_lazy("Proposed measure one step lower"), Outcome.MITIGATED,
      _whole_year("mitigate", Effect.MITIGATE, lambda: _("the proposed measure is one step lower")),
      Effect.MITIGATE, 14)  # fmt: skip
