"""Restrictions and bounds on ratings: written and lifted by the decisions of the rooms above, in their transaction.

Nothing here is typed by hand: a room above computes what its decision restricts and hands it down (facts sink, decisions
rise). The audit entry is the decision's own; `hold` is a decision of its own and writes one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from ..choices import Nature
from ..models import Official, RatingConstraint, Restriction


@dataclass(frozen=True)
class RestrictionSpec:
    """One restriction as a decision makes it; `explanation` says in facts how the last day came."""

    kind: str
    starts_on: date
    ends_on: date | None
    blocks: Iterable[str]
    rule_ids: Iterable[str]
    part: str = ""
    nature: str = Nature.PERIOD
    review_on: date | None = None
    explanation: dict = field(default_factory=dict)


@dataclass(frozen=True)
class BoundSpec:
    """One bound on the rating of a year."""

    kind: str
    year: int
    effect: str
    rule_id: str


@transaction.atomic
def impose(
    *,
    official: Official,
    source_kind: str,
    source_no: str,
    text: str,
    rulebook_version: str,
    periods: Iterable[RestrictionSpec] = (),
    bounds: Iterable[BoundSpec] = (),
) -> list[Restriction]:
    """Make the rows of a decision what it says now: new parts are added, known ones changed, others go (before it was lifted).

    Called again when a later fact changes a period (rights restored, an earlier decision revoked); history keeps each state.
    """
    known = {
        row.part: row
        for row in Restriction.objects.system().of_decision(source_kind, source_no).filter(official=official)
    }
    kept = []
    for spec in periods:
        row = known.pop(spec.part, None) or Restriction(
            official=official, source_kind=source_kind, source_no=source_no, part=spec.part
        )
        row.kind, row.nature, row.blocks = spec.kind, spec.nature, sorted(spec.blocks)
        row.starts_on, row.ends_on, row.review_on = spec.starts_on, spec.ends_on, spec.review_on
        row.rule_ids, row.explanation, row.text = list(spec.rule_ids), spec.explanation, text[:300]
        row.rulebook_version = rulebook_version
        row.lifted_on, row.lift_source, row.lift_reason = None, "", ""
        row.save()
        kept.append(row)
    for row in known.values():
        row.delete()
    _impose_bounds(official, source_kind, source_no, rulebook_version, bounds)
    return kept


def _impose_bounds(official, source_kind, source_no, rulebook_version, bounds):
    found = RatingConstraint.objects.system().of_decision(source_kind, source_no).filter(official=official)
    known = {row.year: row for row in found}
    for spec in bounds:
        row = known.pop(spec.year, None) or RatingConstraint(
            official=official, source_kind=source_kind, source_no=source_no, year=spec.year
        )
        row.kind, row.effect, row.rule_id, row.rulebook_version = spec.kind, spec.effect, spec.rule_id, rulebook_version
        row.lifted_on, row.lift_source, row.lift_reason = None, "", ""
        row.save()
    for row in known.values():
        row.delete()


@transaction.atomic
def lift(*, source_kind: str, source_no: str, on: date, by: str, reason: str) -> int:
    """What a decision restricts ends on a day by another decision (revoked, exempted, cleared); the rows stay on record.

    Returns how many restrictions and bounds were standing.
    """
    change = {"lifted_on": on, "lift_source": by[:120], "lift_reason": reason[:300]}
    rows = Restriction.objects.system().of_decision(source_kind, source_no).standing()
    bounds = RatingConstraint.objects.system().of_decision(source_kind, source_no).standing()
    return rows.update(**change) + bounds.update(**change)


@transaction.atomic
def restore(*, source_kind: str, source_no: str) -> int:
    """Take a lift back: the decision that lifted was itself reversed. Returns how many rows stand again."""
    change = {"lifted_on": None, "lift_source": "", "lift_reason": ""}
    rows = Restriction.objects.system().of_decision(source_kind, source_no).filter(lifted_on__isnull=False)
    bounds = RatingConstraint.objects.system().of_decision(source_kind, source_no).filter(lifted_on__isnull=False)
    return rows.update(**change) + bounds.update(**change)


def lift_row(row: Restriction | RatingConstraint, *, on: date, by: str, reason: str) -> bool:
    """One row ends on a day by another decision, the rest of its decision stands. False when it was not standing any more."""
    change = {"lifted_on": on, "lift_source": by[:120], "lift_reason": reason[:300]}
    return type(row).objects.system().standing().filter(pk=row.pk).update(**change) == 1


def restore_row(row: Restriction | RatingConstraint, *, by: str) -> bool:
    """Take the lift of one row back. False when it was not lifted by `by` any more."""
    change = {"lifted_on": None, "lift_source": "", "lift_reason": ""}
    lifted = type(row).objects.system().filter(pk=row.pk, lifted_on__isnull=False, lift_source=by[:120])
    return lifted.update(**change) == 1
