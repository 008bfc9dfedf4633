"""What the home page counts. Each provider asks one room's selector and answers with tiles the user may open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tile:
    """A count and the list it opens. `severity`: red, orange, yellow, blue (then `hint` is its word), or empty."""

    label: Any
    count: Any
    url: str
    severity: str = ""
    hint: Any = ""


@dataclass(frozen=True)
class Section:
    """Tiles under one heading; `provide(user)` returns those the user may open."""

    label: Any
    provide: Callable[[Any], Iterable[Tile]]


SECTIONS: tuple[Section, ...] = ()


def tiles_for(user) -> list[tuple[Any, list[Tile]]]:
    """Headings with their tiles; headings without tiles are left out."""
    found = [(section.label, list(section.provide(user))) for section in SECTIONS]
    return [(label, tiles) for label, tiles in found if tiles]
