"""The month in which the retirement age is reached (到龄年月) under the gradual raise (渐进式延迟退休). Pure.

The numbers of the decision of 13 September 2024 come from the rulebook: RET-AGE-MALE, RET-AGE-FEMALE_55 and
RET-AGE-FEMALE_50. Which of them holds for a person follows from the age limit before the reform, not from the sex alone:
women in posts of county rank and senior professionals count like men.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .partial_dates import PartialDate

RULE_OF_AGE = {("男", 60): "RET-AGE-MALE", ("女", 60): "RET-AGE-MALE"} | {
    ("女", 55): "RET-AGE-FEMALE_55",
    ("女", 50): "RET-AGE-FEMALE_50",
}
"""The rule by sex and age limit before the reform. Limits without a rule (63, 65, 66) are not raised."""
_LIMIT = re.compile(r"(\d{2})\s*(?:周)?岁")


@dataclass(frozen=True, slots=True)
class RaisedAge:
    """One row of the decision: the original age in years, one month more for every `step_months`, at most `cap_months`.

    `raised_from`: the month with which the raise begins, the day the rule's value took effect.
    """

    original: int
    step_months: int
    cap_months: int
    raised_from: date

    @classmethod
    def of_rule(cls, value: Mapping[str, int], starts_on: date) -> RaisedAge:
        """From a rule's value and the day it took effect, as the rulebook gives them."""
        return cls(int(value["original"]), int(value["step_months"]), int(value["cap_months"]), starts_on)

    @classmethod
    def fixed(cls, age: int) -> RaisedAge:
        """An age that is not raised: 63, 65 and 66."""
        return cls(age, 1, 0, date(1, 1, 1))


@dataclass(frozen=True, slots=True)
class Reaching:
    """When the age is reached, and how old the person is then."""

    month: PartialDate
    years: int
    months: int
    delay: int

    @property
    def exchanged(self) -> str:
        """Text of an interchange file: 202608."""
        return self.month.exchanged


def compute_reaching(born: PartialDate, rule: RaisedAge) -> Reaching | None:
    """The month in which somebody born then reaches the age. None when the month of birth is not known.

    Male, born January 1965: 60 in January 2025, one month later: February 2025.
    """
    birth = born.month_index()
    if birth is None:
        return None
    original = birth + rule.original * 12
    past = original - (rule.raised_from.year * 12 + rule.raised_from.month - 1)
    delay = 0 if past < 0 else min(rule.cap_months, past // rule.step_months + 1)
    year, month = divmod(original + delay, 12)
    years, months = divmod(rule.original * 12 + delay, 12)
    return Reaching(PartialDate(year, month + 1), years, months, delay)


def read_age_limit(text: str) -> int | None:
    """The age inside 改革前任职年龄界限为60岁; None when the text names none (已到龄人员)."""
    match = _LIMIT.search(text)
    return int(match[1]) if match else None
