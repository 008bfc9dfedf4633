"""What may be decided in a case of fault tolerance (容错免责). Pure.

Basis: 中国共产党问责条例 (2019) art. 17 and 18, 三个区分开来 (中办发〔2018〕29号), the county's own list of 9 + 3 + 8 situations, house
reading 23: EXEMPT needs all six preconditions and one of the exempting situations, MITIGATED one of the mitigating ones; one hit of
the excluding situations leaves NOT_TOLERATED alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from foundation.common.results import Cite, Reason, Verdict

EXEMPT, MITIGATED, NOT_TOLERATED = "EXEMPT", "MITIGATED", "NOT_TOLERATED"
WORDS: Mapping[str, tuple[str, ...]] = {
    EXEMPT: ("不予追究", "免予追究"),
    MITIGATED: ("从轻处理", "减轻处理"),
    NOT_TOLERATED: ("不予容错",),
}
"""Words of the decision that each outcome can have."""
YES, NO = "YES", "NO"
TOLERABLE, INTOLERABLE = "TOLERABLE", "INTOLERABLE"


@dataclass(frozen=True)
class DecisionLaw:
    """The rulebook's part: what is asked, how many situations are needed, with citations by rule id."""

    preconditions: tuple[str, ...]
    distinctions: tuple[str, ...]
    hard_stops: tuple[str, ...]
    needed: Mapping[str, int]
    cites: Mapping[str, Cite] = field(default_factory=dict)

    def cite(self, rule_id: str) -> Cite | None:
        """Citation of one of the rules."""
        return self.cites.get(rule_id)


@dataclass(frozen=True)
class Findings:
    """What was found: answers by code (precondition → YES or NO, distinction → TOLERABLE or INTOLERABLE) and situations."""

    preconditions: Mapping[str, str]
    distinctions: Mapping[str, str]
    exempting: Collection[str] = ()
    mitigating: Collection[str] = ()
    excluding: Collection[str] = ()


def check_outcome(outcome: str, word: str, found: Findings, law: DecisionLaw) -> Verdict:
    """Everything that stands against an outcome, at once. ValueError for an outcome that does not exist."""
    if outcome not in WORDS:
        raise ValueError(f"unknown outcome {outcome!r}")
    against = [*_word_fits(outcome, word), *_answered(found, law)]
    if outcome != NOT_TOLERATED:
        against += _no_hard_stop(found, law)
        against += _situation_named(outcome, found, law)
    if outcome == EXEMPT:
        against += _conditions_hold(found, law)
    return Verdict.from_refusals(against)


def _word_fits(outcome: str, word: str) -> list[Reason]:
    if word in WORDS[outcome]:
        return []
    return [Reason("OUTCOME_WORD", {"outcome": outcome, "words": WORDS[outcome]})]


def _answered(found: Findings, law: DecisionLaw) -> list[Reason]:
    """Each case answers all six preconditions and all three distinctions."""
    open_conditions = [code for code in law.preconditions if found.preconditions.get(code) not in (YES, NO)]
    open_sides = [code for code in law.distinctions if found.distinctions.get(code) not in (TOLERABLE, INTOLERABLE)]
    return [
        *(Reason("TOL-PRECONDITIONS", {"code": code, "why": "open"}, law.cite("TOL-PRECONDITIONS")) for code in open_conditions),
        *(Reason("TOL-DISTINCTIONS", {"code": code, "why": "open"}, law.cite("TOL-DISTINCTIONS")) for code in open_sides),
    ]  # fmt: skip


def _no_hard_stop(found: Findings, law: DecisionLaw) -> list[Reason]:
    hits = [code for code in law.hard_stops if code in found.excluding]
    return [Reason("TOL-HARD-STOPS", {"code": code}, law.cite("TOL-HARD-STOPS")) for code in hits]


def _situation_named(outcome: str, found: Findings, law: DecisionLaw) -> list[Reason]:
    named, key = (found.exempting, "exempt") if outcome == EXEMPT else (found.mitigating, "mitigate")
    least = law.needed[key]
    if len(set(named)) >= least:
        return []
    return [Reason("TOL-SITUATIONS", {"needed": least, "kind": key}, law.cite("TOL-SITUATIONS"))]


def _conditions_hold(found: Findings, law: DecisionLaw) -> list[Reason]:
    failed = [code for code in law.preconditions if found.preconditions.get(code) == NO]
    wrong = [code for code in law.distinctions if found.distinctions.get(code) == INTOLERABLE]
    return [
        *(Reason("TOL-PRECONDITIONS", {"code": code, "why": "no"}, law.cite("TOL-PRECONDITIONS")) for code in failed),
        *(Reason("TOL-DISTINCTIONS", {"code": code, "why": "no"}, law.cite("TOL-DISTINCTIONS")) for code in wrong),
    ]


def possible_outcomes(found: Findings, law: DecisionLaw) -> list[str]:
    """The outcomes against which nothing stands, the most favourable first: what a draft proposes."""
    return [one for one in WORDS if check_outcome(one, WORDS[one][0], found, law).allowed]
