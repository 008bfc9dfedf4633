"""Tiles (数字卡片): a number that opens the list behind it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tile:
    """A count and the list it opens. `severity`: red, orange, yellow, blue, green (then `hint` is its word), or empty."""

    label: Any
    count: Any
    url: str
    severity: str = ""
    hint: Any = ""
