"""Does a career hold together: gaps, overlaps, order, ends before beginnings. Pure; for résumés read and for edited ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .partial_dates import PartialDate
from .resume_facts import ResumeProblem, Segment

_STUDY = re.compile(r"学习|进修|攻读")


def check_segments(segments: Iterable[Segment]) -> tuple[ResumeProblem, ...]:
    """Problems of dates, in the order of the segments.

    resume_end_before_start, resume_gap (more than the following month lies between), resume_overlap, resume_order (begins
    before the one above), resume_study_line (study beside work stands as a line of its own instead of 其间),
    resume_open_not_last (until now, but others follow), resume_during_outside (其间 that ends outside of its segment:
    it belongs to the segment in which it ends). A month shared by two segments is the rule, not an overlap.
    """
    found: list[ResumeProblem] = []
    longest: Segment | None = None  # the segment that reaches furthest so far
    before: Segment | None = None
    for segment in segments:
        found.extend(_own_problems(segment))
        if longest is not None and before is not None:
            problem = _between(longest, before, segment)
            if problem:
                found.append(problem)
                if problem.code == "resume_study_line":
                    continue
        if longest is None or _reach(segment) is None or (_reach(longest) or 0) <= (_reach(segment) or 0):
            longest = segment
        before = segment
    return tuple(found)


def _own_problems(segment: Segment) -> Iterator[ResumeProblem]:
    for period in (segment, *segment.during):
        starts, ends = _index(period.starts), _index(period.ends)
        if starts is not None and ends is not None and ends < starts:
            yield ResumeProblem("resume_end_before_start", segment.first_line, _shown(period.starts, period.ends))
    first, last = _index(segment.starts), _index(segment.ends)
    for period in segment.during:
        ends = _index(period.ends)
        if ends is None or first is None or (last is not None and last < first):
            continue
        if ends < first or (last is not None and ends > last):
            yield ResumeProblem("resume_during_outside", segment.first_line, _shown(period.starts, period.ends))


def _between(longest: Segment, before: Segment, segment: Segment) -> ResumeProblem | None:
    line, starts = segment.first_line, _index(segment.starts)
    if starts is None:
        return None
    earlier = _index(before.starts)
    if earlier is not None and starts < earlier:
        shown = _shown(before.starts, segment.starts)
        return ResumeProblem("resume_order", line, shown, before.first_line)
    reached = _index(longest.ends)
    if not longest.is_open and (reached is None or starts == reached):
        return None
    if longest.is_open or starts < reached:
        study = bool(_STUDY.search(segment.text)) and not _STUDY.search(longest.text)
        if study:
            return ResumeProblem("resume_study_line", line, segment.text, longest.first_line)
        if longest.is_open:
            return ResumeProblem("resume_open_not_last", longest.first_line, longest.text, line)
        return ResumeProblem("resume_overlap", line, _shown(segment.starts, longest.ends), longest.first_line)
    if starts - reached > 1:
        return ResumeProblem("resume_gap", line, _shown(longest.ends, segment.starts), longest.first_line)
    return None


def _reach(segment: Segment) -> int | None:
    """The last month of a segment; None when it is not known."""
    return 9999 * 12 if segment.is_open else _index(segment.ends)


def _index(moment: PartialDate | None) -> int | None:
    return moment.month_index() if moment else None


def _shown(starts: PartialDate | None, ends: PartialDate | None) -> str:
    return f"{starts.printed if starts else ''}--{ends.printed if ends else ''}"
