"""Clocks of reports from the public (检举控告、信访) and what the register may hold of them. Pure.

纪检监察机关处理检举控告工作规则 (2020), ch. 4: who reports under a real name (实名) is told of the acceptance within 15 working days
of the receipt and of the result within 15 working days of its conclusion; arts 15–16: what belongs to the level above or below
goes there within 5 working days. 信访工作条例 (2022), arts 22–36: a petition is registered and passed on in 15 days, answered in 15,
decided in 60 (30 more once), reviewed and reviewed again in 30 days each. A matter of the level above that came by mistake is
neither copied nor entered (R-CON-02).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.common.results import Cite, Reason, Verdict

NAMED, ANONYMOUS, PETITION = "NAMED", "ANONYMOUS", "PETITION"
OWN, ABOVE, BELOW = "OWN", "ABOVE", "BELOW"
ELSEWHERE = frozenset({ABOVE, BELOW})
REVIEWS = ("review", "second_review")
"""Review (复查) and second review (复核): there is no third."""

AddWorkingDays = Callable[[date, int], date]


@dataclass(frozen=True, slots=True)
class ComplaintLaw:
    """Values of CLR-NAMED-INFORMANT-DAYS, CLR-PETITION-DAYS, CLR-FORWARD-DAYS, R-CON-02, and how working days are added.

    `named` and `forward` count working days, `petition` counts calendar days; `cites`: citations by rule.
    """

    named: Mapping[str, int]
    petition: Mapping[str, int]
    forward: int
    bars_above: bool
    add_working_days: AddWorkingDays
    cites: Mapping[str, Cite] = field(default_factory=dict)

    def reason(self, code: str, rule_id: str, **facts) -> Reason:
        """A reason that names its rule and cites it."""
        return Reason(code, facts | {"rule_id": rule_id}, self.cites.get(rule_id))


@dataclass(frozen=True, slots=True)
class Due:
    """A last day and the rule that gives it."""

    on: date
    rule_id: str


def first_due(kind: str, owner: str, received_on: date, law: ComplaintLaw) -> Due | None:
    """Until when a report that has come in is passed on, registered, or its acceptance told; None for an anonymous one."""
    if owner in ELSEWHERE:
        return Due(law.add_working_days(received_on, law.forward), "CLR-FORWARD-DAYS")
    if kind == NAMED:
        return acceptance_due(kind, received_on, received_on, law)
    if kind == PETITION:
        return Due(received_on + timedelta(days=law.petition["register"]), "CLR-PETITION-DAYS")
    return None


def acceptance_due(kind: str, received_on: date, accepted_on: date, law: ComplaintLaw) -> Due | None:
    """Until when the reporter hears that the report is accepted: counted from the receipt, for a petition from its acceptance."""
    if kind == NAMED:
        return Due(law.add_working_days(received_on, law.named["acceptance"]), "CLR-NAMED-INFORMANT-DAYS")
    if kind == PETITION:
        return Due(accepted_on + timedelta(days=law.petition["tell"]), "CLR-PETITION-DAYS")
    return None


def decision_due(kind: str, accepted_on: date, extended: bool, law: ComplaintLaw) -> Due | None:
    """Until when a petition is decided, counted from its acceptance; no rule gives a day for other reports."""
    if kind != PETITION:
        return None
    days = law.petition["decide"] + (law.petition["decide_longer"] if extended else 0)
    return Due(accepted_on + timedelta(days=days), "CLR-PETITION-DAYS")


def result_due(kind: str, concluded_on: date, law: ComplaintLaw) -> Due | None:
    """Until when who reported under a real name hears the result."""
    if kind != NAMED:
        return None
    return Due(law.add_working_days(concluded_on, law.named["result"]), "CLR-NAMED-INFORMANT-DAYS")


def review_due(asked_on: date, number: int, law: ComplaintLaw) -> Due:
    """Until when a review is answered; `number`: 1 for the first (复查), 2 for the second (复核)."""
    return Due(asked_on + timedelta(days=law.petition[REVIEWS[number - 1]]), "CLR-PETITION-DAYS")


def check_entry(owner: str, *, holds_matter: bool, holds_identity: bool, law: ComplaintLaw) -> Verdict:
    """Of a matter of the level above nothing is entered but that it came and where it went (R-CON-02)."""
    held = [name for name, has in (("matter", holds_matter), ("name", holds_identity)) if has]
    if not law.bars_above or owner != ABOVE:
        return Verdict(True)
    return Verdict.from_refusals(law.reason("NOT_TO_BE_ENTERED", "R-CON-02", field=name) for name in held)


def check_review(kind: str, made: int, law: ComplaintLaw) -> Verdict:
    """A petition is reviewed and reviewed again, other reports are not (信访工作条例 arts 35–36)."""
    if kind != PETITION:
        return Verdict(False, (law.reason("NO_PETITION", "CLR-PETITION-DAYS"),))
    if made >= len(REVIEWS):
        return Verdict(False, (law.reason("REVIEWED_TWICE", "CLR-PETITION-DAYS", made=made),))
    return Verdict(True)


def check_told(kind: str, told: bool, law: ComplaintLaw) -> Verdict:
    """Who can be told is told of the acceptance before the matter is concluded; nobody is where the report is anonymous."""
    if told or kind == ANONYMOUS:
        return Verdict(True)
    rule_id = "CLR-NAMED-INFORMANT-DAYS" if kind == NAMED else "CLR-PETITION-DAYS"
    return Verdict(False, (law.reason("ACCEPTANCE_NOT_TOLD", rule_id),))
