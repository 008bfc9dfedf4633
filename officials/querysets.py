"""How people and the posts they held are looked up."""

from django.db.models import Q

from foundation.common.scoping import ScopedQuerySet


class OfficialQuerySet(ScopedQuerySet):
    """People; their scope is the unit of their current main post."""

    org_path = "home__path"


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
