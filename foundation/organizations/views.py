"""The tree of units. The page of one unit names people, so it stands in the room of officials."""

from django.contrib.auth.decorators import login_required, permission_required
from django.utils import timezone

from foundation.common.htmx import render_page

from . import selectors


@login_required
@permission_required(selectors.VIEW, raise_exception=True)
def tree(request):
    """The tree of units; the search stands in the address."""
    wanted = request.GET.get("q", "").strip()
    nodes, count = selectors.tree_for(request.user, timezone.localdate(), wanted)
    lines = selectors.tree_lines(nodes, selectors.DEEPEST if wanted else 1)
    context = {"nodes": nodes, "lines": lines, "count": count, "wanted": wanted}
    return render_page(request, "organizations/tree.html", context, partial="nodes")
