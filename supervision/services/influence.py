"""From a decision to what it restricts: periods with stacking, bounds on ratings, the rows in the record.

Every decision in force is computed from its own days and from the earlier ones, so that revoking one or restoring rights
moves the later ones of the same person as well, in one transaction.
"""

from datetime import date

from django.db.models import OuterRef, Subquery

from foundation.casework.services.deadlines import county_of
from foundation.regulations.services.rulebook import rulebook
from officials.models import Restriction
from officials.services.restrictions import BoundSpec, RestrictionSpec, impose, lift

from ..models import Admonishment, Handling
from ..rules.kinds import FAMILY_OF
from ..rules.periods import Period, RunningPeriod, Sanction, compute_periods
from ..rules.rating_effects import compute_effects
from ..workflows import ADMONISHMENT, HANDLING
from ..workflows.handling import IN_FORCE, LIFTED
from .period_law import law_of
from .rating_law import rating_law_of


def sanction_of(case: Handling) -> Sanction:
    """The decision in the shape of the pure rule."""
    return Sanction(
        kind=case.kind,
        decided_on=case.decided_on,
        effective_on=case.effective_on,
        months=case.months,
        instead_of_removal=case.is_instead_of_removal,
        probation_months=case.probation_months,
        rights_restored_on=case.rights_restored_on,
        after_demotion=case.kind == "UNFIT_ADJUST" and case.way == "DEMOTE",
    )


def running_periods(official, *, before: Handling | None = None) -> list[RunningPeriod]:
    """Periods of the person's other decisions that were not lifted by another decision (1 query)."""
    decided = Handling.objects.system().filter(case_no=OuterRef("source_no")).values("effective_on")
    rows = Restriction.objects.system().standing().filter(official=official, source_kind=HANDLING.kind)
    if before is not None:
        # decisions with an earlier day of effect: the case itself and later ones do not add to it
        rows = rows.exclude(source_no=before.case_no)
    rows = rows.annotate(effective_on=Subquery(decided))
    return [
        RunningPeriod(
            row.source_no, row.kind, FAMILY_OF[row.kind], row.starts_on, row.ends_on, row.part, row.effective_on
        )
        for row in rows
        if before is None or row.effective_on < before.effective_on
    ]


def periods_of(case: Handling) -> tuple[Period, ...]:
    """What the decision bars from when to when, with the days of earlier ones. Raises KeyError before the kind's regulation."""
    law = law_of(rulebook(on=case.effective_on, jurisdiction=county_of(case)), case.kind)
    return compute_periods(sanction_of(case), running_periods(case.official, before=case), law)


def later_decisions(case: Handling):
    """The person's decisions that took effect later and were not revoked, the earliest first (1 query)."""
    later = Handling.objects.system().filter(
        official=case.official_id, status__in=[IN_FORCE, LIFTED], effective_on__gt=case.effective_on
    )
    return later.select_related("organization__jurisdiction", "official").order_by("effective_on", "pk")


def write_influence(case: Handling) -> tuple[Period, ...]:
    """Write the decision's restrictions and bounds, and compute the later ones of the same person anew."""
    periods = _write(case)
    for other in later_decisions(case):
        _write(other)
    return periods


def _write(case: Handling) -> tuple[Period, ...]:
    book = rulebook(on=case.effective_on, jurisdiction=county_of(case))
    periods = periods_of(case)
    ratings = rating_law_of(
        book, case.kind, probation_months=case.probation_months, is_tied_to_duty=case.is_tied_to_duty
    )
    impose(
        official=case.official,
        source_kind=HANDLING.kind,
        source_no=case.case_no,
        text=case.summary,
        rulebook_version=book.version,
        periods=[spec_of(case.kind, period) for period in periods],
        bounds=[
            BoundSpec(case.kind, effect.year, effect.word, effect.rule_id)
            for effect in compute_effects(case.case_no, case.effective_on, ratings)
        ],
    )
    return periods


def spec_of(kind: str, period: Period) -> RestrictionSpec:
    """A computed period as the record keeps it, with how its last day came."""
    explanation = {
        "own_months": period.own_months,
        "own_ends_on": period.own_ends_on.isoformat() if period.own_ends_on else None,
        "added_days": period.added_days,
        "added_from": period.added_from,
        "is_capped": period.is_capped,
    }
    return RestrictionSpec(
        kind=kind,
        part=period.part,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        blocks=period.blocks,
        rule_ids=period.rule_ids,
        explanation=explanation,
    )


def take_back(case: Handling, *, on: date, by: str, reason: str) -> int:
    """What the decision restricted ends; later decisions are computed without it. Returns how many rows stood."""
    number = lift(source_kind=HANDLING.kind, source_no=case.case_no, on=on, by=by, reason=reason)
    for other in later_decisions(case):
        _write(other)
    return number


def write_admonishment(case: Admonishment) -> tuple[Period, ...]:
    """The six months of an admonishment from the day it was delivered, and its bound on the year's rating."""
    book = rulebook(on=case.held_on, jurisdiction=county_of(case))
    sanction = Sanction("ADMONISH", case.approved_on or case.held_on, case.held_on)
    periods = compute_periods(sanction, (), law_of(book, "ADMONISH"))
    impose(
        official=case.official,
        source_kind=ADMONISHMENT.kind,
        source_no=case.case_no,
        text=case.summary,
        rulebook_version=book.version,
        periods=[spec_of("ADMONISH", period) for period in periods],
        bounds=[
            BoundSpec("ADMONISH", effect.year, effect.word, effect.rule_id)
            for effect in compute_effects(case.case_no, case.held_on, rating_law_of(book, "ADMONISH"))
        ],
    )
    return periods
