"""Posts and ranks stated with their days, set beside recorded ones: which are the same, what is new, what ends. Pure.

Files know months, the record often the exact day: a recorded day in the stated month is kept. A post that a file leaves
open ends an earlier recorded one the day before; two main posts on one day are never made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .partial_dates import PartialDate

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded spell. `identity` tells one post (or rank) from another; only one of a person's `is_alone` spells may
    hold on a day.
    """

    key: int
    identity: tuple
    starts_on: date | None
    ends_on: date | None
    is_alone: bool = True


@dataclass(frozen=True, slots=True)
class Stated:
    """A spell as a file states it; `identities` are all under which it may be recorded."""

    identities: frozenset[tuple]
    starts: PartialDate | None
    ends: PartialDate | None
    is_alone: bool = True


@dataclass(slots=True)
class Placed:
    """What becomes of a stated spell: the recorded one it is (None: a new one), and its days."""

    same: int | None
    starts_on: date | None
    ends_on: date | None


@dataclass(slots=True)
class HistoryPlan:
    """`placed` in the order of the stated spells; `closes` are last days of recorded spells that the file does not name.

    `against`: place of a stated spell that cannot stand, with the key of the recorded one (None: another stated one).
    """

    placed: list[Placed] = field(default_factory=list)
    closes: dict[int, date] = field(default_factory=dict)
    against: tuple[int, int | None] | None = None


def plan_history(recorded: Sequence[Recorded], stated: Sequence[Stated]) -> HistoryPlan:
    """Set stated spells beside recorded ones."""
    plan, free = HistoryPlan(), {spell.key: spell for spell in recorded}
    matched = [_take(free, each, _same_month) for each in stated]
    for place, each in enumerate(stated):
        if matched[place] is None and each.ends is None:
            matched[place] = _take(free, each, _both_open)
    plan.placed = [_placed(each, known) for each, known in zip(stated, matched, strict=True)]
    _part(plan, stated, [spell for spell in free.values() if spell.is_alone])
    return plan


def _take(free: dict[int, Recorded], stated: Stated, fits) -> Recorded | None:
    found = next((s for s in free.values() if s.identity in stated.identities and fits(s, stated)), None)
    return free.pop(found.key) if found else None


def _same_month(spell: Recorded, stated: Stated) -> bool:
    return spell.starts_on is None or stated.starts is None or stated.starts.may_be(spell.starts_on)


def _both_open(spell: Recorded, stated: Stated) -> bool:
    return spell.ends_on is None


def _placed(stated: Stated, known: Recorded | None) -> Placed:
    starts = stated.starts.first_day if stated.starts else None
    ends = stated.ends.last_day if stated.ends else None
    if known is None:
        return Placed(None, starts, ends)
    if known.starts_on and (stated.starts is None or stated.starts.may_be(known.starts_on)):
        starts = known.starts_on
    if known.ends_on and (stated.ends is None or stated.ends.may_be(known.ends_on)):
        ends = known.ends_on
    return Placed(known.key, starts, ends)


@dataclass(slots=True)
class _Spell:
    starts_on: date
    ends_on: date | None
    place: int | None = None  # among the stated ones
    key: int | None = None  # of a recorded one that the file does not name


def _part(plan: HistoryPlan, stated: Sequence[Stated], others: Sequence[Recorded]) -> None:
    """Let spells of which one alone may hold follow each other, as far as stated months leave room for it."""
    spells = [_Spell(s.starts_on or date.min, s.ends_on, key=s.key) for s in others]
    for place, (each, placed) in enumerate(zip(stated, plan.placed, strict=True)):
        if each.is_alone:
            spells.append(_Spell(placed.starts_on or date.min, placed.ends_on, place=place))
    spells.sort(key=lambda spell: (spell.starts_on, spell.ends_on or date.max))
    for earlier, later in zip(spells, spells[1:], strict=False):
        if earlier.ends_on is not None and earlier.ends_on < later.starts_on:
            continue
        last = later.starts_on - DAY
        if not _may_end(earlier, stated, later) or last < earlier.starts_on:
            blamed, other = (later, earlier) if later.place is not None else (earlier, later)
            if blamed.place is None:
                continue  # two recorded ones: not the file's doing
            plan.against = plan.against or (blamed.place, other.key)
            continue
        earlier.ends_on = last
        if earlier.place is None:
            plan.closes[earlier.key] = last
        else:
            plan.placed[earlier.place].ends_on = last


def _may_end(spell: _Spell, stated: Sequence[Stated], later: _Spell) -> bool:
    """May the spell end the day before the later one? A recorded open one may, and one whose stated month leaves it open."""
    if spell.place is None:
        return spell.ends_on is None and later.place is not None
    ends = stated[spell.place].ends
    return ends is not None and ends.first_day <= later.starts_on
