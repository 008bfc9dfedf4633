"""The yearly notice of holidays (国务院办公厅关于部分节假日安排的通知), as a clerk types it in: one span per line.

`2027-02-05..2027-02-11 春节` or `2027-02-05 春节`; Chinese dates (2027年2月5日), `至`, `—`, `~` do as well.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
_LINE = re.compile(rf"^{_DAY}(?:\s*(?:\.\.|至|到|—|–|-|~|～)\s*{_DAY})?\s*(.*)$")
LONGEST = 15  # days of one span: no holiday is longer, so a longer one is a slip of the pen


class NoticeRefused(ValueError):
    """A line that cannot be read: `line` counts from 1, `code` says why."""

    def __init__(self, line: int, code: str, text: str):
        super().__init__(f"line {line}: {code}: {text}")
        self.line, self.code, self.text = line, code, text


@dataclass(frozen=True, slots=True)
class Span:
    """Days on end with one occasion."""

    first: date
    last: date
    name: str

    def days(self):
        """Every day of the span."""
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


def read_days(text: str) -> dict[date, str]:
    """Day → occasion. Raises `NoticeRefused` for the first line that cannot be read or names a day a second time."""
    days: dict[date, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        span = _span(number, line.strip())
        for day in span.days():
            if day in days:
                raise NoticeRefused(number, "twice", str(day))
            days[day] = span.name
    return days


def _span(number: int, line: str) -> Span:
    found = _LINE.match(line)
    if not found:
        raise NoticeRefused(number, "unreadable", line)
    *parts, name = found.groups()
    try:
        first = date(*map(int, parts[:3]))
        last = date(*map(int, parts[3:])) if parts[3] else first
    except ValueError:
        raise NoticeRefused(number, "no_such_day", line) from None
    if not 0 <= (last - first).days < LONGEST:
        raise NoticeRefused(number, "bad_span", line)
    return Span(first, last, name.strip())
