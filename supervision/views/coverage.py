"""Who of the leading teams was talked to in a year, and who was not."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from foundation.common.paging import page_size
from foundation.common.scoping import scope_of
from foundation.regulations.services import places
from officials.models import Official

from ..forms.coverage import CoverageFilter
from ..selectors.coverage import day_of, members_of, needed_on, summed
from ..selectors.tools import KEEP

VIEW = "supervision.view_talk"


@login_required
@permission_required(VIEW, raise_exception=True)
def talk_coverage(request):
    """Members of leading teams with their talks of a year, those who lack one first; the filter stands in the address."""
    form = CoverageFilter(request.GET or None, initial={"year": timezone.localdate().year})
    year, home = form.chosen_year, places.home_of(scope_of(request.user, VIEW))
    needed = needed_on(day_of(year), home.code if home else "")
    members = members_of(Official.objects.visible_to(request.user, VIEW), year)
    rows = form.narrow(members, needed).select_related("home").in_team_order()
    context = {
        "form": form,
        "page": Paginator(rows, page_size(request)).get_page(request.GET.get("page")),
        "coverage": summed(members, year, needed),
        "may_plan": request.user.has_perm(KEEP),
    }
    return render(request, "supervision/talk_coverage.html", context)
