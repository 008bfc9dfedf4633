"""Loading what an address names: found inside the caller's scope, or not found."""

from ..models import Run


def load_run(view, perm: str) -> Run:
    """The run that the address names. Raises Http404, PermissionDenied."""
    runs = Run.objects.select_related("cycle__jurisdiction")
    return runs.get_visible(user=view.request.user, perm=perm, number=view.kwargs["number"])
