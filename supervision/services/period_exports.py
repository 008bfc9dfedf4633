"""The register of influence periods as a workbook. Taking it out is recorded."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from foundation.audit.services.entries import record
from foundation.exchange.reports import workbooks
from foundation.exchange.reports.paper_files import Paper, file_name

from ..reports.period_table import period_report, title_of
from ..selectors.periods import period_lines, periods_for

EXPORT = "officials.export_officials"
MOST_KEYS = 2000  # of people, in one entry


@transaction.atomic
def export_periods(*, actor, day: date, asked: dict) -> Paper:
    """What the list shows of people whom the actor may take out; `asked` narrows it as on the page. No identity numbers.

    Raises PermissionDenied for who may not take out people at all.
    """
    if not actor.has_perm(EXPORT):
        raise PermissionDenied(EXPORT)
    lines = period_lines(actor, periods_for(actor, day, **asked).visible_to(actor, EXPORT), day)
    people = sorted({line.row.official_id for line in lines})
    record(
        actor=actor,
        action="supervision.periods.exported",
        target_kind="officials.restriction",
        target_label=title_of(),
        data={"day": day, "filters": asked, "rows": len(lines), "people": len(people), "keys": people[:MOST_KEYS]},
    )
    content = workbooks.write_report(period_report(lines, day))
    return Paper(file_name(title_of(), f"{day:%Y%m%d}", ending="xlsx"), content)
