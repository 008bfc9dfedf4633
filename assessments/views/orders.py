"""Ordering a calculation and watching it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from foundation.common.htmx import render_page
from foundation.common.paging import page_size
from foundation.common.results import DomainError

from ..models import RecalculationJob
from ..progress import progress_of
from ..selectors.reach import Reach
from ..services.jobs import order
from .loading import load_cycle

VIEW = "assessments.view_cycle"


@login_required
@require_POST
def order_start(request, county, year):
    """Order the calculation of one county's year."""
    cycle = load_cycle(request, county, year, "assessments.run_calculation")
    try:
        batch = order(actor=request.user, year=cycle.year, cycles=[cycle])
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("assessments:cycle", county, year)
    return redirect("assessments:order", batch.number)


@login_required
@permission_required(VIEW, raise_exception=True)
def order_detail(request, number):
    """Progress of an order; asked again every second until it ends. Can be left and found again."""
    mine = RecalculationJob.objects.visible_to(request.user, VIEW).filter(batch__number=number)
    rows = mine.select_related("batch", "cycle__jurisdiction", "run").defer("run__parameters", "run__effects")
    page = Paginator(rows.order_by("pk"), page_size(request)).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404
    reach = Reach(request.user, VIEW)
    for job in page:
        job.problems = reach.problems_of(job.cycle.jurisdiction.path, job.problems)
    batch = page[0].batch
    context = {"batch": batch, "page": page, "progress": progress_of(batch, mine)}
    return render_page(request, "assessments/order.html", context, partial="progress")
