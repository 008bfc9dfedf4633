"""Jurisdictions, as far as the rulebook must know them: code, name and path, lent by the room above.

Units live above this room, so it cannot ask for them; `organizations` provides the finder when it is ready.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foundation.common.scoping import Scope


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction: its code, its name for readers, its path in the tree."""

    code: str
    name: str
    path: str


# finder(codes=…) gives the places of these codes, finder(scope=…) those inside a scope
Finder = Callable[..., Sequence[Place]]
_finders: list[Finder] = []


def provide(finder: Finder) -> None:
    """Take the finder of jurisdictions (once, at start-up); the last one given counts."""
    _finders[:] = [finder]


def by_codes(codes: Sequence[str]) -> dict[str, Place]:
    """The places of these codes; unknown codes are missing from the answer."""
    wanted = [code for code in dict.fromkeys(codes) if code]
    if not _finders or not wanted:
        return {}
    return {place.code: place for place in _finders[0](codes=wanted)}


def within(scope: Scope) -> list[Place]:
    """The places whose own settings a holder of the scope may make."""
    if not _finders or not scope:
        return []
    return [place for place in _finders[0](scope=scope) if scope.covers(place.path)]
