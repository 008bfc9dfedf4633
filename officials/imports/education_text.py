"""学历学位 in one cell (大学\\n农学学士, 大学工学学士), 毕业院校及专业 in one cell. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..rules.labels import LabelTable, label_key

_DEGREE = re.compile(r"(.*?)((?:[^\s、，,]{0,8}?)(?:学士|硕士|博士|双学位|名誉博士)(?:学位)?)")
_SCHOOL = re.compile(r"(.*(?:大学|学院|学校|党校|分校|中学|电大|函授|干校|研究所|研究院|研究生院))(.*)")
_SUBJECT_END = re.compile(r"专业$")


@dataclass(frozen=True, slots=True)
class SchoolAndSubject:
    """School and subject of one string; what cannot be told apart stays with the school."""

    school: str
    subject: str


def split_education(text: str, table: LabelTable) -> tuple[str, str]:
    """Education and degree as they stand: 大学 and 农学学士. The longest label of the table at the beginning is the
    education; what follows is the degree.
    """
    lines = [line.strip() for line in re.split(r"[\r\n、，,;；]+", text) if line.strip()]
    if len(lines) > 1:
        return lines[0], "、".join(lines[1:])
    bare = "".join(text.split())
    if table.match(bare).code or not bare:
        return bare, ""
    for end in range(len(bare) - 1, 1, -1):
        if table.match(bare[:end]).code and _DEGREE.fullmatch(bare[end:]):
            return bare[:end], bare[end:]
    return ("", bare) if _DEGREE.fullmatch(bare) and not label_key(bare).startswith("大学") else (bare, "")


def split_school(text: str) -> SchoolAndSubject:
    """华南农业大学会计学专业 → 华南农业大学, 会计学."""
    bare = "".join(text.split())
    match = _SCHOOL.fullmatch(bare)
    if not match:
        return SchoolAndSubject(bare, "")
    return SchoolAndSubject(match.group(1), _SUBJECT_END.sub("", match.group(2)))
