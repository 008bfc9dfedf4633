"""Appointment forms as files: `.lrmx` and `.lrm` alone, or a zip of them with photos. One row a person."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _

from foundation.common.crypto import open_bytes
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.models import ImportBatch
from foundation.exchange.rows import ParseResult, SheetSummary, StagedRow

from ..choices import Sex
from ..import_fields import VALUE_NAMES
from ..imports.card_bundles import read_zip
from ..imports.card_files import CardFile
from ..imports.lrm import read_lrm
from ..imports.lrmx import read_lrmx
from ..models import FormDetails
from ..rules.card_columns import FORM_COLUMNS, MEMBER_COLUMNS, PERSON_COLUMNS, SEX_CODES
from ..rules.party_joining import UNAFFILIATED, parse_party_joining
from .import_comparing import compare
from .import_matching import match_people
from .import_people import apply_people
from .import_photos import write_photos
from .import_printing import shown_values
from .import_roster import label_tables, unit_finder
from .readings import first_day, party_day, stored_date

KIND = "person_cards"
TABLES = ("ethnic_gbt3304", "education_zb64", "degree_gbt6864", "political_gb4762_short", "family_gb4761_editor")
MEMBER, PROBATIONARY = "中共党员", "预备党员"
FORM_WORDS = {column: FormDetails._meta.get_field(column).verbose_name for column in FORM_COLUMNS.values()}
"""What the preview calls the columns that only the form has."""


def read_cards(data: bytes, file_name: str, tables=None) -> Iterator[CardFile]:
    """The forms of an uploaded file, each as soon as it is asked for. Raises FileRefused for a zip that is none."""
    ending = PurePosixPath(file_name).suffix.lower()
    if ending == ".zip":
        yield from read_zip(data, filename=file_name, tables=tables)
    elif ending == ".lrm":
        yield read_lrm(data, filename=file_name, tables=tables)
    else:
        yield read_lrmx(data, filename=file_name, tables=tables)


def parse(data, file_name, organization, year):
    """Read the forms. What a form contradicts itself in is a warning: the archive may rightly differ from the number."""
    tables, finder = label_tables(TABLES), unit_finder(organization)
    rows = tuple(_row(found, finder, organization) for found in read_cards(data, file_name, tables))
    return ParseResult(rows, (), (SheetSummary(file_name, "table", len(rows)),))


def _row(found: CardFile, finder, organization) -> StagedRow:
    """One form; a file that could not be read is a row with its reason and nothing to write."""
    values = _values(found.card, finder, organization) if found.card else {"name": ""}
    return StagedRow(
        kind="person",
        key=found.card.name if found.card else found.name,
        values=values | {"file": found.name},
        sheet=found.name,
        normalised=found.readings,
        findings=found.findings,
    )


def _values(card, finder, organization) -> dict:
    """What the form says, as all files about people stage it."""
    values = {column: getattr(card, field) for field, column in PERSON_COLUMNS.items()}
    values |= {"sex": SEX_CODES.get(card.sex, ""), "id_number": card.identity_number, **_days(card)}
    values["politics"] = card.unknown_text("ZhengZhiMianMao") or _politics(card.party_joined)
    values["family"] = [
        {column: getattr(member, field) for field, column in MEMBER_COLUMNS.items()} for member in card.family
    ]
    values["form"] = {column: getattr(card, field) for field, column in FORM_COLUMNS.items()}
    values["unknown_tags"] = [element.as_dict() for element in card.unknown]
    values["home_if_new"] = finder.split(card.current_post).unit or organization.code
    return {name: value for name, value in values.items() if value not in ("", [], None)}


def _days(card) -> dict:
    """Birth as it is stored, and the days that the record keeps beside its texts; what cannot be read the reader has told."""
    days = {"work_on": first_day(card.work_started), "party_on": party_day(card.party_joined)}
    found = {name: day.isoformat() for name, day in days.items() if day}
    return found | {"birth": stored_date(card.birth)}


def _politics(text: str) -> str:
    """Political status as the line of joining tells it; the Communist Party first."""
    line = parse_party_joining(text)
    if line.is_unaffiliated:
        return UNAFFILIATED
    if line.is_probationary:
        return PROBATIONARY
    return MEMBER if line.joined else (line.parties[0] if line.parties else "")


def apply(batch, rows, changes) -> None:
    """Write the people with their families, then what only the form says, then the photos from the file itself."""
    people = apply_people(batch, rows, changes)
    _write_forms(rows, people, changes)
    _write_photos(batch, rows, people, changes)


def _write_forms(rows, people, changes) -> None:
    wanted = {}
    for row in rows:
        person = people[row.position]
        wanted[person.pk] = {
            "official": person,
            **row.values.get("form", {}),
            "unknown_tags": row.values.get("unknown_tags", []),
        }
    stored = {form.official_id: form for form in FormDetails.objects.system().filter(official__in=wanted)}
    changes.merge(FormDetails, stored, wanted)


def _write_photos(batch, rows, people, changes) -> None:
    """Photos from the file itself; rows stand in its order, whatever is masked in their names."""
    content = ImportBatch.objects.system().values_list("content", flat=True).get(pk=batch.pk)
    read = enumerate(read_cards(open_bytes(content), batch.file_name), start=1)
    write_photos(
        [
            (people[position], found.card.photo, found.portrait.jpeg, found.sha256)
            for position, found in read
            if position in people and found.card and found.portrait
        ],
        changes,
    )


register(
    ImportKind(
        code=KIND,
        label=_("Appointment forms (.lrmx, .lrm)"),
        hint=_(
            "One form, several files chosen together (.lrm with its .pic), or a zip of many. Matched by identity number, else you decide person by person."
        ),
        permission="officials.import_officials",
        extensions=(".lrmx", ".lrm", ".zip"),
        needs_year=False,
        takes_several=(".lrmx", ".lrm", ".pic"),
        parse=parse,
        apply=apply,
        order=26,
        secrets=("id_number",),
        labels=VALUE_NAMES | {"file": _("file"), "form": _("appointment form"), "family": _("family members")},
        shown=shown_values,
        words=lambda batch: {"sex": dict(Sex.choices), "form": FORM_WORDS},
        is_partial=True,
        match=match_people,
        compare=compare,
    )
)
