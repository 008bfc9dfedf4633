"""What a résumé (简历) says once it is read: segments, periods inside them, memberships, problems. Pure; JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .partial_dates import PartialDate

Facts = Mapping[str, Any]


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.stored(text) if text else None


@dataclass(frozen=True, slots=True)
class During:
    """A period within a segment (其间): study beside work, a secondment. `is_marked`: the word 其间 stands there."""

    starts: PartialDate | None
    ends: PartialDate | None
    is_open: bool
    text: str
    is_marked: bool = True

    def as_dict(self) -> dict[str, Any]:
        return {
            "starts": self.starts.storage if self.starts else None,
            "ends": self.ends.storage if self.ends else None,
            "is_open": self.is_open,
            "text": self.text,
            "is_marked": self.is_marked,
        }

    @classmethod
    def from_dict(cls, data: Facts) -> During:
        return cls(**(dict(data) | {"starts": _date(data["starts"]), "ends": _date(data["ends"])}))


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of the career.

    `starts` and `ends` are None where none can be read; `is_open`: until now. `text` is one line, with brackets that
    stand in it; `notes` are lines of their own below it (其间 over several segments). `during` are the periods found in
    both. Lines count from 1 in the text that was read; 0 for a segment that was never read from one.
    """

    starts: PartialDate | None
    ends: PartialDate | None
    is_open: bool
    text: str
    notes: tuple[str, ...] = ()
    during: tuple[During, ...] = ()
    first_line: int = 0
    last_line: int = 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "starts": self.starts.storage if self.starts else None,
            "ends": self.ends.storage if self.ends else None,
            "is_open": self.is_open,
            "text": self.text,
            "notes": list(self.notes),
            "during": [period.as_dict() for period in self.during],
            "first_line": self.first_line,
            "last_line": self.last_line,
        }

    @classmethod
    def from_dict(cls, data: Facts) -> Segment:
        read = {
            "starts": _date(data["starts"]),
            "ends": _date(data["ends"]),
            "notes": tuple(data.get("notes", ())),
            "during": tuple(During.from_dict(period) for period in data.get("during", ())),
        }
        return cls(**(dict(data) | read))


@dataclass(frozen=True, slots=True)
class ResumeProblem:
    """Something to look at: a code of the import texts, the line, what stands there, and the other line it is about."""

    code: str
    line: int
    value: str = ""
    other: int = 0

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "line": self.line, "value": self.value, "other": self.other}

    @classmethod
    def from_dict(cls, data: Facts) -> ResumeProblem:
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Resume:
    """A whole résumé: the career, the memberships at its end (届次 of party, congress, conference), what is odd."""

    segments: tuple[Segment, ...] = ()
    memberships: tuple[str, ...] = ()
    problems: tuple[ResumeProblem, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "segments": [segment.as_dict() for segment in self.segments],
            "memberships": list(self.memberships),
            "problems": [problem.as_dict() for problem in self.problems],
        }

    @classmethod
    def from_dict(cls, data: Facts) -> Resume:
        return cls(
            tuple(Segment.from_dict(segment) for segment in data["segments"]),
            tuple(data["memberships"]),
            tuple(ResumeProblem.from_dict(problem) for problem in data["problems"]),
        )
