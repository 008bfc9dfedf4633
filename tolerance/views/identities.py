"""Who made a report: entered without coming back, asked for, answered, looked at for minutes; nothing of it is kept by a browser.

Every view that is given an identity hides what was posted from error reports; no address shows one to a plain GET.
"""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import list_page, take_step
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError

from ..forms.complaints import AnswerForm, AskForm, IdentityFilter, IdentityForm
from ..models import IdentityRequest
from ..selectors import complaints as reading
from ..services.identities import Identity, keep_identity
from ..services.identity_looks import look
from ..services.identity_requests import answer, ask
from ..workflows.complaint import REGISTER
from ..workflows.identity import APPROVED, IDENTITY, OPEN
from .complaints import complaint_case, load
from .shared import show

VIEW_REQUESTS = "tolerance.view_identityrequest"


@sensitive_variables()
@sensitive_post_parameters()
@never_cache
@login_required
def identity_new(request, case_no):
    """Put under lock who made a report; what is typed never comes back, not even after an error."""
    case = load(request, case_no, REGISTER)
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_identity(actor=request.user, complaint=case, identity=Identity(**form.cleaned_data))
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, _("The identity is under lock. Nobody sees it without an approved request."))
            return redirect("complaints:case", case.case_no)
    context = {"case": case, "form": form}
    return render(request, "tolerance/identity_new.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def identity_ask(request, case_no):
    """Ask to see who made a report."""
    case = load(request, case_no)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            made = ask(actor=request.user, complaint=case, **form.cleaned_data)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, _("Asked. Somebody else decides on it."))
            return redirect("complaints:request", made.case_no)
    if form.errors.get("__all__"):
        messages.error(request, " ".join(form.errors["__all__"]))
    response = complaint_case(request, case_no, asking=form)
    response.status_code = 422
    return response


@login_required
@permission_required(VIEW_REQUESTS, raise_exception=True)
def request_list(request):
    """Requests to see who reported, the newest first, refused ones too."""
    cases = IdentityRequest.objects.visible_to(request.user, VIEW_REQUESTS).select_related("organization", "complaint")
    form = IdentityFilter(request.GET or None)
    return list_page(request, "tolerance/identity_list.html", form, cases.order_by("-opened_on", "-pk"))


def _load(request, case_no) -> IdentityRequest:
    query = IdentityRequest.objects.select_related(
        "organization__jurisdiction", "complaint__county", "complaint__organization"
    )
    return query.get_visible(user=request.user, perm=VIEW_REQUESTS, case_no=case_no)


@never_cache
@login_required
def request_case(request, case_no, form=None):
    """The request: why, who answered, how often it was looked at, and for who asked the way to look."""
    case = _load(request, case_no)
    case.known_events = events_of(IDENTITY, case)
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = next((one for one in offers if one.step.name == wanted), offers[0] if offers else None)
    ends = {APPROVED: case.use_until, OPEN: case.valid_until}.get(case.status)
    context = {
        "case": case,
        "offers": offers,
        "offer": offer,
        "form": form or AnswerForm(),
        "steps": reading.marks_of(case),
        "events": reading.timeline_of(case),
        "may_look": case.asked_by_id == request.user.pk and ends is not None and ends > timezone.now(),
    }
    return render(request, "tolerance/identity_request.html", context)


@require_POST
@login_required
def request_step(request, case_no):
    """Approve, refuse or withdraw."""
    case = _load(request, case_no)
    form = AnswerForm(request.POST)
    return take_step(request, case, form, partial(request_case, request, case_no), act=answer)


@sensitive_variables()
@never_cache
@require_POST
@login_required
def request_look(request, case_no):
    """Show who made the report until the time is over; the page then leads away by itself. Each time is an entry."""
    case = _load(request, case_no)
    try:
        found = look(actor=request.user, case=case)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("complaints:request", case.case_no)
    case.refresh_from_db()
    left = max(1, int((case.valid_until - timezone.now()).total_seconds()))
    context = {"case": case, "found": found, "left": left, "now": timezone.now(), "marks": range(24)}
    response = render(request, "tolerance/identity_look.html", context)
    response["Refresh"] = f"{left}; url={reverse('complaints:request', args=[case.case_no])}"
    return response
