"""Inquiries into false accusations: the list, opening one from a clearance, the case."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import chosen, list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError

from ..forms.clearances import AccusationFilter, AccusationForm, ClearanceStepForm
from ..models import Clearance, FalseAccusation
from ..selectors import clearances as reading
from ..services.accusations import suspect
from ..workflows.accusation import ACCUSATION, KEEP
from ..workflows.clearance import CLEARANCE
from .shared import show

VIEW = reading.VIEW_ACCUSATION


@login_required
@permission_required(VIEW, raise_exception=True)
def accusation_list(request):
    """Inquiries into false accusations, the newest first."""
    cases = FalseAccusation.objects.visible_to(request.user, VIEW).select_related("official", "organization")
    form = AccusationFilter(request.GET or None)
    return list_page(request, "tolerance/accusation_list.html", form, cases.order_by("-opened_on", "-pk"))


@login_required
def accusation_new(request, case_no):
    """Open an inquiry into the report that a clearance is about."""
    cases = Clearance.objects.select_related("official", "organization")
    clearance = cases.get_visible(user=request.user, perm=KEEP, case_no=case_no)
    form = AccusationForm(request.POST or None, initial={"report_no": clearance.source_no})
    if request.method == "POST" and form.is_valid():
        source = {"source_kind": CLEARANCE.kind, "source_no": clearance.case_no}
        try:
            case = suspect(actor=request.user, official=clearance.official, **source, **form.cleaned_data)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, _("Opened as %(case_no)s.") % {"case_no": case.case_no})
            return redirect("clearances:accusation", case.case_no)
    context = {"clearance": clearance, "form": form}
    return render(request, "tolerance/accusation_new.html", context, status=422 if form.errors else 200)


def _load(request, case_no) -> FalseAccusation:
    query = FalseAccusation.objects.select_related("organization__jurisdiction", "official")
    return query.get_visible(user=request.user, perm=VIEW, case_no=case_no)


@login_required
def accusation_case(request, case_no, form=None):
    """The inquiry: stations, facts, papers, timeline, and the step that the reader chose."""
    case = _load(request, case_no)
    case.known_events = events_of(ACCUSATION, case)
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = chosen(offers, wanted)
    if form is None and offer:
        form = ClearanceStepForm(case=case, flow=ACCUSATION, step=offer.step.name)
    context = {
        "case": case,
        "offers": offers,
        "offer": offer,
        "form": form,
        "facts": reading.lines_of(case, reading.ACCUSED),
        "steps": reading.marks_of(case),
        "events": reading.timeline_of(case),
        "shelf": shelf_of(case, request.user),
    }
    return render(request, "tolerance/accusation_case.html", context)


@require_POST
@login_required
def accusation_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    case = _load(request, case_no)
    form = ClearanceStepForm(request.POST, case=case, flow=ACCUSATION)
    return take_step(request, case, form, partial(accusation_case, request, case_no))
