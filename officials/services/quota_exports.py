"""Numbers of leaders and staff as workbooks. Taking them out is recorded."""

from datetime import date

from django.db import transaction

from foundation.audit.services.entries import record
from foundation.exchange.reports import workbooks

from ..reports.quota_tables import quota_report, title_of
from ..selectors.quotas import matrix, totals_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def export_numbers(*, actor, table: str, day: date, asked: dict) -> tuple[str, bytes]:
    """Name and bytes of a workbook of what the actor sees on a day; `asked` narrows it as on the page."""
    rows = matrix(actor, day, **asked)
    content = workbooks.write_report(quota_report(table, rows, totals_of(rows), day))
    record(
        actor=actor,
        action="organizations.quotas.exported",
        target_kind="organizations.organization",
        target_label=title_of(table),
        data={"table": table, "day": day, "filters": asked, "units": len(rows)},
    )
    return f"{title_of(table)}-{day:%Y%m%d}.xlsx", content
