"""Jurisdictions, as far as the rulebook must know them: code, name and path, lent by the room above.

Units live above this room, so it cannot ask for them. The room that keeps them has a module `rulebook_places`, found
by name as Django finds `admin` modules, which calls `provide`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

from foundation.common.scoping import Scope

MODULE = "rulebook_places"


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction: its code, its name for readers, its path in the tree."""

    code: str
    name: str
    path: str


# finder(codes=…) gives the places of these codes; finder(paths=…) those that are, hold or lie below one of the paths;
# finder() all of them
Finder = Callable[..., Sequence[Place]]
_finders: list[Finder] = []


def provide(finder: Finder) -> None:
    """Take the finder of jurisdictions; the last one given counts."""
    _finders[:] = [finder]


def by_codes(codes: Sequence[str]) -> dict[str, Place]:
    """The places of these codes; unknown codes are missing from the answer."""
    wanted = [code for code in dict.fromkeys(codes) if code]
    return {place.code: place for place in _find(codes=wanted)} if wanted else {}


def within(scope: Scope) -> list[Place]:
    """The places that lie wholly inside a scope: whose own settings its holder may make."""
    return [place for place in _around(scope) if scope.covers(place.path)]


def home_of(scope: Scope) -> Place | None:
    """The one place that a scope belongs to, from above or below; None when it spans several or all."""
    found = [] if scope.everything else _around(scope)
    return found[0] if len(found) == 1 else None


def _around(scope: Scope) -> Sequence[Place]:
    if not scope:
        return []
    return _find() if scope.everything else _find(paths=[*scope.paths, *scope.exact])


def _find(**wanted) -> Sequence[Place]:
    if not _finders:
        autodiscover_modules(MODULE)
    return _finders[0](**wanted) if _finders else []
