"""Ordering a calculation and watching it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from foundation.common.htmx import render_page
from foundation.common.results import DomainError

from ..models import RecalculationJob
from ..progress import progress_of
from ..services.jobs import order
from .loading import load_cycle


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
@permission_required("assessments.view_cycle", raise_exception=True)
def order_detail(request, number):
    """Progress of an order; asked again every second until it ends. Can be left and found again."""
    jobs = RecalculationJob.objects.visible_to(request.user, "assessments.view_cycle").filter(batch__number=number)
    jobs = list(
        jobs.select_related("batch", "cycle__jurisdiction", "run").defer("run__parameters", "run__effects")[:100]
    )
    if not jobs:
        raise Http404
    batch = jobs[0].batch
    context = {"batch": batch, "jobs": jobs, "progress": progress_of(batch)}
    return render_page(request, "assessments/order.html", context, partial="progress")
