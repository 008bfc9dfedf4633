"""The figures of a department's submission: the entry grid, and one figure with its papers and remarks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import papers_of
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from ..entry_grid import build_grid
from ..forms import read_edits
from ..selectors.collections import Sheet, sheet_of
from ..services import collection_office
from ..services.collections import part_of
from ..services.figure_grid import GridRefused, save_grid, shown_of
from ..services.figure_guards import is_office, stands_against
from ..services.parameters import parameters_for
from ..workflows import COLLECTION, SUBMITTED
from .collections import VERIFY, load_collection, may_edit


def _show(request, case, sheet: Sheet, *, edits=None, refused=None, error=None, saved=None):
    papers = list(papers_of(COLLECTION.kind, case.case_no))
    words = tuple(parameters_for(case.cycle.year, case.cycle.jurisdiction.code).grade_table)
    names = {(unit.pk, leaf.pk): f"{unit} {leaf.name}" for unit, leaf in sheet.places()} if saved else {}
    context = {
        "case": case,
        "sheet": sheet,
        "grid": build_grid(sheet, words, papers, edits, refused),
        "may_edit": may_edit(request.user, case),
        "is_office": is_office(request.user, case.cycle),
        "closed": stands_against(case),
        "error": error,
        "readings": [(names[one.place], one) for one in saved.readings] if saved else [],
        "na_reason": request.POST.get("na_reason", "") if error else "",
        "reason": request.POST.get("reason", "") if error else "",
    }
    page = "figure_grid.html" if edits or (context["may_edit"] and "read" not in request.GET) else "figure_table.html"
    return render(request, f"assessments/{page}", context, status=422 if error else 200)


@login_required
def collection_figures(request, case_no):
    """The grid. All cells are saved in one request; a refused save comes back with everything that was typed."""
    case = load_collection(request, case_no)
    sheet = sheet_of(case)
    if request.method != "POST":
        return _show(request, case, sheet)
    edits = read_edits(request.POST, sheet.places())
    notes = {name: request.POST.get(name, "") for name in ("na_reason", "reason")}
    try:
        saved = save_grid(actor=request.user, collection=case, edits=edits, **notes)
    except DomainError as error:
        refused = error if isinstance(error, GridRefused) else None
        return _show(request, case, sheet_of(case), edits=edits, refused=refused, error=error.message)
    count = saved.created + saved.changed
    messages.success(request, _("%(count)d figures saved.") % {"count": count} if count else _("Nothing had changed."))
    if saved.readings:
        return _show(request, case, sheet_of(case), saved=saved)
    return redirect("assessments:collection-figures", case_no)


def _place(sheet: Sheet, unit: str, indicator: str):
    for one, leaf in sheet.places():
        if one.code == unit and leaf.code == indicator:
            return one, leaf
    raise Http404


@login_required
def collection_figure(request, case_no, unit, indicator):
    """One figure: value, remarks, papers that prove it."""
    case = load_collection(request, case_no)
    sheet = case.known_sheet = sheet_of(case)
    unit, leaf = _place(sheet, unit, indicator)
    place = (unit.pk, leaf.pk)
    may_verify = scope_of(request.user, VERIFY).covers(case.organization.path)
    context = {
        "case": case,
        "unit": unit,
        "leaf": leaf,
        "shown": shown_of(sheet.scores.get(place)),
        "remarks": sheet.remarks.get(place, []),
        "may_remark": may_verify and case.status == SUBMITTED,
        "shelf": shelf_of(case, request.user, part=part_of(unit, leaf)),
    }
    return render(request, "assessments/figure_detail.html", context)


@login_required
@require_POST
def collection_remark(request, case_no, unit, indicator):
    """Object to one submitted figure."""
    case = load_collection(request, case_no, VERIFY)
    one, leaf = _place(sheet_of(case), unit, indicator)
    text = request.POST.get("text", "")
    try:
        collection_office.object_to(actor=request.user, collection=case, unit=one, indicator=leaf, text=text)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The remark was written down. Return the figures when you have seen all of them."))
    return redirect("assessments:collection-figure", case_no, unit, indicator)
