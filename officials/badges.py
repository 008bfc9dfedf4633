"""Badges beside a person's name: each mechanism above tells here what it has decided about people.

A source is asked once for all people of a page. Most sources are rows of one table each: they are read together in one
statement (`RowSource`), so that another mechanism costs no further one. A source that needs more of its rows stands alone:
`source(people, day)` gives badges by the person's number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Expression, F, Value
from django.db.models.functions import Cast


@dataclass(frozen=True)
class Badge:
    """What is said: colour by weight (red, orange, yellow, blue, green, grey), words, and the page that explains it."""

    kind: str
    text: Any
    url: str = ""
    permission: str = ""  # who may see it; empty: whoever sees the person


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """A row behind a badge: a word of its mechanism, a number or second word, and a day where one belongs to it."""

    word: str
    number: str
    day: date | None


@dataclass(frozen=True, eq=False)
class RowSource:
    """A mechanism whose badges come from rows.

    `name`: unique. `queries(people, day)`: what reads them, each made by `badge_rows`. `badges(rows)`: of one person's rows.
    """

    name: str
    queries: Callable[[Iterable[int], date], list]
    badges: Callable[[list[BadgeRow]], list[Badge]]


WEIGHTS = ("red", "orange", "yellow", "blue", "green", "grey")
"""Colours of badges, the weightiest first."""

_sources: list[Callable] = []
_row_sources: dict[str, RowSource] = {}


def add_source(source: Callable) -> Callable:
    """Register a source that stands alone (decorator or call); a second registration changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def add_rows(source: RowSource) -> RowSource:
    """Register a source of rows. The same name again takes the place of the first."""
    _row_sources[source.name] = source
    return source


def badge_rows(query, *, word, number, day: str | None = None):
    """The columns of `query` (rows with an `official`) as all sources read them; expressions or names of columns."""
    named = {"word": word, "number": number}
    texts = {
        name: Cast(given if isinstance(given, Expression) else F(given), CharField()) for name, given in named.items()
    }
    dated = Cast(F(day) if day else Value(None), DateField())
    return query.order_by().values(
        badge_person=F("official_id"), badge_day=dated, **{f"badge_{n}": e for n, e in texts.items()}
    )


def row_badges_of(people: Iterable[int], day: date, user) -> dict[int, list[Badge]]:
    """Badges of all sources of rows by person, the weightiest first, as far as the user may see them (1 query)."""
    found, keys = defaultdict(list), list(people)
    sources = list(_row_sources.values())
    queries = [
        query.annotate(badge_source=Value(place))
        for place, source in enumerate(sources if keys else ())
        for query in source.queries(keys, day)
    ]
    if not queries:
        return found
    rows = defaultdict(list)
    for row in queries[0].union(*queries[1:], all=True):
        told = BadgeRow(row["badge_word"], row["badge_number"], row["badge_day"])
        rows[row["badge_source"], row["badge_person"]].append(told)
    for place, person in sorted(rows):
        found[person] += [badge for badge in sources[place].badges(rows[place, person]) if _may(user, badge)]
    for badges in found.values():
        badges.sort(key=lambda badge: WEIGHTS.index(badge.kind))
    return found


def badges_of(people: Iterable[int], day: date, user) -> dict[int, list[Badge]]:
    """Badges by person, as far as the user may see them (1 query for all rows, one for each source that stands alone)."""
    keys = list(people)
    found = row_badges_of(keys, day, user)
    for source in _sources if keys else ():
        for key, badges in source(keys, day).items():
            found[key] += [badge for badge in badges if _may(user, badge)]
    return found


def _may(user, badge: Badge) -> bool:
    return not badge.permission or user.has_perm(badge.permission)
