"""The register of reports from the public: list, a new one, the page of a report with its steps and its handler."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.services.scope import holders_of
from foundation.casework.case_pages import list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization

from ..forms.complaints import AskForm, ComplaintFilter, ComplaintStepForm, HandlerForm, NewComplaintForm
from ..models import Complaint
from ..selectors import complaints as reading
from ..services.complaints import assign, register
from ..services.identity_requests import may_ask
from ..workflows.complaint import COMPLAINT, HANDLE, REGISTER, VIEW
from .shared import show


@login_required
@permission_required(VIEW, raise_exception=True)
def complaint_list(request):
    """Reports by day of receipt, the newest first: number, kind, unit, where each stands; nothing of who made one."""
    cases = Complaint.objects.visible_to(request.user, VIEW).select_related("organization")
    form = ComplaintFilter(request.GET or None)
    may = {"may_register": bool(scope_of(request.user, REGISTER))}
    return list_page(request, "tolerance/complaint_list.html", form, cases.order_by("-received_on", "-pk"), **may)


@login_required
@permission_required(REGISTER, raise_exception=True)
def complaint_new(request):
    """Enter a report; who made it is entered on the next page and goes under lock."""
    units = Organization.objects.visible_to(request.user, REGISTER).select_related("jurisdiction")
    form = NewComplaintForm(request.POST or None, scope_units=units)
    if request.method == "POST" and form.is_valid():
        try:
            case = register(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, _("Entered as %(number)s.") % {"number": case.number})
            return redirect("complaints:case", case.case_no)
    return render(request, "tolerance/complaint_new.html", {"form": form}, status=422 if form.errors else 200)


def load(request, case_no, perm=VIEW) -> Complaint:
    """A report that the user may see. Raises as `get_visible`."""
    query = Complaint.objects.select_related("organization__jurisdiction", "county")
    return query.get_visible(user=request.user, perm=perm, case_no=case_no)


@login_required
def complaint_case(request, case_no, form=None, asking=None, handler=None):
    """The report: stations, facts, what names it, requests to see who made it, papers, timeline, the step that was chosen."""
    case = load(request, case_no)
    case.known_events = events_of(COMPLAINT, case)
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = next((one for one in offers if one.step.name == wanted), offers[0] if offers else None)
    if form is None and offer:
        form = ComplaintStepForm(case=case, step=offer.step.name)
    path, people = case.organization.path, list(case.subjects.select_related("official__home").order_by("pk"))
    may_handle, may_keep = (scope_of(request.user, perm).covers(path) for perm in (HANDLE, REGISTER))
    context = {
        "case": case,
        "offers": offers,
        "offer": offer,
        "form": form,
        "parts": reading.facts_of(case),
        "people": people,
        "steps": reading.marks_of(case),
        "events": reading.timeline_of(case),
        "due": case if case.due_on else None,
        "followers": reading.followers_of(request.user, case),
        "holds": reading.holds_of(request.user, case.number, [one.official for one in people]),
        "requests": reading.requests_about(case),
        "asking": (asking or AskForm()) if may_ask(request.user, case) else None,
        "may_keep": may_keep and case.kind != "ANONYMOUS" and case.owner != "ABOVE",
        "handler": (handler or HandlerForm(people=holders_of(VIEW, path))) if may_handle else None,
        "shelf": shelf_of(case, request.user),
    }
    return render(request, "tolerance/complaint_case.html", context)


@require_POST
@login_required
def complaint_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    case = load(request, case_no)
    form = ComplaintStepForm(request.POST, case=case)
    return take_step(request, case, form, partial(complaint_case, request, case_no))


@require_POST
@login_required
def complaint_assign(request, case_no):
    """Name the handler."""
    case = load(request, case_no, HANDLE)
    form = HandlerForm(request.POST, people=holders_of(VIEW, case.organization.path))
    if form.is_valid():
        try:
            assign(actor=request.user, complaint=case, **form.cleaned_data)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, _("The handler is named."))
            return redirect("complaints:case", case.case_no)
    response = complaint_case(request, case_no, handler=form)
    response.status_code = 422
    return response
