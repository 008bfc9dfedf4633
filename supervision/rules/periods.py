"""Influence periods (影响期) of sanctions and handlings: first and last day, what they bar, what an earlier one adds. Pure.

Every number comes in as `PeriodLaw`. Conventions: D-1 (a period of N months ends the day before the corresponding day, clipped to
the month's end), D-2 (it runs from the day of effect; 留党察看 from the day rights are restored). Combinations: R-DIS-20 (Party
upon Party: the days left are added, 中国共产党纪律处分条例 第21条), R-DIS-21 (government upon government: added, at most so many
months from the newer day of effect, 行政机关公务员处分条例 第10条), R-DIS-22 (decided together: one period, set by the deciding
body, so nothing is added to sanctions of the same day), R-DIS-23 (across families the longest holds: nothing is added, whoever
asks for the first free day takes the latest end).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.common.dates import add_months, days_inclusive

PROBATION, AFTER = "PROBATION", "AFTER"
"""The two parts of 留党察看: until rights are restored, and from then on."""
LEADING_POST, HIGHER_POST = "LEADING_POST", "HIGHER_POST"
"""The two parts of ordered resignation, removal and resignation taking the blame."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sanction:
    """A sanction or handling as decided.

    `months`: as written in the decision, None for the rule's own. `instead_of_removal`: a serious warning given because there
    is no Party post to remove from. `probation_months` and `rights_restored_on`: of 留党察看 only. `after_demotion`: an
    adjustment as unfit that was a demotion.
    """

    kind: str
    decided_on: date
    effective_on: date
    months: int | None = None
    instead_of_removal: bool = False
    probation_months: int | None = None
    rights_restored_on: date | None = None
    after_demotion: bool = False


@dataclass(frozen=True, slots=True)
class RunningPeriod:
    """A period of the person from another sanction. `ends_on` None: no end is known.

    `effective_on`: the day of effect of that sanction where its period starts later (restored rights, or it waited for a
    probation).
    """

    source_no: str
    kind: str
    family: str
    starts_on: date
    ends_on: date | None
    part: str = ""
    effective_on: date | None = None

    @property
    def begun_on(self) -> date:
        """The day from which the sanction holds."""
        return self.effective_on or self.starts_on


@dataclass(frozen=True, slots=True)
class PartLaw:
    """One period of a kind: months, or without an end (`is_open`), and the words of blocked_act it bars.

    `rule_ids`: the rule of the length first.
    """

    part: str
    months: int | None
    blocks: frozenset[str]
    rule_ids: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """Other months that hold in place of a kind's own in a special case, with the rule that says so."""

    months: int
    rule_id: str


@dataclass(frozen=True, slots=True)
class PeriodLaw:
    """What the rulebook says of one kind. No `parts`: kept on record only.

    `adds`: an earlier running period of the family adds its days; `cap_months`: but not beyond so many months from the day of
    effect (None: no cap). `stacking_rule`: the rule that says so. `replacing`: by `instead_of_removal`; `demoted`: by
    `after_demotion`.
    """

    kind: str
    family: str
    parts: tuple[PartLaw, ...]
    adds: bool = False
    cap_months: int | None = None
    stacking_rule: str = ""
    replacing: Variant | None = None
    demoted: Variant | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A computed period; both days count, `ends_on` None: no end is known yet.

    `own_ends_on`: where it would end alone. `added_days` are the calendar days that `added_from` (number of the earlier
    decision) had left; `is_capped`: the cap cut some of them off.
    """

    part: str
    starts_on: date
    ends_on: date | None
    blocks: frozenset[str]
    rule_ids: tuple[str, ...]
    own_months: int | None
    own_ends_on: date | None
    added_days: int = 0
    added_from: str = ""
    is_capped: bool = False


def last_day(starts_on: date, months: int) -> date:
    """Last day of a period of months (D-1): 18 months from 31 January 2025 end on 30 July 2026."""
    return add_months(starts_on, months) - ONE_DAY


def compute_periods(sanction: Sanction, running: Iterable[RunningPeriod], law: PeriodLaw) -> tuple[Period, ...]:
    """The periods of a sanction, the shorter first. Empty for kinds kept on record only.

    `running`: the person's other periods by earlier decisions, of any family. Raises ValueError when law and sanction are
    of different kinds, when months below zero are given, and for months of a kind with two periods, which no decision sets.
    """
    if law.kind != sanction.kind:
        raise ValueError(f"the law of {law.kind} cannot tell the period of {sanction.kind}")
    if sanction.months is not None and (sanction.months < 0 or len(law.parts) > 1):
        raise ValueError(f"{sanction.months} months cannot be set for {sanction.kind}")
    family = [period for period in running if period.family == law.family and law.adds]
    if sanction.kind == "PTY_PROBATION":
        return _probation(sanction, family, law)
    found = (_period(part, sanction, family, law) for part in law.parts)
    return tuple(period for period in found if period is not None)


def _probation(sanction: Sanction, family: Sequence[RunningPeriod], law: PeriodLaw) -> tuple[Period, ...]:
    """留党察看 (reading 4): open until rights are restored, then its months; days left on the day of decision are added."""
    until, after = law.parts
    restored = sanction.rights_restored_on
    if restored is not None and restored <= sanction.effective_on:
        raise ValueError(f"rights restored on {restored}, not after the day of effect {sanction.effective_on}")
    ends_on = restored and restored - ONE_DAY
    first = Period(PROBATION, sanction.effective_on, ends_on, until.blocks, until.rule_ids, None, ends_on)
    if restored is None:
        return (first,)
    months = after.months if sanction.months is None else sanction.months
    waits, free_on = _waits_for(sanction.effective_on, family)
    if waits is not None and free_on is None:
        return (first,)
    starts_on = max(restored, free_on) if free_on else restored
    left = None if waits else _left_on(sanction.decided_on, sanction.effective_on, family)
    return first, _stacked(after, starts_on, months, left or waits, law)


def _period(part: PartLaw, sanction: Sanction, family: Sequence[RunningPeriod], law: PeriodLaw) -> Period | None:
    day, months, rule_ids = sanction.effective_on, *_months(part, sanction, law)
    if part.is_open:
        return Period(part.part, day, None, part.blocks, rule_ids, None, None)
    if not months:
        return None
    part = PartLaw(part.part, months, part.blocks, rule_ids)
    # whoever is expelled gets no rights back: there is nothing to wait for
    waits, free_on = (None, None) if sanction.kind == "PTY_EXPEL" else _waits_for(day, family)
    if waits is not None:
        if free_on is None:
            return Period(
                part.part, day, None, part.blocks, (*rule_ids, law.stacking_rule), months, None, 0, waits.source_no
            )
        return _stacked(part, free_on, months, waits, law)
    return _stacked(part, day, months, _left_on(day, day, family), law)


def _months(part: PartLaw, sanction: Sanction, law: PeriodLaw) -> tuple[int | None, tuple[str, ...]]:
    """Months that hold and the rules that say so: as decided, else in the special case, else the kind's own."""
    variant = None
    if sanction.instead_of_removal and law.replacing:
        variant = law.replacing
    elif sanction.after_demotion and law.demoted:
        variant = law.demoted
    months, rule_ids = (
        (variant.months, (variant.rule_id, *part.rule_ids[1:])) if variant else (part.months, part.rule_ids)
    )
    return (months if sanction.months is None else sanction.months), rule_ids


def _stacked(
    part: PartLaw, starts_on: date, months: int, earlier: tuple[int, str] | RunningPeriod | None, law: PeriodLaw
) -> Period:
    """The period with the days an earlier one had left (R-DIS-20, R-DIS-21); never shorter than alone."""
    own_ends_on = last_day(starts_on, months)
    if earlier is None:
        return Period(part.part, starts_on, own_ends_on, part.blocks, part.rule_ids, months, own_ends_on)
    days, source_no = (0, earlier.source_no) if isinstance(earlier, RunningPeriod) else earlier
    ends_on, is_capped = own_ends_on + timedelta(days=days), False
    if law.cap_months is not None:
        furthest = max(own_ends_on, last_day(starts_on, law.cap_months))
        ends_on, is_capped = min(ends_on, furthest), ends_on > furthest
    rule_ids = (*part.rule_ids, law.stacking_rule)
    return Period(part.part, starts_on, ends_on, part.blocks, rule_ids, months, own_ends_on, days, source_no, is_capped)


def _waits_for(day: date, family: Sequence[RunningPeriod]) -> tuple[RunningPeriod | None, date | None]:
    """The probation that runs on the day, and the first day after everything that follows it (reading 4).

    The day is None as long as rights are not restored. Sanctions that take effect on the same day do not wait for each other.
    """
    probation = next(
        (p for p in family if p.part == PROBATION and p.begun_on < day and (p.ends_on is None or day <= p.ends_on)),
        None,
    )
    if probation is None or probation.ends_on is None:
        return probation, None
    after = next((p for p in family if p.part == AFTER and p.source_no == probation.source_no), None)
    if after is None or after.ends_on is None:
        return probation, None
    return probation, _chain(day, family)[0] + ONE_DAY


def _left_on(day: date, effective_on: date, family: Sequence[RunningPeriod]) -> tuple[int, str] | None:
    """Calendar days, the day itself included, that earlier periods had left on a day, and the number of the last of them."""
    ends_on, source_no = _chain(effective_on, family, on=day)
    if ends_on is None:
        return None
    return days_inclusive(day, ends_on), source_no


def _chain(effective_on: date, family: Sequence[RunningPeriod], on: date | None = None) -> tuple[date | None, str]:
    """Last day and number of the periods that run on a day and of those that follow without a gap.

    Only sanctions that held before `effective_on`: those of the same day are decided together (R-DIS-22).
    """
    ends_on, source_no = None, ""
    old = {p.source_no for p in family if p.begun_on < effective_on}
    earlier = [p for p in family if p.source_no in old and p.ends_on is not None]
    for period in sorted(earlier, key=lambda p: (p.starts_on, p.ends_on)):
        first = (on or effective_on) if ends_on is None else ends_on + ONE_DAY
        if period.starts_on <= first and period.ends_on >= first:
            ends_on, source_no = period.ends_on, period.source_no
    return ends_on, source_no
