"""Words of a résumé (简历): how periods and their separators are written, in every spelling that is met. Pure.

Texts are kept as they stand; only for looking, `plain` puts characters of the same meaning in the place of others, one
for one, so that places found there are places in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .partial_dates import DateUnreadable, PartialDate

_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("。"): ".", ord("．"): ".", ord("–"): "-", ord("—"): "-", ord("―"): "-", ord("─"): "-", ord("‐"): "-",
    ord("‑"): "-", ord("−"): "-", ord("－"): "-", ord("～"): "~", ord("∼"): "~", ord("〜"): "~", ord("\u3000"): " ",
    ord("\u00a0"): " ", ord("〔"): "(", ord("〕"): ")", ord("【"): "(", ord("】"): ")", ord("["): "(", ord("]"): ")",
    ord("［"): "(", ord("］"): ")",
}  # fmt: skip
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"
EDGES = " \t\r\n\v\f\u00a0\u3000" + INVISIBLE

_DATE = (
    r"(?P<{0}y>(?<!\d)(?:(?:19|20)\d\d|\d{{4}}(?=[.年/\-])))(?P<{0}s>[.年/\-]{{0,2}})(?P<{0}m>\d{{1,2}}(?!\d)|(?<=\d{{4}})\d\d(?=\d\d(?!\d)))月?(?:份)?"
    r"(?:\d\d(?!\d)日?|\.\d{{1,2}}(?!\d)|(?<=月)\d{{1,2}}日)?"  # a day, which no résumé needs
)
_GAP = rf"[ \t{INVISIBLE}]*"
_SEPARATOR = rf"{_GAP}(?:-{{1,3}}|~{{1,2}}|至|到){_GAP}"
_END = rf"(?:{_DATE.format('e')}|(?P<open>至今|现在|今))"
RANGE = re.compile(_DATE.format("b") + rf"(?:{_SEPARATOR}{_END}|(?P<now>{_GAP}至今))", re.ASCII)
"""A period with both ends, or one until now."""
OPEN_RANGE = re.compile(_DATE.format("b") + _SEPARATOR, re.ASCII)
"""A beginning and a separator, whatever follows."""
LONE_DATE = re.compile(_DATE.format("b") + rf"(?:[ \t{INVISIBLE}]|$)", re.ASCII)
"""A month without any separator, set off from the text by a blank."""
GLUED = re.compile(_DATE.format("b") + rf"{_GAP}--{_GAP}", re.ASCII)
"""A beginning and the separator of the form inside a line: further on a single dash may be part of a word."""
YEARS = re.compile(rf"(?P<by>(?<!\d)\d{{4}})年?{_SEPARATOR}(?:(?P<ey>\d{{4}})(?!\d)年?|(?P<open>至今|今))", re.ASCII)
"""Years only: 1991—1995."""
BROKEN_END = re.compile(r"[\d.\-年月/~]+", re.ASCII)
MARK = re.compile(r"其间|期间|其中")


@dataclass(frozen=True, slots=True)
class Period:
    """A period found in a text: its ends (None: not given, or no month), the places it takes, and the codes of what is odd.

    `odd` pairs a code with the text it is about: resume_bad_month, resume_date_typo, resume_month_missing. `is_lone`: a beginning without any separator.
    """

    starts: PartialDate | None
    ends: PartialDate | None
    is_open: bool
    first: int
    last: int
    odd: tuple[tuple[str, str], ...] = ()
    is_lone: bool = False


def plain(text: str) -> str:
    """The text with characters of one meaning made one, of the same length."""
    return text.translate(_PLAIN)


def period_of(match: re.Match[str], text: str, *, open_ended: bool = False) -> Period:
    """The period of a match of RANGE, OPEN_RANGE, LONE_DATE or YEARS; `text` is the original, for what must be shown."""
    groups = match.groupdict()
    odd: list[tuple[str, str]] = []
    starts = _month(groups, "b", match, text, odd)
    ends = _month(groups, "e", match, text, odd)
    is_open = open_ended or bool(groups.get("open") or groups.get("now"))
    if match.re is YEARS:
        odd.append(("resume_month_missing", text[match.start() : match.end()].strip(EDGES)))
    return Period(starts, ends, is_open, match.start(), match.end(), tuple(odd), match.re is LONE_DATE)


def _month(
    groups: dict[str, str | None], side: str, match: re.Match[str], text: str, odd: list[tuple[str, str]]
) -> PartialDate | None:
    year, month = groups.get(f"{side}y"), groups.get(f"{side}m")
    if year is None:
        return None
    shown = text[match.start(f"{side}y") : match.end(f"{side}m" if month else f"{side}y")]
    try:
        found = PartialDate(int(year), int(month) if month else None)
    except DateUnreadable as refused:
        odd.append(("resume_bad_month" if refused.code == "date_month" else "resume_bad_year", shown))
        return None
    if len(groups.get(f"{side}s") or "") > 1 or (month and len(month) == 1 and not groups.get(f"{side}s")):
        odd.append(("resume_date_typo", shown))
    return found


def depth_after(text: str, depth: int = 0) -> int:
    """How many brackets stand open at the end of a text; one closed too often opens none."""
    for character in plain(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
    return depth


def blank_width(line: str) -> int:
    """Columns of blanks at the beginning of a line: a full-width blank takes two, a tab eight."""
    width = 0
    for character in line:
        if character == "\u3000":
            width += 2
        elif character == "\t":
            width += 8
        elif character in " \u00a0":
            width += 1
        elif character not in INVISIBLE:
            break
    return width


def depths(text: str) -> list[int]:
    """For every place of the text, how many brackets stand open before it."""
    found, depth = [], 0
    for character in plain(text):
        found.append(depth)
        if character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
    return found
