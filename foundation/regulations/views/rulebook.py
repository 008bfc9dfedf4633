"""Pages of the rules: list, and one rule with its history and the form for a local setting."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.common.htmx import render_page
from foundation.common.results import DomainError
from foundation.common.scoping import scope_of

from ..forms import OverrideForm, RuleFilterForm, value_as_typed
from ..models import Rule
from ..services import catalogue, places
from ..services.overrides import PERMISSION, set_override
from ..services.rulebook import Rulebook, rulebook

WHOLE = "all"  # for printing
PAGE_SIZES = {"20": 20, "50": 50, "100": 100}


@login_required
@permission_required("regulations.view_rule", raise_exception=True)
def rule_list(request: HttpRequest) -> HttpResponse:
    """Rules with the value in force on a day, filtered by the address."""
    form = RuleFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    book = _book_of(request, asked.get("on") or timezone.localdate())
    filters = catalogue.Filters(
        asked.get("q", ""), asked.get("confidence", ""), asked.get("room", ""), asked.get("local", False)
    )
    lines, size = catalogue.lines(book, filters), request.GET.get("size")
    pages = Paginator(lines, max(len(lines), 1) if size == WHOLE else PAGE_SIZES.get(size, 50))
    context = {"form": form, "book": book, "page": pages.get_page(request.GET.get("page"))}
    return render_page(request, "regulations/rule_list.html", context, partial="rows")


@login_required
@permission_required("regulations.view_rule", raise_exception=True)
def rule_detail(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule. Posting adds a local setting, which needs `regulations.change_override`."""
    rule = get_object_or_404(Rule, code=rule_id)
    form = _override_form(request, rule)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            set_override(actor=request.user, rule_id=rule.code, **form.arguments())
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The setting is kept; it takes effect on its day."))
            return redirect("regulations:rule", rule_id=rule.code)
    context = {"history": catalogue.history(rule, _book_of(request, timezone.localdate())), "rule": rule, "form": form}
    status = 200 if request.method != "POST" else 403 if form is None else 422
    return render_page(request, "regulations/rule_detail.html", context, status=status)


def _book_of(request: HttpRequest, on: date) -> Rulebook:
    """The rulebook as it holds where the reader works."""
    home = places.home_of(scope_of(request.user, "regulations.view_rule"))
    return rulebook(on, jurisdiction=home.code if home else "")


def _override_form(request: HttpRequest, rule: Rule) -> OverrideForm | None:
    """The form of a local setting, or None for who may not set any here or for a rule that has ended."""
    scope = scope_of(request.user, PERMISSION)
    own_places = places.within(scope)
    if rule.ended_on is not None or not (scope.everything or own_places):
        return None
    at = _book_of(request, timezone.localdate()).rules.get(rule.code)
    initial = {"starts_on": timezone.localdate(), "value": value_as_typed(rule, at.stored) if at else None}
    data = request.POST if request.method == "POST" else None
    pattern = at.stored if at else None
    return OverrideForm(
        data, initial=initial, rule=rule, places=own_places, everywhere=scope.everything, pattern=pattern
    )
