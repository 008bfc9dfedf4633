"""The collection workbook (V2017.01) of chosen people taken out of the record. Audited, in scope, numbers masked."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from foundation.audit.services.entries import record
from foundation.exchange.reports.paper_files import Paper, file_name
from foundation.regulations.services.codes import codes

from ..reports.collection import write_collection
from ..rules.collection_columns import MOST_PEOPLE, TABLES, VERSION
from ..rules.labels import LabelTable
from ..selectors.collection import lines_of
from .exports import check_people, entry_of, people_to_export

TITLE = "信息采集表"
_STATUS = "person_status_zb126_2017"


@transaction.atomic
def export_collection(*, actor, keys: Sequence[int], reason: str = "") -> Paper:
    """The workbook of the people with these keys, in their order; it can be filled in further and taken in again.

    Raises PermissionDenied; DomainError for nobody, too many, or people out of reach.
    """
    people = people_to_export(actor, keys)
    with_numbers = check_people(actor, people, MOST_PEOPLE, reason)
    tables = {name: LabelTable(name, [(row.code, row.label_zh) for row in codes(name).values()]) for name in TABLES}
    lines = lines_of(people, tables[_STATUS].labels, with_numbers=with_numbers)
    today = timezone.localdate()
    content = write_collection(lines, tables, as_of=f"截至日期：{today.year}年{today.month}月{today.day}日")
    facts = {"format": "xlsx", "kind": "collection", "version": VERSION}
    record(actor=actor, action="officials.roster.exported", **entry_of(people, reason, facts))
    return Paper(file_name(TITLE, VERSION, f"{today:%Y%m%d}", ending="xlsx"), content)
