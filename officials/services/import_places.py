"""Places of people in their units as a file gives them: its own order where it tells of the whole unit."""

from collections import defaultdict

from django.db.models import Max, Q

from ..choices import Status
from ..models import Official
from ..models.people import LAST_IN_TEAM


class Places:
    """Places for the people of one import (1 query).

    Where others stand in a unit of whom the file says nothing, it tells of a part of the unit only: recorded people keep
    their places and new ones come behind, so that a deputy who is entered alone does not stand before the head.
    """

    def __init__(self, batch) -> None:
        told = batch.rows.filter(target__isnull=False).values("target")
        here = Official.objects.system().below(batch.organization.path).filter(trashed_at__isnull=True)
        placed = Max("team_order", filter=Q(team_order__lt=LAST_IN_TEAM))
        partial = here.filter(status=Status.IN_POST).exclude(pk__in=told).values("home")
        found = here.filter(home__in=partial).order_by().values_list("home").annotate(last=placed)
        self._last: dict[int, int | None] = dict(found)
        self._next: dict[int, int] = defaultdict(int)

    def of(self, unit, person: Official | None) -> int:
        """The place in the unit of the next person of the file; `person` is the recorded one."""
        is_partial = unit.pk in self._last
        if is_partial and person is not None and person.home_id == unit.pk and 0 < person.team_order < LAST_IN_TEAM:
            return person.team_order
        self._next[unit.pk] += 1
        return self._next[unit.pk] + ((self._last[unit.pk] or 0) if is_partial else 0)
