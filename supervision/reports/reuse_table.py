"""受处分干部跟踪 as a workbook. Values in, report out."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.exchange.reports.content import Column, Look, Report, Row, Table
from foundation.exchange.reports.one_table import one_table
from foundation.regulations.services.codes import code_label

from ..choices import ReuseMode, VisitResult
from ..rules.reuse import FAILS, HOLDS

MARKS = {HOLDS: "✓", FAILS: "✗"}


def title_of() -> str:
    """The title of the paper."""
    return _("Sanctioned officials followed up (受处分干部跟踪)")


def reuse_report(lines, day: date) -> Report:
    """One row a decision: who, kind, decided, until, visits, helper, conditions, reuse."""
    columns = (
        Column(_("No."), 6, places=0),
        Column(pgettext("person", "Name"), 12),
        Column(_("Unit"), 24),
        Column(_("Kind"), 18),
        Column(_("Decided on"), 12),
        Column(_("Until"), 12),
        Column(_("Visits made"), 9, places=0),
        Column(_("Visits planned"), 9, places=0),
        Column(_("Last finding"), 12),
        Column(_("Next visit"), 12),
        Column(_("Helper"), 14),
        Column(_("Conditions 1 to 5"), 16),
        Column(_("What stands against it"), 60),
        Column(_("Reuse"), 22),
        Column(_("Mode"), 16),
        Column(_("Used again on"), 12),
        Column(_("Document"), 22),
        Column(_("Case number"), 22),
    )
    rows = tuple(Row(_cells(number, line), Look.PLAIN) for number, line in enumerate(lines, start=1))
    return one_table(title_of(), Table(columns, rows), day)


def _day(value) -> str:
    return date_format(value, "Y.m.d") if value else ""


def _cells(number: int, line) -> tuple:
    case = line.case
    marks = " ".join(f"{n}{MARKS.get(one.state, '○')}" for n, one in enumerate(line.conditions, start=1))
    against = "；".join(str(reason.text) for one in line.conditions if one.state == FAILS for reason in one.reasons)
    return (
        number,
        case.official.name,
        str(case.organization),
        code_label("handling_type", case.kind),
        _day(case.decided_on),
        _day(case.until),
        len(line.made),
        len(line.planned),
        str(VisitResult(line.last.result).label) if line.last else "",
        _day(line.next.on) if line.next else "",
        case.helper_name,
        marks,
        against,
        str(line.reuse_label),
        str(ReuseMode(case.reuse_mode).label) if case.reuse_mode else "",
        _day(case.reused_on),
        case.document_no,
        case.case_no,
    )
