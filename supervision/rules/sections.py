"""Sections inside an organ, as titles name them (政工人事股股长), where the register keeps all posts at the organ. Pure."""

import re

_SECTION = re.compile(r"(?P<section>\S*?(?:股|科(?!员|长)|室|中心|所(?!长)|站(?!长)|队(?!长)|大队(?!长)))(?P<role>\S*)")
_HEAD = re.compile(r"(?:股长|科长|主任|所长|站长|队长|中队长|大队长|教导员|指导员)$")
_RANK_ONLY = re.compile(r"[一二三四]级(?:主任科员|科员|调研员|巡视员)")


def section_of(title: str) -> tuple[str, str]:
    """Section and what is left of the title; both empty where the title names no section (副局长, 四级主任科员)."""
    if _RANK_ONLY.fullmatch(title):
        return "", ""
    found = _SECTION.match(title)
    return (found["section"], found["role"]) if found and found["role"] else ("", "")


def heads_section(role: str) -> str:
    """`chief` or `deputy` for who heads a section by the rest of the title, empty for staff."""
    if not _HEAD.search(role):
        return ""
    return "deputy" if role.startswith("副") else "chief"
