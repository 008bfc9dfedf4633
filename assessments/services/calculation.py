"""Calculating one county: refusals, digest, the SQL statement, the leaders it leads to. One transaction, inside PostgreSQL."""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.dates import year_bounds
from foundation.common.results import DomainError
from foundation.organizations.models import Post
from officials.models import PostHolding
from tolerance.models import AssessmentEffect

from ..models import Cycle, Run, RunMeasure, RunUnit
from ..rules.liability import PrincipalPost, Spell, compute_liable
from .parameters import Parameters, parameters_for

ENGINE_VERSION = "1"
_SQL = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "sql").glob("*.sql")}


@dataclass(frozen=True)
class Refusal:
    """One thing that stands against a calculation, with unit, indicator and the department that must act."""

    code: str
    unit_code: str
    unit_name: str
    category: str
    indicator: str
    indicator_name: str
    responsible_code: str
    responsible_name: str
    value: str

    @property
    def is_gap(self) -> bool:
        """A figure or target that is missing, as opposed to one that is wrong."""
        return self.code.startswith("GAP_")


class CalculationRefused(DomainError):
    """The inputs are incomplete or wrong; `refusals` lists every place."""

    def __init__(self, refusals):
        super().__init__(
            "CALCULATION_REFUSED",
            _("The calculation cannot start: %(count)d figures are missing or wrong. Complete them, then start again.")
            % {"count": len(refusals)},
        )
        self.refusals = refusals


@dataclass(frozen=True)
class Outcome:
    """What asking for a calculation gave: the run, and whether one with the same inputs existed already."""

    run: Run
    was_reused: bool


def _arguments(cycle: Cycle, parameters: Parameters) -> dict:
    return {
        "cycle": cycle.pk,
        "jurisdiction": cycle.jurisdiction_id,
        "year": cycle.year,
        "ladder": parameters.severities(),
        "window_years": parameters.window_years,
        "window_flags": parameters.window_flags,
        "window_step": Parameters(ladder=(parameters.window_step,)).severities()[0],
        "category_change_keeps": parameters.category_change_keeps,
        "cap": parameters.cap,
        "cap_max": parameters.cap_max,
        "rank_floor": parameters.rank_floor,
        "grade_table": json.dumps(parameters.grade_table, ensure_ascii=False),
    }


def find_refusals(cycle: Cycle, parameters: Parameters | None = None) -> list[Refusal]:
    """Everything that stands against calculating a cycle, ordered by unit and indicator; empty when it can run."""
    parameters = parameters or parameters_for(cycle.year, cycle.jurisdiction.code)
    with connection.cursor() as cursor:
        cursor.execute(_SQL["refusals"], _arguments(cycle, parameters))
        return [Refusal(*row) for row in cursor.fetchall()]


def compute_digest(cycle: Cycle, parameters: Parameters) -> str:
    """SHA-256 over all inputs in natural keys, the parameters and the engine version (hexadecimal)."""
    stated = {key: value for key, value in parameters.as_dict().items() if key != "rulebook_version"}
    header = json.dumps({"engine": ENGINE_VERSION, "year": cycle.year, **stated}, sort_keys=True, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(_SQL["digest"], {**_arguments(cycle, parameters), "header": header})
        return cursor.fetchone()[0]


def _liable_leaders(run: Run, cycle: Cycle, parameters: Parameters) -> list[RunMeasure]:
    steps = dict(RunUnit.objects.system().filter(run=run).exclude(step="none").values_list("unit_id", "step"))
    if not steps:
        return []
    first, last = year_bounds(cycle.year)
    posts, spells = defaultdict(list), defaultdict(list)
    for post in Post.objects.system().principal().filter(organization__in=steps):
        if (post.starts_on is None or post.starts_on <= last) and (post.ends_on is None or post.ends_on >= first):
            posts[post.organization_id].append(PrincipalPost(post.pk, post.sort, post.title))
    held = PostHolding.objects.system().of_principal_posts().during(first, last).filter(post__organization__in=steps)
    for unit, post, person, starts_on, ends_on in held.values_list(
        "post__organization_id", "post_id", "official_id", "starts_on", "ends_on"
    ):
        spells[unit].append(Spell(post, person, starts_on, ends_on))
    return [
        RunMeasure(
            run=run,
            unit_id=unit,
            post_id=liable.post.pk,
            official_id=liable.person,
            days=liable.days,
            step=step,
            manual_reason=liable.manual_reason,
            candidates=[{"official": person, "days": days} for person, days in liable.candidates],
        )
        for unit, step in sorted(steps.items())
        for liable in compute_liable(posts[unit], spells[unit], cycle.year, parameters.min_tenure_days)
    ]


def _next_number(cycle: Cycle) -> str:
    taken = Run.objects.system().filter(cycle=cycle).count()
    return f"{cycle.jurisdiction.code}-{cycle.year}-{taken + 1:02d}"


@transaction.atomic
def calculate(cycle: Cycle, *, actor, parameters: Parameters | None = None) -> Outcome:
    """Calculate a cycle and store an immutable run, or hand back the run that the same inputs gave before.

    The cycle row is locked, so that parallel orders for one county make one run. Raises CalculationRefused with every
    gap and every wrong input; nothing is stored then.
    """
    started_at = timezone.now()
    locked = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=cycle.pk)
    parameters = parameters or parameters_for(locked.year, locked.jurisdiction.code)
    digest = compute_digest(locked, parameters)
    known = Run.objects.system().filter(cycle=locked, digest=digest, engine_version=ENGINE_VERSION).first()
    if known:
        return Outcome(known, True)
    refusals = find_refusals(locked, parameters)
    if refusals:
        raise CalculationRefused(refusals)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('assessments_run', 'id'))")
        run_id = cursor.fetchone()[0]
        cursor.execute(_SQL["calculate"], {**_arguments(locked, parameters), "run": run_id})
        unit_count = cursor.rowcount
    if not unit_count:
        raise DomainError(
            "NO_UNITS", _("No unit has a category in this year. Import the units with their categories first.")
        )
    run = Run(
        pk=run_id,
        number=_next_number(locked),
        cycle=locked,
        digest=digest,
        engine_version=ENGINE_VERSION,
        parameters=parameters.as_dict(),
        rulebook_version=parameters.rulebook_version,
        started_at=started_at,
        finished_at=timezone.now(),
        actor_id=actor.pk,
        actor_name=str(actor),
        unit_count=unit_count,
        effects=_counted_effects(locked),
    )
    run.save(force_insert=True)
    RunMeasure.objects.bulk_create(_liable_leaders(run, locked, parameters))
    record(
        actor=actor,
        action="assessments.run.calculated",
        target_kind="assessments.run",
        target_no=run.number,
        target_label=run.number,
        org_path=locked.jurisdiction.path,
        rulebook_version=parameters.rulebook_version,
        data={"digest": digest, "units": unit_count, "engine": ENGINE_VERSION},
    )
    return Outcome(run, False)


def _counted_effects(cycle: Cycle) -> list[dict]:
    effects = (
        AssessmentEffect.objects.system()
        .effective()
        .filter(year=cycle.year, organization__jurisdiction=cycle.jurisdiction)
    )
    return [
        {
            "case": e.case_no,
            "unit": e.organization.code,
            "effect": e.effect,
            "target_kind": e.target_kind,
            "target": e.target,
        }
        for e in effects.select_related("organization").order_by("case_no", "pk")
    ]
