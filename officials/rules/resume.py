"""The résumé (简历) of the appointment form: raw text to segments, and edited segments to text. Pure.

Reading never changes the text: it is what is printed and archived. Only when somebody edited segments is a text written
from them, in the form of the editor: `yyyy.MM--yyyy.MM`, two blanks, text at column 19, further lines 18 blanks in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .resume_facts import During, Resume, ResumeProblem, Segment
from .resume_lines import Block, LineReader, opening_of
from .resume_order import check_segments
from .resume_text import BROKEN_END, EDGES, GLUED, INVISIBLE, MARK, RANGE, depths, period_of, plain

LONGEST = 20_000  # characters; the standard keeps 8,000
_INDENT = " " * 18
_LOOSE = EDGES + "；;，,、：:。（）()"
_BEFORE_MARKED = re.compile(r"(?:其间|期间)[：:，,]?\s*$")


def parse_resume(text: str) -> Resume:
    """Read a résumé. Never refuses: what cannot be read stands in `problems` (codes of the import texts), line by line."""
    shortened = text[:LONGEST]
    reader = LineReader(shortened.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    reader.gather()
    problems = list(reader.problems)
    if len(text) > LONGEST:
        problems.append(ResumeProblem("resume_too_long", len(reader.lines)))
    segments: list[Segment] = []
    for position, block in enumerate(reader.blocks):
        if block.depth and position == len(reader.blocks) - 1:
            problems.append(ResumeProblem("resume_bracket_open", block.line, block.parts[-1]))
        segments.extend(_segments(block, problems))
    problems.extend(check_segments(segments))
    # By line; a stable sort, so problems of one line stay in the order in which they were found.
    return Resume(tuple(segments), tuple(reader.memberships), tuple(sorted(problems, key=lambda found: found.line)))


def _segments(block: Block, problems: list[ResumeProblem]) -> list[Segment]:
    """The segments of gathered lines: one, or several when a line break is missing between them."""
    line, own, notes = block.line, block.parts[0], tuple(_clean(part) for part in block.parts[1:])
    pieces = _pieces(own)
    for piece in pieces[1:]:
        problems.append(ResumeProblem("resume_glued", line, _clean(piece)))
    found = []
    for number, piece in enumerate(pieces):
        is_last = number == len(pieces) - 1
        starts, ends, is_open, text = _head(piece, line, problems)
        if not is_last:
            text = text.rstrip(_LOOSE.replace("）", "").replace(")", ""))
        below = notes if is_last else ()
        during = [period for part in (text, *below) for period in _during(part, line, problems)]
        found.append(
            Segment(starts, ends, is_open, text, below, tuple(during), line, block.last if is_last else block.line)
        )
    return found


def _pieces(own: str) -> list[str]:
    """The line cut before every further period outside of brackets that no 其间 introduces."""
    looked, depth = plain(own), depths(own)
    opening = opening_of(own)
    cuts = [0]
    for match in [*RANGE.finditer(looked), *GLUED.finditer(looked)]:
        begins = match.start()
        if (
            opening is None
            or begins < opening.last
            or depth[begins]
            or _BEFORE_MARKED.search(own[max(begins - 8, 0) : begins])
        ):
            continue
        cuts.append(begins)
    ordered = sorted(set(cuts))
    return [own[first:last] for first, last in zip(ordered, [*ordered[1:], len(own)], strict=True)]


def _head(piece: str, line: int, problems: list[ResumeProblem]):
    """Beginning, end, until now, and the text behind them."""
    period = opening_of(piece)
    if period is None:
        return None, None, False, _clean(piece)
    problems.extend(ResumeProblem(code, line, value) for code, value in period.odd)
    looked, rest = plain(piece), piece[period.last :]
    if period.is_lone:
        problems.append(ResumeProblem("resume_no_separator", line, piece[: period.last].strip(EDGES)))
        return period.starts, None, False, _clean(rest)
    is_open = period.is_open
    blanks = len(looked[: period.last]) - len(looked[: period.last].rstrip(" \t"))
    if is_open and blanks < 2 and (broken := BROKEN_END.match(plain(rest))) and broken[0][0].isdigit():
        problems.append(ResumeProblem("resume_bad_end", line, rest[: broken.end()]))
        return period.starts, None, False, _clean(rest[broken.end() :])
    if not _clean(rest):
        problems.append(ResumeProblem("resume_no_text", line, piece.strip(EDGES)))
    return period.starts, period.ends, is_open, _clean(rest)


def _during(text: str, line: int, problems: list[ResumeProblem]) -> list[During]:
    """Periods inside a text, each with what is said up to the next one."""
    matches, depth = list(RANGE.finditer(plain(text))), depths(text)
    found = []
    for position, match in enumerate(matches):
        period = period_of(match, text)
        problems.extend(ResumeProblem(code, line, value) for code, value in period.odd)
        until = matches[position + 1].start() if position + 1 < len(matches) else len(text)
        said = _up_to_bracket(text[match.end() : until])
        # The word counts for every period of its bracket.
        bracket = match.start()
        while bracket and depth[bracket]:
            bracket -= 1
        marked = bool(MARK.search(text, bracket, match.start()) or _BEFORE_MARKED.search(text[: match.start()][-8:]))
        if not marked:
            problems.append(ResumeProblem("resume_during_unmarked", line, text[match.start() : match.end()]))
        found.append(During(period.starts, period.ends, period.is_open, said, marked))
    return found


def _up_to_bracket(said: str) -> str:
    """What is said of a period: up to the end of its bracket, or to the 其间 of the next."""
    depth = 0
    for place, character in enumerate(plain(said)):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            said = said[:place]
            break
    return MARK.split(said)[0].strip(_LOOSE.replace("）", "").replace(")", "")).rstrip("（(")


def _clean(text: str) -> str:
    """Without blanks at its edges and without characters that have no width."""
    return "".join(c for c in text if c not in INVISIBLE).strip(EDGES)


def write_resume(segments: Sequence[Segment], memberships: Iterable[str] = ()) -> str:
    """The text of edited segments, as the editor writes it; lines end with a line feed.

    Raises ValueError("resume_no_date") for a segment without beginning, or neither ended nor open: nobody could read it
    back. Memberships follow after an empty line.
    """
    lines = []
    for segment in segments:
        if segment.starts is None or (segment.ends is None) is not segment.is_open:
            raise ValueError("resume_no_date")
        ends = f"{segment.ends.printed}  " if segment.ends else " " * 9
        lines.append(f"{segment.starts.printed}--{ends}{segment.text}")
        lines.extend(_INDENT + note for note in segment.notes)
    kept = [line for line in memberships if line.strip(EDGES)]
    if kept:
        lines.extend(["", *(_INDENT + line for line in kept)])
    return "\n".join(lines)
