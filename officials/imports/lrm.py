"""`.lrm`, the file of the old editor (2.0): 33 quoted texts in GBK, the photo in a `.pic` beside it. Reading only.

Quotation marks inside are not escaped, so the file is cut at `","`. Schools and degrees are divided by `#` and `@`,
families by `@`; line breaks stand as they are or as `~`. It has no identity number and no version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest

from foundation.exchange.refusals import FileRefused

from ..rules.labels import LabelTable
from ..rules.person_card import BY_NAME, FAMILY_LABEL, MEMBER_FIELDS, CardSource, FamilyMember, PersonCard
from ..rules.xml_characters import without_illegal
from .card_checks import check_card
from .card_files import CardFile, Notes, digest
from .lrmx import clean_field, read_lrmx, take_photo
from .lrmx_markup import check_bytes, decode

FIELDS = 33
_PLACES = {
    0: "name", 1: "sex", 2: "birth", 3: "ethnicity", 4: "native_place", 5: "party_joined", 6: "health", 7: "birth_place",
    8: "work_started", 11: "professional_title", 16: "speciality", 17: "resume", 18: "rewards_and_sanctions",
    19: "annual_assessments", 25: "current_post", 26: "proposed_post", 27: "post_to_leave", 28: "reason",
    29: "reporting_unit", 30: "age_counted_on", 31: "filled_by", 32: "filled_on",
}  # fmt: skip
_STUDIES = {
    9: ("full_time_education", "full_time_degree", "in_service_education", "in_service_degree"),
    10: (
        "full_time_education_school",
        "full_time_degree_school",
        "in_service_education_school",
        "in_service_degree_school",
    ),
}
_FAMILY = range(20, 25)  # relation, name, birth, politics, post: in the order of MEMBER_FIELDS
_UNNAMED = range(12, 16)
_CUT = re.compile(r'"[ \t]*,[ \t]*"')
# A wave between two dates is what it looks like; anywhere else it is a line break.
_WAVE = re.compile(r"(?<![\d月今])~|~(?![\d至今])")


def read_lrm(
    data: bytes, *, filename: str, picture: bytes | None = None, tables: Mapping[str, LabelTable] | None = None
) -> CardFile:
    """Read one file; `picture` is what the `.pic` of the same name holds.

    A file that is XML inside is read as `.lrmx`. Raises FileRefused: no such file, or another number of fields.
    """
    check_bytes(data, filename)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith((b"<", b"\0<")):
        return read_lrmx(data, filename=filename, tables=tables)
    notes = Notes(filename)
    decoded = decode(data, notes)
    text = without_illegal(decoded.text)
    if text != decoded.text:
        notes.warn("card_characters")
    text = text.strip("\ufeff \t\r\n,")
    if not text.startswith('"'):
        raise FileRefused("card_kind", filename=filename)
    texts = text[1:].removesuffix('"').split('","')
    if len(texts) != FIELDS:
        texts = _CUT.split(text[1:].removesuffix('"'))
    if len(texts) != FIELDS:
        raise FileRefused("lrm_fields", filename=filename, count=len(texts), expected=FIELDS)
    source = CardSource("lrm", decoded.encoding, has_mark=decoded.has_mark)
    photo, portrait = take_photo(picture, notes) if picture else (b"", None)
    card = PersonCard(**_values(texts, notes), family=_members(texts, notes), photo=photo, source=source)
    check_card(card, notes, tables or {})
    return CardFile(filename, digest(data), card, portrait, tuple(notes.findings), tuple(notes.readings))


def _values(texts: list[str], notes: Notes) -> dict[str, str]:
    lines = [_WAVE.sub("\n", text.replace("\r\n", "\n")) for text in texts]
    raw = {name: lines[place] for place, name in _PLACES.items()}
    for place, names in _STUDIES.items():
        full_time, _, in_service = lines[place].partition("@")
        parts = [*_pair(full_time), *_pair(in_service)]
        raw |= dict(zip(names, parts, strict=True))
    for place in _UNNAMED:
        if texts[place].strip():
            notes.warn("lrm_unnamed", value=texts[place].strip()[:60], number=place + 1)
    return {name: clean_field(BY_NAME[name], text, notes) for name, text in raw.items()}


def _pair(text: str) -> tuple[str, str]:
    """Upper and lower line of one kind of study."""
    upper, _, lower = text.partition("#")
    return upper, lower


def _members(texts: list[str], notes: Notes) -> tuple[FamilyMember, ...]:
    columns = [texts[place].split("@") for place in _FAMILY]
    found = []
    for row in zip_longest(*columns, fillvalue=""):
        values = {
            field.name: clean_field(field, text, notes, f"{FAMILY_LABEL}·{field.label}")
            for field, text in zip(MEMBER_FIELDS, row, strict=True)
        }
        member = FamilyMember(**values)
        if not member.is_blank:
            found.append(member)
    return tuple(found)
