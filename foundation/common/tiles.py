"""Tiles (数字卡片): a number that opens the list behind it."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Tile:
    """A count and the list it opens. `severity`: red, orange, yellow, blue, green (then `hint` is its word), or empty.

    A list of querysets as `count` is counted together with those of all tiles; severity and hint then hold from one on.
    `if_any`: without anything to count the tile is left out.
    """

    label: Any
    count: Any
    url: str
    severity: str = ""
    hint: Any = ""
    if_any: bool = False

    def settle(self, count: int) -> None:
        """Put the number in the place of what was to be counted."""
        self.count = count
        if not count:
            self.severity = self.hint = ""
