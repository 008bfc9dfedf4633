"""Clearances: board and list, the guided new one, the page of a case with its steps, announcements and papers."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import chosen, list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from officials.models import Official
from supervision.selectors.tools import visits_of

from ..forms.clearances import AnnouncementForm, CertificateForm, ClearanceFilter, ClearanceStepForm, NewClearanceForm
from ..models import Clearance
from ..reports.clearance_papers import PAPERS
from ..selectors import clearances as reading
from ..selectors.complaints import complaint_numbered
from ..services.clearance_acts import announce, file_certificate
from ..services.clearance_effects import candidates_of
from ..services.clearance_papers import ENDINGS, export_paper, papers_open
from ..services.clearances import foresee, take_up_with_plan
from ..workflows.clearance import APPROVED, BEFORE, CARRY_OUT, CLEARANCE, CLEARED, CONSENT_OK, PROPOSE, REVISITED
from .shared import show

VIEW = reading.VIEW


@login_required
@permission_required(VIEW, raise_exception=True)
def clearance_board(request):
    """Open clearances by step, the most urgent first."""
    lanes = reading.board_of(Clearance.objects.visible_to(request.user, VIEW))
    return render(request, "tolerance/clearance_board.html", {"lanes": lanes, "today": timezone.localdate()})


@login_required
@permission_required(VIEW, raise_exception=True)
def clearance_list(request):
    """All clearances, the newest first; the filter stands in the address."""
    cases = Clearance.objects.visible_to(request.user, VIEW).select_related("official", "organization")
    form = ClearanceFilter(request.GET or None)
    return list_page(request, "tolerance/clearance_list.html", form, cases.order_by("-opened_on", "-pk"))


@login_required
def clearance_new(request, pk):
    """Take up a report about one person; the page says first what the rules say to it."""
    person = Official.objects.select_related("home__jurisdiction").get_visible(user=request.user, perm=PROPOSE, pk=pk)
    form = NewClearanceForm(request.POST or None)
    context = {"person": person, "form": form}
    if request.method == "POST" and form.is_valid():
        if "enter" not in request.POST:
            context |= {"foreseen": foresee(person, form.report, form.plan), "is_foreseen": True}
        else:
            try:
                case = take_up_with_plan(actor=request.user, official=person, plan=form.plan, **form.report)
            except DomainError as error:
                show(form, error)
            else:
                messages.success(request, _("Opened as %(case_no)s.") % {"case_no": case.case_no})
                return redirect("clearances:case", case.case_no)
    return render(request, "tolerance/clearance_new.html", context, status=422 if form.errors else 200)


def _load(request, case_no) -> Clearance:
    query = Clearance.objects.select_related("organization__jurisdiction", "official")
    return query.get_visible(user=request.user, perm=VIEW, case_no=case_no)


@login_required
def clearance_case(request, case_no, form=None, announcement=None, certificate=None):
    """The case: stations, facts, announcements, effects, visits, papers, timeline, and the step that the reader chose."""
    case = _load(request, case_no)
    case.known_events = events_of(CLEARANCE, case)
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = chosen(offers, wanted)
    is_ahead, is_done = case.status in (APPROVED, CONSENT_OK), case.cleared_on is not None
    effects = candidates_of(case, timezone.localdate()) if is_ahead else ()
    if form is None and offer:
        form = ClearanceStepForm(case=case, flow=CLEARANCE, step=offer.step.name, effects=effects)
    may = scope_of(request.user, CARRY_OUT).covers(case.organization.path)
    context = {
        "case": case,
        "offers": offers,
        "offer": offer,
        "form": form,
        "report": complaint_numbered(request.user, case.source_no),
        "parts": reading.parts_of(case),
        "steps": reading.marks_of(case),
        "events": reading.timeline_of(case),
        "due": reading.clock_of(case) if case.status in BEFORE else None,
        "announcements": reading.announcements_of(case) if is_ahead or is_done else (),
        "announcement": (announcement or AnnouncementForm(case=case)) if may and is_ahead else None,
        "candidates": effects,
        "effects": reading.effects_of(case) if is_done else (),
        "visits": visits_of(request.user, CLEARANCE.kind, case.case_no) if is_done else (),
        "certificate": _certificate(case, may, certificate),
        "papers_open": papers_open(case) if may else (),
        "endings": ENDINGS,
        "shelf": shelf_of(case, request.user),
        "accusations": reading.accusations_about(case),
    }
    return render(request, "tolerance/clearance_case.html", context)


def _certificate(case, may, form):
    is_due = may and case.status in (CLEARED, REVISITED) and not case.certificate_no
    return (form or CertificateForm()) if is_due else None


@require_POST
@login_required
def clearance_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    case = _load(request, case_no)
    effects = candidates_of(case, timezone.localdate()) if request.POST.get("step") == "clear" else ()
    form = ClearanceStepForm(request.POST, case=case, flow=CLEARANCE, effects=effects)
    return take_step(request, case, form, partial(clearance_case, request, case_no))


@require_POST
@login_required
def clearance_announce(request, case_no):
    """Record where the clearance was said."""
    case = _load(request, case_no)
    form = AnnouncementForm(request.POST, case=case)
    said = _("The announcement is recorded.")
    return _act(request, case, form, announce, said, partial(clearance_case, request, case_no, announcement=form))


@require_POST
@login_required
def clearance_certificate(request, case_no):
    """Record that the certificate lies in the record of integrity."""
    case = _load(request, case_no)
    form = CertificateForm(request.POST)
    said = _("The certificate is filed.")
    return _act(
        request, case, form, file_certificate, said, partial(clearance_case, request, case_no, certificate=form)
    )


def _act(request, case, form, act, said, page):
    """Do what a small form of the case asks; refused, the case again with what was typed."""
    if form.is_valid():
        try:
            act(actor=request.user, case=case, **form.cleaned_data)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, said)
            return redirect("clearances:case", case.case_no)
    response = page()
    response.status_code = 422
    return response


@login_required
def clearance_paper(request, case_no, paper, ending):
    """A letter, circular or certificate of the case as docx or PDF."""
    case = _load(request, case_no)
    if paper not in PAPERS or ending not in ENDINGS:
        raise Http404
    try:
        made = export_paper(actor=request.user, case=case, paper=paper, ending=ending)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("clearances:case", case_no)
    answer = HttpResponse(made.content, content_type=made.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, made.name)
    answer["Cache-Control"] = "private, no-store"
    return answer
