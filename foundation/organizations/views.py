"""Units: the tree, and one unit."""

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import render
from django.utils import timezone

from foundation.common.htmx import render_page

from . import selectors
from .models import Organization


@login_required
@permission_required(selectors.VIEW, raise_exception=True)
def tree(request):
    """The tree of units; the search stands in the address."""
    wanted = request.GET.get("q", "").strip()
    nodes, count = selectors.tree_for(request.user, timezone.localdate(), wanted)
    lines = selectors.tree_lines(nodes, selectors.DEEPEST if wanted else 1)
    context = {"nodes": nodes, "lines": lines, "count": count, "wanted": wanted}
    return render_page(request, "organizations/tree.html", context, partial="nodes")


@login_required
def unit(request, code):
    """One unit: approved numbers, posts with their holders' places, categories per year, names in history."""
    query = Organization.objects.select_related("parent", "jurisdiction")
    found = query.get_visible(user=request.user, perm=selectors.VIEW, code=code)
    context = {"unit": found, **selectors.unit_page(found, request.user, timezone.localdate())}
    return render(request, "organizations/unit.html", context)
