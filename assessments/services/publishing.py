"""Publishing a run, opening a published cycle for correction, and what two runs differ in."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audit.services.entries import record
from foundation.casework.services.notices import settle, tell
from foundation.common.results import DomainError
from foundation.common.scoping import require, scope_of

from ..choices import CycleStatus
from ..models import Cycle, Publication, Run, RunMeasure, RunUnit
from . import measures
from .calculation import compute_digest
from .parameters import parameters_for
from .scheme_issue import refuse_drafts

PUBLISH, SIGN = "assessments.publish_run", "assessments.sign_run"


def is_current(run: Run) -> bool:
    """Are the inputs still those the run was calculated from?"""
    return compute_digest(run.cycle, parameters_for(run.cycle.year, run.cycle.jurisdiction.code)) == run.digest


@transaction.atomic
def publish(run: Run, *, actor, reason="", request_no="") -> dict:
    """Make a run the published one of its cycle, align the measures with it and lock the inputs.

    Called by the last signature under a request alone (`publish_requests`), whose number stands in the publication.
    Publishing what is published changes nothing. Raises PermissionDenied for who does not hold the county as a whole,
    DomainError when a scheme of the year is not issued, the inputs changed since the run was calculated, or a published
    cycle was not opened for correction first.
    """
    cycle = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=run.cycle_id)
    require(actor, SIGN, cycle.jurisdiction.path)
    if cycle.published_run_id == run.pk and cycle.is_locked:
        return {"opened": 0, "withdrawn": 0, "marked": 0, "already": True}
    if cycle.is_locked:
        raise DomainError("CYCLE_LOCKED", _("This year is published. Open it for correction with a reason first."))
    refuse_drafts(cycle)
    run.cycle = cycle
    if not is_current(run):
        raise DomainError(
            "RUN_OUTDATED", _("The inputs changed after this run. Calculate again, then publish the new run.")
        )
    first, resting = cycle.published_run_id is None, _resting_on(cycle)
    cycle.published_run = run
    cycle.status = CycleStatus.PUBLISHED
    cycle.save(update_fields=["published_run", "status"])
    Publication.objects.create(
        cycle=cycle,
        run=run,
        at=timezone.now(),
        actor_id=actor.pk,
        actor_name=str(actor),
        reason=reason,
        request_no=request_no,
    )
    counts = measures.align(run, actor=actor)
    shaken = _tell_later_years(cycle, resting)
    record(
        actor=actor,
        action="assessments.run.published",
        target_kind="assessments.run",
        target_no=run.number,
        target_label=run.number,
        org_path=cycle.jurisdiction.path,
        reason=reason,
        rulebook_version=run.rulebook_version,
        data={**counts, "digest": run.digest, "first": first, "request": request_no, "later": shaken},
    )
    return {**counts, "already": False}


def _resting_on(cycle) -> list[Run]:
    """Published runs of later years whose inputs still hold; a streak rests on the flags of the years before."""
    later = Cycle.objects.system().filter(jurisdiction=cycle.jurisdiction_id, year__gt=cycle.year)
    found = []
    for one in (
        later.filter(published_run__isnull=False).select_related("jurisdiction", "published_run").order_by("year")
    ):
        one.published_run.cycle = one
        if is_current(one.published_run):
            found.append(one.published_run)
    return found


def _later_key(cycle) -> str:
    return f"assessments.earlier_year:{cycle.jurisdiction.code}:{cycle.year}"


def _tell_later_years(cycle, resting) -> list[int]:
    """Tell the office which later years' published results lost their ground by this publication; returns those years."""
    settle(_later_key(cycle))
    shaken = [run.cycle for run in resting if not is_current(run)]
    for later in shaken:
        tell(
            key=_later_key(later),
            message="assessments.earlier_year",
            params={"year": later.year, "earlier": cycle.year},
            organization=later.jurisdiction,
            permission=PUBLISH,
            severity="orange",
            url=reverse("assessments:run", args=[later.published_run.number]),
        )
    return [later.year for later in shaken]


@transaction.atomic
def reopen(cycle: Cycle, *, actor, reason: str) -> Cycle:
    """Open a published cycle's inputs for correction. The published run stays in force until a new one replaces it.

    Raises PermissionDenied for who does not hold the county as a whole, DomainError without a reason or when the cycle
    is not published.
    """
    require(actor, PUBLISH, cycle.jurisdiction.path)
    if not (reason or "").strip():
        raise DomainError("REASON_MISSING", _("Say why the published year must be corrected."), status=400)
    locked = Cycle.objects.system().select_for_update(of=("self",)).select_related("jurisdiction").get(pk=cycle.pk)
    if not locked.is_locked:
        raise DomainError(
            "CYCLE_NOT_PUBLISHED", _("This year is not published; its figures can be changed as they are.")
        )
    locked.status = CycleStatus.CORRECTING
    locked.save(update_fields=["status"])
    record(
        actor=actor,
        action="assessments.cycle.reopened",
        target_kind="assessments.cycle",
        target_no=f"{locked.jurisdiction.code}-{locked.year}",
        target_label=str(locked),
        org_path=locked.jurisdiction.path,
        reason=reason,
    )
    return locked


@dataclass(frozen=True)
class UnitDifference:
    """One unit in two runs; a side is None when the unit is missing in that run."""

    unit: object
    before: RunUnit | None
    after: RunUnit | None

    @property
    def total_change(self) -> Decimal | None:
        """After minus before, in points."""
        return self.after.total - self.before.total if self.before and self.after else None

    @property
    def rank_change(self) -> int | None:
        """Places gained (positive) or lost."""
        return self.before.rank - self.after.rank if self.before and self.after else None

    @property
    def is_changed(self) -> bool:
        """Does anything that counts differ?"""
        watched = ("total", "rank", "grade", "flagged", "shielded", "streak", "step", "category")
        sides = (self.before, self.after)
        return None in sides or any(getattr(self.before, f) != getattr(self.after, f) for f in watched)


@dataclass(frozen=True)
class Difference:
    """What changes from one run to another: every unit, and which measures appear and disappear."""

    units: tuple[UnitDifference, ...]
    appearing: tuple
    disappearing: tuple

    @property
    def changed(self) -> tuple[UnitDifference, ...]:
        """Only the units in which something differs."""
        return tuple(unit for unit in self.units if unit.is_changed)

    def visible_to(self, user) -> "Difference":
        """What of it lies inside the user's scope: results of units, and measures for their leaders."""
        results, leaders = scope_of(user, "assessments.view_result"), scope_of(user, "assessments.view_measure")
        return Difference(
            tuple(change for change in self.units if results.covers(change.unit.path)),
            tuple(measure for measure in self.appearing if leaders.covers(measure.unit.path)),
            tuple(measure for measure in self.disappearing if leaders.covers(measure.unit.path)),
        )


def difference(before: Run, after: Run) -> Difference:
    """Compare two runs of one cycle. Raises DomainError for runs of different cycles."""
    if before.cycle_id != after.cycle_id:
        raise DomainError("RUNS_OF_DIFFERENT_CYCLES", _("Only runs of the same year can be compared."), status=400)
    rows = {before.pk: {}, after.pk: {}}
    for row in (
        RunUnit.objects.system().filter(run__in=[before, after]).defer(*RunUnit.FIGURES, "notes").select_related("unit")
    ):
        rows[row.run_id][row.unit_id] = row
    units = []
    for key in rows[before.pk].keys() | rows[after.pk].keys():
        old, new = rows[before.pk].get(key), rows[after.pk].get(key)
        units.append(UnitDifference((new or old).unit, old, new))
    units.sort(key=lambda u: ((u.after or u.before).category, (u.after or u.before).rank, u.unit.code))

    listed = {before.pk: {}, after.pk: {}}
    for m in RunMeasure.objects.filter(run__in=listed).select_related("unit", "post", "official").order_by("pk"):
        listed[m.run_id][m.unit_id, m.post_id, m.official_id, m.step, m.manual_reason] = m
    old, new = listed[before.pk], listed[after.pk]
    return Difference(
        tuple(units),
        tuple(measure for key, measure in new.items() if key not in old),
        tuple(measure for key, measure in old.items() if key not in new),
    )
