"""领导职数配备情况表 and 编制与人员配备表 as papers. Values in, report out."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.exchange.reports.content import Column, Look, Report, Row, Table
from foundation.exchange.reports.one_table import one_table
from foundation.organizations.rules.quotas import KINDS_OF_STAFF, Fill
from foundation.regulations.services.codes import code_label

from ..choices import STAFF_KINDS

LEADERS, STAFF = "leaders", "staff"


def _label(table: str, code: str) -> str:
    return code_label(table, code) if code else ""


def _cells(fill: Fill) -> tuple:
    """Due 应配, filled 实配, over 超配, missing 缺配; nothing is over or missing where nothing was approved."""
    if fill.approved is None:
        return None, fill.actual, None, None
    return fill.approved, fill.actual, fill.over, fill.vacant


def _columns(groups, words) -> list[Column]:
    return [Column(f"{group} {word}", 8, places=0) for group in groups for word in words]


def leaders_table(rows, totals) -> Table:
    """机构名称 机构级别 机构类型 + leaders, principals, deputies: due, filled, over, missing; a row of totals."""
    groups = (_("Leaders (领导职数)"), _("Principal (正职)"), _("Deputy (副职)"))
    words = (_("due (应配)"), _("filled (实配)"), _("over (超配)"), _("missing (缺配)"))
    head = [Column(_("Unit (机构名称)"), 28), Column(_("Level (机构级别)"), 12), Column(_("Type (机构类型)"), 16)]
    lines = []
    for row in rows:
        unit = row.unit
        facts = (row.name, _label("org_level_zb03", unit.level), _label("org_type_zb04_2017", unit.nature))
        cells = facts + _cells(row.leaders) + _cells(row.principals) + _cells(row.deputies)
        is_over = row.leaders.over or row.principals.over or row.deputies.over
        lines.append(Row(cells, Look.MARKED if is_over else Look.PLAIN))
    sums = [
        cell
        for name in ("leaders", "principals", "deputies")
        for cell in (getattr(totals, name).approved, getattr(totals, name).actual, totals.over[name], totals.vacant[name])
    ] if rows else [None] * 12  # fmt: skip
    lines.append(Row((pgettext("number", "Total"), "", "", *sums), Look.TOTAL))
    return Table(tuple(head + _columns(groups, words)), tuple(lines))


def staff_table(rows, totals) -> Table:
    """机构名称 机构级别 + staff whole and by kind: approved, actual, over, missing; a row of totals.

    People count with the kind that their record says; those of whom it says none stand in the last column, so that the
    columns add up.
    """
    groups = (_("All (合计)"), *(STAFF_KINDS[kind] for kind in KINDS_OF_STAFF))
    words = (_("approved (编制数)"), _("actual (实有人数)"), _("over (超配)"), _("missing (缺配)"))
    head = [Column(_("Unit (机构名称)"), 28), Column(_("Level (机构级别)"), 12)]
    lines = []
    for row in rows:
        kinds = [cell for fill in row.kinds.values() for cell in _cells(fill)]
        cells = (row.name, _label("org_level_zb03", row.unit.level), *_cells(row.staff), *kinds, row.unstated)
        lines.append(Row(cells, Look.MARKED if row.staff.over else Look.PLAIN))
    sums = [totals.staff.approved, totals.staff.actual, totals.over.get("staff"), totals.vacant.get("staff")]
    for kind, fill in totals.kinds.items():
        none = fill.approved is None
        sums += [
            fill.approved,
            fill.actual,
            None if none else totals.over.get(kind),
            None if none else totals.vacant.get(kind),
        ]
    sums.append(totals.unstated)
    lines.append(Row((pgettext("number", "Total"), "", *sums), Look.TOTAL))
    last = Column(_("Kind not recorded (未注明编制类型)"), 10, places=0)
    return Table((*head, *_columns(groups, words), last), tuple(lines))


TABLES = {LEADERS: leaders_table, STAFF: staff_table}


def title_of(table: str) -> str:
    """The title of a paper."""
    return (
        _("Filling of leaders' posts (领导职数配备情况表)")
        if table == LEADERS
        else _("Staff and people (编制与人员配备表)")
    )


def quota_report(table: str, rows, totals, day: date) -> Report:
    """One of the papers."""
    return one_table(title_of(table), TABLES[table](rows, totals), day)
