"""Kinds of effects that decisions of shelter can have, registered by this room and by the rooms above it.

A decision lies here, what it changes may lie above (a measure of the bottom rank) or below (a restriction): a room above
registers its kinds when it is ready, so that one decision reaches every mechanism and no import points upward.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Subjects:
    """Whom a case is about, and when the matter happened: the question that each kind of effect answers with candidates.

    `units` and `officials` are primary keys; `years` the assessment years that the matter can have touched; `day` the day
    of the question. `event_on` and `inquiry_no`: day of the event and number of its inquiry, where they are known.
    `known`: rows read for the question, by name (`effect_rows.read_rows`).
    """

    units: frozenset[int]
    officials: frozenset[int]
    years: tuple[int, ...]
    day: date
    event_on: date | None = None
    inquiry_no: str = ""
    known: dict = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Candidate:
    """Something that a decision may change: the row of the effects panel before it is chosen.

    `target`: natural key in the words of the kind. `before` and `after`: texts. `state`: what the reversal needs to know.
    `is_proposed`: the draft chooses it by itself.
    """

    kind: str
    target: str
    label: str
    before: str
    after: str
    rule_id: str
    unit: int | None = None
    official: int | None = None
    year: int | None = None
    state: dict = field(default_factory=dict)
    is_proposed: bool = True

    @property
    def key(self) -> str:
        """Name of the choice in forms: kind and target."""
        return f"{self.kind}|{self.target}"


@dataclass(frozen=True)
class Decision:
    """The decision in whose name an effect is applied or reversed."""

    case_kind: str
    case_no: str
    outcome: str
    word: str
    decided_on: date
    decided_by: str
    situation: str
    matter: str
    reason: str


@dataclass(frozen=True)
class EffectKind:
    """A kind of effect: which outcomes bring it, where it is found, how it is applied and taken back.

    `reads(subjects)` names the rows that it needs (`effect_rows`); `find(subjects, outcome)` makes candidates of them. `apply(effect, decision, actor)` writes in the caller's transaction and
    raises DomainError (EFFECT_GONE) when the target is not as the plan found it; `reverse(effect, decision, actor)` returns the target to
    `effect.state`, likewise. `order`: place among the kinds when applied; reversal goes the other way round.
    """

    code: str
    label: Any
    outcomes: frozenset[str]
    reads: Callable[[Subjects], dict[str, Any]]
    find: Callable[[Subjects, str], Iterable[Candidate]]
    apply: Callable[[Any, Decision, Any], None]
    reverse: Callable[[Any, Decision, Any], None]
    order: int = 0


_kinds: dict[str, EffectKind] = {}


def register(kind: EffectKind) -> EffectKind:
    """Add a kind of effect. Raises ValueError when another one has its code."""
    if _kinds.get(kind.code, kind) is not kind:
        raise ValueError(f"two kinds of effect are called {kind.code}")
    _kinds[kind.code] = kind
    return kind


def kind_named(code: str) -> EffectKind:
    """The registered kind. Raises LookupError for an unknown code."""
    if code not in _kinds:
        raise LookupError(f"no kind of effect is called {code}")
    return _kinds[code]


def kinds_of(outcome: str) -> list[EffectKind]:
    """The kinds that an outcome can bring, in the order in which they are applied."""
    return sorted((kind for kind in _kinds.values() if outcome in kind.outcomes), key=lambda kind: kind.order)


def all_kinds() -> list[EffectKind]:
    """Every registered kind, in order."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)
