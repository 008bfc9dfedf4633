"""Days that follow from the day on which a post was taken up: end of a term, of a trial period, of the years in one post. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foundation.common.dates import add_months


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office (任期): which one it is, and its last day. `is_beyond`: more terms in a row than are allowed."""

    number: int
    ends_on: date
    is_beyond: bool = False


def compute_years_full(starts_on: date, years: int) -> date:
    """The day on which so many years in a post are full (任职满…年)."""
    return add_months(starts_on, years * 12)


def compute_term(starts_on: date, day: date, years: int, most: int) -> Term:
    """The term in which a day falls, counted from the day the post was taken up (党政领导干部职务任期暂行规定).

    Beyond the allowed number of terms it is the last allowed one, whose end is past. The day on which a term is full still
    belongs to it.
    """
    number = 1
    while compute_years_full(starts_on, years * number) < day:
        number += 1
    if number > most:
        return Term(number, compute_years_full(starts_on, years * most), is_beyond=True)
    return Term(number, compute_years_full(starts_on, years * number))


def compute_trial_end(post_on: date, level_on: date | None, months: int) -> date | None:
    """Last day of the trial period (试用期) of a post that brought a higher level; None for a move at the same level.

    The level was reached with this post when both began in the same month, or the level later (任用条例第44条).
    """
    if level_on is None or (level_on.year, level_on.month) < (post_on.year, post_on.month):
        return None
    return add_months(max(post_on, level_on), months)
