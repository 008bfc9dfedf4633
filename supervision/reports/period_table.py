"""影响期台账 as a workbook. Values in, report out."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.exchange.reports.content import Column, Look, Report, Row, Table
from foundation.exchange.reports.one_table import one_table


def title_of() -> str:
    """The title of the paper."""
    return _("Register of influence periods (影响期台账)")


def period_report(lines, day: date) -> Report:
    """One row a restriction: who, kind, from, until, days left, what is barred, the decision."""
    columns = (
        Column(_("No."), 6, places=0),
        Column(_("Name"), 12),
        Column(_("Unit"), 24),
        Column(_("Post"), 30),
        Column(_("Kind"), 18),
        Column(_("From"), 12),
        Column(_("Until"), 12),
        Column(_("Days left"), 9, places=0),
        Column(_("What may not happen"), 36),
        Column(_("Status"), 14),
        Column(_("Document"), 22),
        Column(_("Case number"), 22),
    )
    rows = tuple(Row(_cells(number, line), _look(line)) for number, line in enumerate(lines, start=1))
    return one_table(title_of(), Table(columns, rows), day)


def _cells(number: int, line) -> tuple:
    row, person = line.row, line.row.official
    until = date_format(row.ends_on, "Y.m.d") if row.ends_on else ""
    facts = (
        person.name,
        str(person.home or ""),
        person.post_text,
        line.line.label,
        date_format(row.starts_on, "Y.m.d"),
    )
    told = (until, line.days_left, line.line.blocks, str(line.label), line.document, row.source_no)
    return (number, *facts, *told)


def _look(line) -> Look:
    return Look.PLAIN if line.line.is_active else Look.QUIET
