"""What begins on the page of a person: the application of the unit, a hold for a report; and what the unit applied for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.common.paging import page_size
from foundation.common.results import DomainError
from officials.models import Official

from ..forms.clearances import ApplicationForm, HoldForm
from ..models import Clearance
from ..services.clearances import apply_for
from ..services.report_holds import hold_for_report
from ..workflows.clearance import APPLY, PROPOSE
from .shared import show


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
    page = Paginator(cases.order_by("-applied_on", "-pk"), page_size(request)).get_page(request.GET.get("page"))
    return render(request, "tolerance/clearance_applications.html", {"page": page})


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
    return render(
        request, "tolerance/hold_new.html", {"person": person, "form": form}, status=422 if form.errors else 200
    )
