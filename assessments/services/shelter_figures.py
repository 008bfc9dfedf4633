"""What a decision on tolerance (容错) may change in the yearly assessment: void, shield, mitigate (assessment engine §4).

The decision lies in the room below; this room says there what it has to offer (`tolerance.effect_kinds`). What is chosen becomes an
`AssessmentEffect`, which the next calculation counts.
"""

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.common.templatetags.ui import rounded
from tolerance.choices import Effect, Outcome, Target
from tolerance.effect_kinds import Candidate, Decision, EffectKind, Subjects, register
from tolerance.effect_rows import effect_rows, rows_of
from tolerance.models import AssessmentEffect, DecidedEffect
from tolerance.services.decided_effects import gone

from ..models import Adjustment, Cycle, Run, RunUnit, Score, Veto

RULE = "TOL-SITUATIONS"


IN_FORCE = "effects in force"
RESULTS = "results"
UNIT = {"unit": "unit__pk", "unit_name": "unit__name", "unit_code": "unit__code"}


def _in_force(subjects: Subjects) -> dict:
    """Effects on these units and years that stand already."""
    rows = AssessmentEffect.objects.system().effective()
    rows = rows.filter(organization__in=subjects.units, year__in=subjects.years)
    return {IN_FORCE: effect_rows(rows, "year", "effect", "target_kind", "target", unit="organization")}


def _taken(subjects: Subjects) -> set[tuple]:
    """The same by unit, year, effect and target."""
    rows = rows_of(subjects, IN_FORCE)
    return {(row["unit"], row["year"], row["effect"], row["target_kind"], row["target"]) for row in rows}


def _key(unit: int, year: int, kind="", target="") -> str:
    return f"{unit}:{year}" + (f":{kind}:{target}" if kind else "")


def _void(row, kind: str, target: str, code: str, label: str, before: str) -> Candidate:
    return Candidate(
        kind=code,
        target=_key(row["unit"], row["year"], kind, target),
        label=label,
        before=before,
        after=_("not counted"),
        rule_id=RULE,
        unit=row["unit"],
        year=row["year"],
        state={"target_kind": kind, "target": target},
        is_proposed=False,
    )


def _reads_numbered(model, code: str):
    """Deductions or vetoes of the units and years."""

    def reads(subjects: Subjects) -> dict:
        rows = model.objects.system().filter(unit__in=subjects.units, cycle__year__in=subjects.years)
        more = {}
        if model is Adjustment:
            rows = rows.filter(points__lt=0)  # a bonus cannot be void (§8)
            more["points"] = Cast("points", CharField())
        return _in_force(subjects) | {code: effect_rows(rows, "number", "ground", year="cycle__year", **UNIT, **more)}

    return reads


def _numbered(kind: str, code: str, words, before):
    """Finder of deductions or vetoes that nothing has voided yet."""

    def find(subjects: Subjects, outcome: str):
        taken = _taken(subjects)
        for row in rows_of(subjects, code, "year", "unit_code", "number"):
            if (row["unit"], row["year"], Effect.VOID, kind, row["number"]) not in taken:
                facts = row | {"unit": row["unit_name"]}
                yield _void(row, kind, row["number"], code, words() % facts, before(row))

    return find


def figures(subjects: Subjects) -> dict:
    """Figures of the units and years that count."""
    rows = Score.objects.system().filter(unit__in=subjects.units, cycle__year__in=subjects.years, is_applicable=True)
    columns = {"year": "cycle__year", "code": "indicator__code", "name": "indicator__name"}
    columns |= {"figure": Cast("figure", CharField())}
    return _in_force(subjects) | {"void_indicator": effect_rows(rows, "word", **UNIT, **columns)}


def find_indicators(subjects: Subjects, outcome: str):
    """Figures that nothing has voided yet."""
    taken = _taken(subjects)
    for row in rows_of(subjects, "void_indicator", "year", "unit_code", "code"):
        if (row["unit"], row["year"], Effect.VOID, Target.INDICATOR, row["code"]) not in taken:
            facts = {"unit": row["unit_name"], "year": row["year"], "name": row["name"]}
            before = row["word"] or (rounded(row["figure"], 4) if row["figure"] is not None else _("no figure yet"))
            label = _("%(unit)s, %(year)d: indicator “%(name)s”") % facts
            yield _void(row, Target.INDICATOR, row["code"], "void_indicator", label, before)


def results(subjects: Subjects) -> dict:
    """The published result of each unit and year, that of the newest run where nothing is published."""
    counties = RunUnit._meta.get_field("unit").related_model.objects.system().filter(pk__in=subjects.units)
    latest = Run.objects.system().filter(cycle=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    cycles = Cycle.objects.system().filter(year__in=subjects.years, jurisdiction__in=counties.values("jurisdiction"))
    runs = cycles.annotate(chosen=Coalesce("published_run", Subquery(latest))).values("chosen")
    rows = RunUnit.objects.system().filter(run__in=runs, unit__in=subjects.units)
    columns = ("rank", "n", "streak", "flagged")
    return _in_force(subjects) | {RESULTS: effect_rows(rows, *columns, run_no="run", year="run__cycle__year", **UNIT)}


def _standing(row) -> str:
    if not row["flagged"]:
        return _("rank %(rank)d of %(n)d, not at the bottom") % row
    return _("rank %(rank)d of %(n)d, at the bottom, %(streak)d years in a row") % row


def _whole_year(code: str, effect: str, after):
    """Finder of an effect on a unit's year as a whole: proposed where the unit is at the bottom."""

    def find(subjects: Subjects, outcome: str):
        taken = _taken(subjects)
        for row in rows_of(subjects, RESULTS, "unit_code", "run_no"):
            if (row["unit"], row["year"], effect, "", "") in taken:
                continue
            yield Candidate(
                kind=code,
                target=_key(row["unit"], row["year"]),
                label=_("%(unit)s, assessment of %(year)d") % {"unit": row["unit_name"], "year": row["year"]},
                before=_standing(row),
                after=after(),
                rule_id=RULE,
                unit=row["unit"],
                year=row["year"],
                is_proposed=row["flagged"],
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


def _kind(code, label, outcome, reads, find, effect, order):
    kind = EffectKind(code, label, frozenset({outcome}), reads, find, _apply(effect), _reverse(effect), order)
    register(kind)


_kind("shield", gettext_lazy("Unit shielded for a year"), Outcome.EXEMPT, results,
      _whole_year("shield", Effect.SHIELD, lambda: _("keeps its rank; no measure, the year does not count in the streak")),
      Effect.SHIELD, 10)  # fmt: skip
_kind("void_adjustment", gettext_lazy("Deduction not counted"), Outcome.EXEMPT,
      _reads_numbered(Adjustment, "void_adjustment"),
      _numbered(Target.ADJUSTMENT, "void_adjustment",
                lambda: _("%(unit)s, %(year)d: deduction %(number)s (%(ground)s)"),
                lambda row: _("%(points)s points") % {"points": rounded(row["points"], 2)}), Effect.VOID, 11)  # fmt: skip
_kind("void_veto", gettext_lazy("Veto not counted"), Outcome.EXEMPT, _reads_numbered(Veto, "void_veto"),
      _numbered(Target.VETO, "void_veto", lambda: _("%(unit)s, %(year)d: veto %(number)s (%(ground)s)"),
                lambda row: _("veto in force")), Effect.VOID, 12)  # fmt: skip
_kind("void_indicator", gettext_lazy("Indicator not applicable"), Outcome.EXEMPT, figures, find_indicators,
      Effect.VOID, 13)  # fmt: skip
_kind("mitigate", gettext_lazy("Proposed measure one step lower"), Outcome.MITIGATED, results,
      _whole_year("mitigate", Effect.MITIGATE, lambda: _("the proposed measure is one step lower")),
      Effect.MITIGATE, 14)  # fmt: skip
