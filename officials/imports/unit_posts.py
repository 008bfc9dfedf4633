"""工作单位及现任职务: one cell, the full or short name of a unit directly followed by the post. Pure.

The longest registered name at the beginning is the unit, then the name of one of its sections; what is left is the post.
A county alone is no unit somebody works in, unless what follows is an office of the county itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.exchange.cleaning import name_key
from foundation.exchange.matching import NameIndex
from foundation.exchange.rows import Candidate

_OF_COUNTY = re.compile(
    r"(?:中共)?\S{0,3}?(?:市|县|区|旗)?(?:委|人大常委会|人大|人民政府|政府|政协)?(?:常委|副?书记|副?[市县区旗]长|副?主席|副?主任)\S*"
)

MOST_KNOWN = 10_000
"""Cells whose unit and post are kept: in a long roster many hold the same."""


@dataclass(frozen=True, slots=True)
class UnitNames:
    """A unit as the register names it. `kind` as in the register; `parent` the code of the unit above."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitAndPost:
    """`unit` is a code, "" when no name of the register stands at the beginning; `is_former` for a name of once."""

    unit: str
    post: str
    is_former: bool = False


class UnitFinder:
    """All names of the units of a county, prepared for many cells."""

    def __init__(self, units: Iterable[UnitNames]) -> None:
        self.units = {unit.code: unit for unit in units}
        self._names: dict[str, str] = {}
        self._former: dict[str, str] = {}
        self._sections: dict[str, dict[str, str]] = defaultdict(dict)
        self._index = NameIndex()
        self._known: dict[str, UnitAndPost] = {}
        for unit in self.units.values():
            self._enter(unit)
        self._lengths = sorted({len(name) for name in (*self._names, *self._former)}, reverse=True)

    def _enter(self, unit: UnitNames) -> None:
        own = [name_key(unit.name)]
        if unit.kind == "section":
            self._sections[unit.parent][name_key(unit.short_name or unit.name)] = unit.code
        elif unit.short_name:
            own.append(name_key(unit.short_name))
        for name in own:
            self._names.setdefault(name, unit.code)
        for name in unit.former:
            self._former.setdefault(name_key(name), unit.code)
        if unit.kind not in ("section", "jurisdiction"):
            self._index.add(unit.code, unit.name, (unit.name, unit.short_name))

    def split(self, text: str) -> UnitAndPost:
        """Unit and post of a cell."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[text] = self._split(text)
        return found

    def _split(self, text: str) -> UnitAndPost:
        key = name_key(text)
        for length in self._lengths:
            head = key[:length]
            code = self._names.get(head) or self._former.get(head)
            if code is None or len(head) < length:
                continue
            rest = key[length:]
            if self.units[code].kind == "jurisdiction" and not _OF_COUNTY.fullmatch(rest):
                continue
            unit, post = self._inside(code, rest)
            return UnitAndPost(unit, post, is_former=head not in self._names)
        return UnitAndPost("", key)

    def _inside(self, code: str, rest: str) -> tuple[str, str]:
        """The section at the beginning of the rest, the longest first, as long as something of a post follows it."""
        sections = self._sections.get(code, {})
        for name in sorted(sections, key=len, reverse=True):
            if rest.startswith(name):
                return sections[name], rest[len(name) :]
        return code, rest

    def exact(self, text: str) -> str:
        """The unit of this whole name, present or former; "" when the register has none. The unit above may stand in front
        of a section's name."""
        key = name_key(text)
        if code := self._names.get(key) or self._former.get(key):
            return code
        found = self.split(text)
        return found.unit if found.unit and not found.post else ""

    def offers(self, text: str) -> tuple[Candidate, ...]:
        """Units whose names look like the beginning of the cell."""
        return self._index.offers(_without_post(name_key(text)))


_ENDS = re.compile(r".*?(?:委员会|管理局|办公室|分局|局|委|院|校|会|社|中心|街道|镇|乡|部|大队|队|处)")


def _without_post(key: str) -> str:
    """A guess at where the name ends, for offers only."""
    match = _ENDS.match(key)
    return match.group(0) if match and len(match.group(0)) > 3 else key
