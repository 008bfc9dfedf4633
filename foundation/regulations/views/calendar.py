"""Pages of the working-day calendar: a year, one day of it, a year's notice."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.common.htmx import render_page
from foundation.common.results import DomainError

from ..forms import DayForm, NoticeForm
from ..services.calendar import day_fact
from ..services.calendar_edits import FIRST, LAST, publish_year, set_day
from ..services.year_page import year_page


@login_required
@permission_required("regulations.view_rule", raise_exception=True)
def this_year(request: HttpRequest) -> HttpResponse:
    """To the present year."""
    return redirect("regulations:calendar", year=timezone.localdate().year)


@login_required
@permission_required("regulations.view_rule", raise_exception=True)
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """A year; `?day=` opens the form for one of its days."""
    return _page(request, year, day_form=_day_form(request, year))


@require_POST
@login_required
@permission_required("regulations.change_override", raise_exception=True)
def day_set(request: HttpRequest, year: int) -> HttpResponse:
    """Enter one day."""
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            set_day(actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The day is entered."))
            return redirect("regulations:calendar", year=form.cleaned_data["date"].year)
    return _page(request, year, day_form=form, status=422)


@require_POST
@login_required
@permission_required("regulations.change_override", raise_exception=True)
def notice_enter(request: HttpRequest, year: int) -> HttpResponse:
    """Enter the notice of a year."""
    form = NoticeForm(request.POST)
    if form.is_valid():
        try:
            publish_year(actor=request.user, year=year, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The calendar of the year is entered."))
            return redirect("regulations:calendar", year=year)
    return _page(request, year, notice_form=form, status=422)


def _day_form(request: HttpRequest, year: int) -> DayForm | None:
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        raise Http404 from None
    if day is None or not request.user.has_perm("regulations.change_override"):
        return None
    fact = day_fact(day)
    return DayForm(initial={"date": day, "is_working": "yes" if fact.is_working else "no", "name": fact.name})


def _page(request, year, *, day_form=None, notice_form=None, status=200):
    if not FIRST.year <= year <= LAST.year:
        raise Http404
    context = {
        "year": year_page(year),
        "day_form": day_form,
        "notice_form": notice_form or NoticeForm(),
        "notice_open": notice_form is not None,
        "today": timezone.localdate(),
        "previous": year - 1 if year > FIRST.year else None,
        "following": year + 1 if year < LAST.year else None,
    }
    return render_page(request, "regulations/calendar_year.html", context, status=status)
