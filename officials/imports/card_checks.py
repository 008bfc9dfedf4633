"""What is odd about a person's card: told as findings, never made right. Pure.

An interchange file comes from another office, whose archive may rightly say something else than a number or a table. So
nothing here but a missing name keeps the card out: all else is a warning to confirm, or an explanation.
"""

from __future__ import annotations

from collections.abc import Mapping

from foundation.exchange.rows import Candidate, Level

from ..rules.identity_number import check_holder, check_identity
from ..rules.labels import How, LabelTable
from ..rules.partial_dates import DateUnreadable, PartialDate, read_partial_date
from ..rules.party_joining import parse_party_joining
from ..rules.person_card import BY_NAME, FAMILY_LABEL, FIELDS, MEMBER_FIELDS, PersonCard
from ..rules.relations import named_spouse, plain_sex
from ..rules.resume import parse_resume
from .card_files import Notes

_TABLES = {
    "sex": "sex_gbt2261_1",
    "ethnicity": "ethnic_gbt3304",
    "native_place": "native_place_editor_zb01",
    "birth_place": "native_place_editor_zb01",
    "health": "health_editor",
    "full_time_education": "education_zb64",
    "in_service_education": "education_zb64",
}
"""The code table of a field that holds a label."""
_MEMBER_TABLES = {"relation": "family_gb4761_editor", "politics": "political_gb4762_short"}
# Habits of writing that change nothing: explained, not warned about.
_HABITS = {"resume_during_unmarked", "resume_study_line", "resume_date_typo", "date_season_beside_month"}
_MARKUP = ("&1lt;", "&1gt;", "&1amp;", "&lt;", "&gt;", "&amp;", "&nbsp;", "&quot;")

Tables = Mapping[str, LabelTable]


def check_card(card: PersonCard, notes: Notes, tables: Tables) -> None:
    """Tell everything about a card. `tables`: code tables by name; labels whose table is not given are not judged."""
    if not card.name:
        notes.tell(Level.ERROR, "card_name_missing", BY_NAME["name"].label)
    _check_texts(card, notes)
    _check_labels(card, notes, tables)
    _check_dates(card, notes)
    _check_identity(card, notes)
    joining = parse_party_joining(card.party_joined)
    for code in joining.problems:
        notes.tell(
            Level.INFO if code == "party_words" else Level.WARNING, code, BY_NAME["party_joined"].label, joining.raw
        )
    for problem in parse_resume(card.resume).problems:
        level = Level.INFO if problem.code in _HABITS else Level.WARNING
        notes.tell(level, problem.code, BY_NAME["resume"].label, problem.value, row=problem.line, other=problem.other)


def _check_texts(card: PersonCard, notes: Notes) -> None:
    for field in FIELDS:
        text = getattr(card, field.name)
        if (
            field.longest
            and len(text) > field.longest
            and field.kind in ("text", "lines")
            and field.name not in _TABLES
        ):
            notes.warn("card_text_long", field.label, limit=field.longest, length=len(text))
        if any(residue in text for residue in _MARKUP):
            notes.warn("card_residue", field.label, next(residue for residue in _MARKUP if residue in text))


def _check_labels(card: PersonCard, notes: Notes, tables: Tables) -> None:
    for name, table in _TABLES.items():
        text = getattr(card, name)
        _label(notes, BY_NAME[name].label, text, text, tables.get(table))
    for member in card.family:
        for field in MEMBER_FIELDS:
            if field.name in _MEMBER_TABLES:
                text = getattr(member, field.name)
                meant = named_spouse(text, card.sex) if field.name == "relation" else text
                _label(notes, f"{FAMILY_LABEL}·{field.label}", text, meant, tables.get(_MEMBER_TABLES[field.name]))


def _label(notes: Notes, label: str, text: str, meant: str, table: LabelTable | None) -> None:
    """What a label means in its table. A municipality stands there as 上海市, on the form as 上海."""
    if table is None or not text:
        return
    found = table.match(meant)
    if found.how in (How.UNKNOWN, How.SEVERAL):
        offers = tuple(Candidate(code, name) for code, name in found.offers)
        notes.warn("label_unknown", label, text, candidates=offers)
    elif found.label not in (text, f"{text}市"):
        notes.read(label, text, found.label, "usual_word")


def _check_dates(card: PersonCard, notes: Notes) -> None:
    for field in FIELDS:
        if field.kind == "date":
            _date(notes, field.label, getattr(card, field.name))
    for member in card.family:
        _date(notes, f"{FAMILY_LABEL}·{MEMBER_FIELDS[2].label}", member.birth)


def _date(notes: Notes, label: str, text: str) -> PartialDate | None:
    if not text:
        return None
    try:
        read = read_partial_date(text)
    except DateUnreadable as refused:
        notes.tell(Level.INFO if refused.code == "date_placeholder" else Level.WARNING, refused.code, label, text)
        return None
    for code in read.notes:
        notes.tell(Level.INFO if code in _HABITS else Level.WARNING, code, label, text)
    return read.value


def _check_identity(card: PersonCard, notes: Notes) -> None:
    """The number against itself, the sex and the birth date: all of it to be confirmed, never a gate."""
    label, number = BY_NAME["identity_number"].label, card.identity_number
    if not number:
        return
    if fault := check_identity(number):
        notes.warn(fault.code, label, number, **fault.params)
        return
    try:
        born = read_partial_date(card.birth).value
    except DateUnreadable:
        born = None  # told with the field itself
    for fault in check_holder(number, sex=plain_sex(card.sex), born=born):
        notes.warn(fault.code, label, number, **fault.params)
