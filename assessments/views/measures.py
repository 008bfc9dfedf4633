"""Measures: the list and the case page."""

from functools import partial

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import render
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.regulations.services.rulebook import rulebook

from .. import selectors
from ..explanations import step_lines
from ..forms import MeasureFilter, MeasureStepForm
from ..models import Measure
from ..selectors.measure_tools import tool_link
from ..workflows import MEASURE

VIEW = "assessments.view_measure"


@login_required
@permission_required(VIEW, raise_exception=True)
def measure_list(request):
    """Measures of all years; the filter stands in the address."""
    measures = Measure.objects.visible_to(request.user, VIEW)
    named = ("organization", "official", "post", "cycle__jurisdiction", "cycle__published_run", "run")
    measures = measures.select_related(*named).defer("run__parameters", "run__effects").order_by("-pk")
    return list_page(request, "assessments/measure_list.html", MeasureFilter(request.GET or None), measures)


def _load(request, case_no) -> Measure:
    query = Measure.objects.select_related(
        "organization__jurisdiction", "official", "post", "run", "cycle__jurisdiction", "cycle__published_run"
    )
    return query.get_visible(user=request.user, perm=VIEW, case_no=case_no)


@login_required
def measure_detail(request, case_no, form=None):
    """The case: facts, ground, steps, timeline; buttons come from the workflow."""
    case = _load(request, case_no)
    case.known_events = events_of(MEASURE, case)
    offers, result = available(case, request.user), selectors.result_of(case)
    context = {
        "case": case,
        "result": result,
        "offers": offers,
        "form": form or MeasureStepForm(case=case),
        "steps": selectors.measure_steps(case),
        "events": selectors.measure_events(case),
        "due": selectors.deadline_of(case),
        "tool": tool_link(case, request.user),
        "candidates": selectors.candidates_of(result),
        "shelf": shelf_of(case, request.user),
        "lines": step_lines(result, case.run.parameters) if result else [],
        "compared": case.cycle.published_run if case.cycle.published_run_id != case.run_id else None,
        "basis": rulebook(on=case.opened_on, jurisdiction=case.cycle.jurisdiction.code).get("ASM-LADDER-STREAK"),
    }
    return render(request, "assessments/measure_detail.html", context)


@login_required
@require_POST
def measure_step(request, case_no):
    """Take a step of the case; what was typed stays when the step is refused."""
    case = _load(request, case_no)
    form = MeasureStepForm(request.POST, case=case)
    return take_step(request, case, form, partial(measure_detail, request, case_no))
