"""What begins on the page of a person: the application of the unit, a hold for a report; and what the unit applied for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from officials.models import Official, Restriction

from ..forms.clearances import ApplicationFilter, ApplicationForm, HoldForm
from ..forms.holds import KEEP, HoldReviewForm
from ..models import Clearance
from ..selectors.clearances import VIEW
from ..services.clearances import apply_for
from ..services.report_holds import REPORT, hold_for_report, release_hold
from ..workflows.clearance import APPLY, PROPOSE
from .shared import show

VIEW_RESTRICTION = "officials.view_restriction"


@login_required
def clearance_apply(request, pk):
    """Apply for clearance for a person of the unit."""
    person = Official.objects.select_related("home").get_visible(user=request.user, perm=APPLY, pk=pk)
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = apply_for(actor=request.user, official=person, **form.cleaned_data)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(
                request, _("Applied for as %(case_no)s. The answer stands here.") % {"case_no": case.case_no}
            )
            return redirect("clearances:applications")
    return render(
        request, "tolerance/clearance_apply.html", {"person": person, "form": form}, status=422 if form.errors else 200
    )


@login_required
@permission_required(APPLY, raise_exception=True)
def application_list(request):
    """What the own unit has applied for, and how it was answered; nothing of the report itself."""
    cases = (
        Clearance.objects.visible_to(request.user, APPLY).filter(applied_on__isnull=False).select_related("official")
    )
    form = ApplicationFilter(request.GET or None)
    found = form.narrow(cases).order_by("-applied_on", "-pk")
    page = Paginator(found, page_size(request)).get_page(request.GET.get("page"))
    return render(request, "tolerance/clearance_applications.html", {"page": page, "form": form})


@login_required
def hold_new(request, pk):
    """Hold a person back while a report is being verified."""
    person = Official.objects.select_related("home").get_visible(user=request.user, perm=PROPOSE, pk=pk)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hold_for_report(actor=request.user, official=person, **form.cleaned_data)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, _("Held until the report is settled."))
            return redirect("officials:person", person.pk)
    holds = Restriction.objects.visible_to(request.user, VIEW_RESTRICTION).standing().filter(source_kind=REPORT)
    context = {"person": person, "form": form, "holds": holds.filter(official=person).order_by("starts_on", "pk")}
    return render(request, "tolerance/hold_new.html", context, status=422 if form.errors else 200)


@login_required
def hold_review(request, pk):
    """A hold for a report; whoever may set holds releases it here, or keeps it until another day."""
    holds = Restriction.objects.filter(source_kind=REPORT).select_related("official__home")
    hold = holds.get_visible(user=request.user, perm=VIEW_RESTRICTION, pk=pk)
    may = scope_of(request.user, PROPOSE).covers(hold.official.org_path)
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = HoldReviewForm(request.POST or None) if may and hold.lifted_on is None else None
    if form and request.method == "POST" and form.is_valid():
        try:
            _review(request.user, hold, form.cleaned_data)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, _("The review is recorded."))
            return redirect("clearances:hold", hold.pk)
    cases = Clearance.objects.visible_to(request.user, VIEW).filter(official=hold.official, source_kind=REPORT)
    context = {"hold": hold, "form": form, "case": cases.filter(source_no=hold.source_no).order_by("-pk").first()}
    return render(request, "tolerance/hold_review.html", context, status=422 if form and form.errors else 200)


def _review(actor, hold, found):
    if found["result"] != KEEP:
        release_hold(actor=actor, hold=hold, reason=found["reason"])
        return
    days = {"starts_on": hold.starts_on, "review_on": found["review_on"]}
    hold_for_report(actor=actor, official=hold.official, report_no=hold.source_no, reason=found["reason"], **days)
