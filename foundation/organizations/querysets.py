"""How units and posts are looked up."""

from django.db.models import Q

from foundation.common.scoping import ScopedQuerySet

from .choices import Kind


class DatedQuerySet(ScopedQuerySet):
    """What exists from a day to a day; an open side means always."""

    def on_date(self, day):
        """What existed on a day."""
        return self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day)).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


class OrganizationQuerySet(DatedQuerySet):
    """Units; the path of a unit is its own scope."""

    org_path = "path"

    def jurisdictions(self):
        """Root units: counties, county-level cities, districts."""
        return self.filter(kind=Kind.JURISDICTION)

    def assessable(self):
        """Departments and towns: what the yearly assessment ranks."""
        return self.filter(kind__in=[Kind.DEPARTMENT, Kind.TOWN])

    def below(self, node):
        """The node and everything under it."""
        return self.filter(path__startswith=node.path)

    def in_tree_order(self):
        """Depth-first order, siblings by their manual rank: the path is made of ranks."""
        return self.order_by("path")


class UnitCategoryQuerySet(ScopedQuerySet):
    """Category of a unit in a year."""

    def in_year(self, year):
        """Categories of one assessment year."""
        return self.filter(year=year)


class PostQuerySet(DatedQuerySet):
    """Posts (岗位) of units."""

    def principal(self):
        """Posts of principal leaders (主要领导)."""
        return self.filter(is_principal=True)

    def in_team_order(self):
        """By rank of post: principal leaders, members of the team, others; inside of these by the manual order."""
        return self.order_by("-is_principal", "-is_team_member", "sort", "pk")


class ApprovedNumbersQuerySet(ScopedQuerySet):
    """Approved numbers of units."""

    def holding_on(self, day):
        """Of each unit the row that holds on a day, when there is one."""
        return self.filter(starts_on__lte=day).order_by("organization_id", "-starts_on").distinct("organization_id")


class ReorganisationQuerySet(ScopedQuerySet):
    """Acts on the tree; an act belongs to the unit that it is about."""

    org_path = "unit__path"


class SuccessionQuerySet(ScopedQuerySet):
    """Which unit follows which; who sees the successor sees where it comes from."""

    org_path = "successor__path"
