"""What the appointment form says where the record has no text of its own: read off its dated rows. Pure.

A text that somebody wrote is never touched; these stand only in place of an empty one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .partial_dates import DateUnreadable, PartialDate, parse_partial_date

NONE = "无"


@dataclass(frozen=True, slots=True)
class EducationRow:
    """One education or degree of a person."""

    mode: str
    education: str = ""
    degree: str = ""
    school: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One award or sanction; `approved` as written."""

    label: str
    approved: str = ""
    approved_by: str = ""
    revoked: str = ""


def posts_text(posts: Iterable[tuple[str, str]]) -> str:
    """Unit and title of the posts held, in their order: the unit is named once for posts that follow each other in it."""
    said, last = "", None
    for unit, title in posts:
        if not said:
            said = unit + title
        else:
            said += ("、" if unit == last else "，" + unit) + title
        last = unit
    return said


def ratings_text(grades: Mapping[int, str], years: int, last_year: int) -> str:
    """2022年年度考核优秀；2023年年度考核称职。 of the last `years` years up to `last_year` that have a conclusion."""
    found = [
        f"{year}年年度考核{grades[year]}" for year in range(last_year - years + 1, last_year + 1) if grades.get(year)
    ]
    return "；".join(found) + "。" if found else ""


def awards_text(rows: Sequence[AwardRow], *, declared_none: bool) -> str:
    """2008年3月，经甲县委批准，嘉奖；… in the order of the record; 无 when that was declared and there are none."""
    if not rows:
        return NONE if declared_none else ""
    parts = []
    for row in rows:
        words = [part for part in (_month(row.approved), f"经{row.approved_by}批准" if row.approved_by else "") if part]
        revoked = f"（{_month(row.revoked)}解除）" if row.revoked else ""
        parts.append("，".join([*words, row.label + revoked]))
    return "；".join(parts) + "。"


def _month(text: str) -> str:
    try:
        found = parse_partial_date(text)
    except DateUnreadable:
        return text.strip()
    return f"{found.year}年{found.month}月" if found.month else f"{found.year}年"


def education_texts(rows: Iterable[EducationRow], mode: str) -> tuple[str, str, str, str]:
    """Education, degree, and the school of each, of the first shown rows of a mode (全日制, 在职)."""
    mine = [row for row in rows if row.mode == mode]
    education = next((row for row in mine if row.education), None)
    degree = next((row for row in mine if row.degree), None)
    return (
        education.education if education else "",
        degree.degree if degree else "",
        education.school + education.subject if education else "",
        degree.school + degree.subject if degree else "",
    )


def month_text(day) -> str:
    """199107 of a day, as files hold it; empty for none."""
    return PartialDate(day.year, day.month).exchanged if day else ""
