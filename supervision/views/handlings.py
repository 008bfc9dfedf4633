"""Handlings and sanctions: the list, entering one from its document with a preview, the case."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import list_page, look_into, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError
from officials.models import Official

from ..forms.appeals import APPEAL_STEPS, AppealStepForm, appeal_form_of
from ..forms.handlings import HandlingFilter, HandlingForm, HandlingStepForm
from ..models import Handling
from ..selectors import handlings as reading
from ..selectors.appeals import appeals_of
from ..selectors.tools import visits_of
from ..services.handlings import enter, notices_of, preview
from ..workflows import HANDLING
from ..workflows.handling import ENTER, ENTERED

VIEW = "supervision.view_handling"


@login_required
@permission_required(VIEW, raise_exception=True)
def handling_list(request):
    """Handlings and sanctions, the latest in effect first; the filter stands in the address."""
    cases = Handling.objects.visible_to(request.user, VIEW).with_last_days().select_related("official", "organization")
    form = HandlingFilter(request.GET or None)
    return list_page(request, "supervision/handling_list.html", form, cases.order_by("-effective_on", "-pk"))


@login_required
def handling_new(request, pk):
    """Enter a decision about one person; before it is entered the page shows what it would restrict."""
    person = Official.objects.select_related("home__jurisdiction").get_visible(user=request.user, perm=ENTER, pk=pk)
    form = HandlingForm(request.POST or None)
    context = {"person": person, "form": form}
    if request.method == "POST" and form.is_valid():
        if "enter" not in request.POST:
            periods, refusals, notices = preview(person, form.cleaned_data)
            form.add_refusals(refusals)
            context |= {"periods": periods, "notices": notices, "is_previewed": not refusals}
        else:
            try:
                case = enter(actor=request.user, official=person, **form.cleaned_data)
            except DomainError as error:
                form.add_refusals(error.reasons)
            else:
                messages.success(request, _("Entered. It restricts nobody before somebody else has confirmed it."))
                return redirect("supervision:handling", case.case_no)
    return render(request, "supervision/handling_new.html", context, status=422 if form.errors else 200)


def _load(request, case_no) -> Handling:
    query = Handling.objects.select_related("organization__jurisdiction", "official__home")
    return query.get_visible(user=request.user, perm=VIEW, case_no=case_no)


@login_required
def handling_detail(request, case_no, form=None):
    """The decision, what it restricts and why, its steps, papers and timeline."""
    case, day = _load(request, case_no), timezone.localdate()
    lines = reading.restrictions_of(case, day)
    case.known_events = events_of(HANDLING, case)
    offers = available(case, request.user)
    is_appeal = isinstance(form, AppealStepForm)
    context = {
        "case": case,
        "offers": [offer for offer in offers if offer.step.name not in APPEAL_STEPS],
        "form": HandlingStepForm(offers=offers) if form is None or is_appeal else form,
        "appeals": appeals_of(case, day),
        "appeal_form": form if is_appeal else appeal_form_of(case, offers),
        "steps": reading.handling_marks(case),
        "events": reading.handling_events(case),
        "shelf": shelf_of(case, request.user),
        "readers": look_into(request, case),
        "lines": lines,
        "bounds": reading.bounds_of(case),
        "visits": visits_of(request.user, HANDLING.kind, case.case_no),
    }
    if case.status == ENTERED:
        context["notices"] = notices_of(case)
    return render(request, "supervision/handling_detail.html", context)


@require_POST
@login_required
def handling_step(request, case_no):
    """Take a step of the case; what was typed stays when the step is refused."""
    case = _load(request, case_no)
    offers = available(case, request.user)
    if request.POST.get("step") in APPEAL_STEPS:
        form = AppealStepForm(request.POST, case=case)
    else:
        form = HandlingStepForm(request.POST, offers=offers)
    return take_step(request, case, form, partial(handling_detail, request, case_no))
