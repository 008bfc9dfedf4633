"""The score sheet of a unit (得分明细表): how the score came, what was added and taken, rank and grade. Pure."""

from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from foundation.common.templatetags.ui import rounded
from foundation.exchange.reports.content import Column, Look, Report, Row, Section, Table

from ..explanations import all_lines, step_lines
from .words import colon, drawn_on, marks_of, page_words, run_facts, seal_lines


def score_sheet(row, groups, history, category: str, is_published: bool, *, today: date) -> Report:
    """`groups` are the indicators of the result by group (`explained`), `history` earlier published results."""
    run = row.run
    title = _("%(unit)s: score sheet of the yearly assessment %(year)d") % {
        "unit": row.unit.name,
        "year": run.cycle.year,
    }
    if not is_published:
        title = _("%(title)s (preview, not published)") % {"title": title}
    tables = [_summary(row, category), _indicators(row, groups)]
    if row.notes["adjustments"] or row.notes["vetoes"]:
        tables.append(_items(row))
    tables.append(_years(row, history))
    notes = (_formula(row), *all_lines(row), *step_lines(row, run.parameters))
    section = Section(str(row.unit), title, tuple(tables), run_facts(run, is_published), notes)
    return Report(
        title=title,
        sections=(section,),
        as_of=drawn_on(run),
        page_words=page_words(),
        seal=seal_lines(today),
        author=run.cycle.jurisdiction.name,
        language=get_language() or "zh-hans",
        colon=colon(),
    )


def _summary(row, category: str) -> Table:
    places = row.notes["places"]
    columns = (
        Column(_("Category"), 14),
        Column(_("Total"), 9, places),
        Column(_("Rank"), 8),
        Column(_("Grade"), 8),
        Column(_("Base"), 14, 10),
        Column(_("Bonus"), 8, 2),
        Column(_("Deduction"), 8, 2),
        Column(_("Marks"), 18),
    )
    cells = (
        category, row.total, f"{row.rank} / {row.n}", row.grade, row.base, row.bonus, row.deduction, marks_of(row),
    )  # fmt: skip
    return Table(columns, (Row(cells),), _("Result"))


def _indicators(row, groups) -> Table:
    columns = (
        Column(_("Code"), 6),
        Column(_("Indicator"), 26),
        Column(_("Method"), 26),
        Column(_("Raw"), 12),
        Column(_("Target"), 9),
        Column(_("Points p"), 9, 4),
        Column(_("Weight"), 8, _places(groups)),
        Column(_("Effective weight"), 9, 4),
        Column(_("Contribution"), 9, 4),
        Column(_("Responsible department"), 16),
    )
    rows = []
    for group in groups:
        rows.append(Row(("", group.name, "", "", "", None, None, None, group.sum, ""), Look.GROUP))
        rows += [_indicator(line) for line in group.lines]
    weights = sum((Decimal(line.point["weight"]) for group in groups for line in group.lines), Decimal(0))
    rows.append(Row(("", _("Base"), "", "", "", None, weights, Decimal(100), row.base, ""), Look.TOTAL))
    return Table(columns, tuple(rows), _("Indicators"))


def _places(groups) -> int:
    """Decimal places that show every weight in full, at least two."""
    weights = [Decimal(line.point["weight"]).normalize() for group in groups for line in group.lines]
    return max([2, *(-int(weight.as_tuple().exponent) for weight in weights)])


def _indicator(line) -> Row:
    point, leaf = line.point, line.indicator
    measure = leaf.unit_of_measure if leaf and leaf.method != "grade" else ""
    raw = f"{point.get('raw') or ''} {measure}".strip() if point.get("raw") else ""
    states = {"void": _("not counted (容错)"), "not_applicable": _("not applicable")}
    method = str(line.method_label)
    if point["state"] in states:
        method = f"{method}\n{states[point['state']]}"
    elif line.worked:
        method = f"{method}\n{line.worked}"
    cells = (
        point["code"],
        point["name"],
        method,
        raw,
        point.get("target") or "",
        _decimal(point, "p"),
        Decimal(point["weight"]),
        _decimal(point, "effective_weight"),
        _decimal(point, "contribution"),
        str(leaf.responsible) if leaf and leaf.responsible_id else "",
    )
    return Row(cells, Look.PLAIN if point["state"] == "counted" else Look.QUIET)


def _decimal(point, key: str) -> Decimal | None:
    return Decimal(point[key]) if point["state"] == "counted" and point.get(key) is not None else None


def _items(row) -> Table:
    columns = (
        Column(_("Number"), 14),
        Column(_("Points"), 12, 2),
        Column(_("Ground"), 40),
        Column(_("Document"), 22),
        Column(_("Counted"), 14),
    )
    counted = {True: _("yes"), False: _("not counted (容错)")}
    rows = [
        Row((item["number"], Decimal(str(item["points"])), item["ground"], item["document"], counted[item["counted"]]))
        for item in row.notes["adjustments"]
    ]
    rows += [
        Row((item["number"], _("veto (一票否决)"), item["ground"], item["document"], counted[item["counted"]]))
        for item in row.notes["vetoes"]
    ]
    return Table(columns, tuple(rows), _("Bonuses, deductions, vetoes"))


def _years(row, history) -> Table:
    columns = (
        Column(_("Year"), 8, 0),
        Column(_("Total"), 10, 2),
        Column(_("Rank"), 10),
        Column(_("Grade"), 10),
        Column(_("Marks"), 24),
    )
    rows = [Row((row.run.cycle.year, row.total, f"{row.rank} / {row.n}", row.grade, marks_of(row)))]
    rows += [
        Row((past.run.cycle.year, past.total, f"{past.rank} / {past.n}", past.grade, marks_of(past)))
        for past in history
    ]
    return Table(columns, tuple(rows), pgettext("of a unit", "Years"))


def _formula(row) -> str:
    """The sum with its only rounding: base + bonus − deduction = exact ≈ total."""
    exact = row.base + row.bonus + row.deduction
    return _("Total = base %(base)s + bonus %(bonus)s − deduction %(deduction)s = %(exact)s, rounded half up once: %(total)s") % {
        "base": rounded(row.base, 10),
        "bonus": rounded(row.bonus, 2),
        "deduction": rounded(-row.deduction, 2),
        "exact": rounded(exact, 10),
        "total": rounded(row.total, row.notes["places"]),
    }  # fmt: skip
