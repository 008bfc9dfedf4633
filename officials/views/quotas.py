"""The overview of numbers 职数总览: units against what was approved, on a day; as workbooks."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from ..forms.units import QuotaFilter
from ..reports.quota_tables import TABLES
from ..selectors.quotas import VIEW, matrix, totals_of
from ..services.quota_exports import XLSX, export_numbers
from ..summaries import summary_of


@login_required
@permission_required(VIEW, raise_exception=True)
def quotas(request):
    """Units × leaders and staff: approved, filled, vacant, over (`?on=`, `?kind=`, `?category=`, `?state=`)."""
    form = QuotaFilter(request.GET)
    day = form.day(timezone.localdate())
    rows = matrix(request.user, day, **form.asked())
    totals = totals_of(rows)
    context = {"form": form, "day": day, "rows": rows, "totals": totals, "summary": summary_of(rows, totals, day)}
    return render(request, "organizations/quotas.html", context)


@login_required
@permission_required(VIEW, raise_exception=True)
def quotas_file(request, table):
    """领导职数配备情况表 or 编制与人员配备表 of what the filter shows."""
    if table not in TABLES:
        raise Http404
    form = QuotaFilter(request.GET)
    day = form.day(timezone.localdate())
    name, content = export_numbers(actor=request.user, table=table, day=day, asked=form.asked())
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
