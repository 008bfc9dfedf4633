"""Corrections: asked for by a unit on the person's page, decided by the cadre section."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError

from ..forms.corrections import AskForm, CorrectionFilter, CorrectionStepForm
from ..models import Correction, Official
from ..sections import SECTIONS
from ..selectors.corrections import correction_events, correction_marks, differences
from ..services.corrections import ask
from ..workflows import ASK
from .person import section_or_404

VIEW = "officials.view_official"


@login_required
@permission_required(VIEW, raise_exception=True)
def correction_list(request):
    """Corrections that were asked for, the latest first."""
    cases = Correction.objects.visible_to(request.user, VIEW).select_related("official", "organization")
    form = CorrectionFilter(request.GET or None)
    return list_page(request, "officials/correction_list.html", form, cases.order_by("-pk"))


@login_required
def correction_ask(request, pk, section):
    """Ask for the correction of one section."""
    part = section_or_404(SECTIONS, section)
    person = Official.objects.select_related("home").get_visible(user=request.user, perm=ASK, pk=pk)
    form = AskForm(request.POST or None, section=part, official=person)
    if request.method == "POST" and form.is_valid():
        try:
            case = ask(
                actor=request.user, official=person, section=part, values=form.values,
                grounds=form.cleaned_data["reason"],
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Asked for. Add the papers that prove it."))
            return redirect("officials:correction", case.case_no)
    context = {"person": person, "part": part, "form": form, "sections": SECTIONS.values()}
    return render(request, "officials/correction_ask.html", context, status=422 if form.errors else 200)


def _load(request, case_no) -> Correction:
    query = Correction.objects.select_related("organization", "official__home")
    return query.get_visible(user=request.user, perm=VIEW, case_no=case_no)


@login_required
def correction_detail(request, case_no, form=None):
    """What was asked, field by field, its papers, the decision."""
    case = _load(request, case_no)
    context = {
        "case": case,
        "offers": available(case, request.user),
        "form": form or CorrectionStepForm(),
        "steps": correction_marks(case),
        "events": correction_events(case),
        "shelf": shelf_of(case, request.user),
        "differences": differences(case),
    }
    return render(request, "officials/correction_detail.html", context)


@require_POST
@login_required
def correction_step(request, case_no):
    """Take over, decline or withdraw; what was typed stays when the step is refused."""
    case = _load(request, case_no)
    return take_step(request, case, CorrectionStepForm(request.POST), partial(correction_detail, request, case_no))
