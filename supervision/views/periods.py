"""The register of influence periods (影响期台账): the list with its filter, and as a workbook."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from foundation.common.paging import page_size

from ..forms.periods import PeriodFilter
from ..selectors.periods import VIEW, period_lines, periods_for
from ..services.period_exports import EXPORT, export_periods


@login_required
@permission_required(VIEW, raise_exception=True)
def period_list(request):
    """Who is in which period until when; the filter stands in the address."""
    form, day = PeriodFilter(request.GET or None), timezone.localdate()
    rows = periods_for(request.user, day, **form.asked())
    page = Paginator(rows, page_size(request)).get_page(request.GET.get("page"))
    lines = period_lines(request.user, page.object_list, day)
    may_export = request.user.has_perm(EXPORT)
    context = {"form": form, "day": day, "page": page, "lines": lines, "may_export": may_export}
    return render(request, "supervision/period_list.html", context)


@login_required
@permission_required([VIEW, EXPORT], raise_exception=True)
def period_file(request):
    """What the filter shows, as a workbook."""
    paper = export_periods(
        actor=request.user, day=timezone.localdate(), asked=PeriodFilter(request.GET or None).asked()
    )
    response = HttpResponse(paper.content, content_type=paper.content_type)
    response["Content-Disposition"] = content_disposition_header(True, paper.name)
    response["Cache-Control"] = "private, no-store"
    return response
