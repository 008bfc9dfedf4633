"""Reuse (重新使用) after a sanction or handling: the five conditions and the earliest day of each mode. Pure.

党政领导干部选拔任用工作条例 第十章 with question 44 of its official answers: (1) the influence period is over, (2) the matter is properly
resolved and raised no new conflict, (3) deep reflection, good attitude, active work, accepted by the unit's people, (4) a suitable
post and need, (5) nothing else prevents it. What the record knows is computed; what only people can say is a statement with its
evidence. 汉阴县 practice: a return visit that found 好 speaks for use. The last day of a period still bars; the day after is free (D-1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.common.results import Cite, Reason
from officials.rules.promotability import BLOCKS_OF_ACT, RestrictionFact

EQUAL_LEVEL, LOWER, PROMOTE = "EQUAL_LEVEL", "LOWER", "PROMOTE"
"""平职, 低层次, 提拔: words of SUP-REUSE-MODES."""
PERIOD, RESOLVED, CONDUCT = "PERIOD_OVER", "MATTER_RESOLVED", "GOOD_CONDUCT"
NEED, NOTHING_ELSE = "POST_AND_NEED", "NOTHING_ELSE"
"""The five conditions in the order of the law: words of SUP-REUSE-CONDITIONS."""
ATTESTED = frozenset({RESOLVED, CONDUCT, NEED})
"""Conditions that somebody has to attest: the record alone never fulfils them."""
HOLDS, FAILS, OPEN = "HOLDS", "FAILS", "OPEN"
GOOD = "GOOD"

_ANY_POST = frozenset({"POST", "IMPORTANT_LATERAL", "LEADING_POST"})
BARRED_BY = {
    LOWER: _ANY_POST,
    EQUAL_LEVEL: _ANY_POST | {"EQUAL_OR_HIGHER_POST"},
    PROMOTE: _ANY_POST | BLOCKS_OF_ACT["POST"],
}
"""Words of blocked_act that stand against each mode.

A period that bars promotion as such is an influence period that has to be over before any reuse. One that bars only posts above
the former level (责令辞职, 免职: the second year) leaves an equal or lower post open, as the law says: one year no leading post, two
years no higher one.
"""


@dataclass(frozen=True, slots=True)
class VisitFact:
    """A return visit since the decision: made on a day with a result, or planned for a day (`result` empty)."""

    number: str
    on: date
    result: str = ""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case about the person that is not settled: its kind and its number."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody attests, and the evidence for it (a paper by its number or name)."""

    text: str = ""
    evidence: str = ""

    @property
    def is_whole(self) -> bool:
        """Said, and with its evidence."""
        return bool(self.text.strip() and self.evidence.strip())


@dataclass(frozen=True, slots=True)
class ReuseFacts:
    """What the record knows of a person since a decision.

    `restrictions`: of all decisions, holds and what is pending. `appeals`: numbers of decisions whose appeal waits for its answer.
    `ratings`: conclusions by year, as the record words them.
    """

    restrictions: tuple[RestrictionFact, ...] = ()
    appeals: tuple[str, ...] = ()
    visits: tuple[VisitFact, ...] = ()
    open_cases: tuple[OpenCase, ...] = ()
    ratings: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReuseLaw:
    """Values of the rulebook: SUP-REUSE-MODES, SUP-REUSE-CONDITIONS, the ratings that bar (NC3 of R-DIS-30), citations by rule."""

    modes: tuple[str, ...]
    conditions: tuple[str, ...]
    low_ratings: frozenset[str]
    cites: Mapping[str, Cite] = field(default_factory=dict)

    def reason(self, code: str, rule_id: str, **facts) -> Reason:
        """A reason that names its rule and cites it."""
        return Reason(code, facts | {"rule_id": rule_id}, self.cites.get(rule_id))


MODES, CONDITIONS, RATED = "SUP-REUSE-MODES", "SUP-REUSE-CONDITIONS", "R-DIS-30"
VISITED, HELD = "SUP-REVISIT", "R-DIS-31"


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the five: does it hold, does the record stand against it, or does a statement lack (`OPEN`)?"""

    code: str
    state: str
    reasons: tuple[Reason, ...]
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class Earliest:
    """The first day on which no period bars the mode; None: no end is known. `is_free`: on the day asked already."""

    mode: str
    on: date | None
    is_free: bool
    reasons: tuple[Reason, ...] = ()


def bars(mode: str, restriction: RestrictionFact) -> bool:
    """Does a restriction stand against the mode?

    What bars posts equal to and above the former one (撤销党内职务) leaves lower posts open. ValueError for an unknown mode.
    """
    if mode not in BARRED_BY:
        raise ValueError(f"unknown mode of reuse {mode!r}: one of {', '.join(BARRED_BY)}")
    if mode == LOWER and "EQUAL_OR_HIGHER_POST" in restriction.blocks:
        return "LEADING_POST" in restriction.blocks
    return bool(restriction.blocks & BARRED_BY[mode])


def earliest_reuse(restrictions: Iterable[RestrictionFact], mode: str, day: date, law: ReuseLaw) -> Earliest:
    """The day after the latest end of what bars the mode; the day asked where nothing does.

    A hold counts: it has no end. What is only proposed does not: it is no period, condition 5 tells of it.
    """
    against = [one for one in restrictions if one.nature != "pending" and bars(mode, one) and not one.is_over(day)]
    if not against:
        return Earliest(mode, day, True)
    against.sort(key=lambda one: (-(one.ends_on or date.max).toordinal(), one.source_no))
    last = against[0].ends_on
    reasons = tuple(_running(one, mode, law) for one in against)
    return Earliest(mode, last and last + timedelta(days=1), False, reasons)


def _running(one: RestrictionFact, mode: str, law: ReuseLaw) -> Reason:
    free_on = one.ends_on and one.ends_on + timedelta(days=1)
    facts = {"kind": one.kind, "source_no": one.source_no, "mode": mode, "ends_on": one.ends_on, "free_on": free_on}
    if one.nature == "hold":
        return law.reason("HELD", HELD, **facts | {"review_on": one.review_on})
    return law.reason("PERIOD_RUNNING" if one.ends_on else "PERIOD_WITHOUT_END", MODES, **facts)


def check_reuse(
    facts: ReuseFacts, statements: Mapping[str, Statement], mode: str, day: date, law: ReuseLaw
) -> tuple[Condition, ...]:
    """The conditions that the rulebook asks for, each with what stands against it on the day.

    FAILS wins over OPEN: a statement never outweighs the record. ValueError for an unknown mode.
    """
    against = {
        PERIOD: _period(facts, mode, day, law),
        RESOLVED: [law.reason("APPEAL_WAITS", CONDITIONS, number=number) for number in facts.appeals],
        CONDUCT: _conduct(facts.visits, day, law),
        NEED: [],
        NOTHING_ELSE: _nothing_else(facts, day, law),
    }
    return tuple(_condition(code, against[code], statements, law) for code in law.conditions)


def _condition(code: str, found: Collection[Reason], statements, law: ReuseLaw) -> Condition:
    cite, pending = law.cites.get(CONDITIONS), [one for one in found if one.code == "RATING_PENDING"]
    if len(found) > len(pending):
        return Condition(code, FAILS, tuple(found), cite)
    if code in ATTESTED and not statements.get(code, Statement()).is_whole:
        return Condition(code, OPEN, (law.reason("STATEMENT_MISSING", CONDITIONS, condition=code),), cite)
    return Condition(code, OPEN if pending else HOLDS, tuple(pending), cite)


def _period(facts: ReuseFacts, mode: str, day: date, law: ReuseLaw) -> list[Reason]:
    periods = [one for one in facts.restrictions if one.nature == "period"]
    return list(earliest_reuse(periods, mode, day, law).reasons)


def _conduct(visits: Collection[VisitFact], day: date, law: ReuseLaw) -> list[Reason]:
    """The last visit found 好, and none is overdue. Who was never visited has not been looked at."""
    found = [
        law.reason("VISIT_OVERDUE", VISITED, number=one.number, on=one.on)
        for one in visits
        if not one.result and one.on < day
    ]
    made = sorted((one for one in visits if one.result), key=lambda one: (one.on, one.number))
    if not made:
        return [*found, law.reason("VISIT_NONE", VISITED)]
    last = made[-1]
    if last.result != GOOD:
        found.append(law.reason("VISIT_NOT_GOOD", VISITED, number=last.number, on=last.on, result=last.result))
    return found


def _nothing_else(facts: ReuseFacts, day: date, law: ReuseLaw) -> list[Reason]:
    """No hold, nothing pending, no open case, last year's rating above 基本称职 (NC3); until it is decided: pending."""
    standing = [one for one in facts.restrictions if not one.is_over(day)]
    found = [
        law.reason("HELD", HELD, kind=one.kind, source_no=one.source_no, review_on=one.review_on)
        for one in standing
        if one.nature == "hold"
    ]
    named = {one.number for one in facts.open_cases}
    found += [
        law.reason("PENDING", CONDITIONS, kind=one.kind, source_no=one.source_no)
        for one in standing
        if one.nature == "pending" and one.source_no not in named
    ]
    found += [law.reason("CASE_OPEN", CONDITIONS, kind=one.kind, number=one.number) for one in facts.open_cases]
    rating = facts.ratings.get(day.year - 1)
    if rating is None:
        found.append(law.reason("RATING_PENDING", RATED, year=day.year - 1))
    elif rating in law.low_ratings:
        found.append(law.reason("RATING_LOW", RATED, year=day.year - 1, rating=rating))
    return found


def refusals(conditions: Iterable[Condition]) -> list[Reason]:
    """Everything that stands against the proposal, in the order of the conditions."""
    return [reason for one in conditions if one.state != HOLDS for reason in one.reasons]
