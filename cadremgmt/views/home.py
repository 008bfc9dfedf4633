"""The home page 工作台: counts that open their lists."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from ..home import tiles_for


@login_required
def home(request):
    """Tiles for what the user may see."""
    return render(request, "home.html", {"sections": tiles_for(request.user)})
