"""What an act is to do to units, as plain values: it can be shown, compared and carried out. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that the act founds below `parent` (a code). It takes level and type over from the unit `like`."""

    code: str
    name: str
    kind: str
    parent: str
    short_name: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class PostGoal:
    """Where a post goes: into a unit (code) under a title. Without a unit it ends and its holders have no post of it."""

    post: int
    unit: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An act. Units stand by their codes, so that those it founds can be named as well.

    `names`: code → (name, short name). `moves`: code → code of the new parent. `homes`: people who go to another unit
    without a post there. `rest`: the unit of everybody else at home in a unit that closes. `follows`: pairs of
    predecessor and successor. `cases_stay`: open cases stay with the closed unit, for the office above it to end.
    """

    kind: str
    unit: str
    effective_on: date
    document_no: str
    reason: str = ""
    founds: tuple[NewUnit, ...] = ()
    names: tuple[tuple[str, str, str], ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    closes: tuple[str, ...] = ()
    posts: tuple[PostGoal, ...] = ()
    homes: tuple[tuple[int, str], ...] = ()
    rest: str = ""
    follows: tuple[tuple[str, str], ...] = ()
    cases_stay: bool = False

    def codes(self) -> set[str]:
        """Every unit that the act names and that must be there already."""
        named = {self.unit, self.rest, *self.closes}
        named |= {code for code, *_ in self.names} | {code for pair in (*self.moves, *self.follows) for code in pair}
        named |= {goal.unit for goal in self.posts} | {code for _person, code in self.homes}
        named |= {new.parent for new in self.founds} | {new.like for new in self.founds}
        return named - {new.code for new in self.founds} - {""}

    def digest(self) -> str:
        """The same for the same act: what was shown is what is confirmed."""
        return hashlib.sha256(repr(asdict(self)).encode()).hexdigest()[:32]
