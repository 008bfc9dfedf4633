"""The case desk of fault tolerance: list and board, application, page of a case with its steps, figures."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import chosen, list_page, look_into, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization

from ..choices import Outcome
from ..forms.applications import ApplicationForm, point_rows, points_of
from ..forms.cases import ToleranceFilter, ToleranceStepForm
from ..forms.figures import PeriodForm
from ..models import CasePoint, ToleranceCase
from ..selectors import cases as selectors
from ..selectors.case_parts import with_parts
from ..selectors.filings import citable_by
from ..services.applications import TEXTS, amend, draft
from ..services.case_effects import possible_effects
from ..services.case_guards import clock_of
from ..services.case_papers import BASIS, ENDINGS, papers_open, recipients_of
from ..services.case_visits import visits_of
from ..services.filings import proved_points
from ..workflows import TOLERANCE
from ..workflows.tolerance_case import APPLY, DRAFT, FOLLOW

VIEW_VISITS = "supervision.view_revisit"


def _desk(request):
    if not scope_of(request.user, selectors.VIEW):
        raise PermissionDenied
    return selectors.desk_of(request.user)


@login_required
def case_list(request):
    """Cases by due date, or as a board by station (`?view=board`)."""
    cases, form = _desk(request), ToleranceFilter(request.GET or None)
    is_board = request.GET.get("view") == "board"
    context = {"is_board": is_board, "may_apply": bool(scope_of(request.user, APPLY))}
    if is_board:
        context["board"] = selectors.board_of(form.narrow(cases))
    return list_page(request, "tolerance/case_list.html", form, cases, **context)


@login_required
def case_figures(request):
    """Figures of a period, counted from the cases; each leads to its list."""
    form = PeriodForm(request.GET or None)
    first, last = form.period(timezone.localdate())
    form.initial = {"first": first, "last": last}
    figures = selectors.figures_of(_desk(request), first, last)
    context = {"form": form, "first": first, "last": last, "figures": figures}
    return render(request, "tolerance/case_figures.html", context)


@login_required
def sheltered_list(request, who):
    """Behind a figure of the period: the different units or officials whom its decisions shelter, with their cases."""
    if who not in selectors.SHELTERED:
        raise Http404
    cases, form = _desk(request), PeriodForm(request.GET or None)
    days = form.period(timezone.localdate())
    form.initial = dict(zip(("first", "last"), days, strict=True))
    page = Paginator(selectors.sheltered(who, cases, *days), page_size(request)).get_page(request.GET.get("page"))
    rows = selectors.sheltering_cases(who, list(page), cases, *days)
    context = {"form": form, "who": who, "days": days, "page": page, "rows": rows}
    return render(request, "tolerance/sheltered_list.html", context)


def _load(request, case_no, permission=selectors.VIEW) -> ToleranceCase:
    query = with_parts(ToleranceCase.objects.select_related("organization__jurisdiction", "filing__organization"))
    return query.get_visible(user=request.user, perm=permission, case_no=case_no)


def _units_for(request):
    units = Organization.objects.visible_to(request.user, APPLY).select_related("jurisdiction")
    if not scope_of(request.user, APPLY):
        raise PermissionDenied
    return units


@login_required
def case_new(request):
    """Apply for fault tolerance: the guided form; saved as a draft, submitted on its page."""
    units = _units_for(request)
    own = request.user.organization
    first = {"unit_name": own.name if own else "", "applicant_kind": "UNIT", "units": own.name if own else ""}
    form = ApplicationForm(request.POST or None, scope_units=units, filings=citable_by(request.user), initial=first)
    return _save(
        request,
        form,
        partial(draft, actor=request.user),
        _("Saved as draft %(case_no)s. Submit it when it is complete."),
    )


@login_required
def case_edit(request, case_no):
    """Change a draft."""
    case = _load(request, case_no, APPLY)
    if case.status != DRAFT:
        raise Http404
    stated = {row.code: (row.stated, row.evidence) for row in CasePoint.objects.system().filter(case=case)}
    offered = {"scope_units": _units_for(request), "filings": citable_by(request.user)}
    form = ApplicationForm(request.POST or None, points=stated, initial=_initial(case), **offered)
    act = partial(amend, actor=request.user, case=case)
    return _save(request, form, act, _("Changed: %(case_no)s."), case=case)


def _initial(case) -> dict:
    parties = list(case.parties.select_related("official", "unit"))
    return {name: getattr(case, name) for name in TEXTS} | {
        "filing": case.filing.case_no if case.filing else "",
        "unit_name": case.organization.name,
        "years": " ".join(map(str, case.years)),
        "officials": "\n".join(f"{p.official.name} {p.official.birth_on:%Y.%m}" if p.official.birth_on else p.official.name for p in parties if p.official),
        "units": "\n".join(p.unit.name for p in parties if p.unit),
    }  # fmt: skip


def _save(request, form, act, message, case=None):
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        more = {} if case else {"organization": data["unit_name"]}
        try:
            saved = act(
                officials=data["officials"], units=data["units"], points=points_of(data), **form.values(), **more
            )
        except DomainError as error:
            for reason in error.reasons or (None,):
                place = reason.facts.get("field") if reason else None
                form.add_error(place if place in form.fields else None, reason.text if reason else error.message)
        else:
            messages.success(request, message % {"case_no": saved.case_no})
            return redirect("tolerance:case", saved.case_no)
    context = {"form": form, "points": point_rows(form), "case": case}
    return render(request, "tolerance/case_new.html", context, status=422 if form.errors else 200)


@login_required
def case_detail(request, case_no, form=None):
    """The case: stations, facts, points, parties, effects, papers, timeline, and the step that the reader chose."""
    case = _load(request, case_no)
    case.known_events = events_of(TOLERANCE, case)
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = chosen(offers, wanted)
    effects = _effects(case) if offer and offer.step.name == "decide" else []
    if form is None and offer:
        form = ToleranceStepForm(case=case, step=offer.step.name, effects=effects)
    context = {
        "case": case,
        "offers": offers,
        "offer": offer,
        "form": form,
        "points_form": point_rows(form) if form and any(name.startswith("answer_") for name in form.fields) else (),
        "steps": selectors.marks_of(case),
        "events": selectors.lines_of(case),
        "readers": look_into(request, case),
        "due": clock_of(case),
        "facts": selectors.facts_lines(case),
        "situations": selectors.situation_lines(case),
        "points": selectors.point_lines(case),
        "proves": proved_points(case.filing) if case.filing else (),
        "ballots": selectors.ballot_lines(case),
        "effects": selectors.effect_lines(case),
        "imported": selectors.imported_effects(case),
        "previews": selectors.previews_of(case),
        "alike": selectors.comparable_cases(case) if offer and offer.step.name == "decide" else (),
        "shelf": shelf_of(case, request.user),
        "visits": visits_of(case) if case.decided_on and request.user.has_perm(VIEW_VISITS) else (),
        "letters": papers_open(case) if scope_of(request.user, FOLLOW).covers(case.organization.path) else (),
        "recipients": recipients_of(case, case.party_rows),
        "letter_rules": list(BASIS.values()),
        "endings": ENDINGS,
        "may_edit": case.status == DRAFT and scope_of(request.user, APPLY).covers(case.organization.path),
    }
    return render(request, "tolerance/case_detail.html", context)


def _effects(case):
    return possible_effects(case, Outcome.EXEMPT, Outcome.MITIGATED, parties=case.party_rows)


@require_POST
@login_required
def case_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    case = _load(request, case_no)
    effects = _effects(case) if request.POST.get("step") == "decide" else ()
    form = ToleranceStepForm(request.POST, case=case, effects=effects)
    return take_step(request, case, form, partial(case_detail, request, case_no))
