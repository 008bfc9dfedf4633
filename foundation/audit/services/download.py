"""Entries as a file. Taking them out of the house is itself recorded."""

import json
from collections.abc import Iterator

from django.db import transaction

from foundation.common.spreadsheets import csv_lines

from ..models import Entry
from .entries import record

COLUMNS = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "actor_roles",
    "org_path",
    "action",
    "target_kind",
    "target_no",
    "target_label",
    "reason",
    "basis",
    "rulebook_version",
    "data",
    "request_id",
    "xact",
)


def entries_as_csv(*, actor, queryset, filters: dict) -> Iterator[str]:
    """Record the export with its filters and number of rows, then hand out the lines of the file one by one."""
    with transaction.atomic():
        last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        queryset = queryset.filter(id__lte=last)
        record(actor=actor, action="audit.entries.exported", data={"filters": filters, "rows": queryset.count()})
    header = [str(Entry._meta.get_field(name).verbose_name) for name in COLUMNS]
    return csv_lines(header, (_row(values) for values in queryset.values_list(*COLUMNS).iterator(chunk_size=2000)))


def _row(values) -> list:
    cells = dict(zip(COLUMNS, values, strict=True))
    cells["at"] = cells["at"].isoformat()
    cells["actor_roles"] = ", ".join(cells["actor_roles"])
    cells["data"] = json.dumps(cells["data"], ensure_ascii=False, sort_keys=True)
    return list(cells.values())
