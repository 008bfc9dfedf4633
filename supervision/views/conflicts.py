"""Conflicts of avoidance: the list, computing it anew, the case with its steps."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import chosen, list_page, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.services.engine import available

from ..forms.conflicts import ConflictFilter, ConflictStepForm
from ..models import RelationConflict
from ..selectors import conflicts as reading
from ..services.conflicts import compute_anew
from ..workflows.avoidance import RESOLVE

VIEW = "supervision.view_relationconflict"


@login_required
@permission_required(VIEW, raise_exception=True)
def conflict_list(request):
    """Conflicts, those that wait first, the newest first; the filter stands in the address."""
    cases = RelationConflict.objects.visible_to(request.user, VIEW).select_related("official", "other", "organization")
    form = ConflictFilter(request.GET or None)
    may_compute = request.user.has_perm(RESOLVE)
    return list_page(request, "supervision/conflict_list.html", form, cases.in_order_of_work(), may_compute=may_compute)


@require_POST
@login_required
@permission_required(RESOLVE, raise_exception=True)
def conflict_compute(request):
    """Bring the conflicts to the facts of today, also outside the nightly run."""
    done = compute_anew(actor=request.user)
    messages.success(request, _("Computed: %(opened)s new, %(refreshed)s changed, %(ended)s ended.") % done)
    return redirect("supervision:conflict-list")


def _load(request, case_no) -> RelationConflict:
    query = RelationConflict.objects.select_related("organization__jurisdiction", "official", "other")
    return query.get_visible(user=request.user, perm=VIEW, case_no=case_no)


@login_required
def conflict_detail(request, case_no, form=None):
    """Who conflicts with whom and why, the decision, papers, timeline, and the step that the reader chose."""
    case = _load(request, case_no)
    events = reading.conflict_events(case)
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = chosen(offers, wanted)
    if form is None and offer:
        form = ConflictStepForm(case=case, step=offer.step.name)
    context = {
        "case": case,
        "offers": offers,
        "offer": offer,
        "form": form,
        "steps": reading.conflict_marks(case),
        "events": events,
        "relation": reading.relation_words(case),
        "shelf": shelf_of(case, request.user),
    }
    return render(request, "supervision/conflict_detail.html", context)


@require_POST
@login_required
def conflict_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    case = _load(request, case_no)
    form = ConflictStepForm(request.POST, case=case)
    return take_step(request, case, form, partial(conflict_detail, request, case_no))
