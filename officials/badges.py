"""Badges beside a person's name: each mechanism above tells here what it has decided about people.

A source is asked once for all people of a page: `source(people, day)` gives badges by the person's number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Badge:
    """What is said: colour by weight (red, orange, yellow, blue, green, grey), words, and the page that explains it."""

    kind: str
    text: Any
    url: str = ""
    permission: str = ""  # who may see it; empty: whoever sees the person


_sources: list[Callable] = []


def add_source(source: Callable) -> Callable:
    """Register a source (decorator or call); a second registration changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def badges_of(people: Iterable[int], day: date, user) -> dict[int, list[Badge]]:
    """Badges by person, as far as the user may see them (one query per source)."""
    found = defaultdict(list)
    keys = list(people)
    for source in _sources if keys else ():
        for key, badges in source(keys, day).items():
            found[key] += [b for b in badges if not b.permission or user.has_perm(b.permission)]
    return found
