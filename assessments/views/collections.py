"""Collecting figures: the board of a year, the case of a department, its steps."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import papers_of
from foundation.casework.services.engine import available
from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from ..forms import BoardFilter, CollectionStepForm, OpenForm, ReleaseForm
from ..models import Collection
from ..selectors import collection_board as board
from ..selectors.collections import VIEW, sheet_of
from ..services import collection_office
from ..services.collections import OPEN, open_year
from ..services.figure_grid import EDIT
from ..services.figure_guards import is_office, stands_against
from ..workflows import COLLECTION
from .loading import load_cycle

VERIFY = "assessments.verify_collection"


@login_required
@permission_required(VIEW, raise_exception=True)
def collection_list(request):
    """The years; who belongs to one county is led to its latest one."""
    years = board.collection_years(request.user)
    latest = list(years[:20])
    if latest and len({cycle.jurisdiction_id for cycle in latest}) == 1:
        shown = next((c for c in latest if c.collections.exists()), latest[0])
        return redirect("assessments:collection-board", shown.jurisdiction.code, shown.year)
    page = Paginator(years, page_size(request)).get_page(request.GET.get("page"))
    return render(request, "assessments/collection_list.html", {"page": page})


@login_required
def collection_board(request, county, year, form=None):
    """Departments of a year: state, gaps, days; the office opens the year here."""
    cycle = load_cycle(request, county, year, VIEW)
    rows = board.board_rows(cycle, request.user, timezone.localdate())
    narrow = BoardFilter(request.GET)
    context = {
        "cycle": cycle,
        "rows": narrow.narrow(rows),
        "filter": narrow,
        "totals": board.board_totals(rows),
        "years": board.collection_years(request.user).filter(jurisdiction=cycle.jurisdiction_id),
        "may_open": scope_of(request.user, OPEN).covers(cycle.jurisdiction.path),
        "may_verify": scope_of(request.user, VERIFY).covers(cycle.jurisdiction.path),
        "form": form or OpenForm(),
    }
    return render(request, "assessments/collection_board.html", context, status=422 if context["form"].errors else 200)


@login_required
@require_POST
def collection_open(request, county, year):
    """Open the submission for every department that has none yet."""
    cycle = load_cycle(request, county, year, OPEN)
    form = OpenForm(request.POST)
    if form.is_valid():
        try:
            opened = open_year(actor=request.user, cycle=cycle, **form.cleaned_data)
        except DomainError as error:
            form.add_error("due_on" if error.code == "DUE_TOO_EARLY" else None, error.message)
        else:
            text = ngettext("%(n)d department was asked for its figures.", "%(n)d departments were asked for their figures.", len(opened))  # fmt: skip
            messages.success(request, text % {"n": len(opened)})
            return redirect("assessments:collection-board", county, year)
    return collection_board(request, county, year, form)


def load_collection(request, case_no, perm=VIEW) -> Collection:
    """The case inside the user's scope. Raises Http404, PermissionDenied."""
    cases = Collection.objects.select_related("organization__jurisdiction", "cycle__jurisdiction")
    return cases.get_visible(user=request.user, perm=perm, case_no=case_no)


def may_edit(user, case) -> bool:
    """May the user enter figures of this case now?"""
    if case.cycle.is_locked or not scope_of(user, EDIT).covers(case.organization.path):
        return False
    return is_office(user, case.cycle) or stands_against(case) is None


@login_required
def collection_detail(request, case_no, form=None):
    """What the department must submit, by when, what is missing, and the next step."""
    case = load_collection(request, case_no)
    sheet = case.known_sheet = sheet_of(case)
    days, urgency = board.timing_of(case, timezone.localdate())
    papers = list(papers_of(COLLECTION.kind, case_no))
    context = {
        "case": case,
        "sheet": sheet,
        "lines": [(block, leaf, sheet.gaps_of(leaf)) for block in sheet.blocks for leaf in block.leaves],
        "days": abs(days),
        "urgency": urgency,
        "may_edit": may_edit(request.user, case),
        "closed": None if is_office(request.user, case.cycle) else stands_against(case),
        "may_verify": scope_of(request.user, VERIFY).covers(case.organization.path),
        "with_department": case.status in board.WITH_DEPARTMENT,
        "offers": available(case, request.user),
        "form": form or CollectionStepForm(),
        "release_form": ReleaseForm(),
        "steps": board.collection_marks(case),
        "events": board.collection_events(case),
        "remarks": [one for found in sheet.remarks.values() for one in found],
        "shelf": shelf_of(case, request.user, papers=papers),
    }
    return render(request, "assessments/collection_detail.html", context)


@login_required
@require_POST
def collection_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    case = load_collection(request, case_no)
    return take_step(request, case, CollectionStepForm(request.POST), partial(collection_detail, request, case_no))


@login_required
@require_POST
def collection_release(request, case_no):
    """Give a department more time."""
    case = load_collection(request, case_no, VERIFY)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the new last day and the reason."))
        return redirect("assessments:collection", case_no)
    try:
        collection_office.release(actor=request.user, collection=case, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The department may enter figures again."))
    return redirect("assessments:collection", case_no)


@login_required
@require_POST
def collection_remind(request, case_no):
    """Remind a department by a notice."""
    case = load_collection(request, case_no, VERIFY)
    try:
        collection_office.remind(actor=request.user, collection=case)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(unit)s was reminded.") % {"unit": case.organization})
    return redirect("assessments:collection-board", case.cycle.jurisdiction.code, case.cycle.year)
