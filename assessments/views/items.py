"""Proposals of bonuses, deductions and vetoes: list, new, case."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError

from ..forms import ItemFilter, ItemForm, ItemStepForm
from ..models import Item
from ..selectors.collection_board import collection_years
from ..selectors.items import item_events, item_marks
from ..services.items import propose
from ..workflows import PROPOSE
from .loading import load_cycle

VIEW = "assessments.view_item"


@login_required
@permission_required(VIEW, raise_exception=True)
def item_list(request):
    """Proposals of all years; the filter stands in the address."""
    items = Item.objects.visible_to(request.user, VIEW)
    items = items.select_related("organization", "unit", "cycle__jurisdiction").order_by("-pk")
    may = request.user.has_perm(PROPOSE)
    years = [cycle for cycle in collection_years(request.user)[:10] if not cycle.is_locked] if may else []
    return list_page(request, "assessments/item_list.html", ItemFilter(request.GET or None), items, years=years)


@login_required
def item_create(request, county, year):
    """Propose an item for a year."""
    cycle = load_cycle(request, county, year, PROPOSE)
    form = ItemForm(request.POST or None, user=request.user, cycle=cycle)
    if request.method == "POST" and form.is_valid():
        try:
            case = propose(actor=request.user, cycle=cycle, **form.cleaned_data)
        except DomainError as error:
            for reason in error.reasons:
                form.add_error(reason.facts.get("field"), reason.text)
            if not error.reasons:
                form.add_error(None, error.message)
        else:
            messages.success(request, _("Proposed. Add the papers that prove it."))
            return redirect("assessments:item", case.case_no)
    return render(
        request, "assessments/item_form.html", {"form": form, "cycle": cycle}, status=422 if form.errors else 200
    )


def _load(request, case_no) -> Item:
    query = Item.objects.select_related("organization__jurisdiction", "unit", "cycle__jurisdiction")
    return query.get_visible(user=request.user, perm=VIEW, case_no=case_no)


@login_required
def item_detail(request, case_no, form=None):
    """The proposal, its papers, the decision."""
    case = _load(request, case_no)
    context = {
        "case": case,
        "offers": available(case, request.user),
        "form": form or ItemStepForm(),
        "steps": item_marks(case),
        "events": item_events(case),
        "shelf": shelf_of(case, request.user),
    }
    return render(request, "assessments/item_detail.html", context)


@login_required
@require_POST
def item_step(request, case_no):
    """Approve, decline or withdraw; what was typed stays when the step is refused."""
    case = _load(request, case_no)
    return take_step(request, case, ItemStepForm(request.POST), partial(item_detail, request, case_no))
