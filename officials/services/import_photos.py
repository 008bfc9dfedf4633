"""Photos of people who are recorded already, from a zip or several files, and photos that other files bring."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from foundation.common.crypto import keyed_hash, open_bytes
from foundation.exchange.comparing import Compared, Difference, Matched
from foundation.exchange.kinds import ImportKind, register
from foundation.exchange.models import Decision, ImportBatch, Proposal
from foundation.exchange.rows import Finding, Level, ParseResult, SheetSummary, StagedRow

from ..import_fields import VALUE_NAMES
from ..imports.photo_files import ENDINGS, read_photos
from ..models import Official, Photo
from .import_matching import address_of
from .people import by_identity

KIND = "photos"


def parse(data, file_name, organization, year):
    """One row a picture. What is no picture is told, and changes nobody's photo."""
    rows = tuple(_row(found) for found in read_photos(data, file_name))
    return ParseResult(rows, (), (SheetSummary(file_name, "table", len(rows)),))


def _row(found) -> StagedRow:
    values = {"name": found.person, "id_number": found.number, "file": found.name, "is_picture": bool(found.portrait)}
    return StagedRow(
        kind="photo",
        key=found.person or found.name,
        values={name: value for name, value in values.items() if value not in ("", None)},
        sheet=found.name,
        findings=found.findings,
    )


def match(organization, rows) -> list[Matched]:
    """By the number; by a name alone only as a suggestion, and only when one person bears it (2 queries)."""
    numbers = by_identity(row.values["id_number"] for row in rows if row.values.get("id_number"))
    by_name = defaultdict(list)
    names = {row.values.get("name", "") for row in rows if not row.values.get("id_number")}
    for person in Official.objects.system().below(organization.path).kept().filter(name__in=names):
        by_name[person.name].append(person)
    seen: dict[int, str] = {}
    return [_match(organization, row, numbers, by_name, seen) for row in rows]


def _match(organization, row, numbers, by_name, seen) -> Matched:
    number, name = row.values.get("id_number"), row.values.get("name", "")
    person = numbers.get(keyed_hash(number)) if number else None
    found = [person] if person else ([] if number else by_name[name])
    if not found:
        return Matched(Proposal.ASK, None, (_at(row, "photo_nobody", name or row.sheet),))
    if len(found) > 1:
        return Matched(Proposal.ASK, None, (_at(row, "photo_several", name, number=str(len(found))),))
    (person,) = found
    findings = []
    if person.trashed_at is not None:
        findings.append(_at(row, "person_in_trash", person.name))
    elif not person.org_path.startswith(organization.path):
        findings.append(_at(row, "person_elsewhere", person.name))
    elif number and name and name != person.name:
        findings.append(_at(row, "photo_other_name", name, level=Level.WARNING, other=person.name))
    if row.values["is_picture"] and (first := seen.setdefault(person.pk, row.sheet)) != row.sheet:
        findings.append(_at(row, "photo_twice", person.name, first=first))
    return Matched(Proposal.UPDATE if number else Proposal.ASK, person.pk, tuple(findings))


def _at(row, code, value, level=Level.ERROR, **params) -> Finding:
    return Finding(level, code, row.sheet, None, "", value, params)


def compare(batch, rows, units) -> dict[int, Compared]:
    """Whose photo would be set, and whether there is one already (1 query)."""
    people = Official.objects.system().below(batch.organization.path).select_related("home", "photo")
    people = people.defer("photo__image", "photo__original").in_bulk([row.target for row in rows if row.target])
    return {row.pk: _compared(row, people[row.target]) for row in rows if row.target in people}


def _compared(row, person) -> Compared:
    who = " · ".join(part for part in (person.name, person.id_masked, str(person.home or "")) if part)
    old = f"{person.photo.set_at:%Y.%m.%d}" if hasattr(person, "photo") else ""
    changes = (Difference(str(_("photo")), old, row.values["file"]),) if row.values["is_picture"] else ()
    return Compared(who, address_of(person), changes)


def apply(batch, rows, changes) -> None:
    """Set the photos of the people that the rows name; pictures come from the file, rows stand in its order."""
    targets = {
        row.position: row.target
        for row in rows
        if row.target and (row.proposal == Proposal.UPDATE or row.decision == Decision.UPDATE)
    }
    people = Official.objects.system().below(batch.organization.path).kept().in_bulk(list(targets.values()))
    content = ImportBatch.objects.system().values_list("content", flat=True).get(pk=batch.pk)
    read = enumerate(read_photos(open_bytes(content), batch.file_name), start=1)
    write_photos(
        [
            (people[targets[position]], found.original, found.portrait.jpeg, found.sha256)
            for position, found in read
            if found.portrait and targets.get(position) in people
        ],
        changes,
    )


def write_photos(pictures, changes) -> None:
    """Photos as they came and as pages show them: (person, original, jpeg, SHA-256), the last one of a person counts."""
    wanted = {
        person.pk: {"official": person, "image": jpeg, "original": original, "sha256": sha256}
        for person, original, jpeg, sha256 in pictures
    }
    stored = {photo.official_id: photo for photo in Photo.objects.system().filter(official__in=wanted)}
    changes.merge(Photo, stored, wanted)


register(
    ImportKind(
        code=KIND,
        label=_("Photos of people in the record"),
        hint=_(
            "Pictures chosen together, or a zip of them, named by identity number, name, or both. A name alone is a suggestion that you confirm."
        ),
        permission="officials.import_officials",
        extensions=(".zip", *ENDINGS),
        needs_year=False,
        takes_several=ENDINGS,
        is_about_known=True,
        parse=parse,
        apply=apply,
        order=28,
        secrets=("id_number",),
        labels=VALUE_NAMES | {"file": _("file"), "is_picture": _("can be read")},
        is_partial=True,
        match=match,
        compare=compare,
    )
)
