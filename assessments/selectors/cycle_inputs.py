"""Everything that a cycle was calculated from, by sheet of its workbook, in natural keys."""

import json
from collections.abc import Callable

from foundation.organizations.models import Organization, Post, UnitCategory
from officials.models import PostHolding
from tolerance.models import AssessmentEffect

from .. import cycle_sheets as sheets
from ..choices import BottomMode
from ..models import Adjustment, Cycle, Indicator, RunUnit, Scheme, Score, Veto

_OUTCOMES = {"void": "exempt", "shield": "exempt", "mitigate": "mitigated"}


def earlier_flags(cycle: Cycle) -> list[list]:
    """Unit, year and category of each mark of an earlier published year that counts for streak and window (1 query)."""
    rows = RunUnit.objects.system().filter(
        run__in=Cycle.objects.system()
        .filter(jurisdiction=cycle.jurisdiction_id, year__lt=cycle.year, published_run__isnull=False)
        .values("published_run"),
        flagged=True,
        shielded=False,
    )
    found = rows.values_list("unit__code", "run__cycle__year", "category")
    return sorted([unit, year, category] for unit, year, category in found)


def inputs_of(cycle: Cycle, token_of: Callable) -> dict[str, list[dict]]:
    """Rows of each sheet by field. `token_of(official)` stands for a person instead of the identity number (11 queries)."""
    county, year = cycle.jurisdiction, cycle.year
    categories = dict(
        UnitCategory.objects.system()
        .filter(organization__jurisdiction=county, year=year)
        .values_list("organization_id", "category")
    )
    units = {unit.pk: unit for unit in Organization.objects.system().below(county).in_tree_order()}
    leaves = list(
        Indicator.objects.system()
        .filter(scheme__cycle=cycle)
        .select_related("scheme", "responsible")
        .order_by("scheme__category", "sort", "code")
    )
    mine = {"cycle": cycle, "unit__in": categories}
    return {
        sheets.UNITS: [_unit(units[key], categories) for key in _needed(units, categories, leaves)],
        sheets.SCHEMES: [_scheme(s, year) for s in Scheme.objects.system().filter(cycle=cycle).order_by("category")],
        sheets.INDICATORS: [_indicator(leaf, year) for leaf in leaves],
        sheets.SCORES: _scores(cycle, categories, units),
        sheets.ADJUSTMENTS: [
            {"number": a.number, "item": a.kind, "points": a.points, "ground": a.ground, "document_no": a.document_no,
             "evidence": a.evidence, "date": a.occurred_on, **_named(units, a.unit_id)}
            for a in Adjustment.objects.system().filter(**mine).order_by("number")
        ],
        sheets.VETOES: [
            {"number": v.number, "ground": v.ground, "decided_by": v.decided_by, "document_no": v.document_no,
             "date": v.occurred_on, **_named(units, v.unit_id)}
            for v in Veto.objects.system().filter(**mine).order_by("number")
        ],
        sheets.EFFECTS: [
            _effect(e, units)
            for e in AssessmentEffect.objects.system()
            .filter(year=year, organization__in=categories)
            .order_by("case_no", "pk")
        ],
        **_people(year, categories, units, token_of),
    }  # fmt: skip


def _needed(units, categories, leaves) -> list[int]:
    """Units that are assessed or responsible, and all above them, in the order of the tree."""
    keys = {*categories, *(leaf.responsible_id for leaf in leaves if leaf.responsible_id)}
    for key in list(keys):
        while key in units and units[key].parent_id in units:
            key = units[key].parent_id
            keys.add(key)
    keys |= {key for key, unit in units.items() if unit.jurisdiction_id is None}
    return [key for key in units if key in keys]


def _named(units, key) -> dict:
    return {"unit": units[key].code, "unit_name": str(units[key])}


def _unit(unit, categories) -> dict:
    return {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "parent": unit.parent.code if unit.parent_id else "",
        "division_code": unit.division_code,
        "valid_from": unit.starts_on,
        "leader_quota": unit.leader_quota,
        "staffing": unit.staffing,
        "category": categories.get(unit.pk, ""),
    }


def _scheme(scheme, year) -> dict:
    fields = [name for name in sheets.FIELDS[sheets.SCHEMES] if name not in ("year", "tie_breakers")]
    values = {name: getattr(scheme, name) for name in fields}
    return {**values, "bottom_mode": BottomMode(scheme.bottom_mode).value, "year": year, "tie_breakers": _json(scheme.tie_breakers)}  # fmt: skip


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _indicator(leaf, year) -> dict:
    return {
        "year": year,
        "category": leaf.scheme.category,
        "group": leaf.group,
        "code": leaf.code,
        "name": leaf.name,
        "weight": leaf.weight,
        "unit_of_measure": leaf.unit_of_measure,
        "responsible_code": leaf.responsible.code if leaf.responsible_id else "",
        "method": leaf.method,
        "direction": leaf.direction,
        "params": _json(leaf.params),
        "sort": leaf.sort,
    }


def _scores(cycle, categories, units) -> list[dict]:
    """Figures under the scheme of the unit's own category: others count for nothing."""
    found = Score.objects.system().filter(cycle=cycle, unit__in=categories).select_related("indicator__scheme")
    rows = [
        {
            **_named(units, score.unit_id),
            "category": score.indicator.scheme.category,
            "indicator": score.indicator.code,
            "indicator_name": score.indicator.name,
            "figure": score.figure,
            "word": score.word,
            "target": score.target,
            "is_applicable": int(score.is_applicable),
            "na_reason": "" if score.is_applicable else score.na_reason,
        }
        for score in found
        if score.indicator.scheme.category == categories[score.unit_id]
    ]
    return sorted(rows, key=lambda row: (row["category"], row["unit"], row["indicator"]))


def _effect(effect, units) -> dict:
    return {
        "id": effect.case_no,
        "subject": "unit",
        "assessment_year": effect.year,
        "effect": effect.effect,
        "target_kind": effect.target_kind,
        "target": effect.target,
        "outcome": _OUTCOMES[effect.effect],
        "decision": effect.decision,
        "situation": effect.situation,
        "decided_on": effect.decided_on,
        "decided_by": effect.decided_by,
        "matter": effect.matter,
        "effective": int(effect.is_effective),
        **_named(units, effect.organization_id),
    }


def _people(year, categories, units, token_of) -> dict[str, list[dict]]:
    """Principal posts of the assessed units, and who held them on some day of the year."""
    posts = list(Post.objects.system().principal().filter(organization__in=categories).order_by("organization__path", "sort", "title"))  # fmt: skip
    held = (
        PostHolding.objects.system().filter(post__in=posts, starts_on__year__lte=year).exclude(ends_on__year__lt=year)
    )
    held = held.select_related("official", "post").order_by("post__organization__path", "post__sort", "starts_on", "pk")
    return {
        sheets.POSTS: [
            {"post": p.title, "level": p.level, "sort": p.sort, "starts_on": p.starts_on, "ends_on": p.ends_on,
             "is_team_member": int(p.is_team_member), **_named(units, p.organization_id)}
            for p in posts
        ],
        sheets.HOLDERS: [
            {"post": h.post.title, "name": h.official.name, "id_masked": h.official.id_masked,
             "person": token_of(h.official), "from": h.starts_on, "to": h.ends_on, "is_main": int(h.is_main),
             "document_no": h.document_no, "note": h.note, **_named(units, h.post.organization_id)}
            for h in held
        ],
    }  # fmt: skip


def results_of(run) -> list[dict]:
    """Results of a run, for people who read the workbook (1 query)."""
    own = [name for name in sheets.FIELDS[sheets.RESULTS] if name not in ("unit", "unit_name")]
    rows = RunUnit.objects.system().filter(run=run).order_by("category", "rank", "unit__code")
    return [
        {name: int(value) if isinstance(value, bool) else value for name, value in row.items()}
        | {"unit": row["unit__code"], "unit_name": row["unit__short_name"] or row["unit__name"]}
        for row in rows.values(*own, "unit__code", "unit__short_name", "unit__name")
    ]
