"""Lends the jurisdictions to the rulebook, which lies below and cannot ask for units."""

from django.db.models import Q

from foundation.regulations.services.places import Place, provide

from .models import Organization


def find(codes=None, paths=None) -> list[Place]:
    """Jurisdictions of these codes, or that are, hold or lie below one of the paths; all of them without either."""
    found = Organization.objects.system().jurisdictions()
    if codes is not None:
        found = found.filter(code__in=codes)
    elif paths is not None:
        near = Q(pk__in=[])
        for path in paths:
            near |= Q(path__startswith=path) | Q(path__in=[path[:end] for end in range(1, len(path) + 1)])
        found = found.filter(near)
    return [Place(unit.code, unit.name, unit.path) for unit in found.order_by("path")]


provide(find)
