"""A year's schemes: list, one scheme, copying, difference of two years, issuing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.regulations.services.codes import codes

from .. import selectors
from ..forms import CopyForm, IssueForm
from ..formulas import figure
from ..models import Cycle, Scheme
from ..services.scheme_content import content_of
from ..services.scheme_editing import EDIT, create_scheme
from ..services.scheme_issue import find_issue_faults, issue_schemes
from ..services.schemes import compare_schemes, copy_schemes
from .loading import load_cycle
from .scheme_pages import difference_blocks, leaf_rows, parameter_rows


def load_scheme(request, county, year, category, perm="assessments.view_cycle") -> Scheme:
    """The scheme of a category with its year. Raises Http404 outside of the user's scope, PermissionDenied."""
    query = Scheme.objects.select_related("cycle__jurisdiction", "cycle__published_run")
    return query.get_visible(
        user=request.user, perm=perm, cycle__jurisdiction__code=county, cycle__year=year, category=category
    )


def may_edit(user, cycle: Cycle) -> bool:
    """May the user draw up, issue and amend the year's schemes?"""
    return scope_of(user, EDIT).covers(cycle.jurisdiction.path)


@login_required
def scheme_list(request, county, year):
    """The year's categories with their schemes: state, weights, indicators."""
    cycle = load_cycle(request, county, year)
    lines = selectors.scheme_lines(cycle)
    context = {
        "cycle": cycle,
        "lines": lines,
        "drafts": [line for line in lines if line.scheme and not line.scheme.is_issued],
        "years": selectors.cycles_with_schemes(cycle),
        "may_edit": may_edit(request.user, cycle),
    }
    return render(request, "assessments/scheme_list.html", context)


@login_required
def scheme_detail(request, county, year, category):
    """One scheme: groups and indicators, parameters, amendments."""
    scheme = load_scheme(request, county, year, category)
    content = content_of(scheme)
    names = selectors.department_names(scheme.cycle.jurisdiction)
    context = {
        "cycle": scheme.cycle,
        "scheme": scheme,
        "label": codes("unit_category")[category].label(),
        "content": content,
        "leaves": leaf_rows(content, names),
        "weight_sum": figure(content.weight_sum),
        "parameters": parameter_rows(content.parameters),
        "amendments": selectors.amendment_lines(scheme, names),
        "may_edit": may_edit(request.user, scheme.cycle),
    }
    return render(request, "assessments/scheme_detail.html", context)


@login_required
@require_POST
def scheme_add(request, county, year):
    """Begin an empty scheme for a category."""
    cycle = load_cycle(request, county, year, EDIT)
    try:
        scheme = create_scheme(actor=request.user, cycle=cycle, category=request.POST.get("category", ""))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("assessments:scheme-list", county, year)
    return redirect("assessments:scheme-edit", county, year, scheme.category)


@login_required
def scheme_copy(request, county, year):
    """Begin a year with this year's schemes."""
    source = load_cycle(request, county, year, EDIT)
    form = CopyForm(request.POST or None, initial={"year": year + 1})
    if request.method == "POST" and form.is_valid():
        try:
            target = copy_schemes(actor=request.user, source=source, year=form.cleaned_data["year"])
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The year %(year)d begins with these schemes as drafts and the units in their categories. Adjust and issue them.") % {"year": target.year})  # fmt: skip
            return redirect("assessments:scheme-list", county, target.year)
    context = {"cycle": source, "form": form, "lines": selectors.scheme_lines(source)}
    return render(request, "assessments/scheme_copy.html", context, status=422 if form.errors else 200)


@login_required
def scheme_difference(request, county, year):
    """What changed from an earlier year's schemes to this year's, by category."""
    cycle = load_cycle(request, county, year)
    others = {other.year: other for other in selectors.cycles_with_schemes(cycle) if other.year != year}
    asked = request.GET.get("with", "")
    chosen = int(asked) if asked.isdecimal() and int(asked) in others else next((y for y in others if y < year), None)
    blocks = []
    if chosen is not None:
        names = selectors.department_names(cycle.jurisdiction)
        blocks = difference_blocks(compare_schemes(others[chosen], cycle), names)
    context = {"cycle": cycle, "other": chosen, "years": list(others), "blocks": blocks}
    return render(request, "assessments/scheme_difference.html", context)


@login_required
def scheme_issue(request, county, year):
    """Issue the year's drafts: what stands against it, then document number and day."""
    cycle = load_cycle(request, county, year, EDIT)
    form = IssueForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = issue_schemes(actor=request.user, cycle=cycle, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Issued: %(count)d schemes. From now on a change needs an amendment.") % {"count": len(made)})  # fmt: skip
            return redirect("assessments:scheme-list", county, year)
    names = {code: row.label() for code, row in codes("unit_category").items()}
    lines = selectors.scheme_lines(cycle)
    faults = [(names.get(fault.category, fault.category), fault) for fault in find_issue_faults(cycle, lines)]
    context = {"cycle": cycle, "form": form, "faults": faults, "lines": lines}
    context["drafts"] = [line for line in lines if line.scheme and not line.scheme.is_issued]
    return render(request, "assessments/scheme_issue.html", context, status=422 if form.errors else 200)
