"""Reports of personal matters: the board of a year, changes, checks with the draw. What reports say is nowhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of
from foundation.organizations.models import Organization
from officials.models import Official

from ..choices import MatterOccasion
from ..forms.matters import ChangeForm, CheckFilter, DrawForm, FileForm, FindingForm, KeyCheckForm, ReportFilter
from ..models import MatterCheck, MatterDraw
from ..selectors import matters as reading
from ..selectors.matters import KEEP, VIEW, VIEW_CHECK
from ..services.matter_checks import ask_key_check, draw, record_finding
from ..services.matters import ask_reports, file_reports, register_change, waive_reports


def add_refusals(form, error: DomainError):
    """Each refusal at its field, else above the form."""
    for reason in error.reasons:
        field = reason.facts.get("field")
        form.add_error(field if field in form.fields else None, reason.text)
    if not error.reasons:
        form.add_error(None, error.message)


def _counties(user) -> list[Organization]:
    scope = scope_of(user, KEEP)
    return [one for one in Organization.objects.system().filter(parent__isnull=True) if scope.covers(one.path)]


def _frame(request, year: int, tab: str) -> dict:
    return {"year": year, "tab": tab, "may_keep": request.user.has_perm(KEEP), "day": timezone.localdate()}


def _page(request, rows):
    return Paginator(rows, page_size(request)).get_page(request.GET.get("page"))


@login_required
@permission_required(VIEW, raise_exception=True)
def matters(request):
    """The board of the latest year, of this year where there is none."""
    years = reading.years_known(request.user)
    return redirect("supervision:matters-year", years[0] if years else timezone.localdate().year)


@login_required
@permission_required(VIEW, raise_exception=True)
def matters_year(request, year, form=None):
    """Yearly reports: due, in time, late, overdue; the filter stands in the address."""
    context = _frame(request, year, "annual")
    filters = ReportFilter(request.GET or None)
    all_rows = reading.reports_of(request.user, year)
    rows = all_rows.filter(occasion=MatterOccasion.ANNUAL).select_related("official__home")
    rows = filters.narrow(rows, context["day"]).order_by("official__org_path", "official__team_order", "pk")
    context |= {
        "filters": filters,
        "page": _page(request, rows),
        "numbers": reading.numbers_of(all_rows, reading.checks_of(request.user, year), context["day"], year),
        "years": reading.years_known(request.user),
        "form": form or FileForm(),
    }
    return render(request, "supervision/matters_year.html", context, status=422 if form else 200)


@require_POST
@login_required
@permission_required(KEEP, raise_exception=True)
def matters_ask(request, year):
    """Ask everybody who must report, in the counties of the user."""
    try:
        found = sum(ask_reports(actor=request.user, county=one, year=year) for one in _counties(request.user))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("supervision:matters")
    messages.success(request, _("Asked for: %(number)s new reports.") % {"number": found})
    return redirect("supervision:matters-year", year)


@require_POST
@login_required
@permission_required(KEEP, raise_exception=True)
def matters_file(request, year):
    """Record the chosen reports as handed in, or as not due."""
    reports = reading.reports_of(request.user, year)
    chosen = reports.filter(pk__in=[pk for pk in request.POST.getlist("reports") if pk.isascii() and pk.isdigit()])
    form = FileForm(request.POST, offers=list(chosen.values_list("pk", flat=True)))
    waives = "waive" in request.POST
    if form.is_valid() and not waives and not form.cleaned_data["reported_on"]:
        form.add_error("reported_on", _("Give the day on which the reports were handed in."))
    if form.is_valid():
        data = form.cleaned_data
        try:
            if waives:
                number = waive_reports(actor=request.user, reports=chosen, reason=data["late_reason"])
            else:
                days = {"reported_on": data["reported_on"], "late_reason": data["late_reason"]}
                number = file_reports(actor=request.user, reports=chosen, **days)
        except DomainError as error:
            add_refusals(form, error)
        else:
            messages.success(request, _("Recorded: %(number)s reports.") % {"number": number})
            changes = "changes" in request.POST
            return redirect("supervision:matters-changes" if changes else "supervision:matters-year", year)
    page = matters_changes if "changes" in request.POST else matters_year
    return page(request, year, form)


@login_required
@permission_required(VIEW, raise_exception=True)
def matters_changes(request, year, form=None):
    """Reports of changes in a year, by the day on which they are due."""
    context = _frame(request, year, "changes")
    filters = ReportFilter(request.GET or None)
    rows = reading.reports_of(request.user, year).filter(occasion=MatterOccasion.CHANGE)
    rows = filters.narrow(rows.select_related("official__home"), context["day"]).order_by("-due_on", "-pk")
    context |= {"filters": filters, "page": _page(request, rows), "form": form or FileForm()}
    return render(request, "supervision/matters_changes.html", context, status=422 if form else 200)


@login_required
def matters_change_new(request, pk):
    """Register a change of a person, which makes a report due."""
    person = Official.objects.select_related("home").get_visible(user=request.user, perm=KEEP, pk=pk)
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = register_change(actor=request.user, official=person, **form.cleaned_data)
        except DomainError as error:
            add_refusals(form, error)
        else:
            messages.success(
                request, _("Registered: the report is due on %(day)s.") % {"day": f"{row.due_on:%Y.%m.%d}"}
            )
            return redirect("supervision:matters-changes", row.year)
    context = {"person": person, "form": form, "title": _("Change of personal matters"), "button": _("Register")}
    return render(request, "supervision/matters_about.html", context, status=422 if form.errors else 200)


@login_required
@permission_required(VIEW_CHECK, raise_exception=True)
def matters_checks(request, year, form=None):
    """Checks of a year, with the draw of the random ones."""
    context = _frame(request, year, "checks")
    filters = CheckFilter(request.GET or None)
    rows = reading.checks_of(request.user, year).select_related("official__home")
    rows = filters.narrow(rows, context["day"]).order_by("finding", "official__org_path", "pk")
    draws = MatterDraw.objects.visible_to(request.user, VIEW_CHECK).filter(year=year).select_related("organization")
    context |= {
        "filters": filters,
        "page": _page(request, rows),
        "draws": list(draws.order_by("pk")),
        "form": form or DrawForm(),
    }
    return render(request, "supervision/matters_checks.html", context, status=422 if form else 200)


@require_POST
@login_required
@permission_required(KEEP, raise_exception=True)
def matters_draw(request, year):
    """Draw the random check of the year, in the county of the user."""
    counties = _counties(request.user)
    if not counties:
        raise PermissionDenied(KEEP)
    form = DrawForm(request.POST)
    if form.is_valid():
        try:
            row = draw(actor=request.user, county=counties[0], year=year, **form.cleaned_data)
        except DomainError as error:
            add_refusals(form, error)
        else:
            messages.success(request, _("Drawn: %(number)s people.") % {"number": len(row.drawn)})
            return redirect("supervision:matters-checks", year)
    return matters_checks(request, year, form)


@login_required
def matters_key_check(request, pk):
    """Ask for a key check of a person."""
    person = Official.objects.select_related("home").get_visible(user=request.user, perm=KEEP, pk=pk)
    form = KeyCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = ask_key_check(actor=request.user, official=person, **form.cleaned_data)
        except DomainError as error:
            add_refusals(form, error)
        else:
            return redirect("supervision:matters-check", row.pk)
    context = {"person": person, "form": form, "title": _("Key check of personal matters"), "button": _("Ask for it")}
    return render(request, "supervision/matters_about.html", context, status=422 if form.errors else 200)


@login_required
def matters_check(request, pk):
    """One check: why and when it was asked for, what it found, what follows."""
    query = MatterCheck.objects.select_related("official__home")
    check = query.get_visible(user=request.user, perm=VIEW_CHECK, pk=pk)
    form = FindingForm(request.POST or None)
    if request.method == "POST":
        if not request.user.has_perm(KEEP):
            raise PermissionDenied(KEEP)
        if form.is_valid():
            try:
                record_finding(actor=request.user, check=check, **form.cleaned_data)
            except DomainError as error:
                add_refusals(form, error)
            else:
                messages.success(request, _("The finding is recorded."))
                return redirect("supervision:matters-check", pk)
    context = {"check": check, "form": form, "may_keep": request.user.has_perm(KEEP)}
    return render(request, "supervision/matters_check.html", context, status=422 if form.errors else 200)
