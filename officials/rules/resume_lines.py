"""The lines of a résumé (简历) gathered into segments: which begins one, which goes on with the one above. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from .resume_facts import ResumeProblem
from .resume_text import (
    EDGES,
    LONE_DATE,
    OPEN_RANGE,
    RANGE,
    YEARS,
    Period,
    blank_width,
    depth_after,
    period_of,
    plain,
)

_CONTINUED_FROM = 10  # columns of blanks


@dataclass
class Block:
    """Lines of one segment while they are gathered: parts are its own line and notes below it."""

    line: int
    last: int
    parts: list[str] = field(default_factory=list)
    depth: int = 0


class LineReader:
    """Gathers lines: `blocks` of segments, `memberships` behind the career, and what was odd about the lines."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.opens = [opening_of(line.strip(EDGES)) is not None for line in lines]
        self.lastopening_of = max((number for number, opens in enumerate(self.opens, 1) if opens), default=0)
        self.blocks: list[Block] = []
        self.memberships: list[str] = []
        self.problems: list[ResumeProblem] = []

    def gather(self) -> None:
        """Go through all lines once."""
        blank = 0
        for number, line in enumerate(self.lines, start=1):
            bare = line.strip(EDGES)
            if not bare:
                blank = number if self.blocks else 0
                continue
            if blank:
                if self._ends_career(number):
                    self.memberships = [kept for rest in self.lines[number - 1 :] if (kept := rest.strip(EDGES))]
                    return
                self.problems.append(ResumeProblem("resume_blank_line", blank))
                blank = 0
            self._take(number, line, bare)

    def _ends_career(self, number: int) -> bool:
        """After a blank line memberships follow, unless the career goes on: its last segment has an end and lines go on."""
        last = opening_of(self.blocks[-1].parts[0])
        return last is None or last.ends is None or self.lastopening_of < number

    def _take(self, number: int, line: str, bare: str) -> None:
        current = self.blocks[-1] if self.blocks else None
        opens = self.opens[number - 1]
        if current is None or (opens and not self._continues(current, number, line)):
            if current and current.depth:
                self.problems.append(ResumeProblem("resume_bracket_open", current.line, current.parts[-1]))
            if not opens:
                self.problems.append(ResumeProblem("resume_no_date", number, bare))
            self.blocks.append(Block(number, number, [bare], depth_after(bare)))
            return
        # A line of its own below the segment, not the rest of a line that was too long.
        is_note = current.depth == 0 and (plain(bare).startswith("(") or opens)
        if is_note:
            current.parts.append(bare)
        else:
            current.parts[-1] += bare
        current.last = number
        current.depth = depth_after(bare, current.depth)

    def _continues(self, current: Block, number: int, line: str) -> bool:
        """Does a line that begins with a period go on with the segment above: far indented, or inside its bracket?"""
        if blank_width(line) >= _CONTINUED_FROM:
            return True
        if not current.depth:
            return False
        depth = current.depth
        for place in range(number - 1, len(self.lines)):
            later = self.lines[place]
            # A forgotten bracket must not swallow the rest of the career: it has to be closed before the next period.
            if place >= number and self.opens[place] and blank_width(later) < _CONTINUED_FROM:
                return False
            if depth_after(later, depth) < depth:
                return True
            depth = depth_after(later, depth)
        return False


def opening_of(bare: str) -> Period | None:
    """The period with which a line begins, None for any other line."""
    looked = plain(bare)
    if (match := RANGE.match(looked)) or (match := YEARS.match(looked)):
        return period_of(match, bare)
    if match := OPEN_RANGE.match(looked):
        return period_of(match, bare, open_ended=True)
    if match := LONE_DATE.match(looked):
        return period_of(match, bare)
    return None
