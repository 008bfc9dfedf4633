"""A post or rank stated by month, set beside the dated spells that are recorded: what stays, ends and begins. Pure.

Rosters know months only, the record often the exact day: a recorded day in the stated month is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .partial_dates import PartialDate


@dataclass(frozen=True, slots=True)
class Spell:
    """A recorded spell: its key, its days (no last day: it goes on), and whether it is of the post or rank now stated."""

    key: int
    starts_on: date | None
    ends_on: date | None
    is_same: bool


@dataclass(frozen=True, slots=True)
class SpellPlan:
    """What to do: `keep` names the spell that is the stated one, `starts_on` its first day (also of a new spell),
    `close` the open spell that ends the day before. `against` is a spell that cannot stand beside it.
    """

    keep: int | None = None
    starts_on: date | None = None
    close: int | None = None
    close_on: date | None = None
    against: int | None = None


def plan_spell(spells: Iterable[Spell], stated: PartialDate) -> SpellPlan:
    """Set a stated beginning beside recorded spells.

    A new spell begins on the first day of the month, or on the day after another that ended inside that month. The
    open spell of another post ends the day before. A spell that began later, or one that reaches over the month,
    stands against it.
    """
    mine = sorted(spells, key=lambda spell: spell.starts_on or date.min)
    current = next((spell for spell in mine if spell.ends_on is None), None)
    if current and current.is_same and current.starts_on and stated.may_be(current.starts_on):
        return SpellPlan(keep=current.key, starts_on=current.starts_on)
    keep = current.key if current and current.is_same else None
    others = [spell for spell in mine if spell.key != keep]
    starts = stated.first_day
    close = None
    for spell in others:
        if spell.ends_on is None:
            close = spell.key
            if spell.starts_on and spell.starts_on >= starts:
                starts = spell.starts_on + timedelta(days=1)
        elif spell.ends_on >= starts:
            starts = spell.ends_on + timedelta(days=1)
        if starts > stated.last_day:
            return SpellPlan(against=spell.key)
    return SpellPlan(keep=keep, starts_on=starts, close=close, close_on=starts - timedelta(days=1) if close else None)
