"""Sheets of people taken out of the record: rosters for print, chosen columns. Audited, in scope, numbers masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.crypto import decrypt
from foundation.common.results import DomainError
from foundation.exchange.reports.long_sheets import LongSheet, write_long
from foundation.exchange.reports.paper_files import Paper, file_name

from ..export_columns import COLUMNS, NUMBER, PHONE, USUAL, SheetColumn, stacked
from ..models import FormDetails, Official, Photo
from ..reports.rosters import BY_UNIT, LINES, OVERVIEW, write_roster
from ..rules.collection_columns import MOST_PEOPLE
from .collection_exports import export_collection
from .exports import EXPORT, check_people, entry_of, out_of_reach

MOST = {"columns": 200_000, "lines": 20_000, "by-unit": 20_000, "overview": 500, "collection": MOST_PEOPLE}
"""People that one sheet of each kind takes; photos make a file large, the collection workbook says so itself."""
TITLES = {"lines": "干部名册（汇总）", "by-unit": "干部名册", "overview": "干部信息一览表"}
SECRET = {NUMBER: "id_cipher", PHONE: "phone_cipher"}


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """Which sheet (or the collection workbook): kind, the chosen columns (kind `columns`), why numbers are shown in full, if they are."""

    kind: str = "columns"
    columns: tuple[str, ...] = USUAL
    reason: str = ""


@transaction.atomic
def export_sheet(*, actor, keys: Sequence[int], order: SheetOrder) -> Paper:
    """A sheet of the people with these keys, in their order.

    Raises PermissionDenied; DomainError for nobody, too many, people out of reach, or columns that do not exist.
    """
    if order.kind == "collection":
        return export_collection(actor=actor, keys=keys, reason=order.reason)
    columns = _columns(order)
    people = _people(actor, keys)
    unmasked = check_people(actor, people, MOST[order.kind], order.reason)
    texts, as_of = _texts(people, columns, unmasked), _as_of()
    if order.kind == "columns":
        title = _("Officials")
        content = _long(title, columns, [texts[person.pk] for person in people], as_of)
    else:
        title, codes = TITLES[order.kind], [column.code for column in columns]
        lines = [dict(zip(codes, texts[person.pk], strict=True)) | {"pk": person.pk} for person in people]
        content = _roster(order.kind, lines, title, as_of)
    facts = {"format": "xlsx", "kind": order.kind, "columns": [column.code for column in columns]}
    record(actor=actor, action="officials.roster.exported", **entry_of(people, order.reason, facts))
    return Paper(file_name(title, f"{timezone.localdate():%Y%m%d}", ending="xlsx"), content)


def _columns(order: SheetOrder) -> list[SheetColumn]:
    if order.kind != "columns":
        return [column for code, column in COLUMNS.items() if code not in (NUMBER, PHONE, "resume_text", "awards_text")]
    unknown = [code for code in order.columns if code not in COLUMNS]
    if unknown or not order.columns:
        raise DomainError("EXPORT_COLUMNS", _("Choose at least one column of the list."), status=400)
    return [COLUMNS[code] for code in dict.fromkeys(order.columns)]


def _people(actor, keys: Sequence[int]):
    """Keys, names and paths, in the order given. Raises DomainError for people out of reach."""
    rows = Official.objects.visible_to(actor, EXPORT).kept().filter(pk__in=keys)
    found = {row.pk: row for row in rows.values_list("pk", "name", "org_path", named=True)}
    if missing := len(set(keys)) - len(found):
        raise out_of_reach(missing)
    return [found[key] for key in dict.fromkeys(keys)]


def _texts(people, columns: Sequence[SheetColumn], unmasked: bool) -> dict[int, tuple[str, ...]]:
    """Texts of the cells by person, in the order of the columns (1 query). Equal texts are kept once: they are most."""
    codes = {column.code for column in columns}
    secrets = {code: SECRET[code] for code in codes & set(SECRET)} if unmasked else {}
    needs = {"pk", *secrets.values(), *(name for column in columns for name in column.needs)}
    rows = Official.objects.system().filter(pk__in=[person.pk for person in people]).values(*sorted(needs))
    day, found, kept = timezone.localdate(), {}, {}
    for row in rows.iterator(chunk_size=2000):
        row["day"] = day
        texts = (
            _secret(row[secrets[column.code]]) if column.code in secrets else column.read(row) for column in columns
        )
        found[row["pk"]] = tuple(kept.setdefault(text, text) for text in texts)
    return found


def _secret(cipher) -> str:
    return decrypt(cipher) if bytes(cipher) else ""


def _as_of() -> str:
    day = timezone.localdate()
    return f"截至日期：{day.year}年{day.month}月{day.day}日"


def _long(title: str, columns: Sequence[SheetColumn], rows: list[tuple[str, ...]], as_of: str) -> bytes:
    headings, widths = [str(column.label) for column in columns], [column.width + 1 for column in columns]
    return write_long([LongSheet(title, f"{title}（{as_of}）", headings, widths, rows, as_of)])


def _roster(kind: str, lines: list[dict], title: str, as_of: str) -> bytes:
    if kind == "by-unit":
        return write_roster(BY_UNIT, lines, title=title, as_of=as_of, by_unit=True)
    if kind == "lines":
        return write_roster(LINES, lines, title=title, as_of=as_of, is_short=True)
    keys = [line["pk"] for line in lines]
    photos = dict(Photo.objects.system().filter(official__in=keys).values_list("official", "image"))
    proposed = dict(FormDetails.objects.system().filter(official__in=keys).values_list("official", "proposed_post"))
    for number, line in enumerate(lines, 1):
        line |= {
            "number": str(number),
            "photo": bytes(photos.get(line["pk"], b"")),
            "proposed": proposed.get(line["pk"], ""),
            "education": stacked(line["full_education"], line["service_education"]),
            "school": stacked(line["full_school"], line["service_school"]),
        }
    return write_roster(OVERVIEW, lines, title=title, as_of=as_of)
