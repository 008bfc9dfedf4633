"""The inbox 待办: cases that wait for the user's step, and what the user was told."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from foundation.casework.selectors import notice_rows, waiting_cases


@login_required
def inbox(request):
    """Waiting cases, the most urgent first, and open notices."""
    context = {
        "cases": waiting_cases(request.user),
        "notices": notice_rows(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "inbox.html", context)
