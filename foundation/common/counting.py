"""Several counts in one statement."""

from collections.abc import Iterable

from django.db.models import Count, IntegerField, QuerySet, Value


def count_query(querysets: Iterable[QuerySet]) -> QuerySet | None:
    """One query for how many rows each of the querysets has, as pairs of place and number; None without querysets."""
    counted = [
        rows.order_by()
        .annotate(counted_as=Value(place, IntegerField()))
        .values_list("counted_as")
        .annotate(n=Count("*"))
        for place, rows in enumerate(querysets)
    ]
    if len(counted) < 2:
        return counted[0] if counted else None
    return counted[0].union(*counted[1:], all=True)


def count_all(querysets: Iterable[QuerySet]) -> list[int]:
    """How many rows each of the querysets has, in their order (1 query, none without querysets)."""
    asked = list(querysets)
    found = dict(count_query(asked) or ())
    return [found.get(place, 0) for place in range(len(asked))]
