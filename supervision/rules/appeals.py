"""Ways and clocks of appeal (申诉、复审、复核) against a sanction or handling. Pure; the numbers come from the rulebook.

公务员法 第95、96条; 监察法 第56条; 中国共产党问责条例 第20条; 中国共产党组织处理规定（试行） 第13、14条. For all of them: execution is not
suspended, and the outcome is not made heavier because of the appeal. Days are calendar days (D-4: event + N), months as add_months,
the last day included and not shifted for holidays (house reading 22).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.common.dates import add_months

from .kinds import FAMILY_OF, GOVERNMENT, ORGANIZATION

CIVIL, SUPERVISORY = "SUP-APPEAL-CIVIL", "SUP-APPEAL-SUPERVISION"
ACCOUNTABLE, HANDLED = "SUP-APPEAL-ACCOUNTABILITY", "SUP-APPEAL-HANDLING"


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit of an appeal: what is due, the last day of it, and the rule.

    `step`: the key of the rule's table. `is_of_person`: the person acts; otherwise the body that decides.
    """

    step: str
    due_on: date
    rule_id: str
    is_of_person: bool


def rule_of_appeal(
    kind: str, *, by_supervisory_commission: bool = False, is_accountability: bool = False
) -> str | None:
    """The rule whose clocks hold for a kind, None where no law gives a clock (Party sanctions go by the Party's own channels).

    A decision of the supervisory commission has its own way, accountability (问责) too; a government sanction of the appointing body
    and a demotion follow 公务员法.
    """
    if by_supervisory_commission:
        return SUPERVISORY
    if is_accountability or kind in {"RESIGN_BLAME", "CIRCULATE"}:
        return ACCOUNTABLE
    return {GOVERNMENT: CIVIL, ORGANIZATION: HANDLED}.get(FAMILY_OF[kind])


def first_clocks(rule_id: str, known_on: date, limits: Mapping[str, int]) -> tuple[Clock, ...]:
    """What the person may do from the day the decision became known, and until when.

    `limits`: value of the rule. The regulation on handling gives no limit for asking: no clock.
    """
    if rule_id == CIVIL:
        # a direct appeal skips the review by the same body
        return (
            _days("review_within", known_on, limits, rule_id, of_person=True),
            _days("appeal_direct", known_on, limits, rule_id, of_person=True),
        )
    step = {SUPERVISORY: "review_within", ACCOUNTABLE: "within"}.get(rule_id)
    return () if step is None else (_months(step, known_on, limits, rule_id, of_person=True),)


def answer_clock(rule_id: str, asked_on: date, limits: Mapping[str, int], *, is_second: bool = False) -> Clock:
    """Until when the body answers: the review by the same body, or with `is_second` the appeal one level up.

    ValueError for a second level of accountability, which the regulation does not know.
    """
    if rule_id == CIVIL:
        return _days("appeal_decided" if is_second else "review_decided", asked_on, limits, rule_id)
    steps = {
        SUPERVISORY: ("review_decided", "second_decided"),
        HANDLED: ("answered", "second_level"),
        ACCOUNTABLE: ("answered", None),
    }
    step = steps[rule_id][is_second]
    if step is None:
        raise ValueError(f"{rule_id} knows no second level")
    return _months(step, asked_on, limits, rule_id)


def longer_clock(asked_on: date, limits: Mapping[str, int]) -> Clock:
    """Until when an appeal of a civil servant is decided at the latest, with the extension (公务员法 第96条)."""
    due_on = asked_on + timedelta(days=limits["appeal_decided"] + limits["appeal_longer"])
    return Clock("appeal_longer", due_on, CIVIL, False)


def next_clock(rule_id: str, answered_on: date, limits: Mapping[str, int]) -> Clock | None:
    """Until when the person may go one level up after the first answer; None where no limit is known."""
    if rule_id == CIVIL:
        return _days("appeal_after_review", answered_on, limits, rule_id, of_person=True)
    if rule_id == SUPERVISORY:
        return _months("second_within", answered_on, limits, rule_id, of_person=True)
    return None


def _days(step: str, start: date, limits: Mapping[str, int], rule_id: str, *, of_person: bool = False) -> Clock:
    return Clock(step, start + timedelta(days=limits[step]), rule_id, of_person)


def _months(step: str, start: date, limits: Mapping[str, int], rule_id: str, *, of_person: bool = False) -> Clock:
    return Clock(step, add_months(start, limits[step]), rule_id, of_person)
