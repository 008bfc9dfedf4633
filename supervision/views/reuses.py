"""Return visits and reuse: the desk of sanctioned officials, proposals of reuse, the page of one with its steps."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import list_page, look_into, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.deadlines import county_of
from foundation.casework.services.engine import available
from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from officials.models import Official

from ..forms.reuses import DeskFilter, ReuseFilter, ReuseForm, ReuseStepForm
from ..models import ReuseProposal
from ..rules.reuse import CONDITIONS, FAILS, Condition, check_reuse, earliest_reuse
from ..selectors import reuse_cases as reading
from ..selectors.reuse_cases import with_decision
from ..selectors.reuse_desk import VIEW, VIEW_CASE, desk_figures, may_see, proposals_for, sanctioned
from ..services.period_exports import EXPORT
from ..services.reuse_conditions import facts_of_case, law_on, statements_of
from ..services.reuse_desk import desk_lines, export_desk
from ..services.reuse_words import in_words
from ..services.reuses import amend_draft, decisions_to_reuse, draft_reuse
from ..workflows import REUSE
from ..workflows.reuse import DRAFT, OPEN, PROPOSE
from .documents import as_file


@login_required
def desk(request):
    """Who was sanctioned and how it goes on; who sees only proposals is led to them."""
    if not may_see(request.user):
        if not scope_of(request.user, VIEW_CASE):
            raise PermissionDenied(VIEW)
        return redirect("supervision:reuse-list")
    form, day = DeskFilter(request.GET or None), timezone.localdate()
    rows = sanctioned(request.user, day, **form.asked())
    figures = desk_figures(rows)
    paginator = Paginator(rows, page_size(request))
    paginator.count = figures["decisions"]  # counted with the figures
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "day": day,
        "figures": figures,
        "page": page,
        "lines": desk_lines(page.object_list, day),
        "conditions": law_on(day).conditions,
        "cite": law_on(day).cites[CONDITIONS],
        "may_export": request.user.has_perm(EXPORT),
        "may_propose": bool(scope_of(request.user, PROPOSE)),
        "may_see_proposals": request.user.has_perm(VIEW_CASE),
    }
    return render(request, "supervision/reuse_desk.html", context)


@login_required
@permission_required([VIEW, EXPORT], raise_exception=True)
def desk_file(request):
    """What the filter shows, as a workbook."""
    asked = DeskFilter(request.GET or None).asked()
    return as_file(export_desk(actor=request.user, day=timezone.localdate(), asked=asked))


@login_required
@permission_required(VIEW_CASE, raise_exception=True)
def reuse_list(request):
    """Proposals of reuse, the open ones first; the filter stands in the address."""
    more = {"may_see_desk": may_see(request.user)}
    return list_page(
        request, "supervision/reuse_list.html", ReuseFilter(request.GET or None), proposals_for(request.user), **more
    )


@login_required
def reuse_new(request, pk):
    """Draft a proposal about a person."""
    people = Official.objects.select_related("home__jurisdiction")
    person = people.get_visible(user=request.user, perm=PROPOSE, pk=pk)
    decisions, day = list(decisions_to_reuse(person)), timezone.localdate()
    first = {"decision": request.GET.get("decision", "")}
    form = ReuseForm(request.POST or None, decisions=decisions, modes=law_on(day).modes, initial=first)
    act = partial(draft_reuse, actor=request.user, official=person)
    return _save(request, form, act, person=person, decisions=decisions)


@login_required
def reuse_edit(request, case_no):
    """Change a draft."""
    case = _load(request, case_no, PROPOSE)
    if case.status != DRAFT:
        raise Http404
    first = {name: getattr(case, name) for name in ("mode", "post_text", "summary")}
    form = ReuseForm(request.POST or None, case=case, modes=law_on(timezone.localdate()).modes, initial=first)
    act = partial(amend_draft, actor=request.user, case=case, expected_version=case.version)
    return _save(request, form, act, person=case.official, case=case)


def _save(request, form, act, **more):
    if request.method == "POST" and form.is_valid():
        try:
            case = act(**form.values)
        except DomainError as error:
            for reason in error.reasons or (None,):
                place = reason.facts.get("field") if reason else None
                form.add_error(place if place in form.fields else None, reason.text if reason else error.message)
        else:
            messages.success(request, _("Saved as draft %(case_no)s.") % {"case_no": case.case_no})
            return redirect("supervision:reuse", case.case_no)
    return render(request, "supervision/reuse_new.html", {"form": form} | more, status=422 if form.errors else 200)


def _load(request, case_no, permission=VIEW_CASE) -> ReuseProposal:
    query = with_decision(ReuseProposal.objects.select_related("organization__jurisdiction", "official"))
    return query.get_visible(user=request.user, perm=permission, case_no=case_no)


@login_required
def reuse_detail(request, case_no, form=None):
    """The proposal: conditions today, earliest days by mode, visits, opinion, papers, timeline, the reader's step."""
    case, day = _load(request, case_no), timezone.localdate()
    case.known_events = events_of(REUSE, case)
    context = {"case": case, "day": day, "facts": reading.facts_lines(case)}
    if case.status in OPEN:
        facts, law = facts_of_case(case, day), law_on(day, county_of(case))
        case.known_conditions = check_reuse(facts, statements_of(case), case.mode, day, law)
        context |= {
            "visits": facts.visits,
            "earliest": reading.mode_lines(earliest_reuse(facts.restrictions, mode, day, law) for mode in law.modes),
            "conditions": reading.condition_lines(case, [_worded(one) for one in case.known_conditions]),
            "stands_against": [
                reason for one in case.known_conditions if one.state == FAILS for reason in _worded(one).reasons
            ],
        }
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = next((one for one in offers if one.step.name == wanted), offers[0] if offers else None)
    if form is None and offer:
        form = ReuseStepForm(case=case, step=offer.step.name)
    context |= {
        "offers": offers,
        "offer": offer,
        "form": form,
        "steps": reading.marks_of(case),
        "events": reading.lines_of(case),
        "shelf": shelf_of(case, request.user),
        "readers": look_into(request, case),
        "may_edit": case.status == DRAFT and scope_of(request.user, PROPOSE).covers(case.organization.path),
        "may_see_person": request.user.has_perm("officials.view_official"),
        "may_see_decision": request.user.has_perm(VIEW),
    }
    return render(request, "supervision/reuse_detail.html", context)


def _worded(one: Condition) -> Condition:
    return Condition(one.code, one.state, tuple(in_words(one.reasons)), one.cite)


@require_POST
@login_required
def reuse_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    case = _load(request, case_no)
    form = ReuseStepForm(request.POST, case=case)
    return take_step(request, case, form, partial(reuse_detail, request, case_no))
