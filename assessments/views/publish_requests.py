"""A request to publish: what is signed, by whom, what stands against it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.services.engine import available
from foundation.common.results import DomainError

from .. import selectors
from ..forms import RequestStepForm
from ..models import PublishRequest
from ..services.publish_requests import outcome_of, take_step
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
    base = selectors.visible_base(case.run, request.user)
    context = {
        "case": case,
        "cycle": case.cycle,
        "offers": available(case, request.user),
        "form": form or RequestStepForm(case=case),
        "events": selectors.request_events(case),
        "is_current": is_current(case.run),
        "base": base,
        "difference": difference(base, case.run).visible_to(request.user) if base else None,
        "outcome": outcome_of(case),
    }
    return render(request, "assessments/publish_request.html", context)


@login_required
@require_POST
def request_step(request, case_no):
    """Sign, refuse or take back; what was typed stays when it is refused."""
    case = _load(request, case_no)
    form = RequestStepForm(request.POST, case=case)
    if form.is_valid():
        data = form.cleaned_data
        try:
            changed = take_step(
                case, data["step"], actor=request.user, reason=data["reason"], expected_version=data["version"]
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            step = "confirm" if data["step"] == "confirm" and changed.status != case.status else data["step"]
            messages.success(request, _("Recorded: %(step)s.") % {"step": PUBLISH_REQUEST.step(step).label})
            return redirect("assessments:publish-request", case_no)
    response = request_detail(request, case_no, form)
    response.status_code = 422
    return response
