"""How single facts are worded on the appointment form (干部任免审批表): name, birth, ages, family in its order, dates. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from .partial_dates import DateUnreadable, PartialDate, compute_age, parse_partial_date
from .person_card import FamilyMember, PersonCard
from .text_fit import Fitted, wrap

DECEASED = ("去世", "死亡", "逝世", "已逝", "已故", "病故", "亡故", "离世", "辞世", "身故")
"""Words in 工作单位及职务 that leave the age blank."""
_CHILD = re.compile(r"[大二三四五六长次幼小独养继]?(?:儿子?|女儿?|子)")
_PARENT = re.compile(r"[养继]?[父母]亲?")
_SPOUSE = re.compile(r"妻子?|丈?夫|配偶|爱人|老伴|前妻|前夫")
FULL_BLANK = "\N{IDEOGRAPHIC SPACE}"
_DATE_OF_FILLING = re.compile(r"(\d{4})(\d\d)(\d\d)?")


def read(text: str) -> PartialDate | None:
    """The date of a field; None when it holds none or no readable one."""
    try:
        return parse_partial_date(text)
    except DateUnreadable:
        return None


def printed_date(text: str) -> str:
    """1985.07 for any readable date, else the text as it stands."""
    found = read(text)
    return found.printed if found else text.strip()


def padded_name(name: str) -> str:
    """张　三: a name of two characters is spread on paper, never in the record."""
    bare = name.strip()
    return f"{bare[0]}{FULL_BLANK}{bare[1]}" if len(bare) == 2 and not bare.isascii() else bare


def name_lines(name: str) -> Fitted:
    """The name in its cell: up to 4 characters in one line, to 8 two lines of 4, to 10 two of 5, to 15 three of 5, else

    three of 6, the longer ones smaller. The separator `·` never begins a line.
    """
    bare = name.strip()
    if len(bare) <= 4:
        return Fitted((padded_name(bare),), 12.0)
    limit, per_line, size = next(row for row in ((8, 4, 12.0), (10, 5, 10.5), (15, 5, 9.0), (10**6, 6, 8.0)) if len(bare) <= row[0])  # fmt: skip
    lines = wrap(bare, 2 * per_line)
    if len(lines) > -(-min(len(bare), limit) // per_line):  # the separator pushed a character into one line more
        lines = wrap(bare, 2 * per_line + 2)
    return Fitted(tuple(lines), size)


def short_text(text: str) -> Fitted:
    """籍贯, 出生地, 民族, 健康状况: up to 4 characters in one line, else two lines of 4; longer ones smaller."""
    bare = text.strip()
    for per_line, most, size in ((4, 2, 12.0), (5, 2, 10.0), (6, 3, 8.0), (7, 4, 7.0)):
        lines = wrap(bare, 2 * per_line)
        if len(lines) <= most:
            return Fitted(tuple(lines), size)
    return Fitted(tuple(lines), size, overflows=True)


def counted_at(card: PersonCard, today: date) -> PartialDate:
    """The day at which ages are counted: 计算年龄时间, else 填表时间, else today."""
    return read(card.age_counted_on) or read(card.filled_on) or PartialDate.of(today)


def birth_lines(text: str, at: PartialDate) -> tuple[str, ...]:
    """1972.04 and （52岁）; the text as it stands when it is no date."""
    born = read(text)
    if born is None:
        return tuple(part for part in (text.strip(),) if part)
    age = compute_age(born, at)
    return (born.printed,) if age is None else (born.printed, f"（{age}岁）")


def reaching_lines(text: str, birth: str) -> tuple[str, ...]:
    """2026.08 and （61岁） or （57岁5个月）: the month in which the age limit is reached, and the age then."""
    reached, born = read(text), read(birth)
    if reached is None:
        return tuple(part for part in (text.strip(),) if part)
    months, since = reached.month_index(), born.month_index() if born else None
    if months is None or since is None or months < since:
        return (reached.printed,)
    years, rest = divmod(months - since, 12)
    return reached.printed, f"（{years}岁{f'{rest}个月' if rest else ''}）"


def member_age(member: FamilyMember, at: PartialDate) -> str:
    """Completed years; blank for the dead, and when no birth date can be read."""
    born = read(member.birth)
    if born is None or any(word in member.post for word in DECEASED):
        return ""
    age = compute_age(born, at)
    return "" if age is None else str(age)


def relation_rank(relation: str) -> int:
    """0 spouse, 1 child, 2 parent, 3 anybody else."""
    bare = "".join(relation.split())
    return next((rank for rank, words in enumerate((_SPOUSE, _CHILD, _PARENT)) if words.fullmatch(bare)), 3)


def family_in_order(members: Iterable[FamilyMember]) -> list[FamilyMember]:
    """Spouse, children, parents, others; inside each group as stored. Blank rows are left out."""
    return sorted(
        (member for member in members if not member.is_blank), key=lambda member: relation_rank(member.relation)
    )


def filled_date(text: str) -> str:
    """2025年03月05日; the day stays open when only the month is known; blank form without a date."""
    match = _DATE_OF_FILLING.fullmatch(read_exchanged(text))
    if not match:
        return f"{FULL_BLANK * 3}年{FULL_BLANK * 2}月{FULL_BLANK * 2}日"
    year, month, day = match.groups()
    return f"{year}年{month}月{day or FULL_BLANK}日"


def read_exchanged(text: str) -> str:
    """The digits of a date: 20250305 or 202503; empty for anything else."""
    found = read(text)
    return found.exchanged if found else ""
