"""Names from files against names of the register: exact after cleaning, or nothing, with offers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from .cleaning import name_key
from .rows import Candidate

OFFERS = 5
_LEAST_LIKENESS = 0.45


@dataclass(frozen=True, slots=True)
class Match:
    """`codes` has one code when the name is known, several when it is ambiguous, none when it is unknown."""

    codes: tuple[str, ...]
    is_former: bool = False

    @property
    def code(self) -> str | None:
        return self.codes[0] if len(self.codes) == 1 else None


@dataclass(slots=True)
class NameIndex:
    """All names of all units (or indicators): several names may lead to one code, and one name to several codes."""

    _current: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _former: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _labels: dict[str, str] = field(default_factory=dict)
    _offers: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def add(self, code: str, label: str, names: Iterable[str], former: Iterable[str] = ()) -> None:
        """Enter a code with the name to show for it, the names it goes by, and the names it went by once."""
        self._labels[code] = label
        for names_kind, found in ((names, self._current), (former, self._former)):
            for name in names_kind:
                if key := name_key(name):
                    found[key].add(code)

    def find(self, name: str) -> Match:
        """A present name wins over a former one."""
        key = name_key(name)
        if codes := self._current.get(key):
            return Match(tuple(sorted(codes)))
        if codes := self._former.get(key):
            return Match(tuple(sorted(codes)), is_former=True)
        return Match(())

    def label(self, code: str) -> str:
        return self._labels.get(code, code)

    def candidates(self, codes: Iterable[str]) -> tuple[Candidate, ...]:
        return tuple(Candidate(code, self.label(code)) for code in list(codes)[:OFFERS])

    def offers(self, name: str) -> tuple[Candidate, ...]:
        """At most five codes whose names look like this one, the likest first."""
        key = name_key(name)
        if key not in self._offers:
            self._offers[key] = self._search(key)
        return self._offers[key]

    def _search(self, key: str) -> tuple[Candidate, ...]:
        likeness: dict[str, float] = {}
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        for known in (self._current, self._former):
            for other, codes in known.items():
                matcher.set_seq1(other)
                if matcher.real_quick_ratio() < _LEAST_LIKENESS or matcher.quick_ratio() < _LEAST_LIKENESS:
                    continue
                ratio = matcher.ratio()
                for code in codes if ratio >= _LEAST_LIKENESS else ():
                    likeness[code] = max(ratio, likeness.get(code, 0.0))
        best = sorted(likeness, key=lambda code: (-likeness[code], code))
        return self.candidates(best)
