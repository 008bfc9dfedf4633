"""The ranking of one or of all categories as a paper. Pure: results in, report out."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from foundation.common.lists import clauses
from foundation.exchange.reports.content import Column, Look, Report, Row, Section, Table

from ..choices import Grade
from ..explanations import legend_lines
from .words import colon, drawn_on, marks_of, page_words, run_facts, seal_lines


@dataclass(frozen=True)
class CategoryRanking:
    """Results of one category in rank order, as far as the reader sees them; `label` is the category's name."""

    label: str
    rows: list


def ranking_report(run, is_published: bool, rankings: list[CategoryRanking], *, today: date) -> Report:
    """One section per category: rank, unit, total and its parts, grade, marks, notes. Drafts say that they are none."""
    cycle = run.cycle
    title = _("%(place)s: ranking of the yearly assessment %(year)d") % {
        "place": cycle.jurisdiction.name,
        "year": cycle.year,
    }
    return Report(
        title=title,
        sections=tuple(_section(run, is_published, ranking) for ranking in rankings),
        as_of=drawn_on(run),
        page_words=page_words(),
        seal=seal_lines(today),
        author=cycle.jurisdiction.name,
        language=get_language() or "zh-hans",
        colon=colon(),
    )


def _section(run, is_published: bool, ranking: CategoryRanking) -> Section:
    rows = ranking.rows
    title = _("%(place)s %(year)d: ranking of %(category)s") % {
        "place": run.cycle.jurisdiction.name,
        "year": run.cycle.year,
        "category": ranking.label,
    }
    if not is_published:
        title = _("%(title)s (preview, not published)") % {"title": title}
    all_units = rows[0].n if rows else 0
    count = str(len(rows)) if len(rows) == all_units else f"{len(rows)} / {all_units}"
    places = rows[0].notes["places"] if rows else 2
    return Section(
        name=ranking.label,
        title=title,
        tables=(Table(_columns(places), tuple(_row(row) for row in rows)),),
        facts=(*run_facts(run, is_published), (_("Units"), count)),
        notes=tuple(legend_lines(rows[0])) if rows else (),
    )


def _columns(places: int) -> tuple[Column, ...]:
    return (
        Column(_("Rank"), 5, 0),
        Column(_("Unit"), 22),
        Column(_("Total"), 9, places),
        Column(_("Base"), 10, 4),
        Column(_("Bonus"), 7, 2),
        Column(_("Deduction"), 7, 2),
        Column(_("Vetoes"), 8, 0),
        Column(_("Grade"), 7),
        Column(_("Marks"), 14),
        Column(pgettext("column", "Notes"), 36),
    )


def _row(row) -> Row:
    cells = (
        row.rank,
        row.unit.name,
        row.total,
        row.base,
        row.bonus or None,
        row.deduction or None,
        row.vetoes or None,
        Grade(row.grade).value,
        marks_of(row),
        clauses(row.reading),
    )
    return Row(cells, Look.MARKED if row.flagged else Look.PLAIN)
