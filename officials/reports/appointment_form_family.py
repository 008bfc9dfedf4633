"""The second page of the appointment form: rewards, assessments, reason, family, reporting unit, approvals. Pure."""

from __future__ import annotations

from datetime import date

from foundation.exchange.reports.grids import Align, Cell, Page, Passage, inset_of

from ..rules import form_wording as wording
from ..rules.person_card import MOST_MEMBERS, PersonCard
from ..rules.text_fit import columns_of, fit, wrap

MARGINS = (27.8, 10.0, 22.5, 20.0)
COLUMNS = (13.1, 19.3, 22.5, 10.1, 17.8, 1.7, 13.8, 67.9)
TOP_ROWS = (25.0, 18.0, 24.0)
FAMILY_HEAD, FAMILY_ROW, FAMILY_ROWS = 11.4, 12.3, 7
REPORT_ROWS = (23.5, 13.0)
APPROVAL_ROWS = (22.6, 13.0)  # 35.6 in all: the place of the seal and the line of the day
FREE = 13.5
"""What the page has free below the grid, the line 填表人 left out (mm): rows beyond the seventh take it."""
WIDE = sum(COLUMNS[1:])


def second_page(card: PersonCard, today: date) -> tuple[Page, tuple[str, ...]]:
    """The page, and the labels of fields whose text had to be set smaller than can be read with ease."""
    members = wording.family_in_order(card.family)[:MOST_MEMBERS]
    count = max(FAMILY_ROWS, len(members))
    height = min(FAMILY_ROW, (FAMILY_ROWS * FAMILY_ROW + FREE) / count)
    small: list[str] = []
    cells = _texts(card, small)
    cells += _family(members, count, height, wording.counted_at(card, today), small)
    cells += _report(card, 4 + count, small)
    rows = (*TOP_ROWS, FAMILY_HEAD, *(height,) * count, *REPORT_ROWS, *APPROVAL_ROWS)
    return Page(MARGINS, COLUMNS, rows, tuple(cells), below=(f"填表人：{card.filled_by}",)), tuple(small)


def _texts(card: PersonCard, small: list[str]) -> list[Cell]:
    found = []
    fields = (
        (("奖惩", "情况"), "奖惩情况", card.rewards_and_sanctions),
        (("年度", "考核", "结果"), "年度考核结果", card.annual_assessments),
        (("任免", "理由"), "任免理由", card.reason),
    )
    for row, (words, name, text) in enumerate(fields):
        found.append(_label(row, 0, *words))
        found.append(_text(row, 1, text, WIDE, TOP_ROWS[row], name, small, across=7))
    return found


def _family(members, count: int, height: float, at, small: list[str]) -> list[Cell]:
    words = ("家庭", "主要", "成员", "及重", "要社", "会关", "系")
    cells = [_label(3, 0, *words, down=1 + count)]
    heads = ((1, "称　谓", 1), (2, "姓　名", 1), (3, "年龄", 1), (4, "政治面貌", 1), (5, "工 作 单 位 及 职 务", 3))
    cells += [_label(3, column, word, across=across) for column, word, across in heads]
    for place in range(count):
        row = 4 + place
        member = members[place] if place < len(members) else None
        if member is None:
            cells += [Cell(row, column, across=across) for column, _word, across in heads]
            continue
        name = wording.name_lines(member.name)
        cells += [
            _text(row, 1, member.relation, COLUMNS[1], height, "称谓", small, align=Align.CENTRE),
            Cell(row, 2, passages=tuple(Passage(line, (line,)) for line in name.lines), size=min(name.size, _fits(height, name))),
            _text(row, 3, wording.member_age(member, at), COLUMNS[3], height, "年龄", small, align=Align.CENTRE),
            _text(row, 4, member.politics, COLUMNS[4], height, "政治面貌", small, align=Align.CENTRE),
            _text(row, 5, member.post, sum(COLUMNS[5:]), height, "工作单位及职务", small, across=3),
        ]  # fmt: skip
    return cells


def _fits(height: float, name) -> float:
    """The size at which the lines of a name stand in a row that was made lower."""
    return fit(name.lines, 99, height - 1).size


def _report(card: PersonCard, row: int, small: list[str]) -> list[Cell]:
    day = wording.filled_date(card.filled_on)
    left, right = sum(COLUMNS[1:5]), COLUMNS[7]
    sealed = f"（盖章）{'　' * 3}年{'　' * 2}月{'　' * 2}日"
    return [
        _label(row, 0, "呈", "报", "单", "位", down=2),
        _text(row, 1, card.reporting_unit, WIDE, REPORT_ROWS[0], "呈报单位", small, across=7, align=Align.CENTRE, joins_below=True),
        _text(row + 1, 1, f"{day}{'　' * 2}", WIDE, REPORT_ROWS[1], "", small, across=7, align=Align.RIGHT, joins_above=True),
        _label(row + 2, 0, "审批", "机关", "意见", down=2),
        Cell(row + 2, 1, across=4, joins_below=True),
        _text(row + 3, 1, sealed, left, APPROVAL_ROWS[1], "", small, across=4, align=Align.RIGHT, joins_above=True),
        _label(row + 2, 5, "行政", "机关", "任免", "意见", down=2, across=2),
        Cell(row + 2, 7, joins_below=True),
        _text(row + 3, 7, sealed, right, APPROVAL_ROWS[1], "", small, align=Align.RIGHT, joins_above=True),
    ]  # fmt: skip


def _label(row: int, column: int, *lines: str, down: int = 1, across: int = 1) -> Cell:
    return Cell(row, column, down, across, tuple(Passage(line, (line,)) for line in lines))


def _text(row, column, text, width, height, name, small, *, align=Align.LEFT, **where) -> Cell:
    """A text in the largest size in which it stands in its cell; `small` learns of one that had to go below 7 pt."""
    said = [part for part in text.strip("\n").split("\n") if part.strip()] or [""]
    room = width - 2 * inset_of(align)
    fitted = fit(said, room, height - 1)
    if fitted.overflows and name and name not in small:
        small.append(name)
    broken = tuple(Passage(part, tuple(wrap(part, columns_of(room, fitted.size)))) for part in said)
    return Cell(row, column, passages=broken, size=fitted.size, align=align, **where)
