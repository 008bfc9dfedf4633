"""Runs: list, one run with its stations and its next act, opening it to the units, asking to publish it, differences."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from .. import selectors
from ..forms import OpenPreviewForm, PublishRequestForm
from ..models import Run
from ..services.openings import open_preview
from ..services.publish_requests import ask_to_publish
from ..services.publishing import difference, is_current

PUBLISH = "assessments.publish_run"


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


def _state(run, user) -> dict:
    """Where the run stands: its line in the story, stations, the act that comes next."""
    cycle, today = run.cycle, timezone.localdate()
    story, counts, current = (
        list(selectors.story_of(cycle, user)),
        selectors.appeal_counts(cycle, user),
        is_current(run),
    )
    line = selectors.line_of(run, story)
    known = {"is_current": current, "today": today}
    return {
        "story": story,
        "line": line,
        "counts": counts,
        "is_current": current,
        "stations": selectors.run_stations(line, cycle, counts, **known),
        "next": selectors.next_act(line, cycle, counts, **known),
        "base": selectors.base_in(run, story),
        "never_shown": not any(one.opened_on or one.published_at for one in story),
        "window_runs": any(selectors.is_window_running(one, today) for one in story),
    }


@login_required
def run_detail(request, number, open_form=None, publish_form=None):
    """One run: its header, stations and next act, what it would propose, the story of the cycle's runs."""
    run = _load(request, number)
    cycle, path = run.cycle, run.cycle.jurisdiction.path
    liable, state = selectors.liable_of(run, request.user), _state(run, request.user)
    may_publish = scope_of(request.user, PUBLISH).covers(path)
    context = {
        "run": run,
        "cycle": cycle,
        "rows": [entry for entries in liable.values() for entry in entries],
        "effects": selectors.effects_of(run, request.user),
        "is_published": cycle.published_run_id == run.pk,
        "may_publish": may_publish,
        "open_appeals": selectors.open_appeal_lines(cycle) if may_publish and state["counts"].open else [],
        "may_calculate": scope_of(request.user, "assessments.run_calculation").covers(path),
        "sees_requests": request.user.has_perm(selectors.VIEW_REQUEST),
        "open_form": open_form or OpenPreviewForm(auto_id="open-%s"),
        "publish_form": publish_form or PublishRequestForm(auto_id="publish-%s"),
        **state,
    }
    return render(request, "assessments/run_detail.html", context)


def _again(request, number, **forms):
    """The run's page again, with the refused form."""
    response = run_detail(request, number, **forms)
    response.status_code = 422
    return response


@login_required
@require_POST
def run_open(request, number):
    """Open a run to the units, until the day that the rulebook gives."""
    run = _load(request, number, PUBLISH)
    form = OpenPreviewForm(request.POST, auto_id="open-%s")
    if not form.is_valid():
        return _again(request, number, open_form=form)
    try:
        opening = open_preview(run, actor=request.user, reason=form.cleaned_data["reason"])
    except DomainError as error:
        form.add_error(None, error.message)
        return _again(request, number, open_form=form)
    day = f"{opening.due_on:%Y.%m.%d}"
    messages.success(request, _("Open to the units. Appeals are taken until %(day)s.") % {"day": day})
    return redirect("assessments:run", number)


@login_required
@require_POST
def run_publish(request, number):
    """Ask to publish a run: somebody else signs."""
    run = _load(request, number, PUBLISH)
    form = PublishRequestForm(request.POST, auto_id="publish-%s")
    if not form.is_valid():
        return _again(request, number, publish_form=form)
    try:
        case = ask_to_publish(run, actor=request.user, **form.cleaned_data)
    except DomainError as error:
        form.add_error(None, " ".join(str(reason.text) for reason in error.reasons) or error.message)
        return _again(request, number, publish_form=form)
    messages.success(request, _("Asked. Request %(case_no)s waits for another signature.") % {"case_no": case.case_no})
    return redirect("assessments:publish-request", case.case_no)


@login_required
def run_difference(request, number):
    """What changes from another run (`?from=number`, else the one it is compared with) to this one."""
    after = _load(request, number)
    other = request.GET.get("from")
    before = _load(request, other) if other else selectors.base_of(after, request.user)
    try:
        found = difference(before, after).visible_to(request.user) if before else None
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("assessments:run", number)
    category, every = request.GET.get("category", ""), request.GET.get("all") == "1"
    context = {"run": after, "cycle": after.cycle, "before": before, "difference": found, "only_changed": not every}
    if found:
        context |= selectors.difference_page(found, category=category, every=every)
    return render(request, "assessments/run_difference.html", context)
