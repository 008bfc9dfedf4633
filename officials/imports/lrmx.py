"""`.lrmx`, the file of one appointment form (干部任免审批表), as every known program writes it: bytes to a person's card.

By tag names in any order; several blocks of family; unknown tags are kept. Nothing is made right silently: what is not
taken letter by letter is a reading, what is odd a finding. The résumé is not touched at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from foundation.exchange.refusals import FileRefused
from foundation.exchange.rows import Level

from ..rules.identity_number import clean_identity
from ..rules.labels import LabelTable
from ..rules.person_card import (
    BY_TAG,
    FAMILY,
    FAMILY_LABEL,
    ITEM,
    MEMBER_FIELDS,
    PHOTO,
    PHOTO_LABEL,
    CardField,
    CardSource,
    FamilyMember,
    PersonCard,
    UnknownElement,
)
from ..rules.resume_text import EDGES, INVISIBLE
from .card_checks import check_card
from .card_files import CardFile, Notes, digest
from .lrmx_markup import Decoded, Element, check_bytes, decode, read_elements
from .photos import LARGEST as LARGEST_PHOTO
from .photos import PhotoRefused, Portrait, decode_photo, prepare_portrait

ROOT = "Person"
_BREAK = re.compile(r"[ \t\u3000\u00a0]*\r?\n[ \t\u3000\u00a0]*")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇·]+")
_DOTS = re.compile(r"(?<=[\u3400-\u9fff])[.。．•‧・∙•﹒](?=[\u3400-\u9fff])")


def read_lrmx(data: bytes, *, filename: str, tables: Mapping[str, LabelTable] | None = None) -> CardFile:
    """Read one file. `tables`: code tables by name, to judge labels; see `card_checks`.

    Raises FileRefused when it is no such file, is damaged beyond reading, too large, or holds a document type declaration.
    """
    check_bytes(data, filename)
    notes = Notes(filename)
    decoded = decode(data, notes)
    root = read_elements(decoded.text, notes)
    if root.tag != ROOT:
        raise FileRefused("card_root", filename=filename, name=root.tag[:40])
    card, portrait = _card(root, decoded, notes)
    check_card(card, notes, tables or {})
    return CardFile(filename, digest(data), card, portrait, tuple(notes.findings), tuple(notes.readings))


def _card(root: Element, decoded: Decoded, notes: Notes) -> tuple[PersonCard, Portrait | None]:
    texts: dict[str, str] = {}
    family: list[FamilyMember] = []
    unknown: list[UnknownElement] = []
    photo, portrait, photos = b"", None, 0
    if root.text.strip(EDGES):
        notes.warn("card_text_outside", value=_short(root.text))
    for element in root.children:
        if element.tag in BY_TAG:
            _take_text(element, texts, notes)
        elif element.tag == FAMILY:
            family.extend(_members(element, notes))
        elif element.tag == PHOTO:
            if element.whole_text.strip(EDGES):
                photos += 1
                if photos == 1:
                    photo, portrait = take_photo(element.whole_text, notes)
                else:
                    notes.warn("card_tag_twice", PHOTO_LABEL)
        else:
            unknown.append(_kept(element))
            notes.warn("card_tag_unknown", element.tag[:40], _short(element.whole_text), name=element.tag[:40])
    source = CardSource(
        "lrmx", decoded.encoding, decoded.declared, decoded.has_mark, tuple(child.tag for child in root.children)
    )
    card = PersonCard(**texts, family=tuple(family), photo=photo, unknown=tuple(unknown), source=source)
    return card, portrait


def _take_text(element: Element, texts: dict[str, str], notes: Notes) -> None:
    """The text of a field. A tag that stands twice counts once: the first that says something."""
    found = BY_TAG[element.tag]
    if element.children:
        notes.warn("card_markup_inside", found.label)
    value = clean_field(found, element.whole_text, notes)
    if texts.get(found.name) and value and value != texts[found.name]:
        notes.warn("card_tag_twice", found.label, _short(value))
        return
    texts[found.name] = texts.get(found.name) or value


def clean_field(found: CardField, text: str, notes: Notes, label: str = "") -> str:
    """The text of a field: without blanks at its edges, a one-line field in one line, a Chinese name without blanks.

    Whatever is changed but the indentation of the file is noted as a reading.
    """
    bare = text.strip(EDGES)
    if not bare or found.kind == "verbatim":
        return text if bare else ""
    value, why = bare, ""
    if bare != text.strip("\r\n\t "):
        lost = any(c in INVISIBLE for c in text) and not any(c in INVISIBLE for c in bare)
        why = "invisible" if lost else "spaces"
    if found.kind in ("text", "date") and "\n" in value:
        value, why = _BREAK.sub("", value), "line_feed"
    if found.name == "identity_number" and (number := clean_identity(value)) != value:
        value, why = number, "check_letter" if value.upper() == number else "spaces"
    if found.name == "name":
        value, why = _name(value, why)
    if why:
        notes.read(label or found.label, text.strip("\r\n"), value, why)
    return value


def _name(written: str, why: str) -> tuple[str, str]:
    """A Chinese name without the blanks that pad it, with the dot between its parts that the form uses (·)."""
    joined = "".join(c for c in written if not c.isspace() and c not in INVISIBLE)
    dotted = _DOTS.sub("·", joined)
    if not _HAN.fullmatch(dotted):
        return written, why
    if dotted != joined:
        return dotted, "name_dot"
    return joined, "spaces" if joined != written else why


def _members(block: Element, notes: Notes) -> list[FamilyMember]:
    """Members of one block of family; those that say nothing are left out."""
    found = []
    for item in block.children:
        texts = {child.tag: child.whole_text for child in item.children}
        known = {field.tag for field in MEMBER_FIELDS}
        strange = [tag for tag in texts if tag not in known]
        if item.tag != ITEM or strange:
            name = strange[0] if strange and item.tag == ITEM else item.tag
            notes.warn("card_tag_unknown", FAMILY_LABEL, _short(item.whole_text), name=name[:40])
        values = {
            field.name: clean_field(field, texts.get(field.tag, ""), notes, f"{FAMILY_LABEL}·{field.label}")
            for field in MEMBER_FIELDS
        }
        member = FamilyMember(**values)
        if not member.is_blank:
            found.append(member)
    return found


def take_photo(text: str | bytes, notes: Notes) -> tuple[bytes, Portrait | None]:
    """The picture file (given as base64 text or as bytes) and the portrait made of it. No picture: a warning."""
    try:
        photo = decode_photo(text) if isinstance(text, str) else text
        portrait = prepare_portrait(photo)
    except PhotoRefused as refused:
        notes.warn(refused.code, PHOTO_LABEL)
        return b"", None
    if len(photo) > LARGEST_PHOTO:
        notes.warn("photo_size", PHOTO_LABEL, megabytes=LARGEST_PHOTO // (1024 * 1024))
    if portrait.was_padded:
        notes.tell(Level.INFO, "photo_ratio", PHOTO_LABEL)
    return photo, portrait


def _kept(element: Element) -> UnknownElement:
    """An unknown element as it is kept: its text when there is nothing else in it."""
    children = tuple(_kept(child) for child in element.children)
    text = element.text.strip(EDGES) if children else element.text
    return UnknownElement(element.tag, text if text.strip(EDGES) else "", children)


def _short(text: str) -> str:
    """The beginning of a text, for a finding."""
    bare = " ".join(text.split())
    return bare if len(bare) <= 60 else f"{bare[:60]}…"
