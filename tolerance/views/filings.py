"""Prior filings (容错报备): list, filing, page of a filing with its steps."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization

from ..forms.filings import FilingFilter, FilingForm, FilingStepForm
from ..models import PriorFiling, ToleranceCase
from ..selectors import filings as reading
from ..selectors.cases import VIEW as VIEW_CASES
from ..services.case_guards import clock_of
from ..services.filings import amend_filing, cases_citing, draft_filing, proved_points
from ..workflows.filing import FILING, OPEN_FOR_CHANGES
from ..workflows.tolerance_case import APPLY
from .shared import show


@login_required
def filing_list(request):
    """Filings by due date; the filter stands in the address."""
    if not scope_of(request.user, reading.VIEW):
        raise PermissionDenied
    form, may_file = FilingFilter(request.GET or None), bool(scope_of(request.user, APPLY))
    return list_page(request, "tolerance/filing_list.html", form, reading.desk_of(request.user), may_file=may_file)


def _units_for(request):
    if not scope_of(request.user, APPLY):
        raise PermissionDenied
    return Organization.objects.visible_to(request.user, APPLY).select_related("jurisdiction")


@login_required
def filing_new(request):
    """File a reform beforehand: saved as a draft, filed on its page."""
    own = request.user.organization
    first = {"unit_name": own.name if own else ""}
    form = FilingForm(request.POST or None, scope_units=_units_for(request), initial=first)
    said = _("Saved as draft %(case_no)s. File it when it is complete.")
    return _save(request, form, partial(draft_filing, actor=request.user), said)


def _load(request, case_no, permission=reading.VIEW) -> PriorFiling:
    query = PriorFiling.objects.select_related("organization__jurisdiction")
    return query.get_visible(user=request.user, perm=permission, case_no=case_no)


@login_required
def filing_edit(request, case_no):
    """Change a draft, or complete what was returned."""
    case = _load(request, case_no, APPLY)
    if case.status not in OPEN_FOR_CHANGES:
        raise Http404
    shown = PriorFiling.objects.system().get(pk=case.pk)  # the form writes into its own object
    first = {"unit_name": case.organization.name}
    form = FilingForm(request.POST or None, instance=shown, scope_units=_units_for(request), initial=first)
    act = partial(amend_filing, actor=request.user, case=case)
    return _save(request, form, act, _("Changed: %(case_no)s."), case=case)


def _save(request, form, act, message, case=None):
    if request.method == "POST" and form.is_valid():
        more = {} if case else {"organization": form.cleaned_data["unit_name"]}
        try:
            saved = act(**form.values(), **more)
        except DomainError as error:
            show(form, error)
        else:
            messages.success(request, message % {"case_no": saved.case_no})
            return redirect("tolerance:filing", saved.case_no)
    return render(
        request, "tolerance/filing_new.html", {"form": form, "case": case}, status=422 if form.errors else 200
    )


@login_required
def filing_detail(request, case_no, form=None):
    """The filing: stations, risk statement, measures, papers, cases that cite it, timeline, and the step that the reader chose."""
    case = _load(request, case_no)
    case.known_events = events_of(FILING, case)
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = next((one for one in offers if one.step.name == wanted), offers[0] if offers else None)
    if form is None and offer:
        form = FilingStepForm(case=case, step=offer.step.name)
    cited = ToleranceCase.objects.visible_to(request.user, VIEW_CASES)
    context = {
        "case": case,
        "offers": offers,
        "offer": offer,
        "form": form,
        "steps": reading.marks_of(case),
        "events": reading.lines_of(case),
        "due": clock_of(case),
        "facts": reading.facts_lines(case),
        "proves": proved_points(case),
        "cases": cases_citing(case, cited) if case.reviewed_on else (),
        "shelf": shelf_of(case, request.user),
        "may_edit": case.status in OPEN_FOR_CHANGES and scope_of(request.user, APPLY).covers(case.organization.path),
    }
    return render(request, "tolerance/filing_detail.html", context)


@require_POST
@login_required
def filing_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    case = _load(request, case_no)
    form = FilingStepForm(request.POST, case=case)
    return take_step(request, case, form, partial(filing_detail, request, case_no))
