"""Calculating one county: refusals, digest, the SQL statement, the leaders it leads to. One transaction, inside PostgreSQL."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.common.prepared import Prepared
from foundation.common.results import DomainError

from ..models import Cycle, Run, RunMeasure
from ..rules.liability import PrincipalPost, Spell, compute_liable
from .parameters import Parameters, parameters_for

ENGINE_VERSION = "2"
_SQL = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "sql").glob("*.sql")}
_TYPES = {
    "cycle": "bigint",
    "jurisdiction": "bigint",
    "year": "int",
    "header": "text",
    "engine": "text",
    "ladder": "int[]",
    "window_years": "int",
    "window_flags": "int",
    "window_step": "int",
    "category_change_keeps": "boolean",
    "cap": "numeric",
    "cap_max": "numeric",
    "rank_floor": "numeric",
    "grade_table": "text",
}
_CALCULATE = Prepared("calculate", f"WITH {_SQL['inputs']}, {_SQL['digest']}, {_SQL['calculate']}", _TYPES)
_DIGEST = Prepared(
    "digest",
    f"WITH {_SQL['inputs']}, {_SQL['digest']} SELECT hex FROM digest",  # noqa: S608 - our own files
    _TYPES,
)


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


def _stated(cycle: Cycle, parameters: Parameters) -> str:
    """The part of a digest that stands in no table: engine, year and parameters."""
    stated = {key: value for key, value in parameters.as_dict().items() if key != "rulebook_version"}
    return json.dumps({"engine": ENGINE_VERSION, "year": cycle.year, **stated}, sort_keys=True, ensure_ascii=False)


def compute_digest(cycle: Cycle, parameters: Parameters) -> str:
    """SHA-256 over all inputs in natural keys, the parameters and the engine version (hexadecimal)."""
    arguments = {**_arguments(cycle, parameters), "header": _stated(cycle, parameters)}
    with connection.cursor() as cursor:
        _DIGEST.execute(cursor, arguments)
        return cursor.fetchone()[0]


@dataclass(frozen=True)
class Stored:
    """What the one statement gave: the digest, then a known run, something that stands against it, or stored results."""

    digest: str
    known: int | None
    is_obstructed: bool
    run_id: int | None
    unit_count: int
    runs_before: int
    effects: list[dict]
    steps: dict[int, str]
    """The proposed step of each unit that has one, by unit."""
    posts: list[dict]
    """The principal posts of those units that existed in the year, each with its holders."""


def store_results(cursor, cycle: Cycle, parameters: Parameters) -> Stored:
    """Rank a county and store the results of its units for a run that the caller must store in the same transaction."""
    arguments = {**_arguments(cycle, parameters), "header": _stated(cycle, parameters), "engine": ENGINE_VERSION}
    _CALCULATE.execute(cursor, arguments)
    *found, effects, units, steps, posts = cursor.fetchone()
    return Stored(*found, json.loads(effects), dict(zip(units, steps, strict=True)), json.loads(posts))


def _liable_leaders(run: Run, stored: Stored, parameters: Parameters) -> list[RunMeasure]:
    """Who answers for the units with a proposed step."""
    posts, spells = defaultdict(list), defaultdict(list)
    for post in stored.posts:
        posts[post["unit"]].append(PrincipalPost(post["pk"], post["sort"], post["title"]))
        for person, starts_on, ends_on in post["spells"] or ():
            last = date.fromisoformat(ends_on) if ends_on else None
            spells[post["unit"]].append(Spell(post["pk"], person, date.fromisoformat(starts_on), last))
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
        for unit, step in stored.steps.items()
        for liable in compute_liable(posts[unit], spells[unit], run.cycle.year, parameters.min_tenure_days)
    ]


@transaction.atomic
def calculate(cycle: Cycle, *, actor, parameters: Parameters | None = None) -> Outcome:
    """Calculate a cycle and store an immutable run, or hand back the run that the same inputs gave before.

    The cycle row is locked, so that parallel orders for one county make one run. Raises CalculationRefused with every
    gap and every wrong input; nothing is stored then.
    """
    started_at = timezone.now()
    Cycle.objects.system().select_for_update().only("pk").get(pk=cycle.pk)
    parameters = parameters or parameters_for(cycle.year, cycle.jurisdiction.code)
    with connection.cursor() as cursor:
        stored = store_results(cursor, cycle, parameters)
    if stored.known:
        return Outcome(Run.objects.system().get(pk=stored.known), True)
    if stored.is_obstructed:
        raise CalculationRefused(find_refusals(cycle, parameters))
    if not stored.unit_count:
        raise DomainError(
            "NO_UNITS", _("No unit has a category in this year. Import the units with their categories first.")
        )
    run = Run(
        pk=stored.run_id,
        number=f"{cycle.jurisdiction.code}-{cycle.year}-{stored.runs_before + 1:02d}",
        cycle=cycle,
        digest=stored.digest,
        engine_version=ENGINE_VERSION,
        parameters=parameters.as_dict(),
        rulebook_version=parameters.rulebook_version,
        started_at=started_at,
        finished_at=timezone.now(),
        actor_id=actor.pk,
        actor_name=str(actor),
        unit_count=stored.unit_count,
        effects=stored.effects,
    )
    run.save(force_insert=True)
    RunMeasure.objects.bulk_create(_liable_leaders(run, stored, parameters))
    record(
        actor=actor,
        action="assessments.run.calculated",
        target_kind="assessments.run",
        target_no=run.number,
        target_label=run.number,
        org_path=cycle.jurisdiction.path,
        rulebook_version=parameters.rulebook_version,
        data={"digest": stored.digest, "units": stored.unit_count, "engine": ENGINE_VERSION},
    )
    return Outcome(run, False)
