"""What is proposed against people and not decided yet: each room above tells it here, so that a verdict says “pending”, not “clear”.

A source is asked once for all people of a page: `source(people, day)` gives facts of the nature `pending` by the person's number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from .rules.promotability import RestrictionFact

_sources: list[Callable] = []


def add_source(source: Callable) -> Callable:
    """Register a source (decorator or call); a second registration changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def pending_of(people: Iterable[int], day: date) -> dict[int, list[RestrictionFact]]:
    """What is pending against the people (one query per source)."""
    found = defaultdict(list)
    keys = list(people)
    for source in _sources if keys else ():
        for key, facts in source(keys, day).items():
            found[key] += facts
    return found
