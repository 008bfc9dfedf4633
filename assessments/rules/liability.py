"""From a bottom-ranked unit to its liable leaders (assessment engine §5, §8 'People'). Pure."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from foundation.common.dates import union_days, year_bounds

SHORT_TENURE, EQUAL_DAYS, VACANT = "short_tenure", "equal_days", "vacant"


@dataclass(frozen=True)
class Spell:
    """One person's time in a principal post; no last day means still there. Both days belong to it."""

    post: int
    person: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class PrincipalPost:
    """A post of a principal leader (主要领导) of the unit, with its place in the team."""

    pk: int
    sort: int
    title: str


@dataclass(frozen=True)
class Liable:
    """Who answers for a unit: a person to be proposed, or a manual decision with its reason.

    `person` is None when nobody, or nobody alone, can be named; `candidates` lists (person, days) of the post, most days
    first. `days` are calendar days of the year in the post.
    """

    post: PrincipalPost
    person: int | None
    days: int
    manual_reason: str = ""
    candidates: tuple[tuple[int, int], ...] = ()


def compute_days(spells, year: int) -> list[tuple[int, int]]:
    """Days of each person in one post during a year, most days first; several spells of one person add up."""
    first, last = year_bounds(year)
    periods = defaultdict(list)
    for spell in spells:
        starts, ends = max(spell.starts_on, first), min(spell.ends_on or last, last)
        if starts <= ends:
            periods[spell.person].append((starts, ends))
    days = [(person, union_days(parts)) for person, parts in periods.items()]
    return sorted(days, key=lambda item: (-item[1], item[0]))


def _of_post(post: PrincipalPost, spells, year: int, min_tenure_days: int) -> Liable:
    held = tuple(compute_days(spells, year))
    if not held:
        return Liable(post, None, 0, VACANT)
    person, days = held[0]
    if len(held) > 1 and held[1][1] == days:
        return Liable(post, None, days, EQUAL_DAYS, held)
    return Liable(post, person, days, SHORT_TENURE if days < min_tenure_days else "", held)


def compute_liable(posts, spells, year: int, min_tenure_days: int) -> list[Liable]:
    """The liable leaders of one unit: per principal post the holder with the most days, one entry per person.

    A person who leads by two principal posts is named once: by the post that is proposed rather than left to a decision,
    then the one with more days, then the higher in the team.
    """
    by_post = defaultdict(list)
    for spell in spells:
        by_post[spell.post].append(spell)
    found = [
        _of_post(post, by_post[post.pk], year, min_tenure_days)
        for post in sorted(posts, key=lambda p: (p.sort, p.title))
    ]
    kept, seen = [], set()
    for liable in sorted(found, key=lambda item: (bool(item.manual_reason), -item.days, item.post.sort)):
        if liable.person is None or liable.person not in seen:
            kept.append(liable)
            seen.add(liable.person)
    return sorted(kept, key=lambda item: (item.post.sort, item.post.title))
