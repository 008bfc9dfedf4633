"""A page of the roster with the number of people who answer, both in a time that does not grow with the record."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import Official
from .pages_by_key import KeyedPage, page_of
from .roster import rows_of

FEW = 500
"""So many people are fetched by their keys, counted and put in order at once."""
MOST_COUNTED = 10_000
DEAREST_COUNT = 600.0
"""In the planner's units: what counting more than `FEW` may cost. A county's people cost less, a nation's more."""
_COST = re.compile(r"cost=[\d.]+?\.\.([\d.]+) ")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people; `more`: there are more than `count`. `keys` of all of them when they are few."""

    count: int
    more: bool
    keys: tuple[int, ...] | None = None


def count_of(people: QuerySet) -> Counted:
    """How many people: exactly up to 500, and up to 10,000 where that is cheap (at most 3 queries, 1 for few)."""
    keys = tuple(people.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        return Counted(len(keys), more=False, keys=keys)
    several = people.order_by().values("pk")[: MOST_COUNTED + 1]
    if _cost_of(several) > DEAREST_COUNT:
        return Counted(FEW, more=True)
    counted = several.count()
    return Counted(min(counted, MOST_COUNTED), counted > MOST_COUNTED)


def _cost_of(asked: QuerySet) -> float:
    """What the planner expects a statement to cost; it is not carried out."""
    return float(_COST.search(asked.explain())[1])


def page_and_count(
    people: QuerySet, *, sort: str, size: int, cursor: str, then: bool = False
) -> tuple[KeyedPage, Counted]:
    """The lines of a page and how many people there are (2 to 4 queries). `then`: people as of another day."""
    counted = count_of(people)
    if then or sort.lstrip("-") == "place":  # what orders them is not a column of the person
        return page_of(rows_of(people, then), sort=sort, size=size, cursor=cursor), counted
    lines = rows_of(Official.objects.system())
    if counted.keys is not None:
        return page_of(lines.filter(pk__in=counted.keys), sort=sort, size=size, cursor=cursor), counted
    return page_of(rows_of(people), sort=sort, size=size, cursor=cursor, lines=lines), counted
