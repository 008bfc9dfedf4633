"""Papers that leave the house: rankings, score sheets, letters. Each is an audited act inside the actor's scope."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.audit.services.entries import record
from foundation.common.results import DomainError
from foundation.common.scoping import require
from foundation.exchange.reports import documents, prints, workbooks
from foundation.exchange.reports.letter_documents import write_letter
from foundation.exchange.reports.letter_heads import Heading
from foundation.exchange.reports.paper_files import Paper, file_name, zipped

from .. import selectors
from ..models import Cycle, Run, RunUnit
from ..reports.notice import notice
from ..reports.ranking import CategoryRanking, ranking_report
from ..reports.score_sheet import score_sheet
from ..selectors.exports import category_labels, group_sums, rankings_of, results_with_points

LETTERS = "assessments.publish_run"
REPORT_ENDINGS = ("xlsx", "docx", "pdf")
LETTER_ENDINGS = ("docx", "pdf")


def _rendered(report, ending: str) -> bytes:
    if ending == "pdf":
        return prints.write_report(report, at=timezone.now())
    return (documents if ending == "docx" else workbooks).write_report(report)


@transaction.atomic
def _write_entry(actor, action, run, data):
    record(
        actor=actor,
        action=action,
        target_kind="assessments.run",
        target_no=run.number,
        target_label=run.number,
        org_path=run.cycle.jurisdiction.path,
        rulebook_version=run.rulebook_version,
        data=data,
    )


def _is_published(run: Run) -> bool:
    return run.cycle.published_run_id == run.pk


def export_ranking(*, actor, run: Run, ending: str, category: str = "") -> Paper:
    """The ranking of a category, or of all, as the actor sees it: who sees one unit takes one unit out.

    Raises DomainError when the actor sees nothing of it, or a PDF cannot be made here.
    """
    labels = category_labels()
    found = rankings_of(run, actor, category)
    if not found:
        raise DomainError("NOTHING_TO_EXPORT", _("There is no result here that you may take out."), status=404)
    rankings = [CategoryRanking(labels.get(code, code), rows) for code, rows in found.items()]
    report = ranking_report(run, _is_published(run), rankings, today=timezone.localdate())
    content = _rendered(report, ending)
    units = sum(len(rows) for rows in found.values())
    facts = {"format": ending, "categories": list(found), "units": units}
    _write_entry(actor, "assessments.ranking.exported", run, facts)
    label = labels.get(category, category) if category else ""
    return Paper(file_name(report.title, label, ending=ending), content)


def export_score_sheet(*, actor, row: RunUnit, ending: str) -> Paper:
    """How a unit's score came, as a paper. `row` was loaded inside the actor's scope; asked again here.

    Raises PermissionDenied outside the scope, DomainError when a PDF cannot be made here.
    """
    require(actor, selectors.VIEW, row.unit.path)
    run = row.run
    report = score_sheet(
        row,
        selectors.explained(row),
        selectors.history_of(row.unit, run.cycle, actor),
        category_labels().get(row.category, row.category),
        _is_published(run),
        today=timezone.localdate(),
    )
    content = _rendered(report, ending)
    facts = {"format": ending, "unit": row.unit.code, "units": 1}
    _write_entry(actor, "assessments.scores.exported", run, facts)
    return Paper(file_name(report.title, ending=ending), content)


def export_letters(
    *, actor, cycle: Cycle, heading: Heading, first_number, ending: str, category: str = "", unit: str = ""
) -> Paper:
    """Notices of results in the official form: one letter for a unit, else a zip with one per unit, numbered on.

    Only of the published run: a preview is no result yet. Raises PermissionDenied for who does not hold the county as a
    whole, DomainError before publishing, for a unit without a result, or when a PDF cannot be made here.
    """
    require(actor, LETTERS, cycle.jurisdiction.path)
    run = cycle.published_run
    if run is None:
        raise DomainError(
            "NOT_PUBLISHED",
            _("Letters tell published results. Publish a run of this year first, then make the letters."),
        )
    run.cycle = cycle
    rows = results_with_points(run, actor, category=category, unit=unit)
    if not rows:
        raise DomainError("NOTHING_TO_EXPORT", _("There is no result here that you may take out."), status=404)
    with translation.override("zh-hans"):  # an official letter is Chinese, whoever asks for it
        labels = category_labels()
        made = []
        for place, row in enumerate(rows):
            number = first_number + place if first_number else None
            letter = notice(row, group_sums(row), labels.get(row.category, row.category), heading, number)
            content = write_letter(letter, ending, at=timezone.now())
            made.append((file_name(f"{place + 1:02d} {row.unit.name}", ending=ending), content))
        title = notice_title(cycle)
    symbols = [heading.symbol(first_number + place) for place in (0, len(rows) - 1)] if first_number else []
    facts = {"format": ending, "category": category, "unit": unit, "units": len(rows), "numbers": symbols}
    _write_entry(actor, "assessments.letters.exported", run, facts)
    if unit:
        return Paper(file_name(title, rows[0].unit.name, ending=ending), made[0][1])
    return Paper(file_name(title, labels.get(category, ""), ending="zip"), zipped(made))


def notice_title(cycle: Cycle) -> str:
    """Title of a letter's file."""
    return _("%(place)s: notices of the yearly assessment %(year)d") % {
        "place": cycle.jurisdiction.name,
        "year": cycle.year,
    }
