"""The home page 工作台: counts that open their lists."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from foundation.casework.selectors import waiting_cases

from ..home import tiles_for

DUE_FIRST = 8


@login_required
def home(request):
    """Tiles for what the user may see, and the cases that are due first."""
    context = {
        "sections": tiles_for(request.user),
        "cases": waiting_cases(request.user)[:DUE_FIRST],
        "today": timezone.localdate(),
    }
    return render(request, "home.html", context)
