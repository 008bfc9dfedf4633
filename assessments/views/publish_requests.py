"""A request to publish: what is signed, by whom, what stands against it."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import take_step
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available

from .. import selectors
from ..forms import RequestStepForm
from ..models import PublishRequest
from ..services import publish_requests as service
from ..services.publishing import difference, is_current
from ..workflows.publish_request import PUBLISH_REQUEST


def _load(request, case_no) -> PublishRequest:
    query = PublishRequest.objects.select_related("organization", "run", "cycle__jurisdiction", "cycle__published_run")
    return query.get_visible(user=request.user, perm=selectors.VIEW_REQUEST, case_no=case_no)


@login_required
def request_detail(request, case_no, form=None):
    """The case: run, decision, objections, what it changes, signatures; buttons come from the workflow."""
    case = _load(request, case_no)
    case.run.cycle = case.cycle
    case.known_events = events_of(PUBLISH_REQUEST, case)
    base, offers = selectors.base_of(case.run, request.user), available(case, request.user)
    context = {
        "case": case,
        "cycle": case.cycle,
        "offers": offers,
        "open_appeals": selectors.appeals_in(reason for offer in offers for reason in offer.reasons),
        "form": form or RequestStepForm(),
        "events": selectors.request_events(case),
        "is_current": is_current(case.run),
        "base": base,
        "difference": difference(base, case.run).visible_to(request.user) if base else None,
        "outcome": service.outcome_of(case),
    }
    return render(request, "assessments/publish_request.html", context)


@login_required
@require_POST
def request_step(request, case_no):
    """Sign, refuse or take back; what was typed stays when it is refused."""
    case = _load(request, case_no)
    page = partial(request_detail, request, case_no)
    return take_step(request, case, RequestStepForm(request.POST), page, act=service.take_step)
