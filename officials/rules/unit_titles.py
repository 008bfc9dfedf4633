"""What the words of a post say: whether it leads, belongs to the leading team, or is a rank only. Pure.

Rosters write unit and post in one cell and say nothing more. What stands in the register of posts always goes before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTS = re.compile(r"[、，,；;兼]+")
_HEADS = (
    "书记|局长|主任|部长|主席|院长|检察长|校长|镇长|乡长|处长|队长|大队长|支队长|关长|理事长|会长|社长|台长|区长|县长|市长"
    "|办事处主任"
)
_PRINCIPAL = re.compile(rf"(?:党组|党委|党工委|工委|机关工委)?(?:{_HEADS})")
# A post inside a section that stands in front of the title: 办公室主任, 政工人事股副股长, 综合执法队队长.
_OF_SECTION = re.compile(
    r".+(?:股|科|室|中心|所|站|队)(?:副?(?:股长|科长|主任|所长|站长|队长|中队长)|\S{0,6}科员|\S{0,6}调研员|职员|干部|工作人员)"
    r"|副?(?:股长|科长|站长|所长)"
)
_STAFF = re.compile(r"(?:一般)?(?:干部|科员|办事员|职员|工作人员|工勤人员|试用期人员|试用期公务员)")


@dataclass(frozen=True, slots=True)
class TitleWords:
    """What a title says of its post."""

    is_team_member: bool
    is_principal: bool
    is_rank: bool


def read_title(title: str, *, ranks: frozenset[str], in_section: bool = False) -> TitleWords:
    """Read a title (党组成员、副局长); `ranks` are the labels of ranks, `in_section` that the unit is a section (股室)."""
    parts = [part.strip() for part in _PARTS.split(title) if part.strip()]
    is_rank = bool(parts) and all(part in ranks for part in parts)
    leads = [part for part in parts if part not in ranks and not _is_of_section(part)]
    if in_section or is_rank or not leads:
        return TitleWords(is_team_member=False, is_principal=False, is_rank=is_rank)
    return TitleWords(
        is_team_member=True, is_principal=any(_PRINCIPAL.fullmatch(part) for part in leads), is_rank=False
    )


def _is_of_section(part: str) -> bool:
    return bool(_OF_SECTION.fullmatch(part) or _STAFF.fullmatch(part))
