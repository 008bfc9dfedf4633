"""Appeals: the list, filing one, the case page."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError

from .. import selectors
from ..forms import AppealFilter, AppealForm, AppealStepForm
from ..models import Appeal, RunUnit
from ..rules.appeals import is_late
from ..services.appeals import file_appeal
from ..workflows.appeal import APPEAL
from .loading import load_cycle

FILE = "assessments.file_appeal"


@login_required
@permission_required(selectors.VIEW_APPEAL, raise_exception=True)
def appeal_list(request):
    """Appeals of all years; the filter stands in the address."""
    appeals = selectors.appeals_for(request.user)
    return list_page(request, "assessments/appeal_list.html", AppealFilter(request.GET or None), appeals)


def _result(request, county, year, code):
    """The unit's result in the run that is open now, for somebody who may file for it."""
    cycle = load_cycle(request, county, year)
    opening = selectors.current_opening(cycle)
    if opening is None:
        raise Http404
    query = RunUnit.objects.select_related("unit", "run")
    row = query.get_visible(user=request.user, perm=FILE, run=opening.run_id, unit__code=code)
    row.run.cycle = cycle
    return cycle, opening, row


@login_required
def appeal_new(request, county, year, code):
    """Object to what stands about a unit in the opened run."""
    cycle, opening, row = _result(request, county, year, code)
    things, late = selectors.objectionable(row), is_late(timezone.localdate(), opening.due_on)
    start = {"target": request.GET.get("target", "")}
    form = AppealForm(request.POST if request.method == "POST" else None, initial=start, things=things, late=late)
    if request.method == "POST" and form.is_valid():
        try:
            case = file_appeal(opening, row.unit, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            for reason in error.reasons:
                form.add_error(None, reason.text)
        else:
            messages.success(request, _("Filed as %(case_no)s.") % {"case_no": case.case_no})
            return redirect("assessments:appeal", case.case_no)
    context = {"cycle": cycle, "opening": opening, "row": row, "form": form, "late": late}
    return render(request, "assessments/appeal_new.html", context, status=422 if form.errors else 200)


def _load(request, case_no) -> Appeal:
    query = Appeal.objects.select_related("organization", "responsible", "run", "opening", "cycle__jurisdiction")
    return query.get_visible(user=request.user, perm=selectors.VIEW_APPEAL, case_no=case_no)


@login_required
def appeal_detail(request, case_no, form=None):
    """The case: what is objected to, grounds, answer, decision, timeline; buttons come from the workflow."""
    case = _load(request, case_no)
    case.known_events = events_of(APPEAL, case)
    offers, form = available(case, request.user), form or AppealStepForm(case=case)
    if not {"answer", "accept"} & {offer.step.name for offer in offers}:
        del form.fields["value"]
    context = {
        "case": case,
        "offers": offers,
        "form": form,
        "steps": selectors.appeal_steps(case),
        "events": selectors.appeal_events(case),
        "due": selectors.appeal_deadline(case),
        "shelf": shelf_of(case, request.user),
        "sees_result": RunUnit.objects.visible_to(request.user, selectors.VIEW)
        .filter(run=case.run_id, unit=case.organization_id)
        .exists(),
    }
    return render(request, "assessments/appeal_detail.html", context)


ANSWERS = {"agree": True, "disagree": False}


@login_required
@require_POST
def appeal_step(request, case_no):
    """Take a step of the case; what was typed stays when the step is refused. Answering agrees or disagrees."""
    case = _load(request, case_no)
    chosen = request.POST.get("step", "")
    form = AppealStepForm({**request.POST.dict(), "step": "answer" if chosen in ANSWERS else chosen}, case=case)
    page = partial(appeal_detail, request, case_no)
    return take_step(request, case, form, page, agrees=ANSWERS.get(chosen, True))
