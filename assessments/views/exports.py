"""Papers to take out: rankings, score sheets, letters."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from foundation.common.results import DomainError
from foundation.common.scoping import require

from .. import selectors
from ..forms import LettersForm
from ..models import RunUnit
from ..selectors.exports import addressees_of, category_labels
from ..services.cycle_export import WRITE, export_cycle
from ..services.exports import LETTERS, REPORT_ENDINGS, export_letters, export_ranking, export_score_sheet
from .loading import load_cycle, load_run

REMEMBERED = "assessments.letters"


def as_file(paper) -> HttpResponse:
    """The paper as a download; what leaves the house stays in no cache."""
    response = HttpResponse(paper.content, content_type=paper.content_type)
    response["Content-Disposition"] = content_disposition_header(True, paper.name)
    response["Cache-Control"] = "private, no-store"
    return response


def _load(request, county, year, ending):
    if ending not in REPORT_ENDINGS:
        raise Http404
    cycle = load_cycle(request, county, year)
    return cycle, load_run(request, cycle)


@login_required
def ranking_file(request, county, year, ending):
    """The ranking of a category (`?category=`) or of all as xlsx, docx or PDF."""
    cycle, run = _load(request, county, year, ending)
    category = request.GET.get("category", "")
    if run is None or (category and category not in category_labels()):
        raise Http404
    try:
        return as_file(export_ranking(actor=request.user, run=run, category=category, ending=ending))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("assessments:cycle", county, cycle.year)


@login_required
def unit_file(request, county, year, code, ending):
    """The score sheet of a unit as xlsx, docx or PDF."""
    cycle, run = _load(request, county, year, ending)
    rows = RunUnit.objects.select_related("unit", "run")
    row = rows.get_visible(user=request.user, perm=selectors.VIEW, run=run, unit__code=code)
    row.run = run
    try:
        return as_file(export_score_sheet(actor=request.user, row=row, ending=ending))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("assessments:unit", county, cycle.year, code)


@login_required
def cycle_file(request, county, year):
    """The whole cycle as a workbook that reads in again."""
    cycle = load_cycle(request, county, year, WRITE)
    return as_file(export_cycle(actor=request.user, cycle=cycle))


def _letters_form(request, cycle, run):
    found = addressees_of(run, request.user) if run else {}
    labels = category_labels()
    return LettersForm(
        request.POST or None,
        cycle=cycle,
        categories=[(code, labels.get(code, code)) for code in found],
        units=[unit for units in found.values() for unit in units],
        remembered=request.session.get(REMEMBERED),
        initial={"recipients": request.GET.get("for", "all")},
    )


@login_required
def letters(request, county, year):
    """Letters that tell units their results: what the office gives for them, then the file."""
    cycle = load_cycle(request, county, year, LETTERS)
    require(request.user, LETTERS, cycle.jurisdiction.path)
    form = _letters_form(request, cycle, cycle.published_run)
    if form.is_bound and form.is_valid():
        try:
            paper = export_letters(actor=request.user, cycle=cycle, **form.order)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            request.session[REMEMBERED] = form.remembered
            return as_file(paper)
    context = {"cycle": cycle, "run": cycle.published_run, "form": form}
    return render(request, "assessments/letters.html", context, status=422 if form.is_bound else 200)
