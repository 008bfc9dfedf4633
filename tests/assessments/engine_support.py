"""Puts a county of the oracle into the database, runs the product's engine, and reads its results as an `Outcome`."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

from django.db import connection, transaction
from django.utils import timezone

from assessments.models import Adjustment, Cycle, Indicator, Run, RunMeasure, RunUnit, Scheme, Score, Veto
from assessments.services.calculation import CalculationRefused, calculate
from assessments.services.parameters import Parameters
from foundation.common.actors import SystemActor
from foundation.organizations.choices import Kind
from foundation.organizations.models import Organization, Post, UnitCategory
from officials.models import Official, PostHolding
from tolerance.models import AssessmentEffect

from .oracle import spec
from .oracle.engine import Measure, Outcome, Refusal

ACTOR = SystemActor("test")

#: The product's codes of refusals → the oracle's.
REFUSALS = {
    "GAP_RAW": "missing_figure",
    "GAP_TARGET": "missing_target",
    "TARGET_NOT_POSITIVE": "target_not_positive",
    "DIRECT_OUT_OF_RANGE": "direct_out_of_range",
    "UNKNOWN_GRADE": "unknown_grade",
    "NOTHING_APPLIES": "no_applicable_indicator",
    "CAP_TOO_HIGH": "cap_too_high",
    "BOUNDS_INCOMPLETE": "bounds_incomplete",
    "WEIGHTS_NOT_100": "weights_not_100",
}
SCHEME_FIELDS = (
    "bonus_cap",
    "deduction_cap",
    "veto_effect",
    "places",
    "excellent_share",
    "excellent_min",
    "excellent_line",
    "good_line",
    "pass_line",
    "bottom_mode",
    "bottom_value",
    "min_class_size",
    "exempt_line",
    "bottom_ties",
)

MANY_UNITS = 20


def load_county(county: spec.County, root: str = "HS") -> Cycle:
    """Fill the database with everything a county consists of; returns the open cycle to calculate."""
    units = _units(county, root)
    jurisdiction = units[root]
    cycle = Cycle.objects.create(jurisdiction=jurisdiction, year=county.year)
    indicators = _schemes(county, cycle, units)
    Score.objects.bulk_create(
        Score(
            cycle=cycle,
            unit=units[unit],
            indicator=_indicator(county, indicators, unit, code),
            figure=score.figure,
            word=score.word,
            target=score.target,
            is_applicable=score.is_applicable,
        )
        for unit, scores in county.scores.items()
        for code, score in scores.items()
    )
    Adjustment.objects.bulk_create(
        Adjustment(cycle=cycle, unit=units[one.unit], number=one.number, points=one.points)
        for one in county.adjustments
    )
    Veto.objects.bulk_create(Veto(cycle=cycle, unit=units[one.unit], number=one.number) for one in county.vetoes)
    AssessmentEffect.objects.bulk_create(
        AssessmentEffect(
            case_no=f"RC{number}",
            organization=units[one.unit],
            year=one.year,
            effect=one.effect,
            target_kind=one.target_kind,
            target=one.target,
            decision="从轻处理" if one.effect == "mitigate" else "免予追究",
            decided_on=date(one.year, 12, 1),
            decided_by="组织部",
            is_effective=one.is_effective,
        )
        for number, one in enumerate(county.effects, 1)
    )
    _history(county, jurisdiction, units)
    _posts(county, units)
    if len(county.scores) > MANY_UNITS:
        with connection.cursor() as cursor:  # plans of this session were made for the few rows of earlier tests
            cursor.execute("DISCARD PLANS")
    return cycle


def parameters_of(county: spec.County) -> Parameters:
    """The parameters of the run that the spec keeps with the county."""
    carries = {scheme.carry_streak_over_category_change for scheme in county.schemes.values()}
    if len(carries) != 1:
        raise ValueError("the product decides for the whole county whether a change of category keeps the streak")
    rungs = county.ladder.by_streak
    ladder = [
        rungs[max(lower)] if (lower := [rung for rung in rungs if rung <= streak]) else "none"
        for streak in range(1, max(rungs) + 1)
    ]
    return Parameters(
        ladder=tuple(ladder),
        window_years=county.ladder.window_years,
        window_flags=county.ladder.window_flags,
        window_step=county.ladder.window_step,
        min_tenure_days=county.min_tenure_days,
        category_change_keeps=carries.pop(),
    )


def outcome_of_product(county: spec.County) -> Outcome:
    """What the product makes of a county, in the oracle's terms: refusals, or results."""
    cycle = load_county(county)
    try:
        run = calculate(cycle, actor=ACTOR, parameters=parameters_of(county)).run
    except CalculationRefused as refused:
        refusals = [
            Refusal(REFUSALS.get(one.code, one.code), one.category, one.unit_code, one.indicator)
            for one in refused.refusals
        ]
        return Outcome(refusals=refusals)
    return results_of(run)


def results_of(run: Run) -> Outcome:
    """A stored run as an `Outcome`."""
    outcome = Outcome()
    for row in RunUnit.objects.system().filter(run=run).select_related("unit", "scheme"):
        unit = row.unit.code
        columns = {field.name: getattr(row, field.name) for field in RunUnit._meta.local_concrete_fields}
        exact = {name: Fraction(value) for name, value in columns.items() if isinstance(value, Decimal)}
        marks = {name: int(value) for name, value in columns.items() if isinstance(value, bool)}
        outcome.units[unit] = SimpleNamespace(**{**columns, **exact, **marks, "unit": unit})
        outcome.points |= {
            (unit, point["code"]): _point(unit, point) for point in row.points if point["state"] == "counted"
        }
    for row in RunMeasure.objects.filter(run=run).select_related("unit", "post", "official"):
        outcome.measures.append(
            Measure(
                year=run.cycle.year,
                unit=row.unit.code,
                post=row.post.title,
                person=row.official.name if row.official else "",
                days=row.days,
                step=row.step,
                status="manual" if row.manual_reason else "proposal",
                reason=row.manual_reason,
            )
        )
    return outcome


@contextmanager
def rolled_back():
    """Everything done inside is undone at the end: one county after another in one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _point(unit: str, point: dict) -> SimpleNamespace:
    is_word = point["method"] == "grade"
    target = point.get("target") if point["method"] == "completion" else None
    return SimpleNamespace(
        unit=unit,
        indicator=point["code"],
        group=point["group"],
        raw=point["raw"] if is_word else Fraction(point["raw"]),
        target=None if target is None else Fraction(target),
        **{column: Fraction(point[column]) for column in ("p", "weight", "effective_weight", "contribution")},
    )


def _units(county: spec.County, root: str) -> dict[str, Organization]:
    """The jurisdiction and its units, by code."""
    jurisdiction = Organization.objects.create(code=root, name=f"{root}县", kind=Kind.JURISDICTION, path="000001")
    created = Organization.objects.bulk_create(
        Organization(
            code=code,
            name=county.names.get(code, code),
            short_name=county.names.get(code, code),
            kind=Kind.DEPARTMENT,
            parent=jurisdiction,
            jurisdiction=jurisdiction,
            path=f"000001{number:06}",
            sort=number,
        )
        for number, code in enumerate(sorted(county.units), 1)
    )
    units = {unit.code: unit for unit in created}
    UnitCategory.objects.bulk_create(
        UnitCategory(organization=units[code], year=county.year, category=category)
        for code, category in county.units.items()
    )
    return {root: jurisdiction, **units}


def _schemes(county: spec.County, cycle: Cycle, units: dict[str, Organization]) -> dict[tuple[str, str], Indicator]:
    """Schemes and their indicators, by category and code."""
    created = Scheme.objects.bulk_create(
        Scheme(
            cycle=cycle,
            category=category,
            tie_breakers=list(scheme.tie_breakers),
            **{name: getattr(scheme, name) for name in SCHEME_FIELDS},
        )
        for category, scheme in county.schemes.items()
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            scheme=scheme,
            code=leaf.code,
            name=leaf.name or leaf.code,
            group=leaf.group,
            weight=leaf.weight,
            method=leaf.method,
            direction=leaf.direction,
            params=_texts(leaf.params),
            responsible=units.get(leaf.responsible),
            sort=sort,
        )
        for scheme in created
        for sort, leaf in enumerate(county.schemes[scheme.category].indicators, 1)
    )
    return {(indicator.scheme.category, indicator.code): indicator for indicator in indicators}


def _indicator(county: spec.County, indicators: dict, unit: str, code: str) -> Indicator:
    """The indicator of the unit's own category; for a stray figure the one of another category."""
    own = indicators.get((county.units[unit], code))
    return own or next(indicator for (_, other), indicator in indicators.items() if other == code)


def _texts(params):
    """Parameters as the product stores them: numbers as text."""
    if isinstance(params, dict):
        return {key: _texts(value) for key, value in params.items()}
    return str(params)


def _history(county: spec.County, jurisdiction: Organization, units: dict[str, Organization]) -> None:
    """Published cycles of other years with the results of the units that had one."""
    for year in sorted({year for years in county.history.values() for year in years}):
        cycle = Cycle.objects.create(jurisdiction=jurisdiction, year=year)
        results = {unit: years[year] for unit, years in county.history.items() if year in years}
        run = Run.objects.create(
            number=f"{jurisdiction.code}-{year}-01",
            cycle=cycle,
            digest=f"history {year}",
            engine_version="0",
            parameters={},
            rulebook_version="",
            started_at=timezone.now(),
            finished_at=timezone.now(),
            actor_name=str(ACTOR),
            unit_count=len(results),
        )
        RunUnit.objects.bulk_create(_past(county, run, units[unit], was) for unit, was in results.items())
        cycle.published_run, cycle.status = run, "published"
        cycle.save()


def _past(county: spec.County, run: Run, unit: Organization, was: spec.PastYear) -> RunUnit:
    return RunUnit(
        run=run,
        unit=unit,
        category=was.category or county.units[unit.code],
        base=60,
        bonus=0,
        deduction=0,
        vetoes=0,
        total=60,
        rank=9 if was.flagged else 1,
        n=9,
        grade="较差",
        flagged=was.flagged,
        shielded=was.shielded,
        mitigated=False,
        streak=0,
        flags_in_window=0,
        step="none",
        notes={},
    )


def _posts(county: spec.County, units: dict[str, Organization]) -> None:
    posts = Post.objects.bulk_create(
        Post(organization=units[post.unit], title=post.title, is_principal=post.is_principal, sort=sort)
        for sort, post in enumerate(county.posts, 1)
    )
    people = sorted({spell.person for post in county.posts for spell in post.spells})
    officials = Official.objects.bulk_create(
        Official(name=person, id_cipher=b"", id_hash=f"hash of {person}", id_masked=person[-18:]) for person in people
    )
    by_name = {official.name: official for official in officials}
    held = [(post, spell) for post, own in zip(posts, county.posts, strict=True) for spell in own.spells]
    PostHolding.objects.bulk_create(
        PostHolding(
            official=by_name[spell.person],
            post=post,
            starts_on=spell.starts_on,
            ends_on=spell.ends_on,
            is_main=not any(_overlap(spell, other) for _, other in held[:number]),
        )
        for number, (post, spell) in enumerate(held)
    )


def _overlap(spell: spec.Spell, other: spec.Spell) -> bool:
    """The same person at the same time elsewhere: then only one of the posts can be the main one."""
    return (
        spell.person == other.person
        and spell.starts_on <= (other.ends_on or date.max)
        and other.starts_on <= (spell.ends_on or date.max)
    )
