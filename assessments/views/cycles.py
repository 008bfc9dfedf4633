"""Years and their categories."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.lists import words
from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from .. import selectors
from ..services.calculation import find_refusals
from ..services.publishing import reopen
from .loading import load_cycle, load_run


@login_required
@permission_required("assessments.view_cycle", raise_exception=True)
def cycle_list(request):
    """Years of the counties the user belongs to."""
    page = Paginator(selectors.cycles_for(request.user), page_size(request)).get_page(request.GET.get("page"))
    rows = selectors.cycle_rows(list(page), request.user)
    return render(request, "assessments/cycle_list.html", {"page": page, "rows": rows})


def _rights(user, cycle) -> dict:
    path = cycle.jurisdiction.path
    return {
        "may_calculate": scope_of(user, "assessments.run_calculation").covers(path),
        "may_publish": scope_of(user, "assessments.publish_run").covers(path),
    }


@login_required
def cycle_detail(request, county, year):
    """Categories, runs and what still stands against a calculation."""
    cycle = load_cycle(request, county, year)
    runs = list(selectors.story_of(cycle, request.user))
    run = load_run(request, cycle, runs)
    rights = _rights(request.user, cycle)
    cards = selectors.category_cards(cycle, run, request.user)
    context = {
        "cycle": cycle,
        "run": run,
        "cards": cards,
        "drafts": words(card.label for card in cards if card.is_draft),
        "runs": runs,
        "sees_requests": request.user.has_perm(selectors.VIEW_REQUEST),
        "refusals": selectors.refusal_lines(find_refusals(cycle)) if rights["may_calculate"] else [],
        **rights,
    }
    return render(request, "assessments/cycle_detail.html", context)


@login_required
@require_POST
def cycle_reopen(request, county, year):
    """Open a published year for correction, with a reason."""
    cycle = load_cycle(request, county, year, "assessments.publish_run")
    try:
        reopen(cycle, actor=request.user, reason=request.POST.get("reason", ""))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request, _("The year is open for correction. The published run stays in force until you publish a new one.")
        )
    return redirect("assessments:cycle", county, year)
