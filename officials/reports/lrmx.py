"""`.lrmx` written: the form of the official editor, tag for tag, so that every known program reads it. Pure.

UTF-8 with the editor's declaration, CRLF, two blanks, all tags in the official order, `<X></X>` for empty ones; the two
tags of the form of 2025 only when asked for, unknown tags at the end.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.exchange.rows import Finding, Level

from ..rules.person_card import (
    FAMILY,
    FAMILY_LABEL,
    FIELDS,
    ITEM,
    MEMBER_FIELDS,
    MOST_MEMBERS,
    PHOTO,
    FamilyMember,
    PersonCard,
    UnknownElement,
)
from ..rules.xml_characters import NAME, escaped, without_illegal

VERSION = "3.2.1.16"
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\ufeff]')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class WrittenCard:
    """A file and what could not be written into it as it stands."""

    name: str
    data: bytes
    findings: tuple[Finding, ...] = ()


class _Lines:
    """Lines of a file; tells of characters that XML cannot hold."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines = [DECLARATION, "<Person>"]
        self.findings: list[Finding] = []

    def element(self, depth: int, tag: str, text: str, label: str) -> None:
        legal = without_illegal(text)
        if legal != text:
            self.tell(Level.WARNING, "card_written_without", label)
        self.lines.append(f"{'  ' * depth}<{tag}>{escaped(legal)}</{tag}>")

    def tell(self, level: Level, code: str, label: str = "", value: str = "", **params: object) -> None:
        texts = {key: str(param) for key, param in params.items()}
        self.findings.append(Finding(level, code, self.name, None, label, value, texts))

    def members(self, family: tuple[FamilyMember, ...]) -> None:
        filled = [member for member in family if not member.is_blank]
        for member in filled[MOST_MEMBERS:]:
            self.tell(Level.WARNING, "card_member_left_out", FAMILY_LABEL, member.name, limit=MOST_MEMBERS)
        if not filled:
            self.lines.append(f"  <{FAMILY}></{FAMILY}>")
            return
        self.lines.append(f"  <{FAMILY}>")
        for member in filled[:MOST_MEMBERS]:
            self.lines.append(f"    <{ITEM}>")
            for field in MEMBER_FIELDS:
                self.element(3, field.tag, getattr(member, field.name), f"{FAMILY_LABEL}·{field.label}")
            self.lines.append(f"    </{ITEM}>")
        self.lines.append(f"  </{FAMILY}>")

    def unknown(self, element: UnknownElement, depth: int = 1) -> None:
        if not NAME.fullmatch(element.tag):
            self.tell(Level.WARNING, "card_unknown_left_out", "", element.tag[:40])
            return
        if not element.children:
            self.element(depth, element.tag, element.text, element.tag)
            return
        self.lines.append(f"{'  ' * depth}<{element.tag}>{escaped(without_illegal(element.text))}")
        for child in element.children:
            self.unknown(child, depth + 1)
        self.lines.append(f"{'  ' * depth}</{element.tag}>")

    def data(self) -> bytes:
        # Line feeds inside texts become CRLF too, as in the editor's files; readers take either for one line end.
        text = "\n".join([*self.lines, "</Person>"])
        return text.replace("\n", "\r\n").encode("utf-8")


def write_lrmx(card: PersonCard, *, form_2025: bool = False) -> WrittenCard:
    """The file of a card. `form_2025`: with the two tags that only the form of 2025 has.

    Warnings tell what was left out: characters that XML cannot hold, relations beyond the tenth, tags that are no tags;
    an explanation says when fields of 2025 are filled in and not asked for.
    """
    out = _Lines(file_name(card))
    for field in FIELDS:
        text = getattr(card, field.name)
        if field.is_2025 and not form_2025:
            if text:
                out.tell(Level.INFO, "card_2025_left_out", field.label, text)
            continue
        if field.tag == "Version":
            out.lines.append(f"  <{PHOTO}>{base64.b64encode(card.photo).decode('ascii')}</{PHOTO}>")
            text = text if text.startswith("3.") else VERSION  # what a form of the same generation said stays
        out.element(1, field.tag, text, field.label)
        if field.tag == "RenMianLiYou":
            out.members(card.family)
    for element in card.unknown:
        out.unknown(element)
    return WrittenCard(out.name, out.data(), tuple(out.findings))


def file_name(card: PersonCard) -> str:
    """`姓名.lrmx`, without characters that a file name cannot hold."""
    bare = _FORBIDDEN.sub("", card.name).strip(" .")[:_LONGEST_NAME]
    return f"{bare or '未命名'}.lrmx"


def write_bundle(cards: Iterable[PersonCard], *, form_2025: bool = False) -> WrittenCard:
    """A zip of the files; people of one name are numbered: 梁嘉禾.lrmx, 梁嘉禾(2).lrmx. Names are UTF-8 and say so."""
    out, findings, taken = io.BytesIO(), [], {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for card in cards:
            written = write_lrmx(card, form_2025=form_2025)
            count = taken[written.name] = taken.get(written.name, 0) + 1
            name = written.name if count == 1 else f"{written.name.removesuffix('.lrmx')}({count}).lrmx"
            bundle.writestr(name, written.data)
            findings.extend(written.findings)
    return WrittenCard("干部任免审批表.zip", out.getvalue(), tuple(findings))
