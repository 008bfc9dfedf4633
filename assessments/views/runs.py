"""Runs: list, one run, publishing, difference."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from .. import selectors
from ..models import Run
from ..services.publishing import difference, is_current, publish


@login_required
@permission_required("assessments.view_result", raise_exception=True)
def run_list(request):
    """Runs of all years, the latest first."""
    runs = Run.objects.visible_to(request.user, selectors.VIEW).select_related("cycle__jurisdiction").order_by("-pk")
    page = Paginator(runs.defer("parameters", "effects"), page_size(request)).get_page(request.GET.get("page"))
    return render(request, "assessments/run_list.html", {"page": page})


def _load(request, number, perm=selectors.VIEW) -> Run:
    query = Run.objects.select_related("cycle__jurisdiction", "cycle__published_run")
    return query.get_visible(user=request.user, perm=perm, number=number)


@login_required
def run_detail(request, number):
    """One run: its header, what it would propose, and publishing."""
    run = _load(request, number)
    cycle = run.cycle
    liable = selectors.liable_of(run, request.user)
    may_publish = scope_of(request.user, "assessments.publish_run").covers(cycle.jurisdiction.path)
    published = cycle.published_run
    context = {
        "run": run,
        "cycle": cycle,
        "rows": [entry for entries in liable.values() for entry in entries],
        "effects": selectors.effects_of(run, request.user),
        "is_published": cycle.published_run_id == run.pk,
        "is_current": is_current(run),
        "may_publish": may_publish,
        "difference": difference(published, run) if published and published.pk != run.pk and may_publish else None,
        "publications": run.publications.order_by("-at"),
    }
    return render(request, "assessments/run_detail.html", context)


@login_required
@require_POST
def run_publish(request, number):
    """Publish a run: its measures are opened, the year's inputs are locked."""
    run = _load(request, number, "assessments.publish_run")
    try:
        counts = publish(run, actor=request.user, reason=request.POST.get("reason", ""))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request,
            _("Published. Measures opened: %(opened)d, withdrawn: %(withdrawn)d, marked as changed: %(marked)d.")
            % counts,
        )
    return redirect("assessments:run", number)


@login_required
def run_difference(request, number):
    """What changes from another run (`?from=number`, else the published one) to this one."""
    after = _load(request, number)
    other = request.GET.get("from") or (after.cycle.published_run.number if after.cycle.published_run else "")
    before = _load(request, other) if other else None
    try:
        found = difference(before, after).visible_to(request.user) if before else None
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("assessments:run", number)
    context = {
        "run": after,
        "cycle": after.cycle,
        "before": before,
        "difference": found,
        "shown": selectors.difference_rows(found, request.GET.get("all") == "1") if found else [],
        "only_changed": request.GET.get("all") != "1",
    }
    return render(request, "assessments/run_difference.html", context)
