"""The alert centre (预警中心): list with overview, one alert, calendar, thresholds."""

from datetime import date
from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.common.dates import add_months
from foundation.common.paging import page_size
from foundation.common.results import DomainError
from foundation.common.scoping import Scope, scope_of
from foundation.regulations.models import Rule
from foundation.regulations.services import places
from foundation.regulations.services.rulebook import rulebook

from .alert_forms import AlertActForm, AlertFilter, ThresholdForm
from .alert_kinds import alert_kind
from .models import Alert
from .selectors import papers_of
from .selectors.alerts import CENTRE, alerts_for, may_handle, month_of, overview, owners_of
from .services import alerts, attachments, thresholds

MOST = 200  # alerts of one act
FIELD_OF = {"REASON_MISSING": "reason", "SNOOZE_DAY": "until", "DOCUMENT_MISSING": "document", "PAPER": "file"}


@login_required
@permission_required(CENTRE, raise_exception=True)
def alert_list(request):
    """Alerts by due day with the overview by kind, owner and colour. Posting does something with the chosen ones."""
    form = AlertActForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        chosen = alerts_for(request.user).filter(pk__in=_numbers(request))
        if _take(request, form, chosen):
            return redirect(request.get_full_path())
    narrowed = AlertFilter(request.GET or None, user=request.user)
    found = narrowed.narrow(alerts_for(request.user))
    rows = found.select_related("organization").in_order()
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    for alert in page:
        alert.is_mine = may_handle(request.user, alert)
    context = {
        "page": page,
        "filter": narrowed,
        "form": form,
        "chosen": set(_numbers(request)),
        "lines": overview(found),
        "today": timezone.localdate(),
    }
    return render(request, "casework/alert_list.html", context, status=422 if request.method == "POST" else 200)


def _numbers(request) -> list[int]:
    return [int(text) for text in request.POST.getlist("alert")[:MOST] if text.isdecimal() and len(text) < 19]


def _take(request, form, chosen) -> bool:
    """Do what the form says; what stands against it is said at its field. True when it was done."""
    if not form.is_valid():
        form.add_error(None, _("Choose what is to be done with the alerts."))
        return False
    said = form.cleaned_data
    acts = {
        "claim": (alerts.claim, {}),
        "release": (alerts.release, {}),
        "snooze": (alerts.snooze, {"until": said["until"], "reason": said["reason"]}),
        "close": (alerts.close, {"document": said["document"], "file": said["file"]}),
    }
    act, given = acts[said["act"]]
    try:
        number = act(list(chosen), actor=request.user, **given)
    except DomainError as error:
        form.add_error(FIELD_OF.get(error.code, FIELD_OF.get(error.code.partition("_")[0])), error.message)
        return False
    text = ngettext("Recorded for %(number)d alert.", "Recorded for %(number)d alerts.", number)
    messages.success(request, text % {"number": number})
    return True


def _load(request, pk) -> Alert:
    """Raises PermissionDenied without the alert centre, Http404 for what the user may not see."""
    if not request.user.has_perm(CENTRE):
        raise PermissionDenied(CENTRE)
    return get_object_or_404(alerts_for(request.user).select_related("organization__jurisdiction"), pk=pk)


@login_required
def alert_detail(request, pk):
    """One alert: what, why, by which rule, who has it, what became of it."""
    alert = _load(request, pk)
    form = AlertActForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and _take(request, form, [alert]):
        return redirect("alerts:alert", alert.pk)
    unit = alert.organization
    book = rulebook(on=timezone.localdate(), jurisdiction=(unit.jurisdiction or unit).code)
    context = {
        "alert": alert,
        "form": form,
        "rule": book.rules.get(alert.rule_id),
        "kind": alert_kind(alert.kind),
        "owners": owners_of(alert.permission),
        "is_mine": may_handle(request.user, alert),
        "papers": papers_of(alerts.PAPERS, str(alert.pk)),
        "events": alert.row_events.order_by("pgh_id"),
        "today": timezone.localdate(),
    }
    return render(request, "casework/alert_detail.html", context, status=422 if request.method == "POST" else 200)


@login_required
def alert_paper(request, pk, paper):
    """The file of the closing document, always as a file to save; taking it is recorded."""
    alert = _load(request, pk)
    found = get_object_or_404(papers_of(alerts.PAPERS, str(alert.pk)), pk=paper)
    data = attachments.take_out(actor=request.user, attachment=found, case=alert)
    answer = FileResponse(BytesIO(data), as_attachment=True, filename=found.name, content_type=found.content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@login_required
@permission_required(CENTRE, raise_exception=True)
def alert_calendar(request):
    """A month with what is due on each day; the same filters as the list."""
    narrowed = AlertFilter(request.GET or None, user=request.user)
    first = _month(request)
    context = {
        "filter": narrowed,
        "first": first,
        "previous": add_months(first, -1),
        "following": add_months(first, 1),
        "weeks": month_of(narrowed.narrow(alerts_for(request.user)), first),
        "today": timezone.localdate(),
    }
    return render(request, "casework/alert_calendar.html", context)


def _month(request) -> date:
    text = request.GET.get("month", "")
    if not text:
        return timezone.localdate().replace(day=1)
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404("no such month") from error
    if not 2004 <= found.year <= 2098:
        raise Http404("outside the calendar")
    return found


@login_required
@permission_required(CENTRE, raise_exception=True)
def threshold_list(request):
    """Rules that decide when something becomes an alert, with the kinds that read them and today's values."""
    home = places.home_of(scope_of(request.user, CENTRE))
    book = rulebook(on=timezone.localdate(), jurisdiction=home.code if home else "")
    kinds = thresholds.kinds_by_rule()
    lines = [
        {
            "rule": rule,
            "at": book.rules.get(rule.code),
            "kinds": kinds[rule.code],
            "may_edit": bool(thresholds.right_over(rule, request.user)),
        }
        for rule in thresholds.threshold_rules()
    ]
    may_edit = any(line["may_edit"] for line in lines)
    return render(request, "casework/threshold_list.html", {"lines": lines, "may_edit": may_edit})


def _threshold(request, rule_id) -> tuple[Rule, Scope]:
    """The rule and where the user may change it. Raises PermissionDenied, Http404 for a rule that is no threshold."""
    if not any(request.user.has_perm(each) for each in (thresholds.PERMISSION, thresholds.LEAD_TIMES)):
        raise PermissionDenied(thresholds.LEAD_TIMES)
    rule = next((each for each in thresholds.threshold_rules() if each.code == rule_id), None)
    if rule is None:
        raise Http404("no threshold")
    right = thresholds.right_over(rule, request.user)
    if not right:
        raise PermissionDenied(right)
    return rule, scope_of(request.user, right)


@login_required
def threshold_edit(request, rule_id):
    """Change a threshold: first what it would make of the alerts, then saved as a local setting of the rulebook."""
    rule, scope = _threshold(request, rule_id)
    own = places.within(scope)
    home = own[0].code if len(own) == 1 and not scope.everything else ""
    today = timezone.localdate()
    at = rulebook(on=today, jurisdiction=home).get(rule.code)
    initial = {"starts_on": today, "jurisdiction": home or None}
    everywhere = scope.everything
    form = ThresholdForm(
        request.POST or None, rule=rule, stored=at.stored, places=own, everywhere=everywhere, initial=initial
    )
    effects, failed = None, request.method == "POST"
    if request.method == "POST" and form.is_valid():
        shared = {"actor": request.user, "rule": rule, "value": form.value, "jurisdiction": form.place}
        starts_on = form.cleaned_data["starts_on"]
        try:
            effects = thresholds.preview(**shared, day=max(starts_on, today))
            failed = False
            if "save" in request.POST:
                thresholds.change_threshold(**shared, starts_on=starts_on, basis=form.cleaned_data["basis"])
                messages.success(request, _("The setting is kept; it takes effect on its day."))
                return redirect("alerts:thresholds")
        except DomainError as error:
            failed = True
            form.add_error("basis" if error.code == "no_basis" else None, error.message)
    context = {"rule": rule, "form": form, "at": at, "effects": effects, "kinds": thresholds.kinds_by_rule()[rule.code]}
    return render(request, "casework/threshold_edit.html", context, status=422 if failed else 200)
