"""When a person may be promoted at the earliest (影响期与可提拔日): one answer over all restrictions at once. Pure.

House readings 1, 5 and 6; D-2 (a period runs from the day the decision takes effect) and D-5 (several periods: the latest
end holds). D-5 stands in 党政领导干部选拔任用工作条例 第十章 for resignations and removals with a sanction and is
generalised to every overlap. After that day a person is *free to be assessed*, not qualified: whether the matter still weighs
(期满影响使用, 公务员职务与职级并行规定 第21条) is a hold, which the organization department sets with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.common.results import Cite, Reason

BLOCKS_OF_ACT = {
    "POST": frozenset({"POST", "HIGHER_POST", "EQUAL_OR_HIGHER_POST"}),
    "HIGHER_POST": frozenset({"POST", "HIGHER_POST", "EQUAL_OR_HIGHER_POST"}),
    "EQUAL_OR_HIGHER_POST": frozenset({"EQUAL_OR_HIGHER_POST"}),
    "LEADING_POST": frozenset({"LEADING_POST"}),
    "IMPORTANT_LATERAL": frozenset({"IMPORTANT_LATERAL"}),
    "RANK": frozenset({"RANK"}),
    "GRADE": frozenset({"GRADE"}),
    "PAY_STEP": frozenset({"PAY_STEP"}),
}
"""What stands against each act: words of code table blocked_act.

A move to a higher level is also barred by what bars posts above, or equal to and above, the former one (readings 5, 6). A post
above the former level is a move to a higher level, so the same stands against it.
"""

IN_PERIOD, OPEN_PERIOD, ON_HOLD, PENDING = "IN_PERIOD", "OPEN_PERIOD", "ON_HOLD", "PENDING"
NATURES = frozenset({"period", "hold", "pending"})


@dataclass(frozen=True, slots=True)
class RestrictionFact:
    """A restriction (影响期) or hold (期满影响使用) of a person, or what is proposed and would restrict (待决).

    `kind`: code of handling_type, or what else restricts. `nature`: `period` by law, `hold` by a decision with a review day,
    `pending` while it is only proposed.
    Both days count; `ends_on` None: no end is known (a probation before rights are restored, a dismissal, a hold not lifted).
    `source_no`: number of the decision. Raises ValueError for another nature or an end before the start.
    """

    kind: str
    nature: str
    blocks: frozenset[str]
    starts_on: date
    ends_on: date | None
    source_no: str
    cites: tuple[Cite, ...] = ()
    review_on: date | None = None

    def __post_init__(self):
        if self.nature not in NATURES:
            raise ValueError(f"nature of a restriction: {self.nature!r} is none of 'period', 'hold', 'pending'")
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError(f"restriction {self.source_no}: ends on {self.ends_on}, before {self.starts_on}")

    def is_over(self, day: date) -> bool:
        """Has it ended before the day? Its last day still counts."""
        return self.ends_on is not None and self.ends_on < day

    @property
    def code(self) -> str:
        """Code of the reason it gives: IN_PERIOD, OPEN_PERIOD (no end known), ON_HOLD or PENDING."""
        if self.nature == "pending":
            return PENDING
        if self.nature == "hold":
            return ON_HOLD
        return OPEN_PERIOD if self.ends_on is None else IN_PERIOD


@dataclass(frozen=True, slots=True)
class Promotability:
    """The answer for one act: the first free day `on` (None: nobody can name it yet), and whether it is free on the day asked.

    Without a restriction, `on` is the day asked. `reasons`: one for each restriction that stands against it, the latest end first.
    """

    act: str
    on: date | None
    is_free: bool
    reasons: tuple[Reason, ...] = ()


def earliest_promotable(facts: Iterable[RestrictionFact], act: str, day: date) -> Promotability:
    """The first day on which nothing stands against the act: the day after the latest end (reading 1, D-5).

    Restrictions that begin after the day are known and count too: a decision taken already bars what would follow it. What
    has no end has no free day. `act`: a word of blocked_act; ValueError for any other.
    """
    if act not in BLOCKS_OF_ACT:
        raise ValueError(f"unknown act {act!r}: one of {', '.join(BLOCKS_OF_ACT)}")
    against = [fact for fact in facts if fact.blocks & BLOCKS_OF_ACT[act] and not fact.is_over(day)]
    if not against:
        return Promotability(act, day, True)
    against.sort(key=lambda fact: (_latest_first(fact.ends_on), fact.starts_on, fact.source_no))
    latest = against[0].ends_on
    return Promotability(act, _day_after(latest), False, tuple(_reason(fact, act) for fact in against))


def _latest_first(ends_on: date | None) -> int:
    """Sort key: no end before any end, then the later end."""
    return -(date.max if ends_on is None else ends_on).toordinal()


def _day_after(ends_on: date | None) -> date | None:
    return None if ends_on is None else ends_on + timedelta(days=1)


def _reason(fact: RestrictionFact, act: str) -> Reason:
    facts = {
        "act": act,
        "kind": fact.kind,
        "source_no": fact.source_no,
        "starts_on": fact.starts_on,
        "ends_on": fact.ends_on,
        "free_on": _day_after(fact.ends_on),
        "review_on": fact.review_on,
        "cites": fact.cites,
    }
    return Reason(fact.code, facts, fact.cites[0] if fact.cites else None)
