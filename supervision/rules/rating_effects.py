"""What a sanction or handling does to the annual rating (年度考核等次): of the year of effect and of the years after it. Pure.

公务员考核规定 (2020) 第25—29条; R-DIS-23 (公职人员政务处分法 第16—18条): of several, the heaviest counts; house readings 9 and 10: the year
is that of the day of effect, and a warning binds its own year, not the year whose grade is made up later (补定等次).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

MADE_UP_AFTER = frozenset({None, "PTY_WARN", "GOV_WARN"})
"""Outcomes of an investigation after which the grade of the years it was open is made up: none, or a warning."""


@dataclass(frozen=True, slots=True)
class RatingLaw:
    """What the rulebook says of one kind: the effect in the year of effect, in the year after it, and so on.

    Words: NONE (neither comment nor grade), UNQUALIFIED (不称职), COMMENT_ONLY (只写评语、不确定等次), NO_EXC (不得确定为优秀).
    """

    words: tuple[str, ...]
    rule_id: str


@dataclass(frozen=True, slots=True)
class RatingEffect:
    """One constraint on the rating of one calendar year, with the decision it comes from and its rule."""

    year: int
    word: str
    source_no: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class Investigation:
    """A case under investigation (立案审查调查). `closed_on` None: still open. `outcome`: the heaviest sanction, None for none."""

    source_no: str
    opened_on: date
    closed_on: date | None = None
    outcome: str | None = None


def compute_effects(source_no: str, effective_on: date, law: RatingLaw | None) -> tuple[RatingEffect, ...]:
    """Constraints of a sanction, year by year from the day of effect. None as law: the rating is not touched."""
    if law is None:
        return ()
    first = effective_on.year
    return tuple(RatingEffect(first + number, word, source_no, law.rule_id) for number, word in enumerate(law.words))


def compute_investigation_effects(case: Investigation, last_year: int, law: RatingLaw) -> tuple[RatingEffect, ...]:
    """Constraints of an investigation on the years at whose end it was open, up to `last_year` while it still is.

    When it ends without a sanction or with a warning, nothing stays: these grades are made up. Otherwise they stay open; the
    year in which it ends follows the sanction.
    """
    if case.closed_on is not None and case.outcome in MADE_UP_AFTER:
        return ()
    end = last_year + 1 if case.closed_on is None else case.closed_on.year
    return tuple(
        RatingEffect(year, law.words[0], case.source_no, law.rule_id) for year in range(case.opened_on.year, end)
    )


def effect_of_year(
    effects: Iterable[RatingEffect], year: int, precedence: Sequence[str]
) -> tuple[RatingEffect | None, tuple[RatingEffect, ...]]:
    """What holds in a year, and everything that was found for it, the heaviest first.

    `precedence`: the words from the heaviest on, as the rulebook gives them (GRD-PRECEDENCE); ValueError for a word it does
    not know.
    """
    found = [effect for effect in effects if effect.year == year]
    unknown = {effect.word for effect in found} - set(precedence)
    if unknown:
        raise ValueError(f"no precedence for {', '.join(sorted(unknown))}")
    found.sort(key=lambda effect: (precedence.index(effect.word), effect.source_no))
    return (found[0] if found else None), tuple(found)
