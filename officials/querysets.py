"""How people and the posts they held are looked up."""

from django.db.models import Q

from foundation.common.scoping import ScopedQuerySet


class OfficialQuerySet(ScopedQuerySet):
    """People; their scope is the unit of their current main post, of which each carries the path."""

    org_path = "org_path"

    def kept(self):
        """People whose record is not in the trash."""
        return self.filter(trashed_at__isnull=True)

    def serving(self):
        """People in post (现职)."""
        return self.kept().filter(status="1", left_note="")

    def below(self, path: str):
        """People of a unit and of everything under it, by the unit's path."""
        return self.filter(org_path__startswith=path)

    def in_team_order(self):
        """By unit, then by rank of post inside it; the name only settles what that leaves open (集体内排序)."""
        return self.order_by("org_path", "team_order", "sort_key", "pk")


class OfficialSetQuerySet(ScopedQuerySet):
    """Rows of an information set; they are seen with their person."""

    org_path = "official__org_path"


class HoldingQuerySet(ScopedQuerySet):
    """Posts held with dates."""

    org_path = "post__organization__path"

    def during(self, first, last):
        """Holdings that touch a period; both days belong to it."""
        return self.filter(starts_on__lte=last).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))

    def on_date(self, day):
        """Holdings on a day."""
        return self.during(day, day)

    def of_principal_posts(self):
        """Held posts of principal leaders (主要领导)."""
        return self.filter(post__is_principal=True)


class SavedListQuerySet(ScopedQuerySet):
    """Lists of people; whose they are and who reads them is settled by owner and share."""

    org_path = "organization__path"


def held_on(day, relation: str) -> Q:
    """Condition on joined holdings: those of a day."""
    ends = Q(**{f"{relation}__ends_on__isnull": True}) | Q(**{f"{relation}__ends_on__gte": day})
    return Q(**{f"{relation}__starts_on__lte": day}) & ends
