"""Talks and letters: lists by kind, new ones about a person, the page of a case with its steps."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.casework.case_pages import chosen, list_page, look_into, take_step
from foundation.casework.paper_shelf import shelf_of
from foundation.casework.selectors import events_of
from foundation.casework.services.engine import available
from foundation.common.results import DomainError
from officials.models import Official

from ..forms.tools import IssueForm, NewToolForm, ToolFilter, ToolStepForm
from ..models import Admonishment, Hold, Revisit, Talk, TalkIssue
from ..selectors.documents import documents_of
from ..selectors.evidence import evidence_lines
from ..selectors.sources import has_lost_ground
from ..selectors.talk_templates import county_of_unit, outline_of
from ..selectors.tools import (
    KEEP,
    TOOLS,
    Tool,
    clock_of,
    earlier_letters,
    facts_lines,
    lines_of,
    marks_of,
    source_address,
    tool_numbered,
    tools_for,
    visits_of,
)
from ..services.holds import propose_hold
from ..services.revisits import plan_visit
from ..services.talks import plan_talk, settle_issue
from ..services.tools import propose
from ..workflows.talk import PLANNED

BEGIN = {Talk: plan_talk, Revisit: plan_visit, Hold: propose_hold}
"""What has a service of its own; the others are proposed by `propose`."""


@login_required
def tool_list(request, slug=""):
    """Cases of one kind, the newest first; without a kind, of the first that the user may see."""
    tools = tools_for(request.user)
    if slug and slug not in TOOLS:
        raise Http404
    tool = TOOLS[slug] if slug else tools[0] if tools else None
    if tool not in tools:
        raise PermissionDenied
    cases = tool.model.objects.visible_to(request.user, tool.view).select_related("official", "organization")
    form = ToolFilter(request.GET or None, tool=tool)
    return list_page(request, tool.template, form, cases.order_by(*tool.order), tool=tool, tools=tools)


@login_required
def tool_new(request, slug, pk):
    """Plan a talk with a person, or propose a letter or talk about them."""
    tool = TOOLS.get(slug)
    if tool is None or not tool.create:
        raise Http404
    person = Official.objects.select_related("home").get_visible(user=request.user, perm=tool.create, pk=pk)
    form = NewToolForm(request.POST or None, tool=tool, person=person)
    if request.method == "POST" and form.is_valid():
        act = BEGIN.get(tool.model) or partial(propose, model=tool.model)
        try:
            case = act(actor=request.user, official=person, **form.cleaned_data)
        except DomainError as error:
            _show(form, error)
        else:
            messages.success(request, _("Opened as %(case_no)s.") % {"case_no": case.case_no})
            return redirect("supervision:tool", case.case_no)
    context = {"person": person, "tool": tool, "form": form, "outline": _outline(request, tool, form, person.home)}
    return render(request, "supervision/tool_new.html", context, status=422 if form.errors else 200)


def _outline(request, tool: Tool, form, unit):
    """What is asked and said on the occasion chosen; the page asks for another one as soon as it is chosen."""
    if tool.model is not Talk:
        return None
    chosen = form.data.get("topic") or request.GET.get("topic") or form.fields["topic"].choices[0][0]
    form.fields["topic"].initial = chosen
    return outline_of(chosen, county_of_unit(unit), timezone.localdate()) if unit else None


def _show(form, error: DomainError):
    for reason in error.reasons:
        form.add_error(reason.facts.get("field"), reason.text)
    if not error.reasons:
        form.add_error(None, error.message)


def load_case(request, case_no) -> tuple[Tool, object]:
    """The case with its kind. Raises Http404 and PermissionDenied as `get_visible` does."""
    tool = tool_numbered(case_no)
    if tool is None:
        raise Http404
    query = tool.model.objects.select_related("organization__jurisdiction", "official")
    return tool, query.get_visible(user=request.user, perm=tool.view, case_no=case_no)


@login_required
def tool_detail(request, case_no, form=None, issue_form=None):
    """The case: stations, facts, papers, timeline, and the step that the reader chose."""
    tool, case = load_case(request, case_no)
    case.known_events = events_of(tool.flow, case)
    offers = available(case, request.user)
    wanted = form.data.get("step") if form else request.GET.get("step")
    offer = chosen(offers, wanted)
    if form is None and offer:
        form = ToolStepForm(case=case, tool=tool, step=offer.step.name)
    context = {
        "case": case,
        "tool": tool,
        "offers": offers,
        "offer": offer,
        "form": form,
        "facts": facts_lines(tool, case),
        "steps": marks_of(tool, case),
        "events": lines_of(tool, case),
        "letters": earlier_letters(tool, case),
        "due": clock_of(tool, case),
        "source_url": source_address(case),
        "lost_ground": has_lost_ground(case),
        "evidence": evidence_lines(case),
        "documents": documents_of(case, request.user),
        "shelf": shelf_of(case, request.user),
        "readers": look_into(request, case),
        "outline": _plan_of(case) if tool.model is Talk and case.status == PLANNED else None,
        "issues": TalkIssue.objects.system().filter(talk=case).order_by("sort") if tool.model is Talk else (),
        "visits": _visits(request.user, tool, case),
        "issue_form": issue_form or IssueForm(),
        "may_settle": tool.model is Talk and case.status == "held" and request.user.has_perm(KEEP),
    }
    return render(request, "supervision/tool_detail.html", context)


def _visits(user, tool, case):
    """Return visits that an admonishment asked for; on the page of a visit, all of its plan."""
    if tool.model is Revisit:
        return visits_of(user, case.source_kind, case.source_no)
    return visits_of(user, tool.flow.kind, case.case_no) if tool.model is Admonishment else ()


def _plan_of(talk: Talk):
    """The outline of a talk that is to be held."""
    return outline_of(talk.topic, county_of_unit(talk.organization), timezone.localdate())


@require_POST
@login_required
def tool_step(request, case_no):
    """Take a step; what was typed stays when it is refused."""
    tool, case = load_case(request, case_no)
    form = ToolStepForm(request.POST, case=case, tool=tool)
    return take_step(request, case, form, partial(tool_detail, request, case_no))


@require_POST
@login_required
def issue_settle(request, pk):
    """Settle one issue of a talk."""
    visible = TalkIssue.objects.visible_to(request.user, KEEP)
    if not request.user.has_perm(KEEP):
        raise PermissionDenied
    issue = get_object_or_404(visible.select_related("talk"), pk=pk)
    form = IssueForm(request.POST)
    if form.is_valid():
        try:
            settle_issue(actor=request.user, issue=issue, **form.cleaned_data)
        except DomainError as error:
            _show(form, error)
        else:
            messages.success(request, _("The issue is settled."))
            return redirect("supervision:tool", issue.talk.case_no)
    response = tool_detail(request, issue.talk.case_no, issue_form=form)
    response.status_code = 422
    return response
