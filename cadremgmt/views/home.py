"""The home page 工作台: counts that open their lists."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from foundation.casework.selectors import waiting_cases

from ..context import frame_of
from ..home import tiles_for

DUE_FIRST = 8


@login_required
def home(request):
    """Tiles for what the user may see, and the cases that are due first."""
    sections, frame_of(request).counts = tiles_for(request.user)
    context = {
        "sections": sections,
        "cases": waiting_cases(request.user)[:DUE_FIRST],
        "today": timezone.localdate(),
    }
    return render(request, "home.html", context)
