"""PDF by Typst: a template of ours and data as JSON. What a user typed is data, never markup. Pure but for the fonts read.

Typst comes whole in its wheel; only Chinese fonts must be on the machine. See decision 0008.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import gettext_lazy as _

from foundation.common.results import DomainError

TEMPLATES = Path(__file__).parent / "templates"
# Best first: the fonts that GB/T 9704 names, under the names their files have, then Debian's fonts-noto-cjk.
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
STACKS = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", *SERIF),
    "fang": ("FangSong_GB2312", "FangSong", "STFangsong", *SERIF),
    "hei": ("SimHei", "STHeiti", *SANS),
    "kai": ("KaiTi_GB2312", "KaiTi", "STKaiti", *SERIF),
    "song": ("SimSun", "STSong", *SERIF),
    "sans": SANS,
}


@cache
def _fonts() -> typst.Fonts:
    """The machine's fonts, read once per process (about 0.1 s)."""
    return typst.Fonts()


@cache
def _template(name: str) -> bytes:
    return (TEMPLATES / f"{name}.typ").read_bytes()


def usable_stacks(families: Iterable[str]) -> dict[str, list[str]]:
    """Of each stack the fonts that are there. Raises DomainError when one has none: the paper would be empty boxes."""
    there = set(families)
    found = {name: [font for font in stack if font in there] for name, stack in STACKS.items()}
    if not all(found.values()):
        raise DomainError(
            "PDF_FONTS_MISSING",
            _(
                "A PDF needs Chinese fonts, and this server has none. Ask for them to be installed (Debian: apt-get install fonts-noto-cjk), or take the file as docx or xlsx."
            ),
            status=503,
        )
    return found


def fonts_of_this_machine() -> dict[str, list[str]]:
    """The fonts that papers are set in here. Raises DomainError when Chinese ones are missing."""
    return usable_stacks(_fonts().families())


def typeset(template: str, data: dict, *, at: datetime) -> bytes:
    """A PDF/A-2b from a template and its data; `at` is the moment that the file says it was made (aware).

    Raises DomainError when the machine has no Chinese font.
    """
    made = typst.compile(
        _template(template), font_paths=_fonts(), sys_inputs=_inputs(data), format="pdf", pdf_standards="a-2b",
        timestamp=int(at.timestamp()),
    )  # fmt: skip
    return bytes(made)


def drawn_pages(template: str, data: dict) -> list[bytes]:
    """The same paper as SVG pictures, one a page, for the screen: letters are outlines, so no font is needed there.

    Raises DomainError when the machine has no Chinese font.
    """
    made = typst.compile(_template(template), font_paths=_fonts(), sys_inputs=_inputs(data), format="svg")
    return [bytes(page) for page in (made if isinstance(made, list) else [made])]


def _inputs(data: dict) -> dict[str, str]:
    return {"data": json.dumps({**data, "fonts": fonts_of_this_machine()}, ensure_ascii=False)}
